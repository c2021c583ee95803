"""/fleet/forecast-runs/: forecasts are asked for, followed and cancelled. /fleet/targets/{target_id}/forecast/: one's."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.utils import timezone
from django_filters import rest_framework as filters
from rest_framework.request import Request
from rest_framework.response import Response

from apps.core.api.schema import describe
from apps.core.api.views import ResourceViewSet, visible_or_404
from apps.forecasts.api.serializers.runs import EstimateOutput, RunInput, RunOutput, StandingOutput, TargetForecastsOutput
from apps.forecasts.documents import forecasts_of, run_document, standing
from apps.forecasts.models import Run, RunState, Target
from apps.forecasts.services import runs as services
from apps.forecasts.services.estimates import estimate

_EXAMPLE = {"selection": {"kind": "vm", "zone": "east-1"}, "engine": "xgboost", "horizon_hours": 48}


class RunFilter(filters.FilterSet):
    standing = filters.BooleanFilter()
    state = filters.ChoiceFilter(choices=RunState.choices)

    class Meta:
        model = Run
        fields: tuple[str, ...] = ()


class RunsViewSet(ResourceViewSet):
    permissions = {"list": "forecasts.view", "create": "forecasts.request"}
    queryset = Run.objects.all()
    filterset_class = RunFilter

    @describe("List the runs of forecasts, the latest first", gives=RunOutput(many=True))
    def list(self, request: Request) -> Response:
        return self.page(RunOutput, Run.objects.all())

    @describe(
        "Forecast the load of targets",
        takes=RunInput,
        gives=RunOutput,
        status=HTTPStatus.ACCEPTED,
        example=_EXAMPLE,
        text="Answered at once; a worker computes. The run says how far it is, as its events do. Of engines that fit each "
        "target by itself only as many are taken as one processor does in an hour.",
    )
    def create(self, request: Request) -> Response:
        run = services.request_run(actor=self.actor, now=timezone.now(), **_asked(self.given(RunInput)))
        return Response(self.shown(RunOutput, run_document(run)), status=HTTPStatus.ACCEPTED)


def _asked(given: dict[str, Any]) -> dict[str, Any]:
    selection = {
        name: [str(each) for each in value] if name == "targets" else str(value)
        for name, value in given.pop("selection", {}).items()
    }
    return {**given, "selection": selection}


class EstimateViewSet(ResourceViewSet):
    permissions = {"create": "forecasts.request"}

    @describe(
        "Estimate what forecasts would cost",
        takes=RunInput,
        gives=EstimateOutput,
        example=_EXAMPLE,
        text="Nothing is computed. `refusal` is what a request would be answered with now.",
    )
    def create(self, request: Request) -> Response:
        asked, now = _asked(self.given(RunInput)), timezone.now()
        del asked["device"]
        cost = estimate(**asked, issued_at=services.full_hour(now), now=now)
        refusal = cost.refusal.as_document() if cost.refusal else None
        document = {**vars(cost), "seconds": cost.seconds, "refusal": refusal}
        return Response(self.shown(EstimateOutput, document))


class RunViewSet(ResourceViewSet):
    permissions = {"retrieve": "forecasts.view", "cancel": "forecasts.request"}

    @describe("Read a run of forecasts", gives=RunOutput)
    def retrieve(self, request: Request, run_id: UUID) -> Response:
        return Response(self.shown(RunOutput, run_document(visible_or_404(Run.objects.all(), pk=run_id))))

    @describe("Cancel a run of forecasts; what it has forecast stays", gives=RunOutput)
    def cancel(self, request: Request, run_id: UUID) -> Response:
        run = services.cancel_run(actor=self.actor, run=visible_or_404(Run.objects.all(), pk=run_id))
        return Response(self.shown(RunOutput, run_document(run)))


class StandingViewSet(ResourceViewSet):
    permissions = {"retrieve": ""}

    @describe("Read how old the forecasts are that are made by themselves, and of how many targets", gives=StandingOutput)
    def retrieve(self, request: Request) -> Response:
        targets = Target.objects.permitted(self.actor)
        return Response(self.shown(StandingOutput, standing(targets, now=timezone.now())))


class TargetForecastViewSet(ResourceViewSet):
    permissions = {"retrieve": ""}

    @describe("Read the forecast of a target, and what came of those before it", gives=TargetForecastsOutput)
    def retrieve(self, request: Request, target_id: UUID) -> Response:
        target = visible_or_404(Target.objects.permitted(self.actor), pk=target_id)
        return Response(self.shown(TargetForecastsOutput, forecasts_of(target, now=timezone.now())))
