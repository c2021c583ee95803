"""Middleware of every request."""

import re
from collections.abc import Callable

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from apps.core.ids import new_id

_SAFE = re.compile(r"^[A-Za-z0-9._-]{8,60}$")


class RequestId:
    """Name each request: in its logs, its audit entries, its errors and the header X-Request-Id.

    An id that the client sends is kept when it is harmless, so that a trace can cross systems.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get("X-Request-Id", "")
        request_id = given if _SAFE.match(given) else new_id().hex
        request.META["hanse.request_id"] = request_id
        request.META["hanse.address"] = client_address(request)
        with structlog.contextvars.bound_contextvars(request_id=request_id):
            response = self._get_response(request)
        response["X-Request-Id"] = request_id
        return response


def client_address(request: HttpRequest) -> str:
    """The peer's address; behind trusted proxies, the entry that the outermost of them wrote."""
    forwarded = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    if settings.TRUSTED_PROXIES and len(forwarded) >= settings.TRUSTED_PROXIES:
        return forwarded[-settings.TRUSTED_PROXIES][:60]
    return str(request.META.get("REMOTE_ADDR", ""))
