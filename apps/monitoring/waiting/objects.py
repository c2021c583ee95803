"""Waiting until one object is as somebody wants it."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

import orjson

from apps.monitoring import frames, streams
from apps.monitoring.frames import EventItem
from apps.monitoring.hub import hub
from apps.monitoring.waiting.exchange import Exchange, Later

Document = dict[str, Any]


class Changes:
    """Hears of one object's events. `changed` is set when one came that `matters` (its document: None when not sent)."""

    def __init__(self, kind: str, object_id: UUID, broken: Callable[[], None]) -> None:
        self._kind, self._id, self.broken = kind, str(object_id), broken
        self.matters: Callable[[Document | None], bool] = lambda document: True
        self.changed = asyncio.Event()

    def take(self, items: Sequence[EventItem]) -> None:
        for item in items:
            if item.kind == self._kind and self._id in item.rest:
                event = orjson.loads("{" + item.rest)
                if event["object_id"] == self._id and self.matters(event["object"]):
                    self.changed.set()


@asynccontextmanager
async def changes(exchange: Exchange, kind: str, object_id: UUID, tenant_id: UUID) -> AsyncIterator[Changes]:
    """Hears of every change from here on."""
    listener = Changes(kind, object_id, exchange.broken.set)
    feed = await hub().join(streams.events_key(tenant_id), frames.events, listener)
    try:
        yield listener
    finally:
        hub().leave(feed, listener)


async def wait_for(
    exchange: Exchange,
    *,
    kind: str,
    object_id: UUID,
    tenant_id: UUID,
    reached: Callable[[Document | None], bool],
    seconds: float,
) -> None:
    """Answer as the view does once it has an answer, at the latest after so many seconds.

    The view is asked again after listening began, for what happened in between; and in the end, so that the answer is
    always its own: with the access that whoever asks has then.
    """
    async with changes(exchange, kind, object_id, tenant_id) as listener:
        listener.matters = reached
        answer = await exchange.ask()
        if isinstance(answer, Later):
            await exchange.until(listener.changed, seconds=seconds)
            answer = await exchange.ask(waited=True)
    await exchange.answer(answer)
