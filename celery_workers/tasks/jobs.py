from uuid import UUID

import structlog
from django.utils import timezone

from apps.core.errors import Unavailable
from apps.jobs import services
from apps.jobs.buckets import keys_of_the_past
from apps.jobs.models import Job
from apps.storage import keys
from celery_workers import compute
from portal.celery import app

MOST_AT_ONCE, EXPIRES_SECONDS = 500, 60
_log = structlog.get_logger(__name__)


@app.task(name="jobs.reconcile", acks_late=True)
def reconcile(*, job_id: str, **_newer_arguments: object) -> None:
    """Make what is there of a job be what is wanted."""
    compute.reconcile_job(UUID(job_id))


@app.task(name="jobs.run_schedules", acks_late=True)
def run_schedules(**_newer_arguments: object) -> None:
    """Submit what schedules have due."""
    services.run_due_schedules(now=timezone.now())


@app.task(name="jobs.end_keys", acks_late=True)
def end_keys(**_newer_arguments: object) -> None:
    """Let the store of buckets refuse what attempts that are over were given."""
    for key in keys_of_the_past():
        try:
            keys.end(key=key)
        except Unavailable as outage:
            _log.warning("key-not-ended", job_id=str(key.job_id), error=outage.detail)


@app.task(name="jobs.sweep", acks_late=True)
def sweep(**_newer_arguments: object) -> None:
    """Do what the clock asks for, and look again at every job whose hint may have been lost."""
    services.tick(now=timezone.now())
    # In no order, so that many that cannot be carried out never keep the others waiting; and only until the next sweep
    # asks again, so that workers that are behind do not fall back further.
    for job_id in Job.objects.due().order_by("?").values_list("pk", flat=True)[:MOST_AT_ONCE]:
        reconcile.apply_async(kwargs={"job_id": str(job_id)}, expires=EXPIRES_SECONDS)
