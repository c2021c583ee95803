"""The way out to one socket: a bounded queue, and a task that sends. Whoever puts never waits for a slow viewer."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable

MOST_CHARACTERS = 1024 * 1024
MOST_FRAMES = 2000


class Outlet:
    """`room_again` is called when a queue that refused frames has half drained."""

    def __init__(self, send: Callable[[str], Awaitable[None]], room_again: Callable[[], None]) -> None:
        self._send, self._room_again = send, room_again
        self._frames: deque[str] = deque()
        self._characters = 0
        self._refused = False
        self._filled = asyncio.Event()
        self._drained = asyncio.Event()
        self._drained.set()

    @property
    def full(self) -> bool:
        return self._characters > MOST_CHARACTERS or len(self._frames) > MOST_FRAMES

    @property
    def empty(self) -> bool:
        return not self._frames

    def offer(self, frame: str) -> bool:
        """Queue a frame; False when there is no room."""
        if self.full:
            self.refuse()
            return False
        self.put(frame)
        return True

    def refuse(self) -> None:
        """Note that something was left out, so that `room_again` is called."""
        self._refused = True

    def put(self, frame: str) -> None:
        """Queue a frame that must not be left out: an answer, or the word of what was."""
        self._frames.append(frame)
        self._characters += len(frame)
        self._filled.set()
        if self.full:
            self._drained.clear()

    async def room(self) -> None:
        """Wait until there is room again; for those who can fetch later what they have to say."""
        await self._drained.wait()

    async def run(self) -> None:
        while True:
            await self._filled.wait()
            while self._frames:
                frame = self._frames.popleft()
                self._characters -= len(frame)
                await self._send(frame)
                if self._characters <= MOST_CHARACTERS // 2 and len(self._frames) <= MOST_FRAMES // 2:
                    self._drained.set()
                    if self._refused:
                        self._refused = False
                        self._room_again()
            self._filled.clear()
