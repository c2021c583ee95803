"""Clusters, nodes and flavors, as they come in and go out."""

from typing import Any

from rest_framework import serializers

from apps.clusters.models import ClusterKind, FlavorKind, Health
from apps.core.api.serializers import Input, Output
from apps.tenants.models import SLUG


class LabelsField(serializers.DictField):
    """Words to words."""

    child = serializers.CharField(max_length=253, allow_blank=True)


class CapacityOutput(Output):
    flavor = serializers.CharField()
    resource = serializers.CharField(help_text="cpu (millicores), memory (bytes), gpu, fpga or rdma (pieces).")
    amount = serializers.IntegerField()


class NodeCountOutput(Output):
    total = serializers.IntegerField()
    ready = serializers.IntegerField()


class ClusterOutput(Output):
    """A cluster. What was observed carries its age; of a stale one the last figures are shown."""

    id = serializers.UUIDField()
    version = serializers.IntegerField()
    generation = serializers.IntegerField()
    slug = serializers.CharField()
    name = serializers.CharField()
    kind = serializers.ChoiceField(choices=ClusterKind.choices)
    zone = serializers.CharField()
    labels = serializers.DictField(child=serializers.CharField())
    health = serializers.ChoiceField(choices=Health.choices)
    health_message = serializers.CharField()
    versions = serializers.DictField(child=serializers.CharField())
    capabilities = serializers.DictField()
    last_seen_at = serializers.DateTimeField(allow_null=True)
    seen_seconds_ago = serializers.IntegerField(allow_null=True)
    stale = serializers.BooleanField(help_text="Not seen for stale_after_seconds; nothing new starts there.")
    stale_after_seconds = serializers.IntegerField()
    created_at = serializers.DateTimeField()
    nodes = NodeCountOutput(allow_null=True, help_text="For platform roles; else null.")
    capacity = CapacityOutput(many=True, allow_null=True, help_text="For platform roles; else null.")
    used = CapacityOutput(many=True, allow_null=True, help_text="As measured. For platform roles; else null.")
    can = serializers.ListField(child=serializers.CharField(), help_text="Permissions that you hold on it.")


class ClusterInput(Input):
    slug = serializers.CharField(max_length=40, validators=[SLUG])
    name = serializers.CharField(max_length=150)
    kind = serializers.ChoiceField(choices=ClusterKind.choices)
    zone = serializers.CharField(max_length=60, allow_blank=True, default="")
    labels = LabelsField(required=False)


class ClusterChange(Input):
    name = serializers.CharField(max_length=150, required=False)
    zone = serializers.CharField(max_length=60, allow_blank=True, required=False)
    labels = LabelsField(required=False)


class NodeOutput(Output):
    id = serializers.UUIDField()
    name = serializers.CharField()
    zone = serializers.CharField()
    labels = serializers.DictField(child=serializers.CharField())
    allocatable = CapacityOutput(many=True)
    used = CapacityOutput(many=True, help_text="As measured, not as asked for.")
    health = serializers.ChoiceField(choices=Health.choices)
    health_message = serializers.CharField()
    schedulable = serializers.BooleanField()
    last_seen_at = serializers.DateTimeField(allow_null=True)
    stale = serializers.BooleanField()


class FlavorOutput(Output):
    id = serializers.UUIDField()
    version = serializers.IntegerField()
    generation = serializers.IntegerField()
    cluster_id = serializers.UUIDField()
    cluster_slug = serializers.CharField()
    name = serializers.CharField()
    kind = serializers.ChoiceField(choices=FlavorKind.choices)
    description = serializers.CharField()
    model = serializers.CharField()
    unit_memory_bytes = serializers.IntegerField(allow_null=True)
    device_resource = serializers.CharField()
    node_labels = serializers.DictField(child=serializers.CharField())
    node_taints = serializers.ListField(child=serializers.DictField())
    resources = serializers.ListField(child=serializers.CharField(), help_text="What quotas and requests of it speak of.")
    can = serializers.ListField(child=serializers.CharField(), help_text="Permissions that you hold on it.")


class TaintInput(Input):
    key = serializers.CharField(max_length=253)
    value = serializers.CharField(max_length=63, allow_blank=True, default="")
    effect = serializers.ChoiceField(choices=["NoSchedule", "PreferNoSchedule", "NoExecute"])


class FlavorChange(Input):
    description = serializers.CharField(max_length=300, allow_blank=True, required=False)
    model = serializers.CharField(max_length=100, allow_blank=True, required=False)
    unit_memory_bytes = serializers.IntegerField(min_value=1, max_value=2**62, allow_null=True, required=False)
    device_resource = serializers.CharField(max_length=100, allow_blank=True, required=False)
    node_labels = LabelsField(required=False)
    node_taints = TaintInput(many=True, required=False)

    def validate_node_taints(self, taints: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return [dict(taint) for taint in taints]


class FlavorInput(FlavorChange):
    name = serializers.CharField(max_length=40, validators=[SLUG])
    kind = serializers.ChoiceField(choices=FlavorKind.choices)
