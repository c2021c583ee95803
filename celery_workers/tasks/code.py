from uuid import UUID

from django.utils import timezone

from apps.jobs import services
from celery_workers.git import fetch as git
from portal.celery import app

MOST_AT_ONCE, EXPIRES_SECONDS = 100, 60


@app.task(name="code.fetch", acks_late=True)
def fetch(*, job_id: str, **_newer_arguments: object) -> None:
    """Fetch the code that a job waits for."""
    git.fetch_code(UUID(job_id))


@app.task(name="code.sweep", acks_late=True)
def sweep(**_newer_arguments: object) -> None:
    """Fetch what is due, and forget what nobody uses."""
    now = timezone.now()
    for job_id in services.due_fetches(now=now, most=MOST_AT_ONCE):
        fetch.apply_async(kwargs={"job_id": str(job_id)}, expires=EXPIRES_SECONDS)
    services.forget_unused_code(now=now)
    git.tidy()
