"""The guard: re-reads the access of all open sockets of the process every two seconds, in one query.

A socket whose access changed is closed (4403), and so are all when the database cannot be asked: a check that cannot be
made is a refusal.
"""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from time import monotonic
from typing import Protocol
from uuid import UUID
from weakref import WeakKeyDictionary

import structlog
from channels.db import database_sync_to_async
from django.db import DatabaseError, InterfaceError

from apps.monitoring import access
from apps.tenants.actor import Actor

EVERY_SECONDS = 2.0
# So long may the database be away (a restart) before every socket goes; with the interval, below the promised 5 s.
PATIENCE_SECONDS = 2.0
RETRY_SECONDS = 0.5
MOST_OF_A_USER = 300  # sockets and waiting requests of one user in one process

_log = structlog.get_logger(__name__)
# A thread of its own: connecting sockets never make the check wait.
_thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="guard")


class Guarded(Protocol):
    actor: Actor

    def refuse(self) -> None:
        """Close the socket, since its access changed."""


class Guard:
    def __init__(self) -> None:
        self._sockets: set[Guarded] = set()
        self._watch: asyncio.Task[None] | None = None

    def add(self, socket: Guarded) -> None:
        self._sockets.add(socket)
        if self._watch is None or self._watch.done():
            self._watch = asyncio.create_task(self._run())

    def count(self, user_id: UUID) -> int:
        """Open sockets and waiting requests of a user."""
        return sum(socket.actor.user_id == user_id for socket in self._sockets)

    def remove(self, socket: Guarded) -> None:
        self._sockets.discard(socket)

    async def _run(self) -> None:
        try:
            checked_at = monotonic()
            while self._sockets:
                await asyncio.sleep(EVERY_SECONDS)
                while not await self._checked():
                    if monotonic() - checked_at > EVERY_SECONDS + PATIENCE_SECONDS:
                        _log.warning("access-not-checked", sockets=len(self._sockets))
                        return
                    await asyncio.sleep(RETRY_SECONDS)
                checked_at = monotonic()
        finally:
            # However the watch ends, nobody stays unwatched.
            self._refuse(list(self._sockets))

    async def _checked(self) -> bool:
        try:
            await asyncio.wait_for(self._check(), PATIENCE_SECONDS)
        except (DatabaseError, InterfaceError, TimeoutError) as error:
            _log.info("access-check-failed", error=repr(error))
            return False
        return True

    async def _check(self) -> None:
        sockets = list(self._sockets)
        ask = database_sync_to_async(access.still_valid, thread_sensitive=False, executor=_thread)
        valid = await ask([socket.actor for socket in sockets])
        self._refuse([socket for socket, ok in zip(sockets, valid, strict=True) if not ok])

    def _refuse(self, sockets: list[Guarded]) -> None:
        for socket in sockets:
            self._sockets.discard(socket)
            socket.refuse()


_guards: WeakKeyDictionary[asyncio.AbstractEventLoop, Guard] = WeakKeyDictionary()


def guard() -> Guard:
    """The guard of this process (of its event loop)."""
    loop = asyncio.get_running_loop()
    if loop not in _guards:
        _guards[loop] = Guard()
    return _guards[loop]
