from uuid import UUID

from django.utils import timezone

from apps.jobs import services
from apps.jobs.models import Job
from celery_workers import compute
from portal.celery import app

MOST_AT_ONCE, EXPIRES_SECONDS = 500, 60


@app.task(name="jobs.reconcile", acks_late=True)
def reconcile(*, job_id: str, **_newer_arguments: object) -> None:
    """Make what is there of a job be what is wanted."""
    compute.reconcile_job(UUID(job_id))


@app.task(name="jobs.run_schedules", acks_late=True)
def run_schedules(**_newer_arguments: object) -> None:
    """Submit what schedules have due."""
    services.run_due_schedules(now=timezone.now())


@app.task(name="jobs.sweep", acks_late=True)
def sweep(**_newer_arguments: object) -> None:
    """Do what the clock asks for, and look again at every job whose hint may have been lost."""
    services.tick(now=timezone.now())
    # In no order, so that many that cannot be carried out never keep the others waiting; and only until the next sweep
    # asks again, so that workers that are behind do not fall back further.
    for job_id in Job.objects.due().order_by("?").values_list("pk", flat=True)[:MOST_AT_ONCE]:
        reconcile.apply_async(kwargs={"job_id": str(job_id)}, expires=EXPIRES_SECONDS)
