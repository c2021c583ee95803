"""One request that waits, and its way out."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from io import BytesIO
from typing import Any

from django.core.handlers.asgi import ASGIRequest
from django.core.handlers.base import BaseHandler
from django.db import DatabaseError, InterfaceError
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from redis.exceptions import RedisError

from apps.core.api.errors import RETRY_AFTER_SECONDS, problem_response
from apps.core.errors import Problem, Unavailable
from apps.monitoring.errors import TooManyWaiting
from apps.monitoring.guard import MOST_OF_A_USER, guard
from apps.monitoring.threads import ask
from apps.tenants.actor import Actor

HEARTBEAT_SECONDS = 15.0
CLOSE_SECONDS = 1.0
# In a request's META: it has waited for as long as it asked for, and is to be answered with what is.
WAITED = "hanse.waited"
_OF_THE_BODY = frozenset({"content-type", "content-length"})

Work = Callable[["Exchange"], Awaitable[None]]


class Later(HttpResponse):
    """Says that the request was let in, and what is to be done for it. Only `live` knows what to do with it."""

    def __init__(self, actor: Actor, work: Work) -> None:
        super().__init__()
        self.actor, self.work = actor, work


class Exchange:
    """`refused` is set when the access of whoever asks changed, `broken` when what is waited for cannot be seen any more."""

    actor: Actor

    def __init__(self, handler: BaseHandler, scope: dict[str, Any], send: Callable[[Any], Awaitable[None]]) -> None:
        self._handler, self._scope, self._send = handler, scope, send
        self._headers: dict[str, str] = {}
        self._began = False
        self.wrote_at = 0.0
        self.refused, self.broken = asyncio.Event(), asyncio.Event()

    def refuse(self) -> None:
        """Called by the guard."""
        self.refused.set()

    async def serve(self) -> None:
        response = await self.ask()
        if not isinstance(response, Later):
            await self.answer(response)
            return
        self._headers = {name: value for name, value in response.items() if name.lower() not in _OF_THE_BODY}
        if guard().count(response.actor.user_id) >= MOST_OF_A_USER:
            await self._fail(TooManyWaiting(f"At most {MOST_OF_A_USER}."))
        else:
            self.actor = response.actor
            guard().add(self)
            try:
                await response.work(self)
            except (RedisError, DatabaseError, InterfaceError, TimeoutError):
                await self._fail(Unavailable("What this waits for cannot be seen now; nothing was changed."))
            finally:
                guard().remove(self)

    async def ask(self, *, waited: bool = False) -> HttpResponseBase:
        """What the view says, now: as who asks is now, on the object as it is now."""
        self._request = ASGIRequest(self._scope, BytesIO())
        self._request.META[WAITED] = waited
        return await ask(self._handler.get_response, self._request)

    async def answer(self, response: HttpResponseBase) -> None:
        headers = dict(response.items())
        cookies = [morsel.output(header="").strip() for morsel in response.cookies.values()]
        await self._start(response.status_code, headers, cookies)
        await self._send({"type": "http.response.body", "body": getattr(response, "content", b"")})

    async def begin(self, content_type: str) -> None:
        """Begin an answer that is written as it comes; proxies are asked to hold none of it back."""
        unheld = {"Content-Type": content_type, "Cache-Control": "no-cache, no-transform", "X-Accel-Buffering": "no"}
        await self._start(200, {**self._headers, **unheld}, [])

    async def write(self, data: bytes) -> None:
        """Returns when the reader has room for more."""
        await self._send({"type": "http.response.body", "body": data, "more_body": True})
        self.wrote_at = asyncio.get_running_loop().time()

    async def end(self, data: bytes = b"") -> None:
        # A reader who does not read keeps the end waiting too; it is then cut off.
        with suppress(TimeoutError):
            await asyncio.wait_for(self._send({"type": "http.response.body", "body": data}), CLOSE_SECONDS)

    async def until(self, *happenings: asyncio.Event | asyncio.Task[Any], seconds: float | None) -> None:
        """Wait for the first of these, or for the end of this exchange."""
        tasks = [one for one in happenings if isinstance(one, asyncio.Task)]
        events = [one for one in happenings if isinstance(one, asyncio.Event)]
        waits = [asyncio.create_task(event.wait()) for event in (*events, self.refused, self.broken)]
        try:
            await asyncio.wait([*tasks, *waits], timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for wait in waits:
                wait.cancel()

    async def keep_alive(self, beat: Callable[[], bytes]) -> None:
        """Write a sign of life whenever nothing was written for a while."""
        clock = asyncio.get_running_loop().time
        while True:
            pause = self.wrote_at + HEARTBEAT_SECONDS - clock()
            if pause > 0:
                await asyncio.sleep(pause)
            else:
                await self.write(beat())

    async def _start(self, status: int, headers: dict[str, str], cookies: list[str]) -> None:
        lines = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()]
        lines += [(b"Set-Cookie", cookie.encode("latin-1")) for cookie in cookies]
        self._began = True
        await self._send({"type": "http.response.start", "status": status, "headers": lines})

    async def _fail(self, problem: Problem) -> None:
        """Answer with a problem; an answer that has begun can only end."""
        if self._began:
            await self.end()
        else:
            response = problem_response(self._request, problem)
            for name, value in {"Retry-After": RETRY_AFTER_SECONDS, **self._headers}.items():
                response[name] = value
            await self.answer(response)
