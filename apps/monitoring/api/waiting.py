"""Endpoints whose answers wait. Only `live` serves them; `web` says so to whoever configured the proxy."""

from functools import partial
from typing import Any, ClassVar
from uuid import UUID

from django.core.handlers.asgi import ASGIRequest
from django.http.response import HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from rest_framework import serializers
from rest_framework.request import Request

from apps.core import live
from apps.core.api.renderers import JSONRenderer
from apps.core.api.schema import describe
from apps.core.api.serializers import Input
from apps.core.api.views import ResourceViewSet
from apps.core.errors import CsrfFailed, NotVisible
from apps.monitoring.api import queries
from apps.monitoring.api.serializers import EventsOutput
from apps.monitoring.api.views import SubjectViewSet
from apps.monitoring.errors import Misdirected
from apps.monitoring.hub import hub
from apps.monitoring.origins import is_allowed
from apps.monitoring.streams import PLATFORM, events_key
from apps.monitoring.subscriptions import EventSubscription, may_see, sees_events
from apps.monitoring.waiting import Later
from apps.monitoring.waiting.events import poll, stream
from apps.monitoring.waiting.follow import LogFollow

# Proxies cut what is silent for a minute.
MOST_SECONDS = 50
_PLACE = r"^\d{1,9}/\d{1,9}:\d{1,15}$"


class EventStreamRenderer(JSONRenderer):
    """The media type can be asked for; what is written is another's work."""

    media_type = "text/event-stream"
    format = "event-stream"


class LinesRenderer(JSONRenderer):
    media_type = "application/x-ndjson"
    format = "ndjson"


class Waiting(ResourceViewSet):
    """Base of views whose answers wait (see apps.monitoring.waiting)."""

    waits: ClassVar[bool] = True
    pagination_class = None
    http_method_names = ["get"]  # a HEAD would wait for nothing

    def authorize(self, permission: str) -> None:
        super().authorize(permission)
        request = self.request._request
        if not isinstance(request, ASGIRequest):
            raise Misdirected("`web` does not wait; this address belongs to `live`.")
        if self.actor.session_key and not _of_our_page(request):
            raise CsrfFailed("A page of another origin asked with the console's session.")


def _of_our_page(request: ASGIRequest) -> bool:
    """A cookie comes along from anywhere; what a browser says of the page that asks, no page can change."""
    headers = {name.lower(): value.decode("latin-1") for name, value in request.scope["headers"]}
    site = headers.get(b"sec-fetch-site", "same-origin")
    return site in ("same-origin", "none") and is_allowed(headers, scheme=request.scope["scheme"], without_origin=True)


class EventsQuery(Input):
    tenant = serializers.CharField(max_length=40)
    kind = serializers.ListField(child=serializers.CharField(max_length=40), max_length=40, required=False)
    project = serializers.ListField(child=serializers.UUIDField(), max_length=1000, required=False)
    after = serializers.RegexField(r"^\w{0,64}:\d{1,15}$", required=False)
    wait = serializers.FloatField(min_value=0, max_value=MOST_SECONDS, default=0)

    def validate_tenant(self, given: str) -> UUID | None:
        if given == PLATFORM:
            return None
        try:
            return UUID(given)
        except ValueError as error:
            raise serializers.ValidationError(f"The id of a tenant, or {PLATFORM}.") from error

    def validate_kind(self, given: list[str]) -> list[str]:
        if unknown := sorted(set(given) - live.kinds()):
            known = ", ".join(sorted(live.kinds()))
            raise serializers.ValidationError(f"No such kind: {', '.join(unknown)}; known are: {known}.")
        return given


