"""Forecasts being made: a run for all that is forecast at once, in parts; and the models that runs are made with."""

from datetime import datetime, timedelta
from typing import ClassVar
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from apps.core.ids import new_id
from apps.core.models import Live

# A model forecasts for so long behind what it learned from.
MODEL_SERVES = timedelta(hours=24)


class ModelQuerySet(models.QuerySet["Model"]):
    def serving(self, *, engine: str, horizon_hours: int, at: datetime) -> "Model | None":
        """The newest that has seen nothing behind `at`."""
        fresh = self.filter(learned_until__lte=at, learned_until__gt=at - MODEL_SERVES)
        return fresh.filter(engine=engine, horizon_hours=horizon_hours).order_by("-learned_until", "-id").first()


class Model(models.Model):
    """What an engine learned of the whole fleet. Its document is JSON; nothing in it is ever executed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    engine = models.CharField(max_length=20)
    horizon_hours = models.PositiveSmallIntegerField()
    device = models.CharField(max_length=4, help_text="What it was really trained on.")
    learned_from = models.DateTimeField(null=True)
    learned_until = models.DateTimeField()
    targets = models.PositiveIntegerField(help_text="How many it learned from.")
    seconds = models.FloatField(help_text="How long it learned.")
    document = models.BinaryField()
    sha256 = models.CharField(max_length=64, blank=True, help_text="Of the document; empty: of a release that kept none.")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects: ClassVar[models.Manager["Model"]] = ModelQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["engine", "horizon_hours", "-learned_until"], name="forecast_model_serving")]

    def __str__(self) -> str:
        return f"{self.engine} until {self.learned_until:%Y-%m-%d %H:%M}"


class RunState(models.TextChoices):
    PENDING = "pending"
    RUNNING = "running"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELLED = "cancelled"


UNDER_WAY = (RunState.PENDING, RunState.RUNNING)


class RunQuerySet(models.QuerySet["Run"]):
    def newest_standing(self) -> "Run | None":
        return self.filter(standing=True).order_by("-issued_at").first()


class Run(Live):
    """Forecasts of many targets at one hour: asked for by somebody, or standing, which begins by itself.

    PENDING -> RUNNING -> SUCCEEDED | FAILED | CANCELLED; a pending one can fail or be cancelled too.
    """

    live_kind: ClassVar[str] = "forecast-run"

    standing = models.BooleanField(default=False)
    asked_by = models.UUIDField(null=True, help_text="Who asked for it; null: it is standing.")
    issued_at = models.DateTimeField(help_text="The full hour behind which the first step begins.")
    selection = models.JSONField(default=dict, help_text="Filters of targets, or their ids; empty: all.")
    engine = models.CharField(max_length=20)
    horizon_hours = models.PositiveSmallIntegerField()
    device_asked = models.CharField(max_length=4, default="auto")
    device = models.CharField(max_length=4, blank=True, help_text="What was really computed on.")
    state = models.CharField(max_length=9, choices=RunState.choices, default=RunState.PENDING)
    problem = models.JSONField(null=True)
    # Of engines that learn of the whole fleet; the others learn of each part as it comes.
    model = models.ForeignKey(Model, on_delete=models.SET_NULL, null=True, related_name="+", db_index=False)
    targets = models.PositiveIntegerField(default=0, help_text="How many are to be forecast.")
    forecast = models.PositiveIntegerField(default=0, help_text="How many have been.")
    without = models.PositiveIntegerField(default=0, help_text="How many have no forecast, for too little was measured.")
    seconds = models.FloatField(default=0.0, help_text="How long workers computed, all together.")
    progressed_at = models.DateTimeField(default=timezone.now, editable=False)
    began_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    score = models.JSONField(null=True, help_text="How good its first day turned out to be.")

    objects: ClassVar[models.Manager["Run"]] = RunQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["issued_at"], condition=models.Q(standing=True), name="one_standing_run_of_forecasts_an_hour"
            )
        ]
        indexes = [
            models.Index(fields=["progressed_at"], condition=models.Q(state__in=UNDER_WAY), name="forecast_run_under_way")
        ]

    def __str__(self) -> str:
        return f"forecasts of {self.issued_at:%Y-%m-%d %H:%M}"


class PartQuerySet(models.QuerySet["Part"]):
    def next_of(self, run_id: UUID) -> "Part | None":
        """One that nobody is at, locked until the transaction ends: a worker that is killed lets go of it."""
        waiting = self.filter(run_id=run_id, done=False).order_by("number")
        return waiting.select_for_update(skip_locked=True).first()

    def left_of(self, run_id: UUID) -> "PartQuerySet":
        return self.filter(run_id=run_id, done=False).only("pk", "failures").order_by("number")

    def locked(self, part_id: UUID) -> "Part | None":
        """This one, if it is not done once nobody else is at it."""
        return self.select_for_update().filter(pk=part_id, done=False).first()


class Part(models.Model):
    """Some targets of a run, forecast by one worker in one transaction."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="parts", db_index=False)
    number = models.PositiveIntegerField()
    target_ids = ArrayField(models.UUIDField())
    done = models.BooleanField(default=False)
    failures = models.PositiveSmallIntegerField(default=0)

    objects: ClassVar[models.Manager["Part"]] = PartQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "number"], name="one_part_of_forecasts_a_number")]
