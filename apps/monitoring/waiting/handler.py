"""HTTP as `live` answers it: /healthz, and the addresses of views that wait. Everything else is the business of `web`."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import cache
from typing import Any

from django.core.handlers.base import BaseHandler
from django.urls import Resolver404, resolve

from apps.monitoring.waiting.exchange import Exchange

Receive = Callable[[], Awaitable[Any]]
Send = Callable[[Any], Awaitable[None]]


@cache
def _handler() -> BaseHandler:
    handler = BaseHandler()
    handler.load_middleware()
    return handler


async def http(scope: dict[str, Any], receive: Receive, send: Send) -> None:
    """Answer one request; stop working for it when its client hangs up."""
    if scope["path"] == "/healthz":
        await _say(send, 200, b"ok")
        return
    if not _waits(scope["path"]):
        await _say(send, 404, b"not found")
        return
    serving = asyncio.create_task(Exchange(_handler(), scope, send).serve())
    leaving = asyncio.create_task(_left(receive))
    try:
        await asyncio.wait([serving, leaving], return_when=asyncio.FIRST_COMPLETED)
    finally:
        over = serving.done()
        for task in (serving, leaving):
            task.cancel()
        if over:
            await serving
        else:
            with suppress(asyncio.CancelledError):
                await serving


def _waits(path: str) -> bool:
    try:
        view = resolve(path).func
    except Resolver404:
        return False
    return bool(getattr(getattr(view, "cls", None), "waits", False))


async def _left(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        continue


async def _say(send: Send, status: int, text: bytes) -> None:
    await send({"type": "http.response.start", "status": status, "headers": [(b"content-type", b"text/plain")]})
    await send({"type": "http.response.body", "body": text})
