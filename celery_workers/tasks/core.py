from django.utils import timezone

from apps.core import housekeeping
from portal.celery import app


@app.task(name="core.sweep", acks_late=True)
def sweep(**_newer_arguments: object) -> None:
    """Delete rows that have had their time."""
    housekeeping.forget_old(now=timezone.now())
