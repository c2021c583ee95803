"""Plans as they come in and go out."""

from typing import Any

from rest_framework import serializers

from apps.core.api.serializers import Input, Output
from apps.moves.api.serializers import closed_field
from apps.moves.models import Goal, MoveState, PlanState
from apps.tenants.models import SLUG

MOST_HOSTS, MOST_HOURS = 200, 48
_AT_ONCE: dict[str, Any] = {"min_value": 1, "max_value": 100}


class LimitsInput(Input):
    """The most moves at once."""

    source = serializers.IntegerField(**_AT_ONCE, default=2, help_text="Out of one host.")  # type: ignore[assignment]
    target = serializers.IntegerField(**_AT_ONCE, default=2, help_text="Into one host.")
    link = serializers.IntegerField(**_AT_ONCE, default=8, help_text="Out of one rack, over its uplink.")
    group = serializers.IntegerField(**_AT_ONCE, default=1, help_text="Of machines that are to be kept apart.")


class PlanInput(Input):
    goal = serializers.ChoiceField(Goal.choices)
    hosts = serializers.ListField(
        child=serializers.UUIDField(),
        max_length=MOST_HOSTS,
        default=list,
        help_text="To be drained; of the other goals those that are looked at, none: all.",
    )
    hours = serializers.IntegerField(min_value=1, max_value=MOST_HOURS, default=24, help_text="All is over by then.")
    limits = LimitsInput(required=False)
    closed = closed_field()
    place = serializers.CharField(
        max_length=40, validators=[SLUG], required=False, help_text="Whose records durations follow; left out: none."
    )


class ApprovalInput(Input):
    pace = serializers.IntegerField(
        min_value=1, max_value=3600, default=1, help_text="How many times as fast as time the simulator goes."
    )


class LimitsOutput(Output):
    source = serializers.IntegerField()  # type: ignore[assignment]
    target = serializers.IntegerField()
    link = serializers.IntegerField()
    group = serializers.IntegerField()


class TotalsOutput(Output):
    moves = serializers.IntegerField()
    left = serializers.IntegerField(help_text="Machines that do not move.")
    seconds = serializers.FloatField(help_text="Of all moves, one after another.")
    downtime_seconds = serializers.FloatField(help_text="Simulated.")
    mean_gain = serializers.FloatField(allow_null=True, help_text="Points of load against moving at once.")
    hosts_emptied = serializers.IntegerField()
    kwh_a_day = serializers.FloatField(help_text="What emptied hosts would save, at an assumed 150 W each.")
    bound = serializers.IntegerField(help_text="Moves that a limit kept from their best start.")


class ClosedOutput(Output):
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()


class StayingOutput(Output):
    machine = serializers.CharField()
    binding = serializers.CharField(help_text="memory, group, host, window, source, target or link.")


class PlanOutput(Output):
    id = serializers.UUIDField()
    version = serializers.IntegerField()
    goal = serializers.ChoiceField(Goal.choices)
    hosts = serializers.ListField(child=serializers.UUIDField())
    hours = serializers.IntegerField()
    limits = LimitsOutput()
    closed = ClosedOutput(many=True, help_text="When nothing may move.")
    state = serializers.ChoiceField(PlanState.choices)
    problem = serializers.DictField(allow_null=True, help_text="Why it could not be made.")
    starts_at = serializers.DateTimeField(help_text="From when on machines may move.")
    made_at = serializers.DateTimeField(allow_null=True)
    approved_at = serializers.DateTimeField(allow_null=True)
    finished_at = serializers.DateTimeField(allow_null=True)
    pace = serializers.IntegerField()
    totals = TotalsOutput(allow_null=True, help_text="null while it is being made.")
    left = StayingOutput(many=True)
    synthetic = serializers.BooleanField(help_text="All of its machines are made up.")
    moves = serializers.IntegerField()
    moving = serializers.IntegerField()
    succeeded = serializers.IntegerField()
    failed = serializers.IntegerField()
    created_at = serializers.DateTimeField()


class PlannedMoveOutput(Output):
    id = serializers.UUIDField()
    number = serializers.IntegerField()
    machine = serializers.CharField()
    target_id = serializers.UUIDField()
    from_host = serializers.CharField()
    to_host = serializers.CharField()
    starts_at = serializers.DateTimeField()
    binding = serializers.CharField(help_text="The limit that kept it from `wanted_at`: source, target, link or group.")
    wanted_at = serializers.DateTimeField()
    seconds = serializers.FloatField(help_text="Foretold, with the 80 % band `low` to `high`.")
    low = serializers.FloatField()
    high = serializers.FloatField()
    downtime_seconds = serializers.FloatField()
    load = serializers.FloatField(allow_null=True, help_text="Expected meanwhile; null: it has no forecast.")
    gain = serializers.FloatField(allow_null=True, help_text="Points of load against moving at once.")
    state = serializers.ChoiceField(MoveState.choices)
    began_at = serializers.DateTimeField(allow_null=True)
    actual_seconds = serializers.FloatField(allow_null=True, help_text="As the simulator had it.")
    actual_downtime_seconds = serializers.FloatField(allow_null=True)
    failure = serializers.CharField(help_text="not-there: the machine or its new host is not where the plan has it.")
