"""How good forecasts turned out to be, once their first day has come, beside what every engine must beat."""

import math
from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import numpy as np

from apps.forecasts.models import Forecast, Run, RunState, Score
from apps.forecasts.segments import segment
from apps.forecasts.services import runs as services
from apps.forecasts.services.estimates import selected
from celery_workers.forecasts.history import FORECAST_DAYS, hours_before, hours_from, said
from celery_workers.prediction.algorithms.features import level_and_scale
from celery_workers.prediction.algorithms.interface import Floats, Task
from celery_workers.prediction.algorithms.interface import Forecast as Said
from celery_workers.prediction.algorithms.naive import Seasonal
from celery_workers.prediction.scores import scored, window_gain
from celery_workers.prediction.training import STEADY

HOURS = 24
# Samples may come late; a run is scored once, an hour behind the day.
WAITS = timedelta(hours=HOURS + 1)
# Scored on so many of its targets at most, spread over all.
SCORED, READ_AT_ONCE = 5_000, 1_000
BESIDE = (STEADY, Seasonal())
MOVE_HOURS = 3

# What came, and what was said of it: of one segment and engine, or of all.
Pairs = list[tuple[Floats, Said]]


def score_due(*, now: datetime) -> None:
    """Score the runs whose first day has come."""
    due = Run.objects.filter(state=RunState.SUCCEEDED, score__isnull=True, forecast__gt=0, issued_at__lte=now - WAITS)
    for run in due.order_by("issued_at"):
        by_segment = _read(run)
        services.keep_score(run=run, score=_summed_up(run, by_segment), of_segments=list(_rows(run, by_segment)))


def _read(run: Run) -> dict[tuple[str, str], Pairs]:
    """What came beside what was said, by (segment, engine)."""
    found: dict[tuple[str, str], Pairs] = defaultdict(list)
    kinds = dict(selected(run.selection).order_by("pk").values_list("pk", "kind"))
    drawn = list(kinds)[:: max(math.ceil(len(kinds) / SCORED), 1)]
    for at in range(0, len(drawn), READ_AT_ONCE):
        rows = Forecast.objects.filter(issued_at=run.issued_at, target__in=drawn[at : at + READ_AT_ONCE])
        kept = {row.target_id: bytes(row.said) for row in rows.filter(engine=run.engine)}
        if not kept:
            continue
        came = hours_from(list(kept), run.issued_at, hours=HOURS)
        history = hours_before(list(kept), run.issued_at, days=FORECAST_DAYS)
        words = {rule.name: rule.fit(history, Task(horizon=HOURS)).predict(history) for rule in BESIDE}
        words[run.engine] = said(list(kept.values()), HOURS)
        for name, chosen in _segments(list(kept), kinds, history):
            for engine, each in words.items():
                found[name, engine].append((came[chosen], Said(each.mean[chosen], each.quantiles[chosen], each.levels)))
    return found


def _segments(targets: list[UUID], kinds: dict[UUID, str], history: Floats) -> Iterator[tuple[str, list[int]]]:
    level, _ = level_and_scale(history, HOURS)
    places: dict[str, list[int]] = defaultdict(list)
    for at, target in enumerate(targets):
        places[segment(kinds[target], float(level[at]))].append(at)
    yield from places.items()


def _rows(run: Run, by_segment: dict[tuple[str, str], Pairs]) -> Iterator[Score]:
    for (name, engine), pairs in by_segment.items():
        good = scored(pairs)
        if not good.steps:
            continue
        yield Score(
            run=run,
            issued_at=run.issued_at,
            segment=name,
            engine=engine,
            issued=engine == run.engine,
            targets=sum(len(actual) for actual, _ in pairs),
            hours=good.steps,
            load=float(sum(np.nansum(actual) for actual, _ in pairs)),
            # Of what stood still at nothing there is no share to miss.
            wql=_number(good.wql) or 0.0,
            mae=round(good.mae, 4),
            bias=round(good.bias, 4),
            coverage=round(good.coverage, 4),
            window_gain=_number(window_gain(pairs, steps=MOVE_HOURS)),
        )


def _summed_up(run: Run, by_segment: dict[tuple[str, str], Pairs]) -> dict[str, Any]:
    def of(wanted: str) -> Pairs:
        return [pair for (_, engine), pairs in by_segment.items() if engine == wanted for pair in pairs]

    own = of(run.engine)
    mine, other = scored(own), scored(of(STEADY.name))
    return {
        "targets": sum(len(actual) for actual, _ in own),
        "hours": mine.steps,
        **{name: _number(getattr(mine, name)) for name in ("mae", "bias", "coverage", "wql")},
        "steady_mae": _number(other.mae),
        "steady_wql": _number(other.wql),
    }


def _number(value: float) -> float | None:
    return round(value, 4) if np.isfinite(value) else None
