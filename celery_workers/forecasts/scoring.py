"""How good forecasts turned out to be, once their first day has come, beside what every engine must beat."""

import math
from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import numpy as np

from apps.forecasts.models import Forecast, Release, Run, RunState, Score, Stage
from apps.forecasts.services import runs as services
from apps.forecasts.services.estimates import selected
from celery_workers.forecasts import learning
from celery_workers.forecasts.choosing import segments
from celery_workers.forecasts.history import FORECAST_DAYS, hours_before, hours_from, said
from celery_workers.prediction.algorithms import NAIVE
from celery_workers.prediction.algorithms.interface import Floats, Task
from celery_workers.prediction.algorithms.interface import Forecast as Said
from celery_workers.prediction.scores import scored, window_gain
from celery_workers.prediction.training import Model as Learned
from celery_workers.prediction.training import train

HOURS = 24
# Samples may come late; a run is scored once, an hour behind the day.
WAITS = timedelta(hours=HOURS + 1)
# Scored on so many of its targets at most, spread over all.
SCORED, READ_AT_ONCE = 5_000, 1_000
STEADY = "naive-median"
MOVE_HOURS = 3

# What came, and what was said of it: of one segment and engine, or of all.
Pairs = list[tuple[Floats, Said]]


def score_due(*, now: datetime) -> None:
    """Score the runs whose first day has come."""
    due = Run.objects.filter(state=RunState.SUCCEEDED, score__isnull=True, forecast__gt=0, issued_at__lte=now - WAITS)
    for run in due.order_by("issued_at"):
        by_segment = _read(run)
        services.keep_score(run=run, score=_summed_up(run, by_segment), of_segments=list(_rows(run, by_segment)))


def _read(run: Run) -> dict[tuple[str, str, bool], Pairs]:
    """What came beside what was said, by segment, engine, and whether that was issued."""
    found: dict[tuple[str, str, bool], Pairs] = defaultdict(list)
    kinds = dict(selected(run.selection).order_by("pk").values_list("pk", "kind"))
    drawn = list(kinds)[:: max(math.ceil(len(kinds) / SCORED), 1)]
    shadows = _shadows(run)
    for at in range(0, len(drawn), READ_AT_ONCE):
        rows = Forecast.objects.filter(issued_at=run.issued_at, target__in=drawn[at : at + READ_AT_ONCE])
        if not run.standing:
            rows = rows.filter(engine=run.engine)
        kept = {row.target_id: row for row in rows}
        came = hours_from(list(kept), run.issued_at, hours=HOURS)
        history = hours_before(list(kept), run.issued_at, days=FORECAST_DAYS)
        if not np.isfinite(history).any():
            continue
        issued, spoke = said([bytes(row.said) for row in kept.values()], HOURS), [row.engine for row in kept.values()]
        words = {name: train(name, history, Task(horizon=HOURS)).predict(history) for name in NAIVE}
        for name, chosen in segments(list(kept), kinds, history).items():
            engines = {spoke[place] for place in chosen}
            for engine in engines:
                those = [place for place in chosen if spoke[place] == engine]
                found[name, engine, True].append((came[those], issued.of(those)))
            for shadow, model in shadows.get(name, {}).items():
                if shadow not in words:
                    words[shadow] = model.predict(history)
            for engine in {*NAIVE, *shadows.get(name, {})}:
                if engine not in engines:
                    found[name, engine, False].append((came[chosen], words[engine].of(chosen)))
    return found


def _shadows(run: Run) -> dict[str, dict[str, Learned]]:
    """Of each segment the engines that are tried beside its champion, with models that knew nothing behind the hour."""
    found: dict[str, dict[str, Learned]] = defaultdict(dict)
    models: dict[str, Learned | None] = dict.fromkeys(NAIVE)
    for release in Release.objects.current().filter(stage__in=(Stage.SHADOW, Stage.CHAMPION)):
        engine = release.engine
        if engine not in models:
            _, models[engine] = learning.serving(engine, run.issued_at, horizon_hours=run.horizon_hours)
        if model := models[engine]:
            found[release.segment][engine] = model
    return found


def figures(pairs: Pairs) -> dict[str, Any] | None:
    """How good forecasts were, as scores and trials keep it; None when nothing of them came."""
    good = scored(pairs)
    if not good.steps:
        return None
    return {
        "hours": good.steps,
        # Of what stood still at nothing there is no share to miss.
        "wql": _number(good.wql) or 0.0,
        "mae": round(good.mae, 4),
        "bias": round(good.bias, 4),
        "coverage": round(good.coverage, 4),
        "window_gain": _number(window_gain(pairs, steps=MOVE_HOURS)),
    }


def _rows(run: Run, by_segment: dict[tuple[str, str, bool], Pairs]) -> Iterator[Score]:
    for (name, engine, issued), pairs in by_segment.items():
        good = figures(pairs)
        if good is None:
            continue
        yield Score(
            run=run,
            issued_at=run.issued_at,
            segment=name,
            engine=engine,
            issued=issued,
            targets=sum(len(actual) for actual, _ in pairs),
            load=float(sum(np.nansum(actual) for actual, _ in pairs)),
            **good,
        )


def _summed_up(run: Run, by_segment: dict[tuple[str, str, bool], Pairs]) -> dict[str, Any]:
    own = [pair for (_, _, issued), pairs in by_segment.items() if issued for pair in pairs]
    steady = [pair for (_, engine, _), pairs in by_segment.items() if engine == STEADY for pair in pairs]
    mine, other = scored(own), scored(steady)
    return {
        "targets": sum(len(actual) for actual, _ in own),
        "hours": mine.steps,
        **{name: _number(getattr(mine, name)) for name in ("mae", "bias", "coverage", "wql")},
        "steady_mae": _number(other.mae),
        "steady_wql": _number(other.wql),
    }


def _number(value: float) -> float | None:
    return round(value, 4) if np.isfinite(value) else None
