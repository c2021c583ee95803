"""How runs of forecasts, and the forecasts of a target, look: for events, and in answers."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from apps.forecasts.engines import LEAST_HOURS, LOOKED_AT_HOURS
from apps.forecasts.models import Day, Forecast, Run, RunState, Score, Target
from apps.forecasts.models.targets import TargetQuerySet
from apps.forecasts.packing import UNKNOWN
from apps.forecasts.segments import LEVEL_HOURS, segment_of
from apps.forecasts.services.releasing import LIVE_FOR
from apps.forecasts.services.runs import STANDING_EVERY, full_hour

# Standing forecasts that are older than this are late: one of them was left out, or takes too long.
LATE_AFTER = STANDING_EVERY + timedelta(hours=1)
SHOWN_PAST = 12
HOUR = timedelta(hours=1)
_RUN = (
    *("id", "version", "standing", "issued_at", "selection", "engine", "horizon_hours", "device_asked", "device", "state"),
    *("problem", "targets", "forecast", "without", "seconds", "created_at", "began_at", "finished_at", "score"),
)


def run_documents(ids: Iterable[UUID]) -> dict[UUID, dict[str, Any]]:
    return {run.pk: run_document(run) for run in Run.objects.filter(pk__in=list(ids))}


def run_document(run: Run) -> dict[str, Any]:
    return {**{name: getattr(run, name) for name in _RUN}, "expected_at": _expected_at(run)}


def _expected_at(run: Run) -> datetime | None:
    """When it will have ended, if it goes on as it went so far."""
    done = run.forecast + run.without
    if run.state != RunState.RUNNING or run.began_at is None or not done:
        return None
    return run.began_at + (run.progressed_at - run.began_at) * (run.targets / done)


def standing(targets: TargetQuerySet, *, now: datetime) -> dict[str, Any]:
    """How old the standing forecasts are, and how many of these targets there are."""
    newest = Run.objects.filter(standing=True, state=RunState.SUCCEEDED).order_by("-issued_at").first()
    count = targets.count()
    return {
        "issued_at": newest.issued_at if newest else None,
        "late": bool(count) and (newest is None or now - newest.issued_at > LATE_AFTER),
        "every_hours": STANDING_EVERY // HOUR,
        "targets": count,
        "synthetic": targets.filter(synthetic=True).count(),
    }


def forecasts_of(target: Target, *, now: datetime) -> dict[str, Any]:
    """The newest forecast of a target, or why there is none, and what came of those before it."""
    issued = list(Forecast.objects.filter(target=target).order_by("-issued_at")[: SHOWN_PAST + 1])
    until = full_hour(now)
    first = until - LOOKED_AT_HOURS * HOUR
    load = Day.objects.load(target, first=first.date(), days=LOOKED_AT_HOURS // 24 + 1, hourly=True)
    hours = ((load.starts_at + at * HOUR, mean) for at, mean in enumerate(load.mean))
    measured = {hour: mean for hour, mean in hours if mean != UNKNOWN and first <= hour < until}
    newest = issued[0] if issued else None
    stale = newest is not None and now - newest.issued_at > LATE_AFTER
    reason = "" if newest and not stale else "too-little-history" if len(measured) < LEAST_HOURS else "not-yet"
    level_since = until - LEVEL_HOURS * HOUR
    segment = segment_of(target.kind, [mean / 100 for hour, mean in measured.items() if hour >= level_since])
    return {
        "forecast": forecast_document(newest) if newest else None,
        "reason": reason,
        "hours_known": len(measured),
        "least_hours": LEAST_HOURS,
        "stale": stale,
        "synthetic": target.synthetic,
        "segment": segment,
        "band": Score.objects.band_of(segment, since=now - LIVE_FOR),
        "past": [{**forecast_document(each), "came": _came(each, measured)} for each in issued[1:]],
    }


def forecast_document(forecast: Forecast) -> dict[str, Any]:
    fields = ("issued_at", "made_at", "engine", "device", "hours_known")
    curves = zip(("mean", "low", "median", "high"), forecast.curves, strict=True)
    return {
        **{name: getattr(forecast, name) for name in fields},
        **{name: [value / 100 for value in values] for name, values in curves},
    }


def _came(forecast: Forecast, measured: dict[datetime, int]) -> dict[str, Any] | None:
    _, low, median, high = forecast.curves
    came = [(at, measured[hour]) for at in range(len(median)) if (hour := forecast.issued_at + at * HOUR) in measured]
    if not came:
        return None
    errors = [median[at] - actual for at, actual in came]
    return {
        "hours": len(came),
        "mae": _mean([abs(error) for error in errors]) / 100,
        "bias": _mean(errors) / 100,
        "coverage": _mean([low[at] <= actual <= high[at] for at, actual in came]),
    }


def _mean(values: Sequence[float]) -> float:
    return round(sum(values) / len(values), 4)
