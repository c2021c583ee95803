"""Admission in all clusters: a round when something happened, and every two seconds."""

import select
import time
from threading import Event

from django.db import connection

from apps.clusters.models import Cluster
from apps.quotas import services as quotas
from celery_workers.watchers.loops import Periodic

IDLE_SECONDS = 2.0
# Acts come in bursts; one round answers many.
GATHER_SECONDS = 0.1


class Admission(Periodic):
    def __init__(self) -> None:
        super().__init__(self._round, every_seconds=GATHER_SECONDS)
        self._next_at = 0.0

    def _round(self, stop: Event) -> None:
        """Wait until there is a reason, then admit what fits on each cluster."""
        while not stop.is_set() and not self._something_happened() and time.monotonic() < self._next_at:
            pass
        self._next_at = time.monotonic() + IDLE_SECONDS
        for cluster_id in Cluster.objects.order_by("pk").values_list("pk", flat=True):
            if stop.is_set():
                return
            quotas.admit(cluster_id=cluster_id)

    def _something_happened(self) -> bool:
        """Listen for half a second."""
        with connection.cursor() as cursor:
            cursor.execute(f"LISTEN {quotas.ADMISSION_CHANNEL}")
        postgres = connection.connection
        with connection.wrap_database_errors:
            # What was notified during a query has been received already.
            if not postgres.notifies and not select.select([postgres], [], [], 0.5)[0]:
                return False
            postgres.poll()
            postgres.notifies.clear()
        return True
