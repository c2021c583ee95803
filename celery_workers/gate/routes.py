"""Keeps the Caddy before apps at what the database says: which replica may be given requests."""

from collections import defaultdict
from threading import Event
from typing import Any
from uuid import UUID

import structlog
from django.conf import settings

from apps.clusters.models import ClusterKind
from apps.core.errors import Unavailable
from apps.inference import services
from apps.inference.models import App, AppAccess, AppReplica, ReplicaPhase, place_of
from celery_workers.gate.client import Caddy
from celery_workers.gate.configuration import Route, configuration, mark
from celery_workers.local.apps import HOST

_log = structlog.get_logger(__name__)


class Gate:
    """Compares and loads, again and again; a Caddy that was started anew is told again."""

    def __init__(self) -> None:
        self._caddy = Caddy(settings.GATE_ADMIN)

    def step(self, stop: Event) -> None:
        # Read before the routes: what drains by now is in none of them.
        leaving = list(AppReplica.objects.filter(phase=ReplicaPhase.DRAINING, off_gate_at=None).values_list("pk", flat=True))
        routes = routes_now()
        try:
            if not self._caddy.has(mark(routes)):
                self._caddy.load(self._configuration(routes))
        except Unavailable as problem:
            _log.warning("gate-not-told", detail=problem.detail)
            stop.wait(1)
            return
        if leaving:
            services.off_gate(replica_ids=leaving)

    def _configuration(self, routes: list[Route]) -> dict[str, Any]:
        return configuration(
            routes,
            admin=settings.GATE_ADMIN,
            listen=settings.GATE_LISTEN,
            doorman=settings.GATE_DOORMAN,
            log=settings.GATE_LOG,
        )


def routes_now() -> list[Route]:
    """Of every app of the kind local, in order: its address, and where those of its replicas listen that are ready."""
    ready: dict[UUID, list[str]] = defaultdict(list)
    serving = AppReplica.objects.filter(phase=ReplicaPhase.READY, finished_at=None, port__isnull=False)
    for app_id, port in serving.order_by("number").values_list("app_id", "port"):
        ready[app_id].append(f"{HOST}:{port}")
    apps = App.objects.kept().filter(cluster__kind=ClusterKind.LOCAL).select_related("project").order_by("pk")
    return [
        Route(
            str(app.pk),
            place_of(app, app.project.namespace).rstrip("/"),
            tuple(ready[app.pk]),
            asks=app.access != AppAccess.PUBLIC,
        )
        for app in apps
    ]
