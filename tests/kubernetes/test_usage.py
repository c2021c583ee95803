"""What replicas in a real cluster use, and how current what is known of it is."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from apps.core import pulses
from apps.core.pulses import WatchPulse
from celery_workers.kubernetes import usage
from celery_workers.watchers.clusters import JobsInClusters
from celery_workers.watchers.loops import Watch
from tests.eventually import eventually
from tests.factories import GIB
from tests.jobs.jobs import address

pytestmark = pytest.mark.django_db(transaction=True)
NONE = WatchPulse(0.0, 0.0, 0)


@contextmanager
def running(watch: Watch) -> Iterator[None]:
    thread = threading.Thread(target=watch.run)
    thread.start()
    try:
        yield
    finally:
        watch.stopping.set()
        thread.join()


class TestUse:
    def test_of_each_replica_is_among_the_metrics_of_its_job(self, portal, monkeypatch):
        """Measured by metrics-server from what the (simulated) kubelets say."""
        monkeypatch.setattr(usage, "MEASURE_SECONDS", 1.0)
        job = portal.until(portal.submit(role={"replicas": 2}), "running")
        for pod, cpu, memory in zip(portal.pods(job), ("750m", "250m"), ("3Gi", "1Gi"), strict=True):
            uses = {"kwok.x-k8s.io/usage-cpu": cpu, "kwok.x-k8s.io/usage-memory": memory}
            path = f"/api/v1/namespaces/{portal.project.namespace}/pods/{pod['metadata']['name']}"
            portal.api.patch(path, {"metadata": {"annotations": uses}})

        def newest() -> dict[tuple[str, int], float]:
            portal.work()
            series = portal.client.get(address(portal.project, job, "metrics/")).json()["series"]
            return {(one["name"], one["rank"]): one["points"][-1][1] for one in series}

        eventually(lambda: newest().get(("memory_bytes", 0)) == 3 * GIB, within=120, what="3 GiB of replica 0")
        found = eventually(lambda: (now := newest()).get(("cpu_millicores", 1), 0) > 200 and now, within=120, what="cpu")
        assert found["memory_bytes", 1] == GIB
        assert 700 <= found["cpu_millicores", 0] <= 800
        assert 200 < found["cpu_millicores", 1] <= 300


class TestWatches:
    def test_age_lag_and_number_of_objects_are_among_the_metrics(self, portal, client):
        job = portal.until(portal.submit(role={"replicas": 2}), "running")
        pulses.forget()
        watch = Watch({"jobs-in-clusters": JobsInClusters})
        with running(watch):
            mine = ("lab", "replicas")
            eventually(lambda: pulses.watches().get(mine, NONE).objects == 2, within=30, what="two replicas followed")
            answer = client.get("/metrics").content.decode()

        assert 'hanse_cluster_watch_objects{cluster="lab",kind="replicas"} 2.0' in answer
        assert 'hanse_cluster_watch_age_seconds{cluster="lab",kind="replicas"}' in answer
        assert 'hanse_cluster_watch_lag_seconds{cluster="lab",kind="replicas"}' in answer
        assert job.phase == "running"
