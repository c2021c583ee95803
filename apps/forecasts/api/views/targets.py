"""/fleet/targets/: what the cloud consists of."""

from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from django_filters import rest_framework as filters
from rest_framework.request import Request
from rest_framework.response import Response

from apps.core.api.parsers import JSONParser, YAMLParser
from apps.core.api.schema import describe
from apps.core.api.views import ResourceViewSet, visible_or_404
from apps.forecasts.api.parsers import TargetsTable
from apps.forecasts.api.serializers.targets import MOST_TARGETS, HeatOutput, ImportedOutput, TargetOutput, TargetsInput
from apps.forecasts.heat import AHEAD_HOURS, PAST_HOURS, heat_of
from apps.forecasts.models import Target, TargetKind
from apps.forecasts.services import targets as services

_HOST = {"kind": "host", "name": "host-3", "zone": "east", "vcpus": 96, "memory_bytes": 2**39}
_VM = {"kind": "vm", "name": "vm-17", "parent": "host-3", "tenant": "aurora", "vcpus": 4, "memory_bytes": 2**34}


class TargetFilter(filters.FilterSet):
    kind = filters.ChoiceFilter(choices=TargetKind.choices)
    tenant = filters.UUIDFilter(field_name="tenant_id")
    parent = filters.UUIDFilter(field_name="parent_id", label="The host of VMs, the cluster of hosts.")
    zone = filters.CharFilter()
    q = filters.CharFilter(field_name="name", lookup_expr="begins", label="What the name begins with.")

    class Meta:
        model = Target
        fields: tuple[str, ...] = ()


class TargetsViewSet(ResourceViewSet):
    permissions = {"list": "", "create": "fleet.manage"}
    parser_classes = [JSONParser, YAMLParser, TargetsTable]
    queryset = Target.objects.all()
    filterset_class = TargetFilter
    orders = {"name": "name", "created": "pk"}
    default_order = "name"

    @describe(
        "List the fleet: VMs, and for platform roles hosts and clusters",
        gives=TargetOutput(many=True),
        text="A tenant sees its own VMs, and not on which hosts they are.",
    )
    def list(self, request: Request) -> Response:
        return self.page(TargetOutput, Target.objects.permitted(self.actor).named())

    @describe(
        "Import targets",
        takes=TargetsInput,
        gives=ImportedOutput,
        example={"targets": [_HOST, _VM]},
        text=f"What is there by kind and name becomes as told; what is not named stays. At most {MOST_TARGETS} in one, "
        "all or none. As text/csv the first line names the fields, labels as `labels.rack`.",
    )
    def create(self, request: Request) -> Response:
        targets = [services.TargetSpec(**target) for target in self.given(TargetsInput)["targets"]]
        return Response(self.shown(ImportedOutput, services.import_targets(actor=self.actor, targets=targets)))


class HeatViewSet(ResourceViewSet):
    permissions = {"list": ""}
    queryset = Target.objects.all()
    filterset_class = TargetFilter
    orders = TargetsViewSet.orders
    default_order = TargetsViewSet.default_order

    @describe(
        "List the fleet with its loads by hour",
        gives=HeatOutput(many=True),
        text=f"The same targets as the fleet's list, each with the {PAST_HOURS} hours that came and the {AHEAD_HOURS} that "
        "are forecast.",
    )
    def list(self, request: Request) -> Response:
        targets = self.paginate_queryset(self.filter_queryset(Target.objects.permitted(self.actor))) or []
        rows = heat_of(targets, now=timezone.now())
        return self.get_paginated_response(HeatOutput(rows, many=True, context=self.get_serializer_context()).data)


class TargetViewSet(ResourceViewSet):
    permissions = {"retrieve": "", "destroy": "fleet.manage"}

    def rows(self) -> QuerySet[Target]:
        return Target.objects.permitted(self.actor).named()

    @describe("Read a target", gives=TargetOutput)
    def retrieve(self, request: Request, target_id: UUID) -> Response:
        target = visible_or_404(self.rows(), pk=target_id)
        return self.answer(target, self.shown(TargetOutput, target))

    @describe("Forget a target, and all that is known of it", status=204)
    def destroy(self, request: Request, target_id: UUID) -> Response:
        services.remove_target(actor=self.actor, target=self.locked(self.rows(), pk=target_id))
        return Response(status=204)
