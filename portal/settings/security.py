"""Secrets, cookies, headers."""

from ipaddress import ip_network
from urllib.parse import urlsplit

from csp.constants import NONCE, SELF

from portal.settings.environment import Mode, environment

_environment = environment()
_https = _environment.public_url.startswith("https://")

SECRET_KEY = _environment.secret_key.get_secret_value()
TOKEN_KEY = _environment.token_key.get_secret_value()
ENCRYPTION_KEYS = [key for key in _environment.encryption_keys.get_secret_value().split(",") if key]

SESSION_ENGINE = "apps.accounts.sessions"
SESSION_COOKIE_NAME = "hanse_session"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = _https
SESSION_COOKIE_AGE = 14 * 24 * 3600
CSRF_COOKIE_NAME = "hanse_csrf"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = _https
CSRF_TRUSTED_ORIGINS = [_environment.public_url.rstrip("/")]
LANGUAGE_COOKIE_NAME = "hanse_language"

SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _environment.trusted_proxies else None
TRUSTED_PROXIES = _environment.trusted_proxies
METRICS_NETWORKS = [ip_network(network.strip()) for network in _environment.metrics_networks.split(",") if network.strip()]
ALLOWED_NETWORKS = [ip_network(network.strip()) for network in _environment.allowed_networks.split(",") if network.strip()]
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31_536_000 if _https and _environment.mode is Mode.PRODUCTION else 0
X_FRAME_OPTIONS = "DENY"

# Files of buckets go between the browser and their store; it is another origin, and nothing of it is ever a script here.
_store = urlsplit(_environment.s3_public_url or _environment.s3_url)
_files = [f"{_store.scheme}://{_store.netloc}"] if _store.netloc else []

# The page of an app asks the app; what it answers is shown as text.
_apps = urlsplit(_environment.apps_url)
_apps_origin = [f"{_apps.scheme}://{_apps.netloc}"] if _apps.netloc else []

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        # The component library and the editor insert style elements; scripts are never inline.
        "style-src": [SELF, "'unsafe-inline'"],
        "img-src": [SELF, "data:", *_files],
        "connect-src": [SELF, *_files, *_apps_origin],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": [SELF],
        "frame-ancestors": ["'none'"],
    }
}
CSRF_FAILURE_VIEW = "apps.core.api.errors.csrf_failure"
