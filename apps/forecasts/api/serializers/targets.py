"""Targets as they come in and go out."""

from typing import Any

from rest_framework import serializers

from apps.core.api.serializers import Input, Output, RefOutput
from apps.forecasts.models import TargetKind
from apps.quotas.api.serializers import NamedOutput

MOST_TARGETS, MOST_LABELS = 5_000, 32
_AMOUNT: dict[str, Any] = {"min_value": 0, "max_value": 2**60, "allow_null": True, "default": None}


class LabelsField(serializers.DictField):
    child = serializers.CharField(max_length=200, allow_blank=True)

    def to_internal_value(self, data: Any) -> dict[str, str]:
        labels: dict[str, str] = super().to_internal_value(data)
        if len(labels) > MOST_LABELS or any(not 0 < len(name) <= 63 for name in labels):
            raise serializers.ValidationError(f"At most {MOST_LABELS} labels, their names 1 to 63 characters long.")
        return labels


class TargetInput(Input):
    kind = serializers.ChoiceField(TargetKind.choices)
    name = serializers.CharField(max_length=200, help_text="What the cloud calls it; unique among its kind.")
    tenant = serializers.CharField(
        max_length=40, allow_blank=True, default="", help_text="Slug of the tenant whose VM it is; empty: the platform's."
    )
    parent = serializers.CharField(  # type: ignore[assignment]
        max_length=200, allow_blank=True, default="", help_text="Name of the host that a VM is on; of a host its cluster's."
    )
    zone = serializers.CharField(max_length=60, allow_blank=True, default="")
    size = serializers.CharField(max_length=60, allow_blank=True, default="", help_text="What the cloud calls its size.")
    labels = LabelsField(default=dict)
    vcpus = serializers.IntegerField(min_value=1, max_value=1_000_000, allow_null=True, default=None)
    memory_bytes = serializers.IntegerField(**_AMOUNT)
    local_disk_bytes = serializers.IntegerField(**_AMOUNT, help_text="Of a VM: what a move must copy besides memory.")
    link_bits_per_second = serializers.IntegerField(**_AMOUNT, help_text="Of a host: the link that moves go over.")
    synthetic = serializers.BooleanField(default=False, help_text="Made up, not measured; shown with this word.")


class TargetsInput(Input):
    targets = TargetInput(many=True, allow_empty=False, max_length=MOST_TARGETS)  # type: ignore[call-arg]


class ImportedOutput(Output):
    added = serializers.IntegerField()
    changed = serializers.IntegerField()
    unchanged = serializers.IntegerField()


class TargetOutput(Output):
    id = serializers.UUIDField()
    kind = serializers.ChoiceField(TargetKind.choices)
    name = serializers.CharField()
    tenant = NamedOutput(allow_null=True, help_text="Whose VM it is; null: the platform's own.")
    parent = RefOutput(allow_null=True, help_text="The host, or of a host its cluster; null where you may not see it.")
    zone = serializers.CharField()
    size = serializers.CharField()
    labels = serializers.DictField(child=serializers.CharField())
    vcpus = serializers.IntegerField(allow_null=True)
    memory_bytes = serializers.IntegerField(allow_null=True)
    local_disk_bytes = serializers.IntegerField(allow_null=True)
    link_bits_per_second = serializers.IntegerField(allow_null=True)
    synthetic = serializers.BooleanField(help_text="Made by a simulator, not measured.")
    created_at = serializers.DateTimeField()


class HeatOutput(Output):
    """A row of a map of loads by hour."""

    id = serializers.UUIDField()
    kind = serializers.ChoiceField(TargetKind.choices)
    name = serializers.CharField()
    synthetic = serializers.BooleanField(help_text="Made by a simulator, not measured.")
    starts_at = serializers.DateTimeField(help_text="The first hour of `measured`; `forecast` begins where that ends.")
    measured = serializers.ListField(child=serializers.FloatField(allow_null=True), help_text="Per cent, an hour each.")
    forecast = serializers.ListField(
        child=serializers.FloatField(allow_null=True), help_text="What is expected; null where there is no forecast."
    )
