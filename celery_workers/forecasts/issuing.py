"""Runs of forecasts, computed: one model of the fleet, then part by part, each in one transaction that holds it.

A worker that is killed lets go of its part, and whoever is next does it: a part's forecasts and the mark that it is done
are written together, so each is done once. A message that is seen twice finds nothing left to do.
"""

import time
from collections.abc import Callable, Iterator
from uuid import UUID

import numpy as np
import structlog
from django.db import InterfaceError, OperationalError, transaction
from django.utils import timezone

from apps.forecasts.engines import LEAST_HOURS, LOOKED_AT_HOURS
from apps.forecasts.errors import CannotForecast
from apps.forecasts.models import Forecast, Model, Part, Run, RunState
from apps.forecasts.services import runs as services
from apps.forecasts.services.estimates import selected
from celery_workers.alone import alone_at
from celery_workers.forecasts import learning
from celery_workers.forecasts.choosing import speakers
from celery_workers.forecasts.history import FORECAST_DAYS, hours_before, kept
from celery_workers.prediction.algorithms import DEFAULT, NAIVE, PER_SERIES
from celery_workers.prediction.algorithms.interface import Unable

PART, PART_OF_SERIES_ENGINES = 1_000, 20
FALLBACK = "naive-median"
WORDS = {
    "no-gpu": "A GPU was demanded, and the workers have none that {library} can use.",
    "workers-died": "The workers that were to learn a model died again and again; they may have too little memory.",
    "engine-not-installed": "The engine {engine} needs the package {package}, which the workers do not have.",
    "too-little-history": "Too little was measured to learn from: {rows} rows, and at least {least} are needed.",
    "corrupt-model": "The model cannot be read; the next run learns a new one.",
    "other-model": "The model is of another release; the next run learns a new one.",
}


def begin(run_id: UUID, *, others: int) -> None:
    """Learn a model for a pending run, cut it into parts, and have `others` carry it on."""
    with alone_at(run_id) as alone:
        run = Run.objects.filter(pk=run_id, state=RunState.PENDING).first() if alone else None
        if run is None:
            return
        try:
            _learn_and_start(run, others)
        except Unable as refused:
            refuse(run_id, refused)


def refuse(run_id: UUID, refused: Unable) -> None:
    """End a run that cannot be forecast, and say why."""
    words = WORDS.get(refused.reason, "{reason}").format(reason=refused.reason, **refused.arguments)
    structlog.get_logger(__name__).info("forecast-refused", reason=refused.reason, **refused.arguments)
    services.fail_run(run_id=run_id, problem=CannotForecast(words, reason=refused.reason))


def forecast(run: Run, find: Callable[[], Part | None]) -> bool:
    """Forecast the part that `find` finds and locks; False when there is none, or the run is over."""
    part = None
    try:
        with transaction.atomic():
            part = find()
            if part is None:
                return False
            began = time.monotonic()
            forecasts, device = _forecast(part, run)
            services.finish_part(part=part, forecasts=forecasts, device=device, seconds=time.monotonic() - began)
    except services.Over:
        return False
    except Unable as refused:
        refuse(run.pk, refused)
        return False
    except (OperationalError, InterfaceError):
        raise  # the database was away, or another is at this part: none of its faults
    except Exception as error:
        if part is not None:
            services.part_failed(part_id=part.pk, error=type(error).__name__)
        raise
    return True


def _learn_and_start(run: Run, others: int) -> None:
    if run.device_asked == "cuda" and run.engine in NAIVE:
        raise Unable("no-gpu", library=run.engine)
    model, engine = None, run.engine
    if engine not in (*NAIVE, *PER_SERIES):
        try:
            model = _model_for(run)
        except Unable as refused:
            if not (run.standing and engine == DEFAULT and refused.reason == "too-little-history"):
                raise
            engine = FALLBACK
    services.start_run(run_id=run.pk, parts=_parts(run, engine), model=model, engine=engine, others=others)


def _model_for(run: Run) -> Model:
    engine, until, hours, device = run.engine, run.issued_at, run.horizon_hours, run.device_asked
    served, _ = learning.serving(engine, until, horizon_hours=hours, device=device)
    return served or learning.learn(engine, until, horizon_hours=hours, device=device)


def _parts(run: Run, engine: str) -> Iterator[list[UUID]]:
    ids = list(selected(run.selection).order_by("pk").values_list("pk", flat=True))
    size = PART_OF_SERIES_ENGINES if engine in PER_SERIES else PART
    for at in range(0, len(ids), size):
        yield ids[at : at + size]


def _forecast(part: Part, run: Run) -> tuple[list[Forecast], str]:
    history = hours_before(part.target_ids, run.issued_at, days=FORECAST_DAYS)
    known = np.isfinite(history[:, -LOOKED_AT_HOURS:]).sum(axis=1)
    if not (known >= LEAST_HOURS).any():
        return [], ""
    now = timezone.now()
    forecasts, device = [], ""
    for engine, model, places in speakers(run, part.target_ids, history):
        there, packed = kept(model.predict(history[places]))
        device = device or model.device
        forecasts += [
            Forecast(
                target_id=part.target_ids[place],
                issued_at=run.issued_at,
                engine=engine,
                device=model.device,
                said=packed[at],
                made_at=now,
                hours_known=int(known[place]),
            )
            for at, place in enumerate(places)
            if there[at]
        ]
    return forecasts, device
