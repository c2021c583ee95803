"""Runs of forecasts, carried on: given to Dask as ids, or worked at here where there is none.

A message may come twice, late, or from several workers: what is under way at Dask by the same key is not sent again, and a
part that was done has nothing left to do. A message that is lost is sent again by the sweep once a run made no progress.
"""

import os
import time
from uuid import UUID

import structlog
from django.conf import settings

from apps.core.errors import Unavailable
from apps.forecasts.models import Part, Run, RunState
from apps.forecasts.services import runs as services
from celery_workers.forecasts import issuing, on_dask
from celery_workers.prediction.algorithms import ON_GPU
from celery_workers.prediction.algorithms.interface import Unable
from celery_workers.prediction.backend import BACKEND, INLINE

TURN_SECONDS = 20.0
_log = structlog.get_logger(__name__)


def work(run_id: UUID) -> None:
    """Carry a run on."""
    run = Run.objects.filter(pk=run_id).first()
    if run is None:
        return
    if settings.DASK_URL == INLINE:
        _work_here(run)
        return
    try:
        _send(run)
    except Unable as refused:
        issuing.refuse(run_id, refused)
    except Unavailable as outage:
        _log.warning("run-not-carried-on", run_id=str(run_id), detail=outage.detail)
        services.held_up(run_id=run_id, problem=outage)


def _send(run: Run) -> None:
    device = run.device_asked if run.engine in ON_GPU else "cpu"
    if run.state == RunState.PENDING:
        BACKEND.send(
            on_dask.begin, {f"begin-{run.pk}": run.pk}, device=device, urgency=1, given_up=lambda _: _given_up(run.pk)
        )
    elif run.state == RunState.RUNNING:
        parts = {f"part-{part.pk}-{part.failures}": part.pk for part in Part.objects.left_of(run.pk)}
        # What somebody waits for goes before what began by itself.
        BACKEND.send(on_dask.forecast, parts, device=device, urgency=0 if run.standing else 1, given_up=_part_given_up)


def _given_up(run_id: UUID) -> None:
    issuing.refuse(run_id, Unable("workers-died"))


def _part_given_up(part_id: UUID) -> None:
    services.part_failed(part_id=part_id, error="the workers that computed it died")


def _work_here(run: Run) -> None:
    """For a while; then others have their turn, so that a long run holds up nobody."""
    if run.state == RunState.PENDING:
        issuing.begin(run.pk, others=len(os.sched_getaffinity(0)) - 1)
        run.refresh_from_db()
    until = time.monotonic() + TURN_SECONDS
    while run.state == RunState.RUNNING and issuing.forecast(run, lambda: Part.objects.next_of(run.pk)):
        if time.monotonic() > until:
            services.next_turn(run.pk)
            return
