"""What was just read of streams' pasts, kept for the others who will ask for the same.

When `live` or Redis comes back, so do all its viewers, and each lacks about the same: of one log, five hundred viewers
asked Redis for the same thousand entries each. What an entry holds never changes, so a page that one of them read, and had
decoded, is given to all.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable
from dataclasses import dataclass
from typing import Any

KEPT_BYTES = 32 * 1024 * 1024


@dataclass(frozen=True)
class Page:
    """Decoded entries up to the id `last`. One that is not full ends where the stream did, and the next asker knows more."""

    items: list[Any]
    last: bytes
    full: bool
    size: int


class Pages:
    """The full pages asked for last, as far as `KEPT_BYTES` reach, and those that are being read."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Hashable, Page] = OrderedDict()
        self._size = 0
        self._reading: dict[Hashable, asyncio.Task[Page]] = {}

    async def get(self, which: Hashable, read: Callable[[], Awaitable[Page]]) -> Page:
        """The page, read once however many ask for it at a time. Raises what `read` raises, for all of them."""
        if (page := self._kept.get(which)) is not None:
            self._kept.move_to_end(which)
            return page
        reading = self._reading.get(which)
        if reading is None:
            reading = self._reading[which] = asyncio.ensure_future(self._read(which, read))
            reading.add_done_callback(lambda _: self._reading.pop(which, None))
        return await asyncio.shield(reading)  # one who leaves takes it from nobody

    def clear(self) -> None:
        self._kept.clear()
        self._size = 0

    async def _read(self, which: Hashable, read: Callable[[], Awaitable[Page]]) -> Page:
        page = await read()
        if page.full:
            self._kept[which] = page
            self._size += page.size
        while self._size > KEPT_BYTES:
            _, oldest = self._kept.popitem(last=False)
            self._size -= oldest.size
        return page
