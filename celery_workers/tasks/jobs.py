from uuid import UUID

from django.utils import timezone

from apps.jobs import services
from apps.jobs.models import Job
from celery_workers import compute
from portal.celery import app

MOST_AT_ONCE = 500


@app.task(name="jobs.reconcile", acks_late=True)
def reconcile(*, job_id: str, **_newer_arguments: object) -> None:
    """Make what is there of a job be what is wanted."""
    compute.reconcile_job(UUID(job_id))


@app.task(name="jobs.sweep", acks_late=True)
def sweep(**_newer_arguments: object) -> None:
    """Do what the clock asks for, and look again at every job whose hint may have been lost."""
    services.tick(now=timezone.now())
    for job_id in Job.objects.due().order_by("pk").values_list("pk", flat=True)[:MOST_AT_ONCE]:
        reconcile.delay(job_id=str(job_id))
