"""Engines tried on the same days of the same targets: what each would have said, what came, and what it cost."""

from collections.abc import Iterator
from datetime import datetime
from uuid import NAMESPACE_DNS, uuid5

import numpy as np
import structlog

from apps.forecasts.engines import DEFAULT_ENGINE, DEFAULT_HORIZON, RELEASED_ENGINES
from apps.forecasts.models import Evaluation, Release, Target
from apps.forecasts.models.releases import LAST_RESORT
from apps.forecasts.services import releasing
from apps.forecasts.services.runs import full_hour
from celery_workers.alone import alone_at
from celery_workers.forecasts import learning
from celery_workers.forecasts.choosing import segments
from celery_workers.forecasts.history import LEARNED_DAYS, hours_before, since_measured
from celery_workers.forecasts.scoring import HOURS, figures
from celery_workers.prediction.algorithms import NAIVE, available
from celery_workers.prediction.algorithms.interface import Floats, Task, Unable
from celery_workers.prediction.backtest import Result, backtest, origins
from celery_workers.prediction.scores import pinball

TRIED = 1_000
DRAWS = 1_000
# A bootstrap over fewer targets says nothing.
LEAST_TARGETS = 5
_ALONE = uuid5(NAMESPACE_DNS, "trials.forecasts.hanse")


def try_all(*, now: datetime) -> None:
    """Try every engine that could forecast a whole fleet, when it is time; and let the rules act on what has come."""
    with alone_at(_ALONE) as alone:
        if not alone:
            return
        if releasing.trial_due(now=now):
            releasing.keep_trial(evaluations=list(_tried(full_hour(now))), now=now)
        else:
            releasing.apply_rules(now=now)


def _tried(until: datetime) -> Iterator[Evaluation]:
    kinds = dict(Target.objects.order_by("pk").values_list("pk", "kind"))
    drawn = list(kinds)[:: max(len(kinds) // TRIED, 1)]
    history, task = since_measured(hours_before(drawn, until, days=LEARNED_DAYS)), Task(horizon=HOURS)
    if not np.isfinite(history).any():
        return
    results = dict(_results(history, task, until))
    if not results:
        return
    champions = Release.objects.champions()
    for name, chosen in segments(drawn, kinds, history).items():
        champion = champions[name].engine if name in champions else DEFAULT_ENGINE
        losses = {engine: _losses(result, chosen) for engine, result in results.items()}
        for engine, result in results.items():
            good = figures([(actual[chosen], said.of(chosen)) for actual, said in result.pairs])
            if good is None:
                continue
            yield Evaluation(
                tried_at=until,
                segment=name,
                engine=engine,
                device=result.device,
                origins=len(result.pairs),
                gap_hours=task.horizon,
                targets=len(chosen),
                train_seconds=round(result.train_seconds, 3),
                milliseconds_each=round(1000 * result.predict_seconds / max(result.forecasts, 1), 4),
                beats_seasonal=_better(losses, engine, LAST_RESORT),
                beats_champion=_better(losses, engine, champion),
                **good,
            )


def _results(history: Floats, task: Task, until: datetime) -> Iterator[tuple[str, Result]]:
    """All engines at the same moments. One that has too little to learn from, or is not there, is left out."""
    for name in (each for each in available() if each in RELEASED_ENGINES):
        try:
            yield name, backtest(name, history, task, at=origins(history.shape[1], task))
            if name not in NAIVE:
                learning.renew(name, until, horizon_hours=DEFAULT_HORIZON)
        except Unable as refused:
            structlog.get_logger(__name__).info("engine-not-tried", engine=name, reason=refused.reason)


def _better(losses: dict[str, Floats], engine: str, other: str) -> float | None:
    return None if engine == other or other not in losses else better(losses[engine], losses[other])


def better(one: Floats, other: Floats) -> float | None:
    """How likely `one` loses less, by a bootstrap over targets that draws the same for both. Losses: (targets,)."""
    if len(one) < LEAST_TARGETS:
        return None
    draws = np.random.default_rng(0).integers(0, len(one), (DRAWS, len(one)))
    return float((((one - other)[draws]).sum(axis=1) < 0).mean())


def _losses(result: Result, chosen: list[int]) -> Floats:
    """Of each target, over all moments, where both are known."""
    total = np.zeros(len(chosen))
    for actual, said in result.pairs:
        total += np.nansum(pinball(actual[chosen], said.of(chosen)), axis=1)
    return total
