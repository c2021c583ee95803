"""What a request of forecasts will cost, said before anything is computed; and whether that is too much."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import models

from apps.core.errors import Problem
from apps.forecasts.engines import LEARNING_SECONDS, MOST_SECONDS, SECONDS_A_TARGET
from apps.forecasts.errors import ForecastsUsedUp, NothingToForecast, TooDear
from apps.forecasts.models import UNDER_WAY, Model, Run, RunState, Target
from apps.forecasts.models.targets import TargetQuerySet

A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Estimate:
    """Seconds are of one processor; `lasts_seconds` is by the clock, as the last run of this engine went."""

    targets: int
    missing: int
    seconds_each: float
    learning_seconds: float
    most_seconds: float
    used_seconds: float
    most_seconds_a_day: float
    lasts_seconds: float | None

    @property
    def seconds(self) -> float:
        return self.learning_seconds + self.targets * self.seconds_each

    @property
    def refusal(self) -> Problem | None:
        """Why this would not be computed."""
        if self.missing:
            return NothingToForecast(f"{self.missing} of the named targets are not there.")
        if not self.targets:
            return NothingToForecast()
        if self.seconds > self.most_seconds:
            return TooDear(
                f"{self._arithmetic}; at most {self.most_seconds:,.0f} s are computed at once.",
                targets=self.targets,
                seconds_each=self.seconds_each,
                most_seconds=self.most_seconds,
            )
        if self.used_seconds + self.seconds > self.most_seconds_a_day:
            return ForecastsUsedUp(
                f"{self._arithmetic}; {self.used_seconds:,.0f} s were asked for within the last day, and at most "
                f"{self.most_seconds_a_day:,.0f} s are.",
                seconds=self.seconds,
                used_seconds=self.used_seconds,
                most_seconds_a_day=self.most_seconds_a_day,
            )
        return None

    @property
    def _arithmetic(self) -> str:
        learning = f"{self.learning_seconds:,.0f} s to learn and " if self.learning_seconds else ""
        return (
            f"{learning}{self.targets:,} targets at {self.seconds_each} s each are {self.seconds:,.0f} s "
            f"({self.seconds / 3600:,.1f} hours) of one processor"
        )


def selected(selection: Mapping[str, Any]) -> TargetQuerySet:
    """The targets of a selection: filters by kind, tenant, parent and zone, or ids in `targets`."""
    names = {"targets": "pk__in", "kind": "kind", "tenant": "tenant_id", "parent": "parent_id", "zone": "zone"}
    chosen = {names[name]: value for name, value in selection.items()}
    return Target.objects.filter(**chosen)


def estimate(
    *, selection: Mapping[str, Any], engine: str, horizon_hours: int, issued_at: datetime, now: datetime
) -> Estimate:
    targets = selected(selection).count()
    learned = Model.objects.defer("document").serving(engine=engine, horizon_hours=horizon_hours, at=issued_at)
    return Estimate(
        targets=targets,
        missing=max(len(selection.get("targets", ())) - targets, 0),
        seconds_each=SECONDS_A_TARGET[engine],
        learning_seconds=0.0 if learned else LEARNING_SECONDS.get(engine, 0.0),
        most_seconds=MOST_SECONDS,
        used_seconds=_asked_since(now - A_DAY),
        most_seconds_a_day=settings.FORECAST_SECONDS_A_DAY,
        lasts_seconds=_as_it_went(engine, targets),
    )


def _asked_since(since: datetime) -> float:
    """What was asked for: of runs that are over what they cost, of others what they will, at least."""
    asked = Run.objects.filter(standing=False, created_at__gte=since)
    over = asked.exclude(state__in=UNDER_WAY).aggregate(seconds=models.Sum("seconds"))["seconds"] or 0.0
    under_way = asked.filter(state__in=UNDER_WAY).values_list("engine", "targets", "seconds")
    return float(over) + sum(max(seconds, targets * SECONDS_A_TARGET[engine]) for engine, targets, seconds in under_way)


def _as_it_went(engine: str, targets: int) -> float | None:
    last = Run.objects.filter(engine=engine, state=RunState.SUCCEEDED, began_at__isnull=False, targets__gt=0)
    run = last.order_by("-issued_at", "-id").first()
    if run is None or run.began_at is None or run.finished_at is None:
        return None
    return (run.finished_at - run.began_at).total_seconds() / run.targets * targets
