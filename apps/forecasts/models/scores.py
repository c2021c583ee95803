"""How good forecasts were, once what they said had come."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import F, Q, Sum
from django.utils import timezone

from apps.core.ids import new_id
from apps.forecasts.models.runs import Run


@dataclass(frozen=True)
class Total:
    """Scores of several runs as if of one: wql weighted by load, the others by hours."""

    runs: int
    hours: int
    wql: float
    mae: float
    bias: float
    coverage: float

    @classmethod
    def of(cls, scores: "Iterable[Score]") -> "Total | None":
        found = list(scores)
        hours, load = sum(score.hours for score in found), sum(score.load for score in found)
        if not hours:
            return None
        mae, bias, coverage = (
            sum(getattr(score, name) * score.hours for score in found) / hours for name in ("mae", "bias", "coverage")
        )
        wql = sum(score.wql * score.load for score in found) / load if load else 0.0
        return cls(len({score.run_id for score in found}), hours, wql, mae, bias, coverage)


class ScoreQuerySet(models.QuerySet["Score"]):
    def band_of(self, segment: str, *, since: datetime) -> dict[str, float | int] | None:
        """How often the bands that were issued held what came, and of how many hours that is known."""
        known = self.filter(segment=segment, issued=True, issued_at__gte=since).aggregate(
            measured=Sum("hours"), inside=Sum(F("coverage") * F("hours"))
        )
        hours = known["measured"]
        return {"hours": hours, "coverage": known["inside"] / hours} if hours else None


class Score(models.Model):
    """The first day of a run's forecasts in one segment, of one engine: the one whose forecasts were issued, or another
    that was asked what it would have said then. Written once, when the day has come."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="scores", db_index=False)
    issued_at = models.DateTimeField(help_text="The full hour behind which the first step begins.")
    segment = models.CharField(max_length=20)
    engine = models.CharField(max_length=20)
    issued = models.BooleanField(help_text="Its forecasts were issued; else it was only asked.")
    targets = models.PositiveIntegerField()
    hours = models.PositiveIntegerField(help_text="How many hours of all targets had come.")
    load = models.FloatField(help_text="The sum of these hours, in points: what `wql` is a share of.")
    wql = models.FloatField()
    mae = models.FloatField(help_text="Points.")
    bias = models.FloatField(help_text="Points; above 0: too much was forecast.")
    coverage = models.FloatField()
    window_gain = models.FloatField(null=True, help_text="Share of what the best start of a move of three hours could gain.")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects: ClassVar[ScoreQuerySet] = ScoreQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "segment", "engine"], name="one_score_a_segment_and_engine"),
            models.CheckConstraint(condition=Q(hours__gt=0), name="score_of_some_hours"),
        ]
        indexes = [models.Index(fields=["issued_at", "segment"], name="forecast_score_by_origin")]

    def __str__(self) -> str:
        return f"{self.engine} on {self.segment} at {self.issued_at:%Y-%m-%d %H:%M}"
