"""A tenant's events for who has no WebSocket: by long poll, or as server-sent events."""

import asyncio
from collections.abc import Callable
from typing import Any

import orjson
from django.http import HttpResponse

from apps.core.api.renderers import JSONRenderer
from apps.monitoring.outlet import Outlet
from apps.monitoring.subscriptions import EventSubscription
from apps.monitoring.waiting.exchange import Exchange, Later

MOST_RESULTS = 500
RETRY_MILLISECONDS = 2000
# Given an outlet and what to call when the hub loses Redis.
Subscribe = Callable[[Any, Callable[[], None]], EventSubscription]


def position(at: tuple[str, int]) -> str:
    """A place in a tenant's events, as parameters and answers have it: <epoch>:<seq>."""
    return f"{at[0]}:{at[1]}"


class Basket:
    """An outlet that keeps what it is given for one answer. Above its size it takes what is on its way, and no more."""

    def __init__(self) -> None:
        self.events: list[dict[str, Any]] = []
        self.lost = False
        self.filled, self.overflowing = asyncio.Event(), asyncio.Event()

    def offer(self, frame: str) -> bool:
        self.put(frame)
        return True

    def put(self, frame: str) -> None:
        said = orjson.loads(frame)
        match said.pop("is"):
            case "event":
                said.pop("id")
                self.events.append(said)
            case "lost":
                self.lost = True
            case _:
                return
        self.filled.set()

    async def room(self) -> None:
        if len(self.events) >= MOST_RESULTS:
            self.overflowing.set()
            await asyncio.Event().wait()


async def poll(exchange: Exchange, subscribe: Subscribe, *, seconds: float) -> None:
    """Answer as soon as there is something, at the latest after so many seconds."""
    basket = Basket()
    subscription = subscribe(basket, exchange.broken.set)
    catching_up = asyncio.create_task(subscription.run())
    try:
        await exchange.until(catching_up, basket.overflowing, seconds=None)
        if catching_up.done():
            await catching_up
        elif exchange.broken.is_set():
            raise TimeoutError
        began = subscription.position
        if not basket.filled.is_set():
            await exchange.until(basket.filled, seconds=seconds)
        at = subscription.position
    finally:
        catching_up.cancel()
        subscription.close()
    if exchange.refused.is_set():
        # What was heard was heard with the access of before.
        answer = await exchange.ask()
        if not isinstance(answer, Later):
            await exchange.answer(answer)
            return
        basket.events, basket.lost, at = [], True, began
    body = {"results": [] if basket.lost else basket.events, "at": position(at), "lost": basket.lost}
    await exchange.answer(HttpResponse(JSONRenderer().render(body), content_type="application/json"))


async def stream(exchange: Exchange, subscribe: Subscribe) -> None:
    """Send events as they come, until the reader hangs up or their access changes."""

    async def send(frame: str) -> None:
        await exchange.write(_message(orjson.loads(frame)))

    def beat() -> bytes:
        return f": nothing new\nid: {position(subscription.position)}\n\n".encode() if outlet.empty else b": busy\n\n"

    outlet = Outlet(send, lambda: subscription.room_again())
    subscription = subscribe(outlet, exchange.broken.set)
    await exchange.begin("text/event-stream")
    await exchange.write(f"retry: {RETRY_MILLISECONDS}\n\n".encode())
    sending = asyncio.create_task(outlet.run())
    catching_up = asyncio.create_task(subscription.run())
    beating = asyncio.create_task(exchange.keep_alive(beat))
    try:
        await exchange.until(catching_up, sending, beating, seconds=None)
        if catching_up.done():
            await catching_up
            await exchange.until(sending, beating, seconds=None)
    finally:
        for task in (sending, catching_up, beating):
            task.cancel()
        subscription.close()
    await exchange.end(_named("end", {"reason": "access-changed" if exchange.refused.is_set() else "restarting"}))


def _message(said: dict[str, Any]) -> bytes:
    is_, _ = said.pop("is"), said.pop("id")
    if is_ == "event":
        return _named("", said, at=position((said["epoch"], said["seq"])))
    at = position((said["at"]["epoch"], said["at"]["seq"]))
    return _named(is_, {"at": at}, at=at)


def _named(name: str, data: dict[str, Any], *, at: str = "") -> bytes:
    lines = [f"event: {name}" if name else "", f"id: {at}" if at else "", f"data: {orjson.dumps(data).decode()}"]
    return ("\n".join(filter(None, lines)) + "\n\n").encode()
