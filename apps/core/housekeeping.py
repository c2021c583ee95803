"""Rows that have had their time."""

from datetime import datetime, timedelta
from importlib import import_module

from django.conf import settings

from apps.core.models import IdempotencyRecord

ANSWERS_KEPT = timedelta(hours=24)


def forget_old(*, now: datetime) -> None:
    """Delete answers to idempotent requests that nobody will ask for again, and sessions that have ended."""
    IdempotencyRecord.objects.filter(created_at__lt=now - ANSWERS_KEPT).delete()
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
