"""/fleet/forecast-models/, -trials/, -segments/, -releases/: what engines learned, how they do, and which is in use."""

from http import HTTPStatus

from django.db.models import F, QuerySet
from django.db.models.functions import Length
from django.utils import timezone
from django_filters import rest_framework as filters
from rest_framework.request import Request
from rest_framework.response import Response

from apps.core.api.schema import describe
from apps.core.api.views import ResourceViewSet
from apps.forecasts.api.serializers.releases import (
    EvaluationOutput,
    ModelOutput,
    ReleaseInput,
    ReleaseOutput,
    SegmentOutput,
)
from apps.forecasts.models import Evaluation, Model, Release
from apps.forecasts.segments import SEGMENTS
from apps.forecasts.services import releasing
from apps.forecasts.standings import standings

_SEGMENTS = [(each, each) for each in SEGMENTS]


class EvaluationFilter(filters.FilterSet):
    segment = filters.ChoiceFilter(choices=_SEGMENTS)

    class Meta:
        model = Evaluation
        fields: tuple[str, ...] = ()


class ReleaseFilter(EvaluationFilter):
    current = filters.BooleanFilter(field_name="until", lookup_expr="isnull", label="Those that are in their stage now.")

    class Meta:
        model = Release
        fields: tuple[str, ...] = ()


class ModelsViewSet(ResourceViewSet):
    permissions = {"list": "forecasts.view"}
    queryset = Model.objects.all()

    @describe("List the models that engines learned of the fleet, the latest first", gives=ModelOutput(many=True))
    def list(self, request: Request) -> Response:
        rows: QuerySet[Model] = Model.objects.defer("document").annotate(size_bytes=Length(F("document")))
        return self.page(ModelOutput, rows)


class TrialsViewSet(ResourceViewSet):
    permissions = {"list": "forecasts.view"}
    queryset = Evaluation.objects.all()
    filterset_class = EvaluationFilter

    @describe(
        "List the newest back-tests: the league of engines, by segment",
        gives=EvaluationOutput(many=True),
        text="Tried once a day, or after six hours where a champion drifts, on up to 1,000 targets and at the same moments "
        "for all engines that could forecast a whole fleet.",
    )
    def list(self, request: Request) -> Response:
        return self.page(EvaluationOutput, Evaluation.objects.newest())


class SegmentsViewSet(ResourceViewSet):
    permissions = {"list": "forecasts.view"}
    queryset = Release.objects.all()
    pagination_class = None

    @describe("List who forecasts which segment, and how well that goes", gives=SegmentOutput(many=True))
    def list(self, request: Request) -> Response:
        return Response([self.shown(SegmentOutput, each) for each in standings(now=timezone.now())])


class ReleasesViewSet(ResourceViewSet):
    permissions = {"list": "forecasts.view", "create": "forecasts.release"}
    queryset = Release.objects.all()
    filterset_class = ReleaseFilter

    @describe("List the stages of engines, those of the past too, the latest first", gives=ReleaseOutput(many=True))
    def list(self, request: Request) -> Response:
        return self.page(ReleaseOutput, Release.objects.all())

    @describe(
        "Choose the engine that forecasts a segment",
        takes=ReleaseInput,
        gives=ReleaseOutput,
        status=HTTPStatus.CREATED,
        example={"segment": "vm-busy", "engine": "xgboost", "hold": True},
        text="From the next standing run on. Without `hold` the rules go on from there.",
    )
    def create(self, request: Request) -> Response:
        release = releasing.choose(actor=self.actor, now=timezone.now(), **self.given(ReleaseInput))
        return Response(self.shown(ReleaseOutput, release), status=HTTPStatus.CREATED)
