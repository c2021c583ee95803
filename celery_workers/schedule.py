"""What beat asks for, again and again. A sweep that waited longer than its interval is not worth running."""

from datetime import timedelta
from typing import Any

import structlog
from celery import Task
from celery.signals import task_success, worker_init
from django.core.exceptions import ImproperlyConfigured
from redis.exceptions import RedisError

from apps.core import patience, pulses, walls
from portal.celery import app

_SWEEPS = {
    "jobs.sweep": timedelta(seconds=10),
    "inference.sweep": timedelta(seconds=10),
    "jobs.end_keys": timedelta(seconds=10),
    "tenants.sweep": timedelta(seconds=10),
    "code.sweep": timedelta(seconds=15),
    "jobs.run_schedules": timedelta(seconds=10),
    "core.operations": timedelta(seconds=15),
    "forecasts.sweep": timedelta(seconds=30),
    "moves.sweep": timedelta(seconds=10),
    "kubernetes.write_members": timedelta(seconds=30),
    "kubernetes.write_networks": timedelta(seconds=30),
    "kubernetes.write_pools": timedelta(seconds=15),
    "mail.deliver": timedelta(seconds=30),
    "monitoring.sweep": timedelta(seconds=30),
    "local.tidy": timedelta(minutes=1),
    "federation.sweep": timedelta(seconds=5),
    "storage.sweep": timedelta(minutes=1),
    "storage.delete_files": timedelta(seconds=15),
    "storage.unpack_waiting": timedelta(seconds=15),
    "storage.copy_waiting": timedelta(seconds=15),
    "storage.clear_versions": timedelta(seconds=15),
    "storage.measure_buckets": timedelta(seconds=15),
    "storage.sweep_volumes": timedelta(seconds=10),
    "quotas.end_grants": timedelta(minutes=1),
    "kubernetes.tidy": timedelta(minutes=5),
    "quotas.sweep": timedelta(minutes=10),
    "core.sweep": timedelta(hours=1),
    "forecasts.score": timedelta(minutes=10),
    "forecasts.evaluate": timedelta(minutes=10),
    "forecasts.forget": timedelta(hours=1),
}

app.conf.beat_schedule = {
    task: {"task": task, "schedule": interval, "options": {"expires": interval.total_seconds()}}
    for task, interval in _SWEEPS.items()
}


@worker_init.connect
def _prepare(**_: object) -> None:
    patience.install(most_seconds=patience.OF_WORKERS_SECONDS)
    try:
        walls.refuse_blind_roles()
    except ImproperlyConfigured as error:
        raise SystemExit(str(error)) from error  # Celery would only log it and go on


@task_success.connect
def _report(sender: Task[Any, Any], **_: object) -> None:
    """A sweep that came to its end says so: that proves beat, the broker and a worker at once."""
    interval = _SWEEPS.get(sender.name or "")
    if interval is None:
        return
    try:
        pulses.report_sweep(str(sender.name), interval_seconds=interval.total_seconds())
    except RedisError as outage:
        structlog.get_logger(__name__).warning("pulse-not-reported", task=sender.name, error=str(outage))
