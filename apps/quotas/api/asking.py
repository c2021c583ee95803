"""Quota requests, as they come in and go out."""

from typing import Any

from django_filters import rest_framework as filters
from rest_framework import serializers

from apps.clusters.models import Flavor
from apps.core.api.filters import FlagFilter
from apps.core.api.serializers import Input, Output
from apps.quotas.api.references import ClusterReference, ProjectReference
from apps.quotas.api.serializers import LARGEST, NamedOutput, PersonNameOutput
from apps.quotas.models import Asks, QuotaRequest, RequestState
from apps.quotas.services import Wish

_asks = [(asks.value, asks.value) for asks in Asks]
_states = [(state.value, state.value) for state in RequestState]


class FlavorOfRequest(Output):
    name = serializers.CharField()
    kind = serializers.CharField()
    cluster = NamedOutput()


class QuotaRequestOutput(Output):
    id = serializers.UUIDField()
    version = serializers.IntegerField()
    generation = serializers.IntegerField()
    tenant = NamedOutput()
    project = NamedOutput(allow_null=True, help_text="Whose share; null where it is of no project.")
    requested_by = PersonNameOutput()
    asks = serializers.ChoiceField(
        choices=_asks,
        help_text="quota: what the tenant is guaranteed; guarantee, cap: of the project; user-running, user-gpus: what "
        "whoever asks may have running, or hold.",
    )
    flavor = FlavorOfRequest(allow_null=True)
    resource = serializers.CharField(help_text="cpu (millicores), memory (bytes), gpu, fpga, rdma (pieces); empty for caps.")
    amount = serializers.IntegerField(help_text="By how much the limit is to grow.")
    reason = serializers.CharField()
    until = serializers.DateTimeField(allow_null=True, help_text="When the limit goes back; null: never.")
    state = serializers.ChoiceField(choices=_states)
    acts = serializers.ListField(child=serializers.CharField(), help_text="Acts that its state allows now.")
    decided_with = serializers.CharField(help_text="The permission of those who decide.")
    granted = serializers.IntegerField(allow_null=True, help_text="By how much the limit grew.")
    decided_by = PersonNameOutput(allow_null=True)
    decided_at = serializers.DateTimeField(allow_null=True)
    decision_reason = serializers.CharField()
    ended_at = serializers.DateTimeField(allow_null=True)
    returned = serializers.IntegerField(allow_null=True, help_text="By how much it went back.")
    created_at = serializers.DateTimeField()


class QuotaRequestInput(Input):
    asks = serializers.ChoiceField(choices=_asks)
    amount = serializers.IntegerField(min_value=1, max_value=LARGEST, help_text="By how much the limit is to grow.")
    reason = serializers.CharField(max_length=500, help_text="Who decides reads it.")
    project = ProjectReference(allow_null=True, default=None, help_text="Whose share (asks: guarantee or cap).")
    cluster = ClusterReference(allow_null=True, default=None)
    flavor = serializers.CharField(max_length=40, allow_null=True, default=None, help_text="A flavor of the cluster.")
    resource = serializers.CharField(max_length=10, allow_blank=True, default="")
    until = serializers.DateTimeField(allow_null=True, default=None, help_text="When the limit goes back; null: never.")

    def validate(self, attrs: Any) -> Any:
        cluster, named = attrs.pop("cluster"), attrs.pop("flavor")
        project = attrs.pop("project")
        flavor = None
        if named is not None:
            flavor = Flavor.objects.select_related("cluster").filter(cluster=cluster, name=named).first()
            if flavor is None:
                where = f"{cluster.slug} has no flavor {named}." if cluster else "Name its cluster too."
                raise serializers.ValidationError({"flavor": [where]})
        return {"project": project, "wish": Wish(**{**attrs, "asks": Asks(attrs["asks"])}, flavor=flavor)}


class Approval(Input):
    amount = serializers.IntegerField(
        min_value=1, max_value=LARGEST, allow_null=True, default=None, help_text="Grant so much; null: what was asked for."
    )
    reason = serializers.CharField(max_length=500, allow_blank=True, default="")


class Refusal(Input):
    reason = serializers.CharField(max_length=500)


class EarlyEnd(Input):
    reason = serializers.CharField(max_length=500, allow_blank=True, default="")


class QuotaRequestFilter(filters.FilterSet):
    tenant = filters.UUIDFilter(field_name="tenant_id")
    project = filters.UUIDFilter(field_name="project_id")
    state = filters.MultipleChoiceFilter(choices=RequestState.choices, label="One or several states.")
    mine = FlagFilter(method="of_reader", label="true: only those that you made.")
    decidable = FlagFilter(method="for_reader", label="true: only those that wait for a decision of yours.")

    class Meta:
        model = QuotaRequest
        fields: tuple[str, ...] = ()

    def of_reader(self, rows: Any, name: str, value: bool) -> Any:
        return rows.filter(requested_by_id=self.request.user.user_id) if value else rows

    def for_reader(self, rows: Any, name: str, value: bool) -> Any:
        return rows.decidable(self.request.user) if value else rows
