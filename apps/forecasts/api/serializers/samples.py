"""Samples as they come in, loads as they go out."""

from typing import Any

from rest_framework import serializers

from apps.core.api.serializers import Input, Output
from apps.forecasts.models import TargetKind
from apps.forecasts.services.samples import REASONS

MOST_SERIES, MOST_STEPS, MOST_SAMPLES = 5_000, 1_440, 50_000


class ValuesField(serializers.ListField):
    """Numbers, null where nothing was measured."""

    child = serializers.FloatField(allow_null=True)

    def to_internal_value(self, data: Any) -> list[float | None]:
        # A million a minute: looked at once, not by a validator each.
        if not isinstance(data, list) or not 0 < len(data) <= MOST_STEPS:
            raise serializers.ValidationError(f"A list of 1 to {MOST_STEPS} numbers.")
        for at, value in enumerate(data):
            if value is not None and (isinstance(value, bool) or not isinstance(value, int | float)):
                raise serializers.ValidationError({str(at): ["A number, or null."]})
        return data


class SeriesInput(Input):
    kind = serializers.ChoiceField(TargetKind.choices, default=TargetKind.VM)
    name = serializers.CharField(max_length=200)
    starts_at = serializers.DateTimeField(help_text="The minute of the first value; a full one.")
    mean = ValuesField(help_text="A value each step from then on; null where nothing was measured.")
    max = ValuesField(allow_null=True, default=None, help_text="The highest within each step; null: as the mean.")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if attrs["max"] is not None and len(attrs["max"]) != len(attrs["mean"]):
            raise serializers.ValidationError({"max": ["As many values as in mean."]})
        return attrs


class SamplesInput(Input):
    unit = serializers.ChoiceField(["percent", "ratio", "millicores"], help_text="Of a target's processors.")
    step_minutes = serializers.ChoiceField([1, 5], default=1)
    series = SeriesInput(many=True, allow_empty=False, max_length=MOST_SERIES)  # type: ignore[call-arg]

    def validate_series(self, series: list[dict[str, Any]]) -> list[dict[str, Any]]:
        if sum(len(each["mean"]) for each in series) > MOST_SAMPLES:
            raise serializers.ValidationError(f"At most {MOST_SAMPLES} samples at once.")
        return series


class RefusedOutput(Output):
    series = serializers.IntegerField(help_text="Place of the series in the batch, from 0.")
    at = serializers.IntegerField(help_text="Place of the value in the series, from 0.")
    reason = serializers.ChoiceField(choices=REASONS)


class TakenOutput(Output):
    accepted = serializers.IntegerField()
    duplicates = serializers.IntegerField(help_text="Of minutes that had come before; they change nothing.")
    refused = serializers.IntegerField()
    reasons = RefusedOutput(many=True, help_text="Of the first hundred that were refused.")


class LoadOutput(Output):
    starts_at = serializers.DateTimeField()
    step_minutes = serializers.IntegerField()
    synthetic = serializers.BooleanField(help_text="Made by a simulator, not measured.")
    mean = serializers.ListField(
        child=serializers.FloatField(allow_null=True), help_text="Per cent, by step; null where too little was measured."
    )
    max = serializers.ListField(child=serializers.FloatField(allow_null=True))
