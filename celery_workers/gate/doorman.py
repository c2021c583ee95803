"""Says of each request to an app whether it may pass: the Caddy before apps asks, and sends on only what may.

What the database said is believed for BELIEVED_SECONDS: a request costs no query, and a revoked key is refused soon. What
cannot be decided is refused. One process decides, so that a key's rate is that of all its requests; its counts are written
every WRITTEN_SECONDS, and a kill loses what was not.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from math import ceil
from time import monotonic
from typing import Any
from uuid import UUID

import orjson
import structlog
from django.db import DatabaseError, InterfaceError
from django.utils import timezone

from apps.core.errors import Problem, Unavailable
from apps.inference import services
from apps.inference.errors import AppAccessRefused, AppRateExceeded, AppTriesExceeded
from apps.inference.services import Caller, Uses
from apps.monitoring.threads import ask
from apps.tenants.services.tokens import digest
from celery_workers.gate.configuration import ADDRESS, APP, CONSUMER

BELIEVED_SECONDS, WRITTEN_SECONDS = 2.0, 3.0
# More are forgotten at once: a stranger who tries keys must not fill the memory.
MOST_BELIEVED = 20_000
MINUTE = 60.0
# Of keys that are none, from one address within a minute: nobody guesses one, and each try costs a query.
MOST_TRIES = 30

Look = Callable[[UUID, str], Awaitable[Caller | None]]
_log = structlog.get_logger(__name__)


async def look_up(app_id: UUID, shown: str) -> Caller | None:
    """Ask the database. Raises Unavailable."""
    try:
        return await ask(partial(services.caller_of, app_id=app_id, shown=shown))
    except (DatabaseError, InterfaceError) as error:
        raise Unavailable("It cannot be asked now who may call this app.") from error


class Rate:
    """Counts what passed in this minute and in the one before, whose share falls as this one goes on."""

    def __init__(self) -> None:
        self._minute, self._now, self._before = 0.0, 0, 0

    def wait(self, most: int, *, at: float, take: bool = True) -> float:
        """Take one more: 0.0; or, when it would be more than `most` a minute, seconds until there may be room.

        Without `take` it only says so.
        """
        minute = at // MINUTE
        if minute != self._minute:
            self._before = self._now if minute == self._minute + 1 else 0
            self._minute, self._now = minute, 0
        left = 1 - (at % MINUTE) / MINUTE
        if self._now + self._before * left + 1 > most:
            return max(1.0, MINUTE * left if self._now >= most else MINUTE / most)
        self._now += take
        return 0.0


@dataclass
class _Counted:
    passed: int = 0
    held_back: int = 0


class Doorman:
    def __init__(self, look: Look = look_up, clock: Callable[[], float] = monotonic) -> None:
        self._look, self._clock = look, clock
        self._believed: dict[tuple[UUID, str], tuple[float, Caller | None]] = {}
        self._rates: dict[UUID, Rate] = {}
        # By the address that they came from: tries of keys that are none.
        self._failed: dict[str, Rate] = {}
        self._counted: dict[UUID, _Counted] = {}
        self._writing: asyncio.Task[None] | None = None

    async def admit(self, app_id: UUID, shown: str, address: str = "") -> Caller:
        """Who calls, from where. Raises AppAccessRefused, AppRateExceeded, AppTriesExceeded; Unavailable if nobody knows."""
        caller = await self._caller(app_id, shown, address)
        if caller is None or (caller.expires_at is not None and caller.expires_at <= timezone.now()):
            raise AppAccessRefused("No key came with this request, or one that this app does not take.")
        if caller.key_id is None:
            return caller
        counted = self._counted.setdefault(caller.key_id, _Counted())
        if caller.requests_per_minute is not None:
            rate = self._rates.setdefault(caller.key_id, Rate())
            if seconds := rate.wait(caller.requests_per_minute, at=self._clock()):
                counted.held_back += 1
                raise AppRateExceeded(
                    f"This key may send {caller.requests_per_minute} requests a minute.", retry_after=ceil(seconds)
                )
        counted.passed += 1
        return caller

    async def write(self) -> None:
        """Add the counts to the keys. Those that cannot be written now are written the next time."""
        counted, self._counted = self._counted, {}
        now = timezone.now()
        uses = {key: Uses(one.passed, one.held_back, now) for key, one in counted.items()}
        try:
            await ask(partial(services.note_uses, uses=uses))
        except (DatabaseError, InterfaceError) as error:
            _log.warning("key-uses-not-written", error=str(error))
            for key, one in counted.items():
                newer = self._counted.setdefault(key, _Counted())
                newer.passed, newer.held_back = newer.passed + one.passed, newer.held_back + one.held_back

    async def _caller(self, app_id: UUID, shown: str, address: str) -> Caller | None:
        # As digests: whatever a stranger shows is as short, and no key is kept.
        asked = app_id, digest(shown)
        known = self._believed.get(asked)
        if known is not None and self._clock() - known[0] < BELIEVED_SECONDS:
            return known[1]
        asked_at = self._clock()
        # Whose key was taken before is not held back by others at the same address.
        if shown and (known is None or known[1] is None):
            self._require_patience(address, at=asked_at)
        caller = await self._look(app_id, shown)
        if len(self._believed) >= MOST_BELIEVED:
            self._believed.clear()
        self._believed[asked] = asked_at, caller
        if shown and caller is None:
            if len(self._failed) >= MOST_BELIEVED:
                self._failed.clear()
            self._failed.setdefault(address, Rate()).wait(MOST_TRIES, at=asked_at)
        return caller

    def _require_patience(self, address: str, *, at: float) -> None:
        failed = self._failed.get(address)
        if failed is not None and (seconds := failed.wait(MOST_TRIES, at=at, take=False)):
            raise AppTriesExceeded(
                f"More than {MOST_TRIES} keys that are none came from this address within a minute.",
                retry_after=ceil(seconds),
            )

    async def answer(self, scope: Any, send: Callable[[Any], Awaitable[None]]) -> None:
        """Answer Caddy: 204 with who calls, or the problem that the caller is shown."""
        headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
        scheme, _, shown = headers.get("authorization", "").partition(" ")
        try:
            shown = shown.strip() if scheme.lower() == "bearer" else ""
            caller = await self.admit(UUID(headers[APP.lower()]), shown, headers.get(ADDRESS.lower(), ""))
        except Problem as problem:
            await _send(send, int(problem.status), _said(problem), orjson.dumps(problem.as_document()))
        else:
            await _send(send, 204, [(CONSUMER, caller.name)])
        if self._counted and (self._writing is None or self._writing.done()):
            self._writing = asyncio.create_task(self._write_later())

    async def _write_later(self) -> None:
        while self._counted:
            await asyncio.sleep(WRITTEN_SECONDS)
            await self.write()


def _said(problem: Problem) -> list[tuple[str, str]]:
    headers = [("Content-Type", "application/problem+json"), ("Cache-Control", "no-store")]
    if isinstance(problem, AppAccessRefused):
        headers.append(("WWW-Authenticate", "Bearer"))
    if wait := problem.members.get("retry_after"):
        headers.append(("Retry-After", str(wait)))
    return headers


async def _send(send: Any, status: int, headers: list[tuple[str, str]], body: bytes = b"") -> None:
    raw = [(name.encode(), value.encode("latin-1")) for name, value in headers]
    await send({"type": "http.response.start", "status": status, "headers": raw})
    await send({"type": "http.response.body", "body": body})
