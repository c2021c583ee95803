"""What following a large cluster costs: memory a 1,000 pods, CPU and queries of writing down what changed.

    .venv/bin/python -m benches.watcher [nodes] [pods]

The cluster is pages of JSON as an API server sends them, in this process and without a network: the figures are the
watcher's own. The floor of reading is parsing the same pages and keeping nothing.
"""

import gc
import queue
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import orjson
import psutil

from benches.world import world

NODES, PODS, PAGE = 5_000, 20_000, 500


def main() -> None:
    nodes, pods = (int(given) for given in (*sys.argv[1:], *map(str, (NODES, PODS)[len(sys.argv) - 1 :])))
    with world():
        _measure(nodes, pods)


def _measure(nodes: int, pods: int) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from apps.clusters.documents import cluster_documents
    from apps.clusters.models import Cluster, FlavorKind
    from apps.core.models import OutboxEvent
    from celery_workers.kubernetes import clusters as known_clients
    from celery_workers.watchers.hardware import HardwareOfClusters
    from tests.factories import make_flavor, make_kubernetes

    cluster: Cluster = make_kubernetes("far")
    make_flavor(cluster)
    make_flavor(cluster, "v100", FlavorKind.GPU, device_resource="nvidia.com/gpu")
    far = Far(nodes, pods)
    known_clients._clients[cluster.pk] = (1, far)  # type: ignore[assignment]
    floor_cpu = _cpu(lambda: [page for path in ("/api/v1/nodes", "/api/v1/pods") for page in far.pages(path)] and None)
    empty = _rss()
    loop = HardwareOfClusters()
    began = time.process_time()
    loop.step()
    followed = loop._followed[cluster.pk]
    while followed.hardware.known is None:
        time.sleep(0.05)
    listed_cpu = time.process_time() - began
    kept = _rss() - empty
    print(f"{nodes} nodes and {pods} pods")
    print(f"making and parsing all of it: {floor_cpu:.1f} CPU s; following until all is known: {listed_cpu:.1f} CPU s")
    print(f"memory: {kept:.0f} MiB for all, {1000 * kept / (pods or 1):.1f} MiB a 1,000 pods, their share of nodes among it")

    def step(what: str, change: Callable[[], None] = lambda: None) -> None:
        change()
        time.sleep(1.5)  # the listener looks twice a second
        events = OutboxEvent.objects.count()
        with CaptureQueriesContext(connection) as captured:
            cpu = _cpu(loop.step)
        print(f"| {what} | {len(captured)} | {cpu * 1000:.0f} | {OutboxEvent.objects.count() - events} |")

    print("\n| a round | queries | CPU ms | events |\n|---|--:|--:|--:|")
    step("everything is new")
    step("one pod ended", lambda: far.end(0, 1))
    step("2,000 pods ended", lambda: far.end(1, 2001))
    step("nothing changed")
    document = _cpu(lambda: cluster_documents([cluster.pk]))
    print(f"\nthe cluster's document, made once an event: {document * 1000:.0f} CPU ms")
    loop.close()


def _cpu(act: Callable[[], object]) -> float:
    began = time.process_time()
    act()
    return time.process_time() - began


def _rss() -> float:
    gc.collect()
    return float(psutil.Process().memory_info().rss) / 2**20


class Far:
    """A cluster far away: what of `Client` a watcher asks for."""

    def __init__(self, nodes: int, pods: int) -> None:
        self._nodes, self._pods = nodes, pods
        self._events: dict[str, queue.Queue[bytes]] = {"/api/v1/nodes": queue.Queue(), "/api/v1/pods": queue.Queue()}

    def get(self, path: str, query: object = (), *, accept: str = "") -> dict[str, Any]:
        return {"gitVersion": "v1.36.3"} if path == "/version" else {}

    def pages(self, path: str, query: object = ()) -> Iterator[dict[str, Any]]:
        count, make = (self._nodes, _node) if path.endswith("nodes") else (self._pods, self._pod)
        for first in range(0, count, PAGE):
            items = [make(number) for number in range(first, min(first + PAGE, count))]
            # As it would come over the network.
            yield orjson.loads(orjson.dumps({"metadata": {"resourceVersion": "1"}, "items": items}))

    @contextmanager
    def stream(self, path: str, query: object = (), *, read_seconds: float) -> Iterator["Answer"]:
        yield Answer(self._events[path])

    def end(self, first: int, last: int) -> None:
        """These pods succeed."""
        for number in range(first, min(last, self._pods)):
            event = {"type": "MODIFIED", "object": self._pod(number, phase="Succeeded")}
            self._events["/api/v1/pods"].put(orjson.dumps(event) + b"\n")

    def _pod(self, number: int, phase: str = "Running") -> dict[str, Any]:
        return _pod(number, node=number % self._nodes, phase=phase)


class Answer:
    """A watch that goes on: lines as they come."""

    def __init__(self, events: "queue.Queue[bytes]") -> None:
        self._events = events

    def stream(self, _: int) -> Iterator[bytes]:
        while line := self._events.get():
            yield line

    def shutdown(self) -> None:
        self._events.put(b"")


def _node(number: int) -> dict[str, Any]:
    from tests.testbed.cluster.nodes import manifests

    node = next(manifests("v100", 1))
    node["metadata"] |= {"name": f"v100-{number:04}", "uid": f"node-{number}", "resourceVersion": "1"}
    ready = {"type": "Ready", "status": "True", "reason": "KubeletReady", "message": "kubelet is posting ready status"}
    node["status"] = {**node["status"], "conditions": [ready], "images": [{"names": [f"image-{i}"]} for i in range(50)]}
    return node


def _pod(number: int, *, node: int, phase: str) -> dict[str, Any]:
    """As large as pods are: most of it is of no interest here."""
    resources = {"cpu": "1", "memory": "4Gi", "nvidia.com/gpu": "1"}
    env = [{"name": f"VARIABLE_{i}", "value": "a value of ordinary length"} for i in range(30)]
    container = {"name": "main", "image": "registry.example.org/train:3", "resources": {"requests": resources}, "env": env}
    managed = [{"manager": f"manager-{i}", "fieldsV1": {f"f:{j}": {} for j in range(40)}} for i in range(3)]
    labels = {
        "app.kubernetes.io/managed-by": "hanse",
        "hanse.dev/job": f"job-{number // 8}",
        "hanse.dev/rank": str(number % 8),
    }
    metadata = {"namespace": "team", "name": f"pod-{number}", "uid": f"pod-{number}", "resourceVersion": "2"}
    return {
        "metadata": {**metadata, "labels": labels, "managedFields": managed},
        "spec": {"nodeName": f"v100-{node:04}", "containers": [container]},
        "status": {"phase": phase, "conditions": [{"type": "Ready", "status": "True"}]},
    }


if __name__ == "__main__":
    main()
