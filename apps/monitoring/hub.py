"""The hub: one task a process reads all streams that its sockets want, and hands each batch to them.

Two rules learned by killing servers: a stream's position is fixed before anybody catches up (the ready barrier), and when
the reading task fails, every socket is closed (1012), for an open socket that is silent looks like a quiet day.
"""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from time import monotonic
from typing import Any, Protocol, cast
from weakref import WeakKeyDictionary

import structlog
from django.conf import settings
from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from apps.core.ids import new_id
from apps.monitoring import streams
from apps.monitoring.frames import Entry
from apps.monitoring.pages import Page, Pages

BLOCK_MILLISECONDS = 5000
# A Redis that does not even end a read that was to last 5 s is gone, whatever TCP says.
SILENT_SECONDS = 15.0
COALESCE_SECONDS = 0.1
ENTRIES_A_READ = 256
WAKER_SECONDS = 3600

_log = structlog.get_logger(__name__)


class Listener(Protocol):
    def take(self, items: Sequence[Any]) -> None:
        """Called with what came, in order; must not wait."""

    def broken(self) -> None:
        """Called when the hub lost its streams: close the socket, the client will come back."""


class Feed:
    """One stream with those who listen. `position` is the id of the last entry that listeners were handed."""

    def __init__(self, key: str, decode: Callable[[Iterable[Entry]], Iterable[Any]]) -> None:
        self.key, self.decode = key, decode
        self.position = b""
        self.listeners: set[Listener] = set()
        self.fixed: asyncio.Task[None] | None = None


class Hub:
    def __init__(self) -> None:
        options: dict[str, Any] = {"socket_connect_timeout": 2, "retry": Retry(NoBackoff(), 0)}
        # The reader waits for what may not come for hours; redis-py 8 would end it after 5 s by default.
        self._reader = Redis.from_url(settings.REDIS_URL, socket_timeout=None, **options)
        self._asker = Redis.from_url(settings.REDIS_URL, socket_timeout=2, **options)
        self._feeds: dict[str, Feed] = {}
        self._waker = f"{settings.REDIS_PREFIX}:hub:{new_id().hex}"
        self._woken = b"0-0"
        self._pump: asyncio.Task[None] | None = None
        self._pages = Pages()

    async def join(self, key: str, decode: Callable[[Iterable[Entry]], Iterable[Any]], listener: Listener) -> Feed:
        """Hand `listener` everything that comes after the returned feed's present position. Raises RedisError."""
        if self._pump is None:
            self._pump = asyncio.create_task(self._run())
        feed = self._feeds.get(key)
        if feed is None:
            feed = self._feeds[key] = Feed(key, decode)
            feed.fixed = asyncio.create_task(self._fix(feed))
        feed.listeners.add(listener)
        try:
            await asyncio.shield(cast("asyncio.Task[None]", feed.fixed))
        except BaseException:
            self.leave(feed, listener)
            raise
        return feed

    def leave(self, feed: Feed, listener: Listener) -> None:
        feed.listeners.discard(listener)
        if not feed.listeners and self._feeds.get(feed.key) is feed:
            del self._feeds[feed.key]

    async def page(self, feed: Feed, *, after: bytes, until: bytes) -> Page:
        """The first entries after `after`, up to `until` at most."""

        async def read() -> Page:
            asked = self._asker.xrange(feed.key, min=f"({after.decode()}", max=until.decode(), count=ENTRIES_A_READ)
            found = cast("list[Entry]", await asked)
            size = sum(len(value) for _, entry in found for value in entry.values())
            full = len(found) == ENTRIES_A_READ
            return Page(list(feed.decode(found)), found[-1][0] if full else until, full, size)

        return await self._pages.get((feed.key, after), read)

    async def events_head(self, stream: str) -> streams.EventsHead:
        return streams.read_head(await cast(Any, self._asker.eval(*streams.head_arguments(stream))))

    async def close(self) -> None:
        if self._pump is not None:
            self._pump.cancel()
        await self._reader.aclose()
        await self._asker.aclose()

    async def _fix(self, feed: Feed) -> None:
        newest = cast("list[Entry]", await self._asker.xrevrange(feed.key, count=1))
        feed.position = newest[0][0] if newest else b"0-0"
        await self._wake()

    async def _wake(self) -> None:
        """End the read that is under way, so that the next one knows the new set of streams."""
        async with self._asker.pipeline(transaction=False) as pipeline:
            pipeline.xadd(self._waker, {"wake": ""}, maxlen=1)
            pipeline.expire(self._waker, WAKER_SECONDS)
            await pipeline.execute()

    async def _run(self) -> None:
        try:
            while True:
                began = monotonic()
                if await self._read():
                    await asyncio.sleep(COALESCE_SECONDS - (monotonic() - began))
        except (RedisError, OSError, TimeoutError) as error:
            _log.warning("hub-lost-redis", error=repr(error), streams=len(self._feeds))
        finally:
            self._break()

    def _break(self) -> None:
        feeds, self._feeds, self._pump = list(self._feeds.values()), {}, None
        self._pages.clear()  # a Redis that lost a stream may give its ids again
        for listener in {listener for feed in feeds for listener in feed.listeners}:
            listener.broken()

    async def _read(self) -> bool:
        """Read once and hand out; True when a pause lets more come together."""
        wanted = {key: feed for key, feed in self._feeds.items() if feed.position}
        positions = {self._waker: self._woken, **{key: feed.position for key, feed in wanted.items()}}
        reading = self._reader.xread(cast(Any, positions), count=ENTRIES_A_READ, block=BLOCK_MILLISECONDS)
        answer = cast(Any, await asyncio.wait_for(reading, SILENT_SECONDS)) or []
        handed = most = 0
        for name, entries in answer.items() if isinstance(answer, dict) else answer:
            key = name.decode()
            if key == self._waker:
                self._woken = entries[-1][0]
                continue
            feed = wanted[key]
            if self._feeds.get(key) is not feed:
                continue
            feed.position = entries[-1][0]
            items = list(feed.decode(entries))
            for listener in tuple(feed.listeners):
                listener.take(items)
            handed, most = handed + 1, max(most, len(entries))
        return handed > 0 and most < ENTRIES_A_READ


_hubs: WeakKeyDictionary[asyncio.AbstractEventLoop, Hub] = WeakKeyDictionary()


def hub() -> Hub:
    """The hub of this process (of its event loop)."""
    loop = asyncio.get_running_loop()
    if loop not in _hubs:
        _hubs[loop] = Hub()
    return _hubs[loop]
