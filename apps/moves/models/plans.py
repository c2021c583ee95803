"""Plans: which machines move where and when, and what became of it."""

from datetime import datetime
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from apps.core.ids import new_id
from apps.core.models import Live


class Goal(models.TextChoices):
    DRAIN = "drain"
    REBALANCE = "rebalance"
    CONSOLIDATE = "consolidate"


class PlanState(models.TextChoices):
    PLANNING = "planning"
    RECOMMENDED = "recommended"
    PENDING = "pending"
    ONGOING = "ongoing"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELLED = "cancelled"
    SUPERSEDED = "superseded"


UNDER_WAY = (PlanState.PLANNING, PlanState.PENDING, PlanState.ONGOING)
# What may be called off.
OPEN = (*UNDER_WAY, PlanState.RECOMMENDED)
CARRIED_OUT = (PlanState.PENDING, PlanState.ONGOING)


class Plan(Live):
    """Moves under limits, made by a worker, approved by somebody, carried out.

    PLANNING -> RECOMMENDED -> PENDING -> ONGOING -> SUCCEEDED | FAILED
    All of these up to ONGOING -> CANCELLED; PLANNING -> FAILED; RECOMMENDED -> SUPERSEDED by a newer one of the same goal.
    """

    live_kind: ClassVar[str] = "move-plan"

    goal = models.CharField(max_length=11, choices=Goal.choices)
    host_ids = ArrayField(models.UUIDField(), default=list, help_text="To be drained; or those looked at, none: all.")
    hours = models.PositiveSmallIntegerField(help_text="Within how many hours all has to be over.")
    limits = models.JSONField(help_text="The most moves at once: source, target, link, group.")
    closed = models.JSONField(default=list, help_text="Stretches of time in which nothing may move.")
    state = models.CharField(max_length=11, choices=PlanState.choices, default=PlanState.PLANNING)
    problem = models.JSONField(null=True)
    asked_by = models.UUIDField()
    approved_by = models.UUIDField(null=True)
    place_id = models.UUIDField(null=True, help_text="Whose records durations follow.")
    starts_at = models.DateTimeField(help_text="From when on machines may move.")
    made_at = models.DateTimeField(null=True)
    approved_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    pace = models.PositiveSmallIntegerField(default=1, help_text="How many times as fast as time the simulator goes.")
    totals = models.JSONField(default=dict)
    left = models.JSONField(default=list, help_text="Machines that do not move, and what stands in the way of each.")
    synthetic = models.BooleanField(default=False, help_text="All of its machines are made up.")

    class Meta:
        indexes = [models.Index(fields=["created_at"], condition=models.Q(state__in=UNDER_WAY), name="move_plan_under_way")]

    def __str__(self) -> str:
        return f"{self.goal} of {self.created_at:%Y-%m-%d %H:%M}"

    def clock(self, now: datetime) -> datetime:
        """What time it is for the simulator."""
        since = self.approved_at or now
        return since + (now - since) * self.pace


class MoveState(models.TextChoices):
    WAITING = "waiting"
    MOVING = "moving"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELLED = "cancelled"


class PlannedMove(models.Model):
    """One machine of a plan. Names are kept: the plan outlives what it moved."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="moves", db_index=False)
    number = models.PositiveIntegerField()
    target_id = models.UUIDField()
    machine = models.CharField(max_length=200)
    from_host_id = models.UUIDField()
    from_host = models.CharField(max_length=200)
    to_host_id = models.UUIDField()
    to_host = models.CharField(max_length=200)
    starts_at = models.DateTimeField()
    # Where a limit kept it from its best start: which, and when that would have been.
    binding = models.CharField(max_length=6, blank=True)
    wanted_at = models.DateTimeField()
    seconds = models.FloatField()
    low = models.FloatField()
    high = models.FloatField()
    downtime_seconds = models.FloatField()
    load = models.FloatField(null=True, help_text="Expected meanwhile, in points; null: it has no forecast.")
    gain = models.FloatField(null=True, help_text="Against moving at once.")
    state = models.CharField(max_length=9, choices=MoveState.choices, default=MoveState.WAITING)
    began_at = models.DateTimeField(null=True)
    actual_seconds = models.FloatField(null=True)
    actual_downtime_seconds = models.FloatField(null=True)
    failure = models.CharField(max_length=100, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="one_planned_move_a_number")]
