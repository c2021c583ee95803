"""A log from any line on, to its end, as lines of JSON: what is archived first, then what comes."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import islice, takewhile
from typing import Any
from uuid import UUID

import orjson

from apps.core import registries
from apps.core.registries import LogState
from apps.monitoring.archive import Row
from apps.monitoring.hub import hub
from apps.monitoring.logs import SubjectLog
from apps.monitoring.models import Extent
from apps.monitoring.outlet import Outlet
from apps.monitoring.streams import of_replica
from apps.monitoring.subscriptions import LogSubscription
from apps.monitoring.threads import ask_as
from apps.monitoring.waiting.exchange import HEARTBEAT_SECONDS, Exchange
from apps.monitoring.waiting.objects import changes

LINES_A_PAGE = 1000
# Lines that are known of but cannot be read: only their follower has them, and it may be starting again.
PATIENCE_SECONDS = 20.0
PAUSE_SECONDS = 0.5


@dataclass
class LogFollow:
    """`have`: by "attempt/rank", the number of the last line that the reader has."""

    subject_kind: str
    subject_id: UUID
    tenant_id: UUID
    have: dict[str, int]
    tail: int | None = None
    attempt: int | None = None
    rank: int | None = None
    exchange: Exchange = field(init=False)

    async def __call__(self, exchange: Exchange) -> None:
        self.exchange = exchange
        known = await ask_as(self.exchange.actor, self._extents)
        for extent in known if self.tail is not None else ():
            self.have.setdefault(of_replica(extent.attempt, extent.rank), max(extent.last_number - (self.tail or 0), 0))
        await exchange.begin("application/x-ndjson")
        await self._follow({of_replica(extent.attempt, extent.rank): extent.last_number for extent in known})

    async def _follow(self, known: Mapping[str, int]) -> None:
        exchange = self.exchange
        outlet = Outlet(self._pass_on, lambda: subscription.room_again())
        subscription = LogSubscription(
            "", hub(), outlet, exchange.broken.set, subject_id=self.subject_id, after=self.have, archived=known
        )
        sending = asyncio.create_task(outlet.run())
        catching_up = asyncio.create_task(subscription.run())
        completing = asyncio.create_task(self._complete())
        beating = asyncio.create_task(exchange.keep_alive(lambda: b"\n"))
        tasks = (sending, catching_up, completing, beating)
        try:
            await exchange.until(catching_up, completing, sending, beating, seconds=None)
            if catching_up.done():
                await catching_up
                await exchange.until(completing, sending, beating, seconds=None)
        finally:
            for task in tasks:
                task.cancel()
            subscription.close()
        if completing.done() and not completing.cancelled():
            completing.result()
            await self._rest()
            await self._end("complete")
        else:
            await self._end("access-changed" if exchange.refused.is_set() else "restarting")

    async def _complete(self) -> None:
        """Return when no more lines will come."""
        async with changes(self.exchange, self.subject_kind, self.subject_id, self.tenant_id) as listener:
            while True:
                listener.changed.clear()
                state = await ask_as(self.exchange.actor, registries.log_states[self.subject_kind], self.subject_id)
                if state is LogState.COMPLETE:
                    return
                if state is LogState.OPEN:
                    await self.exchange.until(listener.changed, seconds=HEARTBEAT_SECONDS)
                await asyncio.sleep(PAUSE_SECONDS)

    async def _rest(self) -> None:
        for extent in await ask_as(self.exchange.actor, self._extents):
            if self._wanted(extent.attempt, extent.rank):
                await self._fetch(extent.attempt, extent.rank, extent.last_number)

    async def _pass_on(self, frame: str) -> None:
        said = orjson.loads(frame)
        attempt, rank = said["attempt"], said["rank"]
        if not self._wanted(attempt, rank):
            return
        if said["is"] == "missed":
            await self._fetch(attempt, rank, said["to"])
        else:
            await self._write(attempt, rank, said["lines"])

    async def _fetch(self, attempt: int, rank: int, until: int) -> None:
        """Write the lines up to that number from wherever they are; tell which are nowhere."""
        replica = of_replica(attempt, rank)
        patience = PATIENCE_SECONDS
        while (have := self.have.get(replica, 0)) < until:
            if rows := await ask_as(self.exchange.actor, self._page, attempt, rank, have, until):
                await self._write(attempt, rank, rows)
                patience = PATIENCE_SECONDS
            elif patience > 0:
                patience -= PAUSE_SECONDS
                await asyncio.sleep(PAUSE_SECONDS)
            else:
                await self._say({"is": "missed", "attempt": attempt, "rank": rank, "from": have + 1, "to": until})
                self.have[replica] = until

    async def _write(self, attempt: int, rank: int, rows: list[Row]) -> None:
        replica = of_replica(attempt, rank)
        have = self.have.get(replica, 0)
        lines = [
            {"is": "line", "attempt": attempt, "rank": rank, "number": number, "at": at, "stream": stream, "text": text}
            for number, at, stream, text in rows
            if number > have
        ]
        if lines:
            await self.exchange.write(b"".join(orjson.dumps(line) + b"\n" for line in lines))
            self.have[replica] = rows[-1][0]

    async def _say(self, what: dict[str, Any]) -> None:
        await self.exchange.write(orjson.dumps(what) + b"\n")

    async def _end(self, reason: str) -> None:
        await self.exchange.end(orjson.dumps({"is": "end", "reason": reason}) + b"\n")

    def _wanted(self, attempt: int, rank: int) -> bool:
        return self.attempt in (None, attempt) and self.rank in (None, rank)

    def _extents(self) -> list[Extent]:
        return SubjectLog(self.subject_kind, self.subject_id).extents

    def _page(self, attempt: int, rank: int, after: int, until: int) -> list[Row]:
        log = SubjectLog(self.subject_kind, self.subject_id, attempt=attempt, rank=rank)
        return list(islice(takewhile(lambda row: row[0] <= until, log.after(attempt, rank, after)), LINES_A_PAGE))
