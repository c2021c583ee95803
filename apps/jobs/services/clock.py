"""What time does to jobs: deadlines, restarts that are due, retention that ends."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

import structlog
from django.db import connection, transaction

from apps.core.outbox import publish
from apps.jobs.models import PLACED, Job, JobPhase, JobQuerySet
from apps.jobs.services._life import (
    begin_attempt,
    locked_if_there,
    move,
    requeue_to_restart,
    save,
    settle,
    workload_of,
)
from apps.jobs.services._verdict import past_deadline
from apps.monitoring import services as monitoring
from apps.quotas import services as quotas
from apps.storage import services as storage
from apps.tenants.actor import system_actor

CLOCK = system_actor("clock")
LOOKED_AT_ONCE, PURGED_AT_ONCE = 500, 50
_log = structlog.get_logger(__name__)


def tick(*, now: datetime) -> None:
    """Look at every job that the clock concerns. Safe to run twice, or by two at a time; each job is its own transaction."""
    for job_id in (
        Job.objects.filter(next_reconcile_at__lte=now)
        .order_by("next_reconcile_at")
        .values_list("pk", flat=True)[:LOOKED_AT_ONCE]
    ):
        _apart(_wake, job_id, now=now)
    for job_id in _purgeable(now).order_by("purge_at").values_list("pk", flat=True)[:PURGED_AT_ONCE]:
        _apart(purge, job_id, now=now)


def _apart(act: Callable[..., object], job_id: UUID, *, now: datetime) -> None:
    """Do it to one job. What goes wrong there is logged and tried again by the next sweep; it holds up no other job."""
    try:
        act(job_id=job_id, now=now)
    except Exception:  # a database that is away is away for all of them
        if not connection.is_usable():
            raise
        _log.exception("job-not-woken", job_id=str(job_id), act=act.__name__.strip("_"))


@transaction.atomic
def _wake(*, job_id: UUID, now: datetime) -> None:
    job = locked_if_there(job_id)
    if job is None:
        return
    generation = job.generation
    if job.deadline_at is not None and job.deadline_at <= now and job.phase in PLACED:
        message = past_deadline(job.parsed_spec().fault_policy)
        move(job, JobPhase.FAILED, actor=CLOCK, reason="deadline", message=message, now=now)
        settle(job, actor=CLOCK, now=now)
    elif job.phase == JobPhase.RESTARTING and job.restart_at is not None and job.restart_at <= now:
        _restart(job, now=now)
    else:
        return
    save(job, generation_before=generation)


def _restart(job: Job, *, now: datetime) -> None:
    """Begin the next attempt where the last one was, unless it has to be placed anew."""
    workload = workload_of(job)
    if not job.spec["gang"]:
        message = "What has not succeeded waits for room to be tried again."
        requeue_to_restart(job, actor=CLOCK, message=message, now=now)
    elif not quotas.places_usable(workload):
        message = "Waits for room elsewhere: a node that it had is not usable any more."
        requeue_to_restart(job, actor=CLOCK, message=message, now=now)
    else:
        begin_attempt(job, workload=workload)
        message = f"Attempt {job.attempt} begins."
        move(job, JobPhase.STARTING, actor=CLOCK, reason="restarted", message=message, now=now)


@transaction.atomic
def purge(*, job_id: UUID, now: datetime) -> bool:
    """Remove a job for good, with all it left; False when it is not time, or its replicas are not gone."""
    job = locked_if_there(job_id)
    if job is None or not _purgeable(now).filter(pk=job_id).exists():
        return False
    remove_job(job=job)
    return True


def remove_job(*, job: Job) -> None:
    """Delete a job that holds nothing any more and give up all that it left."""
    monitoring.forget_subject(subject_kind=Job.live_kind, subject_id=job.pk)
    quotas.forget(subject_kind=Job.live_kind, subject_id=job.pk)
    storage.let_go(producer_kind=Job.live_kind, producer_id=job.pk)
    publish(op="removed", subject=job)
    job.delete()


def _purgeable(now: datetime) -> JobQuerySet:
    # From `purge_at` on no act brings a job back (RetentionEnded).
    return Job.objects.filter(purge_at__lte=now, quota_held=False)