class EventsViewSet(Waiting):
    permissions = {"retrieve": ""}
    renderer_classes = [JSONRenderer, EventStreamRenderer]
    filter_backends = ()

    @describe(
        "Events of a tenant, as they come",
        gives=EventsOutput,
        query=queries.parameters(
            EventsQuery,
            {
                "tenant": f"The id of a tenant, or `{PLATFORM}`.",
                "kind": "Only events of this kind of object; may be given several times.",
                "project": "Only events of this project, and of what has none; may be given several times.",
                "after": "Begin after this place: an answer's `at`, or an event's `<epoch>:<seq>`. Now when left out.",
                "wait": f"Wait so many seconds for the first event, at most {MOST_SECONDS}.",
            },
        ),
        answer={
            "results": [
                {
                    "epoch": "0192f7c1",
                    "seq": 1764079802113,
                    "kind": "job",
                    "object_id": "0192f7c1-8a40-7c3e-a1f0-5d9a3f1c2b44",
                    "project_id": "0192f7c0-11f2-7d55-b0aa-0c6e6d2f1a10",
                    "version": 7,
                    "op": "changed",
                    "object": {"id": "0192f7c1-8a40-7c3e-a1f0-5d9a3f1c2b44", "name": "digits", "phase": "running"},
                }
            ],
            "at": "0192f7c1:1764079802113",
            "lost": False,
        },
        text="Answers at once when there is something, else after `wait` seconds with an empty list; go on with "
        "`after=<at>`. When `lost` is true, events are missing: read the lists that you keep again. "
        "With `Accept: text/event-stream` the same comes as server-sent events; `Last-Event-ID` is read like `after`.",
    )
    def retrieve(self, request: Request, **_: Any) -> HttpResponseBase:
        given = self._given(request)
        tenant_id = given["tenant"]
        if not sees_events(self.actor, tenant_id):
            raise NotVisible
        projects, kinds = given.get("project"), given.get("kind")
        epoch, _colon, seq = given["after"].rpartition(":") if "after" in given else ("", "", "")

        def subscribe(outlet: Any, broken: Any) -> EventSubscription:
            return EventSubscription(
                "",
                hub(),
                outlet,
                broken,
                stream=events_key(tenant_id),
                sees=partial(_sees, self.actor, tenant_id),
                projects=frozenset(projects) if projects else None,
                kinds=frozenset(kinds) if kinds else live.kinds(),
                after=(epoch, int(seq)) if "after" in given else None,
            )

        if request.accepted_media_type == EventStreamRenderer.media_type:
            return Later(self.actor, partial(stream, subscribe=subscribe))
        return Later(self.actor, partial(poll, subscribe=subscribe, seconds=given["wait"]))

    def _given(self, request: Request) -> dict[str, Any]:
        given = queries.listed(EventsQuery, request, many=("kind", "project"))
        if last := request.headers.get("Last-Event-ID"):
            given["after"] = last
        return queries.checked(EventsQuery, given)


def _sees(actor: Any, tenant_id: UUID | None, kind: str, project_id: UUID | None) -> bool:
    return may_see(actor, kind, tenant_id, project_id)


class FollowQuery(queries.AttemptQuery):
    after = serializers.ListField(child=serializers.RegexField(_PLACE), max_length=10_000, required=False)
    tail = serializers.IntegerField(min_value=0, max_value=100_000, required=False)


class FollowViewSet(Waiting, SubjectViewSet):
    permissions = {"retrieve": ""}
    renderer_classes = [LinesRenderer, JSONRenderer]

    @describe(
        "Follow a log to its end",
        gives=OpenApiTypes.STR,
        media_type="application/x-ndjson",
        query=queries.parameters(
            FollowQuery,
            {
                "attempt": "Only this attempt; all when left out.",
                "rank": "Only this replica; all when left out.",
                "after": "What you have, as `<attempt>/<rank>:<number>`, once a replica; of others, everything comes.",
                "tail": "Of replicas that `after` does not name, only so many of the lines that are there already.",
            },
        ),
        text="A JSON object a line: `line` (attempt, rank, number, at, stream, text), `missed` (attempt, rank, from, to) "
        "for lines that are nowhere, and last `end` with its reason: `complete` (no more lines will come), `access-changed` "
        "or `restarting` (ask again, with `after`). An answer without `end` was cut off. Empty lines are signs of life.",
    )
    def retrieve(self, request: Request, **_: Any) -> HttpResponseBase:
        given = queries.checked(FollowQuery, queries.listed(FollowQuery, request, many=("after",)))
        have = {replica: int(number) for replica, _, number in (one.partition(":") for one in given.get("after", []))}
        work = LogFollow(
            self.kwargs["subject_kind"],
            self.subject_id,
            self.scope.tenant_id,
            have,
            tail=given.get("tail"),
            attempt=given.get("attempt"),
            rank=given.get("rank"),
        )
        return Later(self.actor, work)
