"""Moves as they come in and go out."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from apps.core.api.operations import OperationOutput
from apps.core.api.serializers import Input, Output
from apps.core.units import parse_bytes
from apps.moves.services import MOST_RECORDS
from apps.tenants.models import SLUG

_MOST_BYTES, MOST_CLOSED = 2**50, 100


@extend_schema_field({"oneOf": [{"type": "integer", "minimum": 0}, {"type": "string", "examples": ["16Gi"]}]})
class BytesField(serializers.IntegerField):
    """Bytes, or a quantity such as 16Gi."""

    def to_internal_value(self, data: Any) -> int:
        try:
            data = parse_bytes(data) if isinstance(data, str) else data
        except ValueError as error:
            raise serializers.ValidationError(str(error)) from error
        return int(super().to_internal_value(data))


class MoveInput(Input):
    """What a move's duration depends on."""

    memory_bytes = BytesField(min_value=2**20, max_value=_MOST_BYTES)
    disk_bytes = BytesField(min_value=0, max_value=_MOST_BYTES, default=0)
    local_disk = serializers.BooleanField(default=False, help_text="The disk is copied too.")
    tunnelled = serializers.BooleanField(default=False, help_text="Memory goes through libvirt's encrypted tunnel.")
    dirty_bytes_per_second = BytesField(min_value=0, max_value=_MOST_BYTES, default=0)
    concurrent = serializers.IntegerField(min_value=1, max_value=1000, default=1, help_text="Moves that share the link.")
    link_bits_per_second = serializers.IntegerField(
        min_value=10**6, max_value=10**13, required=False, help_text="Of the link; left out: the place's usual one."
    )


class MoveRecordInput(MoveInput):
    """One move that was. Sent again with the same key, it is changed."""

    key = serializers.CharField(max_length=100, help_text="What its origin calls it, such as Nova's migration id.")
    machine = serializers.CharField(max_length=200, default="")
    from_host = serializers.CharField(max_length=200, default="")
    to_host = serializers.CharField(max_length=200, default="")
    started_at = serializers.DateTimeField(default=None, allow_null=True)
    duration_seconds = serializers.FloatField(min_value=0.01, max_value=30 * 86_400)
    downtime_seconds = serializers.FloatField(min_value=0.0, max_value=86_400, default=None, allow_null=True)
    simulated = serializers.BooleanField(default=False, help_text="Made up, not measured; nothing is learned from it.")

    def validate(self, given: dict[str, Any]) -> dict[str, Any]:
        if (given["downtime_seconds"] or 0) > given["duration_seconds"]:
            raise serializers.ValidationError({"downtime_seconds": "Longer than the whole move; both are in seconds."})
        return {"link_bits_per_second": None, **given}


class RecordsInput(Input):
    place = serializers.CharField(max_length=40, validators=[SLUG], help_text="Made when it is new.")
    records = serializers.ListField(child=MoveRecordInput(), allow_empty=False, max_length=MOST_RECORDS)


class EstimateInput(MoveInput):
    place = serializers.CharField(max_length=40, validators=[SLUG])


class ClosedInput(Input):
    """A stretch of time in which nothing may move."""

    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()

    def validate(self, given: dict[str, Any]) -> dict[str, Any]:
        if given["ends_at"] <= given["starts_at"]:
            raise serializers.ValidationError({"ends_at": "Not behind starts_at."})
        return {name: moment.isoformat() for name, moment in given.items()}


def closed_field() -> ClosedInput:
    return ClosedInput(many=True, max_length=MOST_CLOSED, default=list)  # type: ignore[call-arg]


class WindowsInput(Input):
    """When a VM may move, and how its move is to be reckoned."""

    place = serializers.CharField(
        max_length=40, validators=[SLUG], required=False, help_text="Whose records durations follow; left out: none."
    )
    not_before = serializers.DateTimeField(required=False)
    deadline = serializers.DateTimeField(required=False, help_text="The move has ended by then.")
    closed = closed_field()
    most_downtime_seconds = serializers.FloatField(
        min_value=0.0, max_value=3600.0, required=False, help_text="Hours in which it would stand still longer are left out."
    )
    dirty_bytes_per_second = BytesField(
        min_value=0, max_value=_MOST_BYTES, required=False, help_text="Left out: assumed from the load of each hour."
    )

    def validate(self, given: dict[str, Any]) -> dict[str, Any]:
        if "not_before" in given and "deadline" in given and given["deadline"] <= given["not_before"]:
            raise serializers.ValidationError({"deadline": "Not behind not_before."})
        return given


class PlaceOutput(Output):
    id = serializers.UUIDField()
    slug = serializers.CharField()
    link_bits_per_second = serializers.IntegerField(allow_null=True, help_text="The usual link of its records.")
    moves = serializers.IntegerField(help_text="Records that were learned from; 0: the physics of copying speak alone.")
    downtimes = serializers.IntegerField(help_text="Of them, with a downtime; 0: downtimes are simulated.")
    error = serializers.FloatField(allow_null=True, help_text="Mean relative error on moves that were not learned from.")
    error_beyond = serializers.FloatField(allow_null=True, help_text="The same on a size that was not learned from.")
    sizes = serializers.ListField(child=serializers.IntegerField(), help_text="Sizes of memory that are known, in bytes.")
    learned_at = serializers.DateTimeField(allow_null=True)
    version = serializers.IntegerField()


class MoveRecordOutput(Output):
    id = serializers.UUIDField()
    place = serializers.CharField(source="place.slug")
    key = serializers.CharField()
    machine = serializers.CharField()
    from_host = serializers.CharField()
    to_host = serializers.CharField()
    started_at = serializers.DateTimeField(allow_null=True)
    memory_bytes = serializers.IntegerField()
    disk_bytes = serializers.IntegerField()
    local_disk = serializers.BooleanField()
    tunnelled = serializers.BooleanField()
    dirty_bytes_per_second = serializers.IntegerField()
    concurrent = serializers.IntegerField()
    link_bits_per_second = serializers.IntegerField(allow_null=True)
    duration_seconds = serializers.FloatField()
    downtime_seconds = serializers.FloatField(allow_null=True)
    simulated = serializers.BooleanField()


class RecordsImportedOutput(Output):
    """What an import did; `operation` learns from all records of the place."""

    place = PlaceOutput()
    added = serializers.IntegerField()
    changed = serializers.IntegerField()
    operation = OperationOutput()
