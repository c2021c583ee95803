"""What a workload says of itself: how far it is, and its metrics."""

import math
from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from apps.core.outbox import publish
from apps.core.registries import SubjectScope
from apps.jobs.models import PLACED, Job, JobPhase
from apps.monitoring import services as monitoring

MOST_METRICS, LONGEST_NAME = 50, 80


def enter_report(*, job_id: UUID) -> None:
    """Let the rest of the transaction see the project of the job that reports; nothing when the job is gone."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT wall_enter_report(%s)", [job_id])


@transaction.atomic
def report_progress(
    *,
    job_id: UUID,
    attempt: int,
    progress: float | None,
    eta_seconds: float | None,
    metrics: Mapping[str, float],
    at: datetime,
) -> None:
    """Keep the newest of what a workload said; older words, and those of older attempts, are refused without a word.

    Numbers that are none (NaN, infinity) are left out. The last words of a job may come after its end.
    """
    job = Job.objects.select_for_update(of=("self",)).filter(pk=job_id, attempt=attempt).first()
    if job is None or (job.progress_at is not None and at < job.progress_at):
        return
    before = (job.progress, job.eta_seconds, dict(job.metrics))
    if progress is not None and math.isfinite(progress):
        job.progress = 1.0 if job.phase == JobPhase.SUCCEEDED else min(max(progress, 0.0), 1.0)
    if not job.ended:
        job.eta_seconds = max(eta_seconds, 0.0) if eta_seconds is not None and math.isfinite(eta_seconds) else None
    job.metrics.update(
        (name, value) for name, value in metrics.items() if 0 < len(name) <= LONGEST_NAME and math.isfinite(value)
    )
    job.metrics = dict(list(job.metrics.items())[:MOST_METRICS])
    if (job.progress, job.eta_seconds, job.metrics) == before:
        return
    job.progress_at = at
    job.save(update_fields=["progress", "eta_seconds", "metrics", "progress_at"])
    publish(op="changed", subject=job)


def report(
    *,
    job_id: UUID,
    attempt: int,
    progress: float | None,
    eta_seconds: float | None,
    metrics: Mapping[str, float],
    at: datetime,
) -> None:
    """What a workload posted instead of printing it: kept on the job, and as points of its metrics."""
    job = Job.objects.filter(pk=job_id, attempt=attempt, phase__in=PLACED).only("tenant_id", "project_id").first()
    if job is None:
        return
    monitoring.record_metrics(
        scope=SubjectScope(**job.place),
        subject_kind=Job.live_kind,
        subject_id=job_id,
        attempt=attempt,
        rank=None,
        points=[(name, at, value) for name, value in list(metrics.items())[:MOST_METRICS] if 0 < len(name) <= LONGEST_NAME],
    )
    report_progress(job_id=job_id, attempt=attempt, progress=progress, eta_seconds=eta_seconds, metrics=metrics, at=at)
