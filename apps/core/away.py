"""Whether it is worth asking Redis: while it is away, one asks every two seconds, and the others know at once.

A Redis that is gone refuses; one that is stopped, or behind a proxy that lost it, lets everybody wait until their patience
ends. What a request, a probe or a page of health asks of it one after the other would add up to more than they promise.
"""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from time import monotonic

import structlog
from django.conf import settings
from redis import Redis
from redis.exceptions import ConnectionError as NotConnected
from redis.exceptions import TimeoutError as TooSlow

AWAY_SECONDS = 2.0
NO_ANSWER = (NotConnected, TooSlow)
_log = structlog.get_logger(__name__)
# Of the process, by address: until when it is not asked, and what it said last.
_away: dict[str, tuple[float, str]] = {}


@contextmanager
def asked() -> Iterator[None]:
    """Ask Redis in the block. Raises redis.ConnectionError at once when it did not answer somebody a moment ago."""
    address = settings.REDIS_URL
    until, said = _away.get(address, (0.0, ""))
    if monotonic() < until:
        raise NotConnected(said)
    if until:  # this one asks whether it is back
        _away[address] = (monotonic() + AWAY_SECONDS, said)
    try:
        yield
    except NO_ANSWER as error:
        _away[address] = (monotonic() + AWAY_SECONDS, str(error))
        _log.warning("redis-away", error=str(error))
        raise
    _away.pop(address, None)


@contextmanager
def connected() -> Iterator[Redis]:
    """A connection for what is asked now and then. Raises redis.RedisError, as `asked` does."""
    client = Redis.from_url(settings.REDIS_URL, socket_timeout=1, socket_connect_timeout=1)
    with asked(), closing(client):
        yield client
