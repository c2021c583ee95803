"""What is known of moves, what one would take, and when it hurts least."""

from http import HTTPStatus
from uuid import UUID

from django_filters import rest_framework as filters
from rest_framework.request import Request
from rest_framework.response import Response

from apps.core import operations
from apps.core.api.operations import OperationOutput
from apps.core.api.parsers import JSONParser, YAMLParser
from apps.core.api.schema import describe
from apps.core.api.tables import CSVParser
from apps.core.api.views import ResourceViewSet, visible_or_404
from apps.forecasts.models import Target
from apps.moves import services
from apps.moves.api.serializers import (
    EstimateInput,
    MoveRecordOutput,
    PlaceOutput,
    RecordsImportedOutput,
    RecordsInput,
    WindowsInput,
)
from apps.moves.documents import place_document
from apps.moves.models import Place, Record

RECORDS_EXAMPLE = {
    "place": "zone-a",
    "records": [{"key": "mig-1041", "memory_bytes": "16Gi", "duration_seconds": 48.2, "downtime_seconds": 0.21}],
}
ESTIMATE_EXAMPLE = {"place": "zone-a", "memory_bytes": "64Gi", "dirty_bytes_per_second": "50Mi", "concurrent": 2}


class RecordsTable(CSVParser):
    key = "records"


class RecordFilter(filters.FilterSet):
    place = filters.CharFilter(field_name="place__slug")

    class Meta:
        model = Record
        fields: tuple[str, ...] = ()


class PlacesViewSet(ResourceViewSet):
    permissions = {"list": "moves.view"}
    queryset = Place.objects.all()
    orders = {"slug": "slug"}
    default_order = "slug"

    @describe(
        "List the places of which moves are known, and how well what was learned there holds", gives=PlaceOutput(many=True)
    )
    def list(self, request: Request) -> Response:
        return self.page(PlaceOutput, Place.objects.all())


class RecordsViewSet(ResourceViewSet):
    permissions = {"list": "moves.view", "create": "moves.manage", "destroy": "moves.manage"}
    queryset = Record.objects.all()
    filterset_class = RecordFilter
    parser_classes = [JSONParser, YAMLParser, RecordsTable]
    unversioned = frozenset({"destroy"})

    @describe("List records of moves, the latest import first", gives=MoveRecordOutput(many=True))
    def list(self, request: Request) -> Response:
        return self.page(MoveRecordOutput, Record.objects.select_related("place"))

    @describe(
        "Import records of moves",
        takes=RecordsInput,
        gives=RecordsImportedOutput,
        status=HTTPStatus.CREATED,
        example=RECORDS_EXAMPLE,
        query={"place": "With a body of text/csv: the place."},
        text=f"At most {services.MOST_RECORDS} of one place, all or none. As text/csv the first line names the fields. A "
        "key that is known is changed. A worker then learns from all measured records of the place: durations from 20 on, "
        "downtimes from 20 that say one.",
    )
    def create(self, request: Request) -> Response:
        if isinstance(request.data, dict) and (slug := request.query_params.get("place")):
            request.data.setdefault("place", slug)
        given = self.given(RecordsInput)
        imported = services.import_records(actor=self.actor, slug=given["place"], records=given["records"])
        answer = {
            "place": place_document(imported.place),
            "added": imported.added,
            "changed": imported.changed,
            "operation": operations.document(imported.operation),
        }
        return Response(self.shown(RecordsImportedOutput, answer), status=HTTPStatus.CREATED)

    @describe("Forget a record; what was learned is learned anew without it", status=HTTPStatus.NO_CONTENT)
    def destroy(self, request: Request, record_id: UUID) -> Response:
        record = visible_or_404(Record.objects.select_related("place"), pk=record_id)
        services.delete_record(actor=self.actor, record=record)
        return Response(status=HTTPStatus.NO_CONTENT)


class EstimatesViewSet(ResourceViewSet):
    permissions = {"create": "moves.view"}

    @describe(
        "Ask how long a move would take",
        takes=EstimateInput,
        gives=OperationOutput,
        status=HTTPStatus.ACCEPTED,
        example=ESTIMATE_EXAMPLE,
        text="`result` of the operation has the duration with its 80 % band, what it consists of, which part dominates and "
        "how many times faster that would have to be to halve the whole, and how long the machine would stand still; "
        "`downtime_from` says whether that is `simulated` or learned from `records`.",
    )
    def create(self, request: Request) -> Response:
        given = self.given(EstimateInput)
        place = visible_or_404(Place.objects.all(), slug=given.pop("place"))
        operation = services.ask_estimate(actor=self.actor, place=place, move=given)
        return Response(self.shown(OperationOutput, operations.document(operation)), status=HTTPStatus.ACCEPTED)


class WindowsViewSet(ResourceViewSet):
    permissions = {"create": ""}

    @describe(
        "Ask when moving a VM hurts least",
        takes=WindowsInput,
        gives=OperationOutput,
        status=HTTPStatus.ACCEPTED,
        example={"not_before": "2026-11-28T18:00:00Z", "deadline": "2026-11-29T06:00:00Z", "most_downtime_seconds": 1},
        text="`result` of the operation has the best `windows` of what is forecast, each with the load expected over "
        "the whole duration and its gain against moving now with the 80 % band of that; `any_time` says that no gain is "
        "worth waiting for. How long the machine would stand still follows its load by an assumption, unless its dirty rate "
        "is given.",
    )
    def create(self, request: Request, target_id: UUID) -> Response:
        target = visible_or_404(Target.objects.permitted(self.actor), pk=target_id)
        given = self.given(WindowsInput)
        if slug := given.pop("place", None):
            places = Place.objects.all() if "moves.view" in self.actor.on_platform else Place.objects.none()
            given["place_id"] = visible_or_404(places, slug=slug).pk
        operation = services.ask_windows(actor=self.actor, target=target, asked=given)
        return Response(self.shown(OperationOutput, operations.document(operation)), status=HTTPStatus.ACCEPTED)
