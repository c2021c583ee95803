"""The WebSocket /ws/: one socket a browser tab, JSON frames both ways (docs/reference/websocket.md)."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from http.cookies import SimpleCookie
from typing import Annotated, Any, Literal
from urllib.parse import parse_qs
from uuid import UUID

import orjson
import structlog
from channels.exceptions import StopConsumer
from channels.generic.websocket import AsyncWebsocketConsumer
from django.conf import settings
from django.db import DatabaseError, InterfaceError
from pydantic import BaseModel, ConfigDict, Field, PlainValidator, TypeAdapter, ValidationError
from redis.exceptions import RedisError

from apps.core import live
from apps.core.api.errors import pydantic_errors
from apps.core.errors import InvalidRequest, NotVisible, Problem, Unavailable
from apps.monitoring import access, frames
from apps.monitoring.closing import ACCESS_CHANGED, NOT_SIGNED_IN, POLICY_VIOLATION, SERVICE_RESTART, TRY_LATER
from apps.monitoring.guard import MOST_OF_A_USER, guard
from apps.monitoring.hub import hub
from apps.monitoring.origins import is_allowed
from apps.monitoring.outlet import Outlet
from apps.monitoring.streams import ME, PLATFORM, events_key, user_key
from apps.monitoring.subscriptions import (
    EventSubscription,
    LogSubscription,
    PointSubscription,
    Subscription,
    is_of_user,
    may_see,
    sees_events,
)
from apps.monitoring.threads import ask_as
from apps.tenants import tickets
from apps.tenants.actor import Actor

MOST_SUBSCRIPTIONS = 64
MOST_CHARACTERS = 64 * 1024
CLOSE_SECONDS = 1.0

_log = structlog.get_logger(__name__)


class _Frame(BaseModel):
    model_config = ConfigDict(extra="forbid")


Name = Annotated[str, Field(min_length=1, max_length=64)]
Number = Annotated[int, Field(ge=0, lt=2**53)]


class Position(_Frame):
    epoch: Annotated[str, Field(max_length=64)]
    seq: Number


def _tenant(given: object) -> UUID | str:
    if given in (PLATFORM, ME):
        return str(given)
    try:
        return UUID(str(given))
    except ValueError as error:
        raise ValueError(f"The id of a tenant, {PLATFORM} or {ME}.") from error


class Subscribe(_Frame):
    do: Literal["subscribe"]
    id: Name
    tenant: Annotated[UUID | str, PlainValidator(_tenant)]
    projects: Annotated[list[UUID], Field(max_length=1000)] | None = None
    kinds: Annotated[list[Annotated[str, Field(max_length=40)]], Field(min_length=1, max_length=40)]
    after: Position | None = None


class FollowLogs(_Frame):
    do: Literal["follow-logs"]
    id: Name
    subject_kind: Annotated[str, Field(max_length=20)]
    subject_id: UUID
    after: Annotated[
        dict[Annotated[str, Field(pattern=r"^\d{1,9}/\d{1,9}$")], Number], Field(default_factory=dict, max_length=10_000)
    ]


class FollowMetrics(_Frame):
    do: Literal["follow-metrics"]
    id: Name
    subject_kind: Annotated[str, Field(max_length=20)]
    subject_id: UUID


class Unsubscribe(_Frame):
    do: Literal["unsubscribe"]
    id: Name


class Ping(_Frame):
    do: Literal["ping"]


Request = Subscribe | FollowLogs | FollowMetrics | Unsubscribe | Ping
_requests: TypeAdapter[Request] = TypeAdapter(Annotated[Request, Field(discriminator="do")])


class LiveConsumer(AsyncWebsocketConsumer):
    # No channel layer: logs and events come from the hub, and what is not used cannot end idle sockets.
    channel_layer_alias = "none"
    actor: Actor

    async def connect(self) -> None:
        self._subscriptions: dict[str, tuple[Subscription, asyncio.Task[None]]] = {}
        self._outlet: Outlet | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._closing = False
        headers = {name.lower(): value.decode("latin-1") for name, value in self.scope["headers"]}
        ticket = parse_qs(self.scope["query_string"].decode("latin-1")).get("ticket", [""])[0]
        if not is_allowed(headers, scheme=self.scope.get("scheme", "ws"), without_origin=bool(ticket)):
            await self.close()
            return
        await self.accept()
        try:
            actor = await self._actor(ticket, headers)
        except (DatabaseError, InterfaceError, RedisError):
            await self.close(SERVICE_RESTART)
            return
        if actor is None:
            await self.close(NOT_SIGNED_IN)
            return
        if guard().count(actor.user_id) >= MOST_OF_A_USER:
            await self.close(TRY_LATER)
            return
        self.actor = actor
        self._outlet = Outlet(self._send_frame, self._room_again)
        self._sending = self._start(self._send_out(self._outlet))
        guard().add(self)

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        if self._outlet is None or self._closing:
            return
        if text_data is None or len(text_data) > MOST_CHARACTERS:
            self._end(POLICY_VIOLATION)
            return
        id_ = None
        try:
            given = orjson.loads(text_data)
            id_ = given["id"] if isinstance(given, dict) and isinstance(given.get("id"), str) else None
            await self._carry_out(_requests.validate_python(given))
        except orjson.JSONDecodeError as error:
            self._refuse_frame(id_, InvalidRequest(f"This is no JSON: {error}."))
        except ValidationError as error:
            self._refuse_frame(id_, InvalidRequest(errors=pydantic_errors(error, below=1)))  # the verb is no step
        except Problem as problem:
            self._refuse_frame(id_, problem)
        except (DatabaseError, InterfaceError):
            self._refuse_frame(id_, Unavailable("The database does not answer."))

    async def disconnect(self, code: int) -> None:
        self._closing = True
        guard().remove(self)
        for id_ in list(self._subscriptions):
            self._drop(id_)
        for task in self._tasks:
            task.cancel()

    def refuse(self) -> None:
        """Called by the guard."""
        self._end(ACCESS_CHANGED)

    async def _actor(self, ticket: str, headers: dict[bytes, str]) -> Actor | None:
        if ticket:
            return await ask_as(None, tickets.redeem, ticket)
        cookie = SimpleCookie(headers.get(b"cookie", "")).get(settings.SESSION_COOKIE_NAME)
        return await ask_as(None, access.actor_of_session, cookie.value if cookie else "")

    async def _carry_out(self, request: Request) -> None:
        match request:
            case Ping():
                self._put(frames.frame("pong"))
            case Unsubscribe():
                self._drop(request.id)
            case Subscribe():
                self._follow(self._events(request))
            case FollowLogs():
                archived = await ask_as(self.actor, access.followable, self.actor, request.subject_kind, request.subject_id)
                if archived is None:
                    raise NotVisible
                self._follow(
                    LogSubscription(
                        *self._common(request.id), subject_id=request.subject_id, after=request.after, archived=archived
                    )
                )
            case FollowMetrics():
                subject = (request.subject_kind, request.subject_id)
                if await ask_as(self.actor, access.subject_scope, self.actor, *subject) is None:
                    raise NotVisible
                self._follow(PointSubscription(*self._common(request.id), subject_id=request.subject_id))

    def _events(self, request: Subscribe) -> EventSubscription:
        if unknown := sorted(set(request.kinds) - live.kinds()):
            known = ", ".join(sorted(live.kinds()))
            detail = f"No such kind: {', '.join(unknown)}; known are: {known}."
            raise InvalidRequest(errors=[{"pointer": "/kinds", "detail": detail}])
        stream, sees = self._stream(request.tenant)
        return EventSubscription(
            *self._common(request.id),
            stream=stream,
            sees=sees,
            projects=None if request.projects is None else frozenset(request.projects),
            kinds=frozenset(request.kinds),
            after=(request.after.epoch, request.after.seq) if request.after else None,
        )

    def _stream(self, tenant: UUID | str) -> tuple[str, Callable[[str, UUID | None], bool]]:
        """The key of a stream that the actor may follow, and what of it they may see. Raises NotVisible."""
        actor = self.actor
        if tenant == ME:
            return user_key(actor.user_id), lambda kind, _: is_of_user(kind)
        tenant_id = None if tenant == PLATFORM else UUID(str(tenant))
        if not sees_events(actor, tenant_id):
            raise NotVisible
        return events_key(tenant_id), lambda kind, project_id: may_see(actor, kind, tenant_id, project_id)

    def _common(self, id_: str) -> tuple[str, Any, Outlet, Callable[[], None]]:
        if self._outlet is None:
            raise StopConsumer
        return id_, hub(), self._outlet, self._lose

    def _follow(self, subscription: Subscription) -> None:
        self._drop(subscription.id)
        if len(self._subscriptions) >= MOST_SUBSCRIPTIONS:
            raise InvalidRequest(f"A socket follows at most {MOST_SUBSCRIPTIONS} things; unsubscribe from one first.")
        self._subscriptions[subscription.id] = (subscription, self._start(self._run(subscription)))

    async def _run(self, subscription: Subscription) -> None:
        try:
            await subscription.run()
        except (RedisError, OSError, TimeoutError):
            self._lose()

    def _drop(self, id_: str) -> None:
        if followed := self._subscriptions.pop(id_, None):
            subscription, running = followed
            running.cancel()
            subscription.close()

    def _lose(self) -> None:
        self._end(SERVICE_RESTART)

    def _end(self, code: int) -> None:
        """Stop telling at once, then close."""
        if self._closing:
            return
        self._closing = True
        self._sending.cancel()
        for id_ in list(self._subscriptions):
            self._drop(id_)
        self._start(self._close(code))

    async def _close(self, code: int) -> None:
        # A viewer who does not read keeps the closing frame waiting too; the server's ping ends such a socket.
        with suppress(TimeoutError, OSError):
            await asyncio.wait_for(self.close(code), CLOSE_SECONDS)

    async def _send_out(self, outlet: Outlet) -> None:
        # When the viewer is gone while something is sent, the server says so next.
        with suppress(OSError):
            await outlet.run()

    async def _send_frame(self, frame: str) -> None:
        await self.send(text_data=frame)

    def _put(self, frame: str) -> None:
        if self._outlet is not None:
            self._outlet.put(frame)

    def _refuse_frame(self, id_: str | None, problem: Problem) -> None:
        self._put(frames.frame("refused", id=id_, problem=problem.as_document()))

    def _room_again(self) -> None:
        for subscription, _ in self._subscriptions.values():
            subscription.room_again()

    def _start(self, work: Any) -> asyncio.Task[None]:
        task: asyncio.Task[None] = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task
