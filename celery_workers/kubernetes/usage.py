"""What replicas use, as metrics.k8s.io of their cluster measures it, told as metrics of their jobs.

A thread asks, since what measures stands beside the cluster's own servers and may hang; what cannot be measured is missing
from the chart, and holds up nothing.
"""

import threading
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import structlog

from apps.clusters.models import Cluster
from apps.core.errors import Unavailable
from apps.core.registries import SubjectScope
from apps.jobs.models import Job
from celery_workers.kubernetes.client import Client, NotFound, Refused
from celery_workers.kubernetes.manifests import labels
from celery_workers.kubernetes.nodes import read_amounts
from celery_workers.kubernetes.pods import rank_of
from celery_workers.speech import Point, record

# As often as metrics-server measures unless told otherwise.
MEASURE_SECONDS = 15.0
_PATH = "/apis/metrics.k8s.io/v1beta1/pods"
_log = structlog.get_logger(__name__)

Key = tuple[str, UUID, int, int]  # namespace, job, attempt, rank


class Usage:
    """Of the replicas of one cluster. What was measured since it was last asked is written down with `step`."""

    def __init__(self, client: Client, cluster: Cluster) -> None:
        self._client, self._cluster = client, cluster.slug
        selector = labels.selector({**labels.MANAGED_BY, labels.CLUSTER: str(cluster.pk)})
        self._query = {"labelSelector": f"{selector},{labels.ATTEMPT}"}
        self._measured: dict[Key, list[Point]] = {}
        self._lock = threading.Lock()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"usage-{cluster.slug}", daemon=True)
        self.died: Exception | None = None

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stop.set()

    def step(self) -> None:
        """Write down what is new. Raises what ended the thread, for nobody expected it."""
        if self.died is not None:
            raise self.died
        with self._lock:
            measured, self._measured = self._measured, {}
        if not measured:
            return
        rows = Job.objects.filter(pk__in={job_id for _, job_id, _, _ in measured}).select_related("project")
        found = {job.pk: job for job in rows}
        for (namespace, job_id, attempt, rank), points in measured.items():
            job = found.get(job_id)
            # Labels may claim any job; the namespace cannot.
            if job is not None and job.project.namespace == namespace:
                record(SubjectScope(job.tenant_id, job.project_id), job_id, attempt, rank, points)

    def _run(self) -> None:
        try:
            while not self._stop.wait(MEASURE_SECONDS):
                try:
                    pages = self._client.pages(_PATH, self._query)
                    measured = {key: points for page in pages for key, points in read_usage_of_pods(page)}
                    with self._lock:
                        self._measured = measured
                except NotFound:
                    continue
                except (Unavailable, Refused) as failure:
                    _log.info("use-not-measured", cluster=self._cluster, error=str(failure))
        except Exception as failure:  # noqa: BLE001 - told to the loop, which ends for it
            self.died = failure


def read_usage_of_pods(page: Mapping[str, Any]) -> Iterator[tuple[Key, list[Point]]]:
    """Of a PodMetricsList: what each replica uses, all its containers together."""
    for item in page.get("items", []):
        marks = item["metadata"].get("labels") or {}
        try:
            key = item["metadata"]["namespace"], UUID(marks[labels.JOB]), int(marks[labels.ATTEMPT]), rank_of(marks)
        except (KeyError, ValueError):
            continue
        at = datetime.fromisoformat(item["timestamp"])
        amounts = [read_amounts(container["usage"]) for container in item.get("containers", [])]
        cpu, memory = (float(sum(one.get(name, 0) for one in amounts)) for name in ("cpu", "memory"))
        yield key, [("cpu_millicores", at, cpu), ("memory_bytes", at, memory)]
