"""What beat asks for, again and again. A sweep that waited longer than its interval is not worth running."""

from datetime import timedelta

from portal.celery import app

_SWEEPS = {
    "jobs.sweep": timedelta(seconds=10),
    "local.tidy": timedelta(minutes=1),
    "storage.sweep": timedelta(minutes=1),
    "quotas.sweep": timedelta(minutes=10),
    "core.sweep": timedelta(hours=1),
}

app.conf.beat_schedule = {
    task: {"task": task, "schedule": interval, "options": {"expires": interval.total_seconds()}}
    for task, interval in _SWEEPS.items()
}
