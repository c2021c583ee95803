"""One cluster's hardware, followed by a thread that only listens and remembers: nodes, what pods hold of them, use.

It never touches the database, so that a cluster which hangs holds up nobody; the loop that started it asks for news.
"""

import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from apps.core.errors import Unavailable
from celery_workers.kubernetes.client import Client, Refused
from celery_workers.kubernetes.nodes import Amounts, NodeFacts, PodFacts, read_node, read_pod, read_usage, requested
from celery_workers.kubernetes.served import Served, discover
from celery_workers.kubernetes.watch import Watched

LOOK_SECONDS, DISCOVER_SECONDS, MEASURE_SECONDS, STEP_SECONDS = 5.0, 60.0, 15.0, 0.5
FIRST_PAUSE_SECONDS, MOST_PAUSE_SECONDS = 1.0, 30.0


@dataclass(frozen=True)
class Known:
    """What is known of a cluster at the moment `at` (monotonic) at which it last answered."""

    at: float
    version: str
    served: Served
    nodes: list[NodeFacts]
    requested: Mapping[str, Amounts]
    ours: Mapping[str, Amounts]
    used: Mapping[str, Amounts]


class Hardware:
    """`known` is the newest knowledge, None before the first; `failure` says why there is none newer, or is empty."""

    def __init__(self, client: Client, name: str, cluster_id: UUID) -> None:
        self._client, self._name, self._cluster_id = client, name, cluster_id
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"hardware-{name}", daemon=True)
        self.known: Known | None = None
        self.failure = ""
        self.died: Exception | None = None

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stop.set()

    def join(self) -> None:
        self._thread.join(5)

    def _run(self) -> None:
        pause = 0.0
        try:
            while not self._stop.wait(pause):
                listening = _Listening(self._client, self._name, self._cluster_id)
                began = time.monotonic()
                try:
                    listening.start()
                    while not self._stop.wait(STEP_SECONDS):
                        if known := listening.step():
                            self.known, self.failure = known, ""
                except (Unavailable, Refused) as failure:
                    self.failure = str(failure)
                    lasted = time.monotonic() - began > MOST_PAUSE_SECONDS
                    pause = FIRST_PAUSE_SECONDS if lasted else min(pause * 2 or FIRST_PAUSE_SECONDS, MOST_PAUSE_SECONDS)
                finally:
                    listening.stop()
        except Exception as failure:  # noqa: BLE001 - told to the loop, which ends for it
            self.died = failure


class _Listening:
    """One connection's worth: begins by listing all, ends with the first failure."""

    def __init__(self, client: Client, name: str, cluster_id: UUID) -> None:
        self._client = client
        read = partial(read_pod, cluster_id=str(cluster_id))
        self._nodes: Watched[NodeFacts] = Watched(client, "/api/v1/nodes", "", read_node, cluster=name, kind="nodes")
        self._pods: Watched[PodFacts] = Watched(client, "/api/v1/pods", "", read, cluster=name, kind="pods")
        self._found: list[NodeFacts] = []
        self._requested: dict[str, Amounts] = {}
        self._ours: dict[str, Amounts] = {}
        self._looked_at = self._discovered_at = self._measured_at = float("-inf")
        self._version = ""
        self._served = Served({})
        self._used: dict[str, Amounts] = {}

    def start(self) -> None:
        self._look()
        self._nodes.start()
        self._pods.start()

    def step(self) -> Known | None:
        """What is known now; None before all is listed. Raises Unavailable or Refused as soon as anything fails."""
        for watched in (self._nodes, self._pods):
            if not watched.alive:
                raise watched.failure or Unavailable("The watch ended.")
        self._look()
        if self._nodes.listed_at is None or self._pods.listed_at is None:
            return None
        if self._nodes.news.is_set():
            self._nodes.changes()
            self._found = sorted(self._nodes.all(), key=lambda node: node.name)
        if self._pods.news.is_set():
            self._pods.changes()
            pods = self._pods.all()
            self._requested, self._ours = requested(pods), requested(pod for pod in pods if pod.ours)
        return Known(self._looked_at, self._version, self._served, self._found, self._requested, self._ours, self._used)

    def stop(self) -> None:
        for watched in (self._nodes, self._pods):
            if watched.alive:
                watched.stop()

    def _look(self) -> None:
        now = time.monotonic()
        if now - self._looked_at > LOOK_SECONDS:
            self._version = str(self._client.get("/version").get("gitVersion", ""))
            self._looked_at = time.monotonic()
        if now - self._discovered_at > DISCOVER_SECONDS:
            self._served = discover(self._client)
            self._discovered_at = now
        if now - self._measured_at > MEASURE_SECONDS and "metrics" in self._served.capabilities():
            self._measured_at = now
            self._used = self._measure()

    def _measure(self) -> dict[str, Amounts]:
        try:
            return read_usage(self._client.get("/apis/metrics.k8s.io/v1beta1/nodes"))
        except (Unavailable, Refused):  # what is measured comes from beside the cluster's own servers
            return {}
