"""The cache that counts (throttles, failed sign-ins) and goes on counting when Redis does not answer."""

from collections.abc import Callable
from functools import wraps
from time import monotonic
from typing import Any, ClassVar

import structlog
from django.core.cache import caches
from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from redis import Redis
from redis.exceptions import ConnectionError as NotConnected
from redis.exceptions import TimeoutError as TooSlow

# So long after it did not answer Redis is not asked again, so that not every request waits for it.
AWAY_SECONDS = 2.0
# In one, so that nothing is counted for ever because a process ended between the two.
_COUNT = """
local count = redis.call('INCR', KEYS[1])
if count == 1 then redis.call('EXPIRE', KEYS[1], ARGV[1]) end
return count
"""
_log = structlog.get_logger(__name__)


class _OneClient(RedisCacheClient):
    """Django makes a client for each command, which takes five times what the command does."""

    _made: Redis | None = None

    def get_client(self, key: Any = None, *, write: bool = False) -> Redis:
        if self._made is None:
            self._made = super().get_client(key, write=True)
        return self._made


class _Home(LocMemCache):
    def count(self, key: str, *, timeout: int) -> int:
        self.add(key, 0, timeout)
        try:
            return self.incr(key)
        except ValueError:  # it expired between the two
            return 1


class _Shared(RedisCache):
    def __init__(self, server: Any, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = _OneClient

    def count(self, key: str, *, timeout: int) -> int:
        client = self._cache.get_client(key, write=True)
        return int(client.eval(_COUNT, 1, self.make_and_validate_key(key), timeout))


def _or_at_home(name: str) -> Callable[..., Any]:
    shared, at_home = getattr(_Shared, name), getattr(_Home, name)

    @wraps(shared)
    def call(self: "SteadyCache", *args: Any, **kwargs: Any) -> Any:
        if monotonic() > SteadyCache.away_until:
            try:
                return shared(self, *args, **kwargs)
            except (NotConnected, TooSlow) as error:
                SteadyCache.away_until = monotonic() + AWAY_SECONDS
                _log.warning("cache-not-shared", error=str(error))
        return at_home(self.at_home, *args, **kwargs)

    return call


class SteadyCache(_Shared):
    """Redis; while it is away, the memory of this process.

    Limits then hold per process instead of for all of them: somewhat more is let through, nobody is locked out, and
    nothing is unlimited. Nothing whose loss could hurt belongs here (one-time tickets have the strict cache).
    """

    # Of the process: each thread has a cache of its own.
    away_until: ClassVar[float] = 0.0

    def __init__(self, server: Any, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self.at_home = _Home(f"{params.get('KEY_PREFIX', '')}:at-home", {**params, "OPTIONS": {}})

    add = _or_at_home("add")
    get = _or_at_home("get")
    set = _or_at_home("set")
    touch = _or_at_home("touch")
    delete = _or_at_home("delete")
    incr = _or_at_home("incr")
    has_key = _or_at_home("has_key")
    get_many = _or_at_home("get_many")
    set_many = _or_at_home("set_many")
    delete_many = _or_at_home("delete_many")
    clear = _or_at_home("clear")
    count = _or_at_home("count")


def count(key: str, *, timeout: int) -> int:
    """Count one more under `key`; it begins again at 1 when its first is `timeout` seconds ago."""
    cache: Any = caches["default"]
    return int(cache.count(key, timeout=timeout))
