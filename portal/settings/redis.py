"""Redis: cache, channel layer, streams. Nothing in it is the only copy of anything."""

from portal.settings.environment import environment

REDIS_URL = environment().redis_url
REDIS_PREFIX = environment().redis_prefix

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": f"{REDIS_PREFIX}:cache",
        "OPTIONS": {"socket_timeout": 3, "socket_connect_timeout": 3},
    }
}

# Control messages only (logs and events travel by streams, see docs/explanation/live-data.md).
# socket_timeout must be None: with redis-py 8 the default of 5 s ends idle WebSockets (channels_redis#422).
CHANNEL_LAYERS = {
    "default": {
        "BACKEND": "channels_redis.core.RedisChannelLayer",
        "CONFIG": {"hosts": [{"address": REDIS_URL, "socket_timeout": None}], "prefix": f"{REDIS_PREFIX}:channels"},
    }
}
