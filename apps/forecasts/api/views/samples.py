"""/fleet/samples/ takes loads; /fleet/targets/{target_id}/load/ shows one target's."""

from datetime import timedelta
from uuid import UUID

from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response

from apps.core.api.parameters import whole_number
from apps.core.api.parsers import JSONParser, YAMLParser
from apps.core.api.schema import describe
from apps.core.api.views import ResourceViewSet, visible_or_404
from apps.core.errors import InvalidRequest
from apps.forecasts.api.parsers import SamplesTable
from apps.forecasts.api.serializers.samples import MOST_SAMPLES, LoadOutput, SamplesInput, TakenOutput
from apps.forecasts.models import KEPT, Day, Target
from apps.forecasts.packing import points
from apps.forecasts.services import samples as services

_SERIES = {"name": "vm-17", "starts_at": "2026-11-26T09:41:00Z", "mean": [12.5, 13, None, 11], "max": [31, 40, None, 12]}


class SamplesViewSet(ResourceViewSet):
    permissions = {"create": "fleet.manage"}
    parser_classes = [JSONParser, YAMLParser, SamplesTable]

    @describe(
        "Take loads of the fleet",
        takes=SamplesInput,
        gives=TakenOutput,
        example={"unit": "percent", "step_minutes": 1, "series": [_SERIES]},
        text=f"In any order, up to {KEPT.days} days late, at most {MOST_SAMPLES} samples at once. They are rolled up to "
        "means and highest values of 5 minutes and of hours. What is wrong is refused by itself, with its reason; the rest "
        "is taken. As text/csv a sample a line, with the columns name, at, mean, and if there are kind and max.",
        query={"unit": "With a body of text/csv.", "step_minutes": "With a body of text/csv."},
    )
    def create(self, request: Request) -> Response:
        if isinstance(request.data, dict):
            for name in ("unit", "step_minutes"):
                if (said := request.query_params.get(name)) is not None:
                    request.data.setdefault(name, said)
        given = self.given(SamplesInput)
        series = [services.Series(**each) for each in given.pop("series")]
        taken = services.take_samples(series=series, now=timezone.now(), **given)
        reasons = [{"series": series, "at": at, "reason": reason} for series, at, reason in taken.reasons]
        return Response(self.shown(TakenOutput, {**vars(taken), "reasons": reasons}))


class LoadViewSet(ResourceViewSet):
    permissions = {"retrieve": ""}

    @describe(
        "Read the load of a target",
        gives=LoadOutput,
        query={
            "days": f"How many days, today's among them: 1 to {KEPT.days}, else 7.",
            "step": "hour, or 5min.",
        },
    )
    def retrieve(self, request: Request, target_id: UUID) -> Response:
        target = visible_or_404(Target.objects.permitted(self.actor), pk=target_id)
        days = whole_number(request, "days", most=KEPT.days, standard=7)
        step = request.query_params.get("step", "hour")
        if step not in ("hour", "5min"):
            raise InvalidRequest(errors=[{"pointer": "?step", "detail": "hour or 5min."}])
        first = timezone.now().date() - timedelta(days=days - 1)
        load = Day.objects.load(target, first=first, days=days, hourly=step == "hour")
        document = {
            "starts_at": load.starts_at,
            "step_minutes": load.step // timedelta(minutes=1),
            "synthetic": target.synthetic,
            "mean": [points(value) for value in load.mean],
            "max": [points(value) for value in load.highest],
        }
        return Response(self.shown(LoadOutput, document))
