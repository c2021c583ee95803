"""How good forecasts turned out to be, once their first day has come, beside the median of the two days before."""

import math
from datetime import datetime, timedelta
from typing import Any

import numpy as np

from apps.forecasts.models import Forecast, Run, RunState
from apps.forecasts.services import runs as services
from apps.forecasts.services.estimates import selected
from celery_workers.forecasts.history import FORECAST_DAYS, hours_before, hours_from, said
from celery_workers.prediction.algorithms.interface import Forecast as Said
from celery_workers.prediction.algorithms.interface import Task
from celery_workers.prediction.scores import scored
from celery_workers.prediction.training import STEADY

HOURS = 24
# Samples may come late; a run is scored once, an hour behind the day.
WAITS = timedelta(hours=HOURS + 1)
# Scored on so many of its targets at most, spread over all.
SCORED, READ_AT_ONCE = 5_000, 1_000


def score_due(*, now: datetime) -> None:
    """Score the runs whose first day has come."""
    due = Run.objects.filter(state=RunState.SUCCEEDED, score__isnull=True, forecast__gt=0, issued_at__lte=now - WAITS)
    for run in due.order_by("issued_at"):
        services.keep_score(run=run, score=score_of(run))


def score_of(run: Run) -> dict[str, Any]:
    ids = list(selected(run.selection).order_by("pk").values_list("pk", flat=True))
    drawn = ids[:: max(math.ceil(len(ids) / SCORED), 1)]
    own: list[tuple[Any, Said]] = []
    steady: list[tuple[Any, Said]] = []
    for at in range(0, len(drawn), READ_AT_ONCE):
        rows = Forecast.objects.filter(issued_at=run.issued_at, target__in=drawn[at : at + READ_AT_ONCE])
        kept = {row.target_id: bytes(row.said) for row in rows.filter(engine=run.engine)}
        if not kept:
            continue
        came = hours_from(list(kept), run.issued_at, hours=HOURS)
        own.append((came, said(list(kept.values()), HOURS)))
        history = hours_before(list(kept), run.issued_at, days=FORECAST_DAYS)
        steady.append((came, STEADY.fit(history, Task(horizon=HOURS)).predict(history)))
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
