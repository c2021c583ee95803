from django.utils import timezone

from apps.monitoring import services
from apps.tenants import services as tenants
from portal.celery import app


@app.task(name="monitoring.deliver", acks_late=True)
def deliver(**_newer_arguments: object) -> None:
    """Tell people of what happened."""
    services.deliver_notifications(now=timezone.now())


@app.task(name="monitoring.sweep", acks_late=True)
def sweep(**_newer_arguments: object) -> None:
    """Tell of what ends, and of what a lost hint left untold; write the daily mails, forget what is old."""
    now = timezone.now()
    tenants.tell_of_ends(now=now)
    tenants.tell_of_expired_invitations(now=now)
    services.deliver_notifications(now=now)
    services.send_digests(now=now)
    services.forget_old_notifications(now=now)
