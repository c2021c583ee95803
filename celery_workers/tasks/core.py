from django.utils import timezone

from apps.accounts import services as accounts
from apps.core import housekeeping, operations
from portal.celery import app


@app.task(name="core.sweep", acks_late=True)
def sweep(**_newer_arguments: object) -> None:
    """Delete rows that have had their time."""
    housekeeping.forget_old(now=timezone.now())
    accounts.forget_ended_sessions()


@app.task(name="core.operations", acks_late=True)
def look_after_operations(**_newer_arguments: object) -> None:
    """See that every operation comes to an end."""
    operations.look_after(now=timezone.now())
