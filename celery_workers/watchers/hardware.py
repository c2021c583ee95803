"""The hardware of Kubernetes clusters: one listener a cluster, and this loop, which writes down what they know.

A cluster that stops answering is written down as down, and nothing of it is forgotten; when it answers again, its listener
lists anew, and whatever changed meanwhile is seen.
"""

import time
from datetime import datetime, timedelta
from threading import Event
from typing import Any
from uuid import UUID

import structlog
from django.db import connection
from django.utils import timezone

from apps.clusters import services as clusters
from apps.clusters.models import Cluster, ClusterConnection, ClusterKind, Flavor, Health
from apps.core.errors import Unavailable
from apps.core.sentences import say
from celery_workers.kubernetes import nodes
from celery_workers.kubernetes.clusters import client_for
from celery_workers.kubernetes.hardware import Hardware, Known
from celery_workers.watchers.loops import LONGEST_PAUSE_SECONDS, OUTAGES

STEP_SECONDS, CLUSTERS_SECONDS = 1.0, 5.0
# A cluster of which nothing changed is written down this often, so that its age stays small.
SEEN_SECONDS = 10.0
_log = structlog.get_logger(__name__)


class HardwareOfClusters:
    def __init__(self) -> None:
        self._followed: dict[UUID, _Followed] = {}
        self._looked_at = float("-inf")

    def run(self, stop: Event) -> None:
        pause = 0.0
        try:
            while not stop.wait(STEP_SECONDS + pause):
                try:
                    self.step()
                    pause = 0.0
                except OUTAGES as error:
                    pause = min(pause * 2 or 0.25, LONGEST_PAUSE_SECONDS)
                    _log.warning("hardware-not-written", error=str(error).strip(), again_in_seconds=pause)
                    connection.close()
        finally:
            self.close()

    def step(self) -> None:
        """One round over all clusters."""
        if time.monotonic() - self._looked_at > CLUSTERS_SECONDS:
            self._find_clusters()
            self._looked_at = time.monotonic()
        for followed in self._followed.values():
            followed.step()

    def close(self) -> None:
        for followed in self._followed.values():
            followed.hardware.stop()
        for followed in self._followed.values():
            followed.hardware.join()
        self._followed.clear()

    def _find_clusters(self) -> None:
        """Begin with clusters that are new, end with those that are gone; anew where the connection is another."""
        rows = ClusterConnection.objects.filter(cluster__kind=ClusterKind.KUBERNETES).select_related("cluster")
        wanted = {row.pk: row for row in rows}
        for pk, followed in list(self._followed.items()):
            if pk not in wanted or wanted[pk].number != followed.number:
                self._followed.pop(pk).hardware.stop()
        for pk in wanted.keys() - self._followed.keys():
            try:
                self._followed[pk] = _Followed(wanted[pk].cluster, wanted[pk].number)
            except Unavailable as problem:  # unregistered this very moment
                _log.warning("cluster-not-followed", cluster=wanted[pk].cluster.slug, error=problem.detail)


class _Followed:
    """One cluster, and what of it was written down."""

    def __init__(self, cluster: Cluster, number: int) -> None:
        self.cluster, self.number = cluster, number
        self.hardware = Hardware(client_for(cluster), cluster.slug, cluster.pk)
        self._written: dict[str, clusters.NodeSeen] = {}
        self._flavors: list[tuple[Any, ...]] = []
        self._looks: dict[str, tuple[nodes.NodeFacts, list[nodes.Amounts], clusters.NodeSeen]] = {}
        self._proposed: tuple[list[nodes.NodeFacts], list[dict[str, Any]]] | None = None
        self._written_at = float("-inf")
        self._failure = ""
        self._answered: tuple[float, datetime] | None = None
        self.hardware.start()

    def step(self) -> None:
        """Write down what is new. Raises what ended the listener, for nobody expected it."""
        if self.hardware.died is not None:
            raise self.hardware.died
        if not Cluster.objects.filter(pk=self.cluster.pk).exists():
            return
        if self.hardware.failure:
            self._write_failure(self.hardware.failure)
        elif self.hardware.known is not None:
            self._write(self.hardware.known)

    def _write_failure(self, failure: str) -> None:
        due = time.monotonic() - self._written_at > SEEN_SECONDS
        if failure != self._failure or due:
            clusters.record_health(cluster=self.cluster, health=Health.DOWN, said=[say("cluster-no-answer", reason=failure)])
            self._failure, self._written_at = failure, time.monotonic()

    def _write(self, known: Known) -> None:
        flavors = list(self.cluster.flavors.all())
        now = self._look(known, flavors)
        due = time.monotonic() - self._written_at > SEEN_SECONDS
        if now == self._written and not self._failure and not due:
            return
        changed = [node for name, node in now.items() if self._written.get(name) != node]
        gone = self._written.keys() - now.keys()
        whole = bool(gone) or not self._written or bool(self._failure)
        at = self._moment_of(known)
        versions = {"kubernetes": known.version}
        clusters.record_served(
            cluster=self.cluster,
            versions=versions,
            capabilities=known.served.capabilities(),
            storage_classes=known.served.storage_classes,
        )
        told = list(now.values()) if whole else changed
        clusters.record_proposals(cluster=self.cluster, proposals=self._proposals(known, flavors))
        if not clusters.record_nodes(cluster=self.cluster, nodes=told, complete=whole, at=at):
            return  # somebody saw the cluster after this was looked at: it is written after the next look
        self._written, self._failure, self._written_at = now, "", time.monotonic()

    def _look(self, known: Known, flavors: list[Flavor]) -> dict[str, clusters.NodeSeen]:
        """Every node in terms of the flavors; of thousands, only those are made anew of which something changed."""
        told: list[tuple[Any, ...]] = [
            (flavor.name, flavor.kind, flavor.device_resource, flavor.node_labels) for flavor in flavors
        ]
        if told != self._flavors:
            self._flavors, self._looks, self._proposed = told, {}, None
        looks = {}
        for node in known.nodes:
            held = [amounts.get(node.name, {}) for amounts in (known.requested, known.ours, known.used)]
            look = self._looks.get(node.name)
            if look is None or look[0] is not node or look[1] != held:
                asked, ours, used = held
                look = node, held, nodes.seen(node, flavors, asked=asked, ours=ours, used=used)
            looks[node.name] = look
        self._looks = looks
        return {name: seen for name, (_, _, seen) in looks.items()}

    def _proposals(self, known: Known, flavors: list[Flavor]) -> list[dict[str, Any]]:
        """The same for as long as the nodes are the same, and the flavors."""
        if self._proposed is None or self._proposed[0] is not known.nodes:
            self._proposed = known.nodes, nodes.proposals(known.nodes, flavors)
        return self._proposed[1]

    def _moment_of(self, known: Known) -> datetime:
        """When the cluster last answered, by the wall clock: the same for the same answer, and never earlier than before.

        News that seemed to be older than what is written down would be passed over as late.
        """
        if self._answered is None or self._answered[0] != known.at:
            at = timezone.now() - timedelta(seconds=time.monotonic() - known.at)
            self._answered = known.at, max(at, self._answered[1]) if self._answered else at
        return self._answered[1]
