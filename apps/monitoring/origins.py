"""Which pages may open the WebSocket: the console's own. Browsers send the Origin; cookies come with it from anywhere."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from django.conf import settings
from django.http.request import split_domain_port, validate_host


def is_allowed(headers: Mapping[bytes, str], *, scheme: str, without_origin: bool) -> bool:
    """The same rule as for changes over REST: the host that was asked, or a trusted origin.

    without_origin: whether a client that sends none (a program with a ticket) is welcome.
    """
    origin = headers.get(b"origin")
    if origin is None:
        return without_origin
    if origin in settings.CSRF_TRUSTED_ORIGINS:
        return True
    host = headers.get(b"host", "")
    secure = scheme == "wss" or bool(settings.TRUSTED_PROXIES and headers.get(b"x-forwarded-proto") == "https")
    asked = urlsplit(origin)
    if asked.netloc.lower() != host.lower() or asked.scheme != ("https" if secure else "http"):
        return False
    return validate_host(split_domain_port(host)[0], [known for known in settings.ALLOWED_HOSTS if known])
