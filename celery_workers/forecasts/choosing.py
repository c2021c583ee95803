"""Who speaks for which targets: the engine that was asked for; in a standing run the champion of each target's segment.

Where a champion has no model that can be read, the last good one speaks, and the seasonal naive where that has none either.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from uuid import UUID

import structlog

from apps.forecasts.engines import DEFAULT_ENGINE
from apps.forecasts.models import Model, Release, Run, Target
from apps.forecasts.segments import segment
from celery_workers.forecasts import learning
from celery_workers.prediction import training
from celery_workers.prediction.algorithms import NAIVE, PER_SERIES
from celery_workers.prediction.algorithms.features import level_and_scale
from celery_workers.prediction.algorithms.interface import Floats, Task, Unable

HOURS_A_DAY = 24


def segments(targets: Sequence[UUID], kinds: Mapping[UUID, str], history: Floats) -> dict[str, list[int]]:
    """The places of targets in `history`, by segment."""
    level, _ = level_and_scale(history, HOURS_A_DAY)
    places: dict[str, list[int]] = defaultdict(list)
    for at, target in enumerate(targets):
        places[segment(kinds[target], float(level[at]))].append(at)
    return places


def speakers(run: Run, targets: Sequence[UUID], history: Floats) -> Iterator[tuple[str, training.Model, list[int]]]:
    """(engine, its model, the places of those it speaks for). Raises Unable where the engine that was asked for cannot."""
    if not run.standing or run.engine != DEFAULT_ENGINE:
        yield run.engine, _model(run, run.engine, history), list(range(len(targets)))
        return
    kinds = dict(Target.objects.filter(pk__in=targets).values_list("pk", "kind"))
    # One that was forgotten meanwhile is not written down later on.
    alike = segments(targets, defaultdict(lambda: "vm", kinds), history)
    models: dict[str, training.Model | None] = {}
    places: dict[str, list[int]] = defaultdict(list)
    for name, chain in Release.objects.chains(list(alike)).items():
        for engine in chain:
            if engine not in models:
                models[engine] = _tried(run, engine, history)
            if models[engine]:
                places[engine] += alike[name]
                break
    for engine, those in places.items():
        model = models[engine]
        if model:
            yield engine, model, those


def _tried(run: Run, engine: str, history: Floats) -> training.Model | None:
    try:
        return _model(run, engine, history)
    except Unable as refused:
        structlog.get_logger(__name__).warning("champion-cannot-speak", engine=engine, reason=refused.reason)
        return None


def _model(run: Run, engine: str, history: Floats) -> training.Model:
    if engine == run.engine and run.model_id:
        return learning.read(Model.objects.get(pk=run.model_id))
    if engine in (*NAIVE, *PER_SERIES):
        return training.train(engine, history, Task(horizon=run.horizon_hours), device=run.device_asked)
    _, learned = learning.serving(engine, run.issued_at, horizon_hours=run.horizon_hours)
    if learned is None:
        raise Unable("no-model", engine=engine)
    return learned
