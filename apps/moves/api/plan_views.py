"""/move-plans/: plans asked for, read, approved, called off, exported."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils import timezone
from django_filters import rest_framework as filters
from drf_spectacular.types import OpenApiTypes
from rest_framework.request import Request
from rest_framework.response import Response

from apps.core.api.schema import describe
from apps.core.api.views import ResourceViewSet, visible_or_404
from apps.core.errors import InvalidRequest
from apps.moves import services
from apps.moves.api.plan_serializers import ApprovalInput, LimitsInput, PlanInput, PlannedMoveOutput, PlanOutput
from apps.moves.documents import plan_document, with_counts
from apps.moves.exports import as_calendar, as_csv
from apps.moves.models import Goal, Place, Plan, PlannedMove, PlanState

_EXAMPLE = {"goal": "drain", "hosts": ["0198b1c2-0000-7000-8000-000000000001"], "hours": 24, "limits": {"source": 2}}


class PlanFilter(filters.FilterSet):
    goal = filters.ChoiceFilter(choices=Goal.choices)
    state = filters.ChoiceFilter(choices=PlanState.choices)

    class Meta:
        model = Plan
        fields: tuple[str, ...] = ()


class PlansViewSet(ResourceViewSet):
    permissions = {"list": "moves.view", "create": "moves.manage"}
    queryset = Plan.objects.all()
    filterset_class = PlanFilter

    @describe("List plans of moves, the newest first", gives=PlanOutput(many=True))
    def list(self, request: Request) -> Response:
        plans = self.paginate_queryset(self.filter_queryset(with_counts())) or []
        rows = [plan_document(plan) for plan in plans]
        return self.get_paginated_response(PlanOutput(rows, many=True, context=self.get_serializer_context()).data)

    @describe(
        "Have a plan made",
        takes=PlanInput,
        gives=PlanOutput,
        status=HTTPStatus.ACCEPTED,
        example=_EXAMPLE,
        text="Answered at once; a worker makes it from the newest forecasts, and its state becomes `recommended`. Nothing "
        "moves before it is approved. A newer plan of the same goal and hosts supersedes it.",
    )
    def create(self, request: Request) -> Response:
        given = self.given(PlanInput)
        slug = given.pop("place", None)
        plan = services.request_plan(
            actor=self.actor,
            place=visible_or_404(Place.objects.all(), slug=slug) if slug else None,
            limits=given.pop("limits", None) or _usual_limits(),
            now=timezone.now(),
            **given,
        )
        return Response(_shown(self, plan), status=HTTPStatus.ACCEPTED)


class PlanViewSet(ResourceViewSet):
    permissions = {
        "retrieve": "moves.view",
        "moves": "moves.view",
        "export": "moves.view",
        "approve": "moves.approve",
        "cancel": "moves.manage",
    }
    queryset = PlannedMove.objects.all()
    orders = {"number": "number"}
    default_order = "number"

    @describe("Read a plan of moves", gives=PlanOutput)
    def retrieve(self, request: Request, plan_id: UUID) -> Response:
        return Response(_shown(self, visible_or_404(Plan.objects.all(), pk=plan_id)))

    @describe("List the moves of a plan, as foretold and as they went", gives=PlannedMoveOutput(many=True))
    def moves(self, request: Request, plan_id: UUID) -> Response:
        return self.page(PlannedMoveOutput, self._moves(plan_id))

    @describe(
        "Export a plan",
        gives=OpenApiTypes.STR,
        media_type="text/plain",
        query={"as": "json, csv, or ics for calendars."},
        text="As text/csv, text/calendar or application/json.",
    )
    def export(self, request: Request, plan_id: UUID) -> HttpResponse:
        plan = visible_or_404(Plan.objects.all(), pk=plan_id)
        moves = list(self._moves(plan_id).order_by("number"))
        wanted = request.query_params.get("as", "json")
        if wanted == "csv":
            return _file(as_csv(moves), plan, "csv", "text/csv")
        if wanted == "ics":
            return _file(as_calendar(plan, moves), plan, "ics", "text/calendar")
        if wanted == "json":
            whole = {**_shown(self, plan), "moves": PlannedMoveOutput(moves, many=True).data}
            return Response(whole, headers={"Content-Disposition": _disposition(plan, "json")})
        raise InvalidRequest(errors=[{"pointer": "?as", "detail": "json, csv or ics."}])

    @describe(
        "Approve a plan: the simulator carries it out",
        takes=ApprovalInput,
        gives=PlanOutput,
        example={"pace": 600},
        text="Only plans whose machines are all made up, and not older than an hour.",
    )
    def approve(self, request: Request, plan_id: UUID) -> Response:
        plan = visible_or_404(Plan.objects.all(), pk=plan_id)
        given = self.given(ApprovalInput)
        plan = services.approve_plan(actor=self.actor, plan=plan, now=timezone.now(), **given)
        return Response(_shown(self, plan))

    @describe("Call a plan off: no more of its moves begin, and one under way arrives", gives=PlanOutput)
    def cancel(self, request: Request, plan_id: UUID) -> Response:
        plan = services.cancel_plan(actor=self.actor, plan=visible_or_404(Plan.objects.all(), pk=plan_id))
        return Response(_shown(self, plan))

    def _moves(self, plan_id: UUID) -> QuerySet[PlannedMove]:
        return PlannedMove.objects.filter(plan=visible_or_404(Plan.objects.all(), pk=plan_id))


def _usual_limits() -> dict[str, int]:
    usual = LimitsInput(data={})
    usual.is_valid(raise_exception=True)
    return dict(usual.validated_data)


def _shown(view: ResourceViewSet, plan: Plan) -> dict[str, Any]:
    return view.shown(PlanOutput, plan_document(with_counts().get(pk=plan.pk)))


def _disposition(plan: Plan, ending: str) -> str:
    return f'attachment; filename="plan-{plan.goal}-{plan.created_at:%Y%m%d-%H%M}.{ending}"'


def _file(text: str, plan: Plan, ending: str, media_type: str) -> HttpResponse:
    headers = {"Content-Disposition": _disposition(plan, ending)}
    return HttpResponse(text, content_type=f"{media_type}; charset=utf-8", headers=headers)
