"""/fleet/forecast-scores/: what came of forecasts."""

from django_filters import rest_framework as filters
from rest_framework.request import Request
from rest_framework.response import Response

from apps.core.api.schema import describe
from apps.core.api.views import ResourceViewSet
from apps.forecasts.api.serializers.scores import ScoredOutput
from apps.forecasts.engines import ENGINE_NAMES
from apps.forecasts.models import Score
from apps.forecasts.segments import SEGMENTS


class ScoreFilter(filters.FilterSet):
    run = filters.UUIDFilter(field_name="run_id")
    segment = filters.ChoiceFilter(choices=[(each, each) for each in SEGMENTS])
    engine = filters.ChoiceFilter(choices=[(each, each) for each in ENGINE_NAMES])
    issued = filters.BooleanFilter()

    class Meta:
        model = Score
        fields: tuple[str, ...] = ()


class ScoresViewSet(ResourceViewSet):
    permissions = {"list": "forecasts.view"}
    queryset = Score.objects.all()
    filterset_class = ScoreFilter

    @describe(
        "List how good forecasts were, by run, segment and engine",
        gives=ScoredOutput(many=True),
        text="Written once the first day of a run has come, on up to 5,000 of its targets. Beside the engine whose "
        "forecasts were issued stand those that every engine must beat, asked with what was known at the same hour.",
    )
    def list(self, request: Request) -> Response:
        return self.page(ScoredOutput, Score.objects.all())
