"""The cache that counts (throttles, failed sign-ins) and goes on counting when Redis does not answer."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.cache import caches
from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from redis import Redis

from apps.core import away

# In one, so that nothing is counted for ever because a process ended between the two.
_COUNT = """
local count = redis.call('INCR', KEYS[1])
if count == 1 then redis.call('EXPIRE', KEYS[1], ARGV[1]) end
return count
"""


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
        try:
            with away.asked():
                return shared(self, *args, **kwargs)
        except away.NO_ANSWER:
            return at_home(self.at_home, *args, **kwargs)

    return call


class SteadyCache(_Shared):
    """Redis; while it is away, the memory of this process.

    Limits then hold per process instead of for all of them: somewhat more is let through, nobody is locked out, and
    nothing is unlimited. Nothing whose loss could hurt belongs here (one-time tickets have the strict cache).
    """

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
