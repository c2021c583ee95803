"""Watch, worker and beat: not whether a process exists, but whether the work it is there for gets done."""

from collections.abc import Iterator

import redis
from django.conf import settings
from django.db import DatabaseError, InterfaceError
from django.db.models import Count, Min
from django.utils import timezone

from apps.core import away, pulses
from apps.core.health import Finding, degraded, down, healthy
from apps.core.models import OutboxEvent, OutboxHint

LOOP_SECONDS = 30.0
RELAY_SECONDS = 10.0
QUEUE_LENGTH = 1000


def check_watch() -> Iterator[Finding]:
    """Each loop that ever ran came round lately."""
    try:
        ages = pulses.ages_seconds()
    except redis.RedisError:
        return  # check_redis says so
    late = {loop: age for loop, age in ages.items() if age > LOOP_SECONDS}
    fix = "See the log of `watch`; its supervisor should have restarted it. Without it nothing is admitted or observed."
    if not ages:
        yield down("watch.absent", "`watch` never ran here", f"Start `python -m celery_workers.watchers`. {fix}")
    elif not late:
        yield healthy("watch.runs", f"All {len(ages)} loops of `watch` come round", count=len(ages))
    for loop, age in sorted(late.items()):
        yield down("watch.late", f"The loop {loop} last came round {age:.0f} s ago", fix, loop=loop, seconds=round(age))


def check_sweeps() -> Iterator[Finding]:
    """A sweep that was carried out proves beat, Redis and a worker at once."""
    try:
        sweeps = pulses.sweeps()
    except redis.RedisError:
        return
    late = {task: round(sweep.age_seconds) for task, sweep in sweeps.items() if sweep.late}
    fix = "See the logs of `beat` and `worker`: beat asks for the sweeps, a worker carries them out."
    if not sweeps:
        yield down("sweeps.absent", "No sweep was carried out within a day", f"Start a worker and beat. {fix}")
    elif not late:
        yield healthy("sweeps.run", f"All {len(sweeps)} sweeps are carried out in time", count=len(sweeps))
    for task, seconds in sorted(late.items()):
        yield down("sweeps.late", f"{task} was last carried out {seconds} s ago", fix, task=task, seconds=seconds)


def check_outbox() -> Iterator[Finding]:
    """Events and hints leave the database within seconds."""
    now = timezone.now()
    for what, rows in (("events", OutboxEvent.objects), ("hints", OutboxHint.objects)):
        try:
            found = rows.aggregate(count=Count("pk"), oldest=Min("created_at"))
        except (DatabaseError, InterfaceError):
            return
        age = (now - found["oldest"]).total_seconds() if found["oldest"] else 0.0
        if age > RELAY_SECONDS:
            yield down(
                f"outbox.{what}-wait",
                f"{found['count']} {what} wait to be sent, the oldest for {age:.0f} s",
                "The relay in `watch` sends them: see its log, and whether Redis answers.",
                count=found["count"],
                seconds=round(age),
            )
        else:
            yield healthy(f"outbox.{what}-sent", f"{found['count']} {what} wait to be sent", count=found["count"])


def check_queues() -> Iterator[Finding]:
    """Tasks that wait in Redis for a worker."""
    try:
        lengths = queue_lengths()
    except redis.RedisError:
        return
    for queue, length in lengths.items():
        values = {"queue": queue, "length": length}
        if length > QUEUE_LENGTH:
            fix = f"Run more workers for it: `celery -A portal.celery worker -P threads -Q {queue}`."
            yield degraded("queue.long", f"{length} tasks wait in the queue {queue}", fix, **values)
        else:
            yield healthy("queue.short", f"{length} tasks wait in the queue {queue}", **values)


def queue_lengths() -> dict[str, int]:
    """Tasks that wait, by queue. Raises redis.RedisError."""
    routed = {str(route["queue"]) for route in settings.CELERY_TASK_ROUTES.values()}
    prefix = settings.CELERY_BROKER_TRANSPORT_OPTIONS["global_keyprefix"]
    with away.connected() as client:
        queues = sorted({settings.CELERY_TASK_DEFAULT_QUEUE, *routed})
        return {queue: int(client.llen(f"{prefix}{queue}")) for queue in queues}
