"""Jobs and apps in Kubernetes clusters, followed: one observer a cluster, however many come and go while `watch` runs."""

import time
from threading import Event
from typing import Any
from uuid import UUID

import structlog

from apps.clusters.models import AdmittedBy, Cluster, ClusterConnection, ClusterKind
from apps.core import pulses
from apps.core.errors import Unavailable
from apps.monitoring import services as monitoring
from celery_workers.kubernetes.admitted import AskingObserver
from celery_workers.kubernetes.client import Refused
from celery_workers.kubernetes.clusters import client_for
from celery_workers.kubernetes.follow import Followers, Printing
from celery_workers.kubernetes.observe import PodObserver
from celery_workers.kubernetes.serving import AppObserver
from celery_workers.kubernetes.usage import Usage
from celery_workers.kubernetes.watch import Watched
from celery_workers.watchers.loops import OUTAGES

# News come in bursts; what comes within so long is told together.
GATHER_SECONDS = 0.1
CLUSTERS_SECONDS, ARCHIVE_SECONDS = 5.0, 1.0
FIRST_PAUSE_SECONDS, MOST_PAUSE_SECONDS = 1.0, 30.0
_FOLLOWED_BY = ("cluster_id", "number", "cluster__admission")
_log = structlog.get_logger(__name__)


class JobsInClusters:
    """Tells jobs and apps what becomes of their replicas, and reads their logs, in all clusters of the kind kubernetes."""

    def __init__(self) -> None:
        self._followed: dict[UUID, _Cluster] = {}
        self._followers = Followers()
        self._looked_at = self._archived_at = float("-inf")

    def run(self, stop: Event) -> None:
        pause = 0.0
        try:
            while not stop.wait(GATHER_SECONDS + pause):
                try:
                    self.step()
                    pause = 0.0
                except OUTAGES as error:
                    pause = min(pause * 2 or 0.25, FIRST_PAUSE_SECONDS * 10)
                    _log.warning("jobs-in-clusters-interrupted", error=str(error), again_in_seconds=pause)
        finally:
            self.close()

    def step(self) -> None:
        """One round over all clusters. Raises what is nobody's outage, for then this process has to end."""
        if time.monotonic() - self._looked_at > CLUSTERS_SECONDS:
            self._looked_at = time.monotonic()
            self._find_clusters()
        for cluster in self._followed.values():
            cluster.step(self._followers)
        if time.monotonic() - self._archived_at > ARCHIVE_SECONDS:
            self._archived_at = time.monotonic()
            monitoring.archive_due()
        if self._followers.failure is not None:
            raise self._followers.failure

    def close(self) -> None:
        self._followers.stop()
        for cluster in self._followed.values():
            cluster.stop()

    def _find_clusters(self) -> None:
        """Begin with clusters that are new, end with those that are gone, and anew where the connection is another."""
        reached = ClusterConnection.objects.filter(cluster__kind=ClusterKind.KUBERNETES)
        numbers = {pk: (number, admission) for pk, number, admission in reached.values_list(*_FOLLOWED_BY)}
        for pk, followed in list(self._followed.items()):
            if numbers.get(pk) != (followed.number, followed.cluster.admission):
                self._followed.pop(pk).stop()
            if pk not in numbers:
                pulses.forget_watches(followed.cluster.slug)
        for cluster in Cluster.objects.filter(pk__in=numbers.keys() - self._followed.keys()):
            self._followed[cluster.pk] = _Cluster(cluster, numbers[cluster.pk][0])


class _Cluster:
    """One cluster: its observer, begun again after a pause whenever the cluster fails it."""

    def __init__(self, cluster: Cluster, number: int) -> None:
        self.cluster, self.number = cluster, number
        self._observer: PodObserver | None = None
        self._asked: AskingObserver | None = None
        self._apps: AppObserver | None = None
        self._usage: Usage | None = None
        self._watches: list[Watched[Any]] = []
        self._pause = 0.0
        self._next_at = 0.0

    def step(self, followers: Followers) -> None:
        if time.monotonic() < self._next_at:
            return
        try:
            self._step(followers)
        except (Unavailable, Refused) as failure:
            self._pause = min(self._pause * 2 or FIRST_PAUSE_SECONDS, MOST_PAUSE_SECONDS)
            self._next_at = time.monotonic() + self._pause
            _log.warning("cluster-not-watched", cluster=self.cluster.slug, error=str(failure), again_in_seconds=self._pause)
            self.stop()

    def _step(self, followers: Followers) -> None:
        if self._observer is None or self._apps is None or self._usage is None:
            client = client_for(self.cluster)
            self._observer, self._apps = PodObserver(client, self.cluster), AppObserver(client, self.cluster)
            self._watches = [self._observer.pods, *self._apps.watches]
            if self.cluster.admission == AdmittedBy.KUEUE:
                self._asked = AskingObserver(client, self.cluster)
                self._watches.append(self._asked.seen)
            for watched in self._watches:
                watched.start()
            self._usage = Usage(client, self.cluster)
            self._usage.start()
        for watched in self._watches:
            if not watched.alive:
                raise watched.failure or Unavailable(f"The watch of {self.cluster.slug} ended.")
        if self._asked is not None:
            self._asked.step()
        client = self._observer.client
        followers.follow(client, self._apps.step())
        if self._observer.pods.listed_at is not None:
            self._pause = 0.0
        followers.follow(client, [Printing.of_replica(pod) for pod in self._observer.step()])
        self._usage.step()

    def stop(self) -> None:
        for watched in self._watches:
            watched.stop()
        if self._usage is not None:
            self._usage.stop()
        self._observer = self._asked = self._apps = self._usage = None
        self._watches = []
