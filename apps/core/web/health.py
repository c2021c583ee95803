"""Is the process up, and can it work? For supervisors, load balancers and Prometheus."""

import ipaddress
import os
from datetime import datetime

import redis
from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection
from django.db.models import Count, Min
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, Gauge, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

from apps.core import patience, pulses
from apps.core.api.errors import problem_response
from apps.core.errors import InvalidRequest, PermissionRefused, Unavailable
from apps.core.health.processes import queue_lengths
from apps.core.models import OutboxEvent, OutboxHint
from apps.core.registries import ready_checks
from apps.core.web.methods import only_get

# Slower than that is not ready.
PROBE_SECONDS = 1.0


@only_get
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers. Says nothing about what it needs, so that an outage elsewhere does not restart it."""
    return JsonResponse({"status": "ok", "version": settings.VERSION})


@only_get
def readyz(request: HttpRequest) -> HttpResponse:
    """The database, Redis and the store of objects answer too; else 503 with the names of those that do not.

    `?only=database` asks for some alone: whoever takes away what is not ready would take all away when a store is.
    """
    checks = {"database": _database_answers, "redis": _redis_answers, **dict(ready_checks.items())}
    asked = request.GET["only"].split(",") if "only" in request.GET else list(checks)
    if unknown := sorted(set(asked) - checks.keys()):
        detail = f"There is no {', '.join(unknown)}; there are {', '.join(checks)}."
        return problem_response(request, InvalidRequest(errors=[{"pointer": "?only", "detail": detail}]))
    missing = [name for name in asked if not checks[name](PROBE_SECONDS)]
    if missing:
        return problem_response(request, Unavailable(f"No answer from: {', '.join(missing)}.", missing=missing))
    return JsonResponse({"status": "ready", "version": settings.VERSION})


@only_get
def metrics(request: HttpRequest) -> HttpResponse:
    """Prometheus: requests, what waits in the outbox and in queues, how watch and the sweeps are. For named networks."""
    if not _may_scrape(str(request.META.get("hanse.address", ""))):
        return problem_response(request, PermissionRefused("Not from this network; see HANSE_METRICS_NETWORKS."))
    return HttpResponse(_processes() + _outbox() + _watch() + _workers(), content_type=CONTENT_TYPE_LATEST)


def _database_answers(within_seconds: float) -> bool:
    try:
        with patience.at_most(within_seconds), connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        return True
    except (DatabaseError, InterfaceError):
        return False


def _redis_answers(within_seconds: float) -> bool:
    client = redis.from_url(settings.REDIS_URL, socket_timeout=within_seconds, socket_connect_timeout=within_seconds)
    try:
        return bool(client.ping())
    except redis.RedisError:
        return False
    finally:
        client.close()


def _may_scrape(address: str) -> bool:
    try:
        peer = ipaddress.ip_address(address or "127.0.0.1")  # no address: a Unix socket of this machine
    except ValueError:
        return False
    return any(peer in network for network in settings.METRICS_NETWORKS)


def _processes() -> bytes:
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return generate_latest(REGISTRY)
    registry = CollectorRegistry()
    MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return generate_latest(registry)


def _outbox() -> bytes:
    """Read at the moment of asking; nothing at all when the database is away, which /readyz tells."""
    registry = CollectorRegistry()
    length = Gauge("hanse_outbox_rows", "Events and hints that the relay has not sent.", ["what"], registry=registry)
    age = Gauge("hanse_outbox_age_seconds", "Age of the oldest of them.", ["what"], registry=registry)
    now = timezone.now()
    try:
        for what, rows in (("events", OutboxEvent.objects), ("hints", OutboxHint.objects)):
            found = rows.aggregate(count=Count("pk"), oldest=Min("created_at"))
            oldest: datetime | None = found["oldest"]
            length.labels(what).set(found["count"])
            age.labels(what).set((now - oldest).total_seconds() if oldest else 0)
    except (DatabaseError, InterfaceError):
        return b""
    return generate_latest(registry)


def _watch() -> bytes:
    """Nothing when Redis is away."""
    registry = CollectorRegistry()
    age = Gauge("hanse_watch_loop_age_seconds", "Since a loop of watch last came round.", ["loop"], registry=registry)
    of_cluster = ["cluster", "kind"]
    heard = Gauge("hanse_cluster_watch_age_seconds", "Since a cluster last said anything.", of_cluster, registry=registry)
    lag = Gauge("hanse_cluster_watch_lag_seconds", "How long its oldest news waits.", of_cluster, registry=registry)
    objects = Gauge("hanse_cluster_watch_objects", "What is followed there.", of_cluster, registry=registry)
    try:
        for (cluster, kind), pulse in pulses.watches().items():
            heard.labels(cluster, kind).set(pulse.age_seconds)
            lag.labels(cluster, kind).set(pulse.lag_seconds)
            objects.labels(cluster, kind).set(pulse.objects)
        for loop, seconds in pulses.ages_seconds().items():
            age.labels(loop).set(seconds)
    except redis.RedisError:
        return b""
    return generate_latest(registry)


def _workers() -> bytes:
    """Nothing when Redis is away."""
    registry = CollectorRegistry()
    age = Gauge("hanse_sweep_age_seconds", "Since a sweep was last carried out.", ["sweep"], registry=registry)
    interval = Gauge("hanse_sweep_interval_seconds", "How often it is asked for.", ["sweep"], registry=registry)
    length = Gauge("hanse_queue_tasks", "Tasks that wait for a worker.", ["queue"], registry=registry)
    try:
        for task, sweep in pulses.sweeps().items():
            age.labels(task).set(sweep.age_seconds)
            interval.labels(task).set(sweep.interval_seconds)
        for queue, tasks in queue_lengths().items():
            length.labels(queue).set(tasks)
    except redis.RedisError:
        return b""
    return generate_latest(registry)
