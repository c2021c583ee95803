"""Which engine forecasts which segment: tried on the same days, then beside the one in use, then in use; or taken back."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Max, Q
from django.utils import timezone

from apps.core.ids import new_id
from apps.forecasts.engines import DEFAULT_ENGINE

# What speaks when nothing better can: it needs no model.
LAST_RESORT = "naive-seasonal"


class EvaluationQuerySet(models.QuerySet["Evaluation"]):
    def newest(self) -> "EvaluationQuerySet":
        return self.filter(tried_at=self.order_by("-tried_at").values("tried_at")[:1])

    def tried_last(self) -> datetime | None:
        last: datetime | None = self.aggregate(last=Max("tried_at"))["last"]
        return last


class Evaluation(models.Model):
    """A back-test of an engine in a segment: forecasts as they would have been made at several moments, beside what came.

    All engines of the same `tried_at` saw the same moments and the same targets, and learned of nothing behind a gap of
    `gap_hours` before the first. Probabilities are of a bootstrap over targets, paired: the same draw for both engines.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tried_at = models.DateTimeField(help_text="The full hour that all histories end at.")
    segment = models.CharField(max_length=20)
    engine = models.CharField(max_length=20)
    device = models.CharField(max_length=4)
    origins = models.PositiveSmallIntegerField(help_text="How many moments.")
    gap_hours = models.PositiveSmallIntegerField()
    targets = models.PositiveIntegerField()
    hours = models.PositiveIntegerField(help_text="How many hours of all targets and moments are known.")
    wql = models.FloatField()
    mae = models.FloatField(help_text="Points.")
    bias = models.FloatField(help_text="Points; above 0: too much was forecast.")
    coverage = models.FloatField()
    window_gain = models.FloatField(null=True)
    train_seconds = models.FloatField(help_text="Of a processor, for all segments.")
    milliseconds_each = models.FloatField(help_text="Of a processor, for a forecast of a target.")
    beats_seasonal = models.FloatField(null=True, help_text="How likely it loses less than the same hour of the day before.")
    beats_champion = models.FloatField(null=True, help_text="How likely it loses less than the engine in use.")

    objects: ClassVar[EvaluationQuerySet] = EvaluationQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tried_at", "segment", "engine"], name="one_evaluation_a_segment_and_engine")
        ]

    def __str__(self) -> str:
        return f"{self.engine} on {self.segment}, tried at {self.tried_at:%Y-%m-%d %H:%M}"


class Stage(models.TextChoices):
    CANDIDATE = "candidate"
    SHADOW = "shadow"
    CHAMPION = "champion"
    RETIRED = "retired"


class ReleaseReason(models.TextChoices):
    FIRST = "first"
    BETTER_IN_TRIALS = "better-in-trials"
    NO_LONGER_BETTER = "no-longer-better"
    BETTER_LIVE = "better-live"
    REPLACED = "replaced"
    WORSE_THAN_SEASONAL = "worse-than-seasonal"
    FALLBACK = "fallback"
    CHOSEN = "chosen"


class ReleaseQuerySet(models.QuerySet["Release"]):
    def current(self) -> "ReleaseQuerySet":
        return self.filter(until__isnull=True)

    def champions(self) -> dict[str, "Release"]:
        return {row.segment: row for row in self.current().filter(stage=Stage.CHAMPION)}

    def chains(self, segments: Sequence[str]) -> Mapping[str, list[str]]:
        """The engines that are asked for each segment, in order, until one can speak: champion, last good, last resort."""
        champions = self.champions()
        return {
            segment: list(dict.fromkeys([*self._speaking(champions.get(segment), segment), LAST_RESORT]))
            for segment in segments
        }

    def last_good(self, segment: str, *, but: str) -> str | None:
        """The newest champion before that was not taken back, but replaced."""
        taken_back = self.filter(segment=segment, stage=Stage.RETIRED).values("since")
        before = self.filter(segment=segment, stage=Stage.CHAMPION, until__isnull=False).exclude(engine=but)
        last = before.exclude(until__in=taken_back).order_by("-until", "-pk").first()
        return last.engine if last else None

    def _speaking(self, champion: "Release | None", segment: str) -> list[str]:
        if champion is None:
            return [DEFAULT_ENGINE]
        last = self.last_good(segment, but=champion.engine)
        return [champion.engine, last] if last else [champion.engine]


class Release(models.Model):
    """The stage of an engine in a segment, from a moment on until the next one. Rows of the past are the history.

    CANDIDATE <-> SHADOW -> CHAMPION -> CANDIDATE (replaced) | RETIRED (worse than the seasonal naive); a person may make any
    of them the champion.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    segment = models.CharField(max_length=20)
    engine = models.CharField(max_length=20)
    stage = models.CharField(max_length=9, choices=Stage.choices)
    reason = models.CharField(max_length=30, choices=ReleaseReason.choices)
    since = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField(null=True)
    held_by = models.CharField(max_length=200, blank=True, help_text="Who chose it; no rule puts another in its place.")

    objects: ClassVar[ReleaseQuerySet] = ReleaseQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["segment", "engine"], condition=Q(until__isnull=True), name="one_stage_of_an_engine_in_a_segment"
            ),
            models.UniqueConstraint(
                fields=["segment"], condition=Q(until__isnull=True, stage="champion"), name="one_champion_a_segment"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.engine} for {self.segment}"
