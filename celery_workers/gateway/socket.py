"""The WebSocket /ws/exec/: one terminal a socket (docs/reference/websocket.md).

Binary frames are what is typed and what is printed, text frames are JSON: how large the terminal is, that it is open, how it
ended. A viewer who does not read stops the program in the replica, as a slow terminal does, and nothing is kept meanwhile.
"""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, MutableMapping
from contextlib import suppress
from functools import partial
from time import monotonic
from typing import Annotated, Any
from urllib.parse import parse_qs

import orjson
import structlog
from django.conf import settings
from django.db import DatabaseError, InterfaceError
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from redis.exceptions import RedisError

from apps.core.errors import NotSignedIn, Problem, Unavailable
from apps.jobs import services as jobs
from apps.monitoring.closing import ACCESS_CHANGED, DONE, NOT_SIGNED_IN, POLICY_VIOLATION, SERVICE_RESTART, TRY_LATER
from apps.monitoring.guard import guard
from apps.monitoring.origins import is_allowed
from apps.monitoring.threads import ask
from apps.tenants.actor import Actor
from celery_workers.gateway.places import place_of
from celery_workers.kubernetes.client import Refused
from celery_workers.shells import Ended, Shell

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

MOST_OF_A_USER = 20
_LOOK_SECONDS = 1.0

_log = structlog.get_logger(__name__)


class Resize(BaseModel):
    model_config = ConfigDict(extra="forbid")

    columns: Annotated[int, Field(ge=1, le=1000)]
    rows: Annotated[int, Field(ge=1, le=1000)]


async def serve(scope: Message, receive: Receive, send: Send) -> None:
    """Answer one connection to the socket, from its handshake to its end."""
    await receive()
    headers = {name.lower(): value.decode("latin-1") for name, value in scope["headers"]}
    if not is_allowed(headers, scheme=scope.get("scheme", "ws"), without_origin=True):
        await send({"type": "websocket.close"})
        return
    await send({"type": "websocket.accept"})
    ticket = parse_qs(scope["query_string"].decode("latin-1")).get("ticket", [""])[0]
    try:
        permitted = await ask(partial(jobs.begin_exec, ticket=ticket))
    except NotSignedIn:
        await send({"type": "websocket.close", "code": NOT_SIGNED_IN})
    except Problem as problem:
        await _refuse(send, problem)
    except (DatabaseError, InterfaceError, RedisError):
        await send({"type": "websocket.close", "code": SERVICE_RESTART})
    else:
        await Terminal(permitted, receive, send).run()


class Terminal:
    """A socket that was let in. Its access is looked at again and again, as that of every socket (`guard`)."""

    def __init__(self, permitted: jobs.Shell, receive: Receive, send: Send) -> None:
        self._permitted, self._receive, self._send = permitted, receive, send
        self.actor: Actor = permitted.actor
        self._typed_at = self._began_at = monotonic()
        self._over: asyncio.Future[tuple[str, int]] = asyncio.get_running_loop().create_future()

    async def run(self) -> None:
        """Carry bytes until one side is over, and write down that it is."""
        ended = "not-started"
        if guard().count(self.actor.user_id) >= MOST_OF_A_USER:
            await self._send({"type": "websocket.close", "code": TRY_LATER})
            await self._write_down("too-many")
            return
        guard().add(self)
        try:
            try:
                place = await ask(place_of, self._permitted)
                shell = await place.open(self._permitted.command)
            except Problem as problem:
                await _refuse(self._send, problem)
                return
            except Refused as refusal:  # the cluster's, of this one request
                await _refuse(self._send, Unavailable(f"The cluster opens no shell: {refusal}"))
                return
            ended = "lost"  # unless it says better
            ended = await self._carry(shell)
        except asyncio.CancelledError:  # this process is stopping
            ended = "gateway-stopped"
            raise
        finally:
            guard().remove(self)
            await asyncio.shield(self._write_down(ended))

    def refuse(self) -> None:
        """Called by the guard."""
        self._end("access-changed", ACCESS_CHANGED)

    async def _carry(self, shell: Shell) -> str:
        """Both ways until it is over; returns the code of why."""
        await self._tell(
            **{"is": "open", "replica": self._permitted.name, "idle_seconds": settings.SHELL_IDLE_SECONDS},
        )
        tasks = [
            asyncio.create_task(self._or_fail(work)) for work in (self._show(shell), self._listen(shell), self._watch())
        ]
        try:
            code, close = await self._over
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await shell.close()
        if close != ACCESS_CHANGED:
            how = shell.ended if code == "ended" else Ended(code)
            code = how.code
            await self._tell(**{"is": "ended", "code": code, "exit_code": how.exit_code, "message": how.message})
        with suppress(OSError):
            await self._send({"type": "websocket.close", "code": close})
        return code

    async def _show(self, shell: Shell) -> None:
        async for content in shell.printed():
            await self._send({"type": "websocket.send", "bytes": content})
        self._end("ended", DONE)

    async def _listen(self, shell: Shell) -> None:
        while (message := await self._receive())["type"] == "websocket.receive":
            if (typed := message.get("bytes")) is not None:
                self._typed_at = monotonic()
                await shell.type(typed)
                continue
            try:
                size = Resize.model_validate_json(message["text"])
            except ValidationError:
                self._end("not-understood", POLICY_VIOLATION)
                return
            await shell.resize(size.columns, size.rows)
        self._end("gateway-stopped" if message.get("code") == SERVICE_RESTART else "closed", DONE)

    async def _watch(self) -> None:
        while monotonic() - self._typed_at < settings.SHELL_IDLE_SECONDS:
            await asyncio.sleep(_LOOK_SECONDS)
        self._end("idle", DONE)

    async def _or_fail(self, work: Coroutine[Any, Any, None]) -> None:
        """What nobody expected ends the shell, and is raised where it is waited for."""
        try:
            await work
        except Exception as error:  # noqa: BLE001
            if not self._over.done():
                self._over.set_exception(error)

    def _end(self, code: str, close: int) -> None:
        if not self._over.done():
            self._over.set_result((code, close))

    async def _tell(self, **frame: Any) -> None:
        with suppress(OSError):  # whoever it was for has gone
            await self._send({"type": "websocket.send", "text": orjson.dumps(frame).decode()})

    async def _write_down(self, ended: str) -> None:
        seconds = monotonic() - self._began_at
        try:
            await ask(partial(jobs.end_exec, shell=self._permitted, ended=ended, seconds=seconds))
        except (DatabaseError, InterfaceError) as error:
            _log.error("end-of-shell-not-recorded", job_id=str(self._permitted.replica.job_id), error=str(error))


async def _refuse(send: Send, problem: Problem) -> None:
    """Say why, and close."""
    with suppress(OSError):
        text = orjson.dumps({"is": "refused", "problem": problem.as_document()}, default=str).decode()
        await send({"type": "websocket.send", "text": text})
        await send({"type": "websocket.close", "code": DONE})
