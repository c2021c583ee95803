"""Rows that have had their time."""

from datetime import datetime, timedelta
from importlib import import_module

from django.conf import settings

from apps.core.models import IdempotencyRecord, OutboxMail

ANSWERS_KEPT = timedelta(hours=24)
MAIL_KEPT = timedelta(days=30)


def forget_old(*, now: datetime) -> None:
    """Delete answers to idempotent requests that nobody will ask for again, mail that is over, sessions that have ended."""
    IdempotencyRecord.objects.filter(created_at__lt=now - ANSWERS_KEPT).delete()
    OutboxMail.objects.filter(finished_at__lt=now - MAIL_KEPT).delete()
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
