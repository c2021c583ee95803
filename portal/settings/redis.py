"""Redis: cache and streams; no channel layer (docs/decisions/0003). Nothing in it is the only copy of anything."""

from portal.settings.environment import environment

REDIS_URL = environment().redis_url
REDIS_PREFIX = environment().redis_prefix

_cache = {
    "LOCATION": REDIS_URL,
    "KEY_PREFIX": f"{REDIS_PREFIX}:cache",
    "OPTIONS": {"socket_timeout": 0.5, "socket_connect_timeout": 0.5},
}
CACHES = {
    # Counters of throttles and failed sign-ins: while Redis is away they count in each process.
    "default": {"BACKEND": "apps.core.cache.SteadyCache", **_cache},
    # What must be seen by every process or fail: one-time tickets.
    "strict": {"BACKEND": "django.core.cache.backends.redis.RedisCache", **_cache},
}
