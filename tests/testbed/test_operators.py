"""Kueue and the operators of the testbed's cluster, as they are released: the case that each of them exists for."""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from kubernetes import client
from kubernetes.client.exceptions import ApiException

from tests.eventually import eventually
from tests.testbed.cluster.fixture import Kubernetes

_KUEUE = ("kueue.x-k8s.io", "v1beta2")


class Queue:
    """A namespace whose jobs share `gpus` GPUs through Kueue."""

    def __init__(self, api: client.ApiClient, namespace: str) -> None:
        self.api, self.namespace = api, namespace
        self.objects, self.core = client.CustomObjectsApi(api), client.CoreV1Api(api)

    def labels(self) -> dict[str, str]:
        return {"kueue.x-k8s.io/queue-name": "main"}

    def workload_of(self, job: str) -> Any:
        found = self.objects.list_namespaced_custom_object(*_KUEUE, self.namespace, "workloads")["items"]
        return next((one for one in found if one["metadata"]["ownerReferences"][0]["name"] == job), None)

    def says_of(self, job: str, condition: str, *, status: str = "True") -> Mapping[str, Any] | None:
        """The condition of the workload of a job, when it has that status."""
        conditions = (self.workload_of(job) or {}).get("status", {}).get("conditions", [])
        return next((one for one in conditions if one["type"] == condition and one["status"] == status), None)

    def pods(self, phase: str) -> list[str]:
        pods = self.core.list_namespaced_pod(self.namespace).items
        return [pod.metadata.name for pod in pods if pod.status.phase == phase]


@pytest.fixture
def queue(kubernetes: Kubernetes) -> Iterator[Queue]:
    with kubernetes.namespace() as namespace, kubernetes.admin() as api:
        covered = {"name": "v100", "resources": [{"name": "nvidia.com/gpu", "nominalQuota": 8}]}
        cluster_queue = {
            "namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": namespace}},
            "resourceGroups": [{"coveredResources": ["nvidia.com/gpu"], "flavors": [covered]}],
        }
        flavor = {"nodeLabels": {"node.kubernetes.io/instance-type": "v100"}}
        version = "/".join(_KUEUE)
        kubernetes.apply(
            [
                {"apiVersion": version, "kind": "ResourceFlavor", "metadata": {"name": "v100"}, "spec": flavor},
                {"apiVersion": version, "kind": "ClusterQueue", "metadata": {"name": namespace}, "spec": cluster_queue},
                {
                    "apiVersion": version,
                    "kind": "LocalQueue",
                    "metadata": {"name": "main", "namespace": namespace},
                    "spec": {"clusterQueue": namespace},
                },
            ]
        )
        objects = client.CustomObjectsApi(api)
        yield Queue(api, namespace)
        objects.delete_cluster_custom_object(*_KUEUE, "clusterqueues", namespace)


def template(*, gpus: int, run_for: str = "", restart: str = "Never", name: str = "main") -> dict[str, Any]:
    return {
        "metadata": {"annotations": {"testbed/run-for": run_for} if run_for else {}},
        "spec": {
            "restartPolicy": restart,
            "containers": [{"name": name, "image": "train:1", "resources": {"limits": {"nvidia.com/gpu": str(gpus)}}}],
        },
    }


def two_pods(queue: Queue, name: str, *, gpus: int, run_for: str = "") -> None:
    spec = {"parallelism": 2, "completions": 2, "template": template(gpus=gpus, run_for=run_for)}
    body = {"metadata": {"name": name, "labels": queue.labels()}, "spec": spec}
    client.BatchV1Api(queue.api).create_namespaced_job(queue.namespace, body)


class TestKueue:
    def test_holds_a_job_back_until_there_is_quota_for_all_of_it(self, queue: Queue):
        two_pods(queue, "first", gpus=4, run_for="5s")
        eventually(lambda: len(queue.pods("Running")) == 2, within=60)
        two_pods(queue, "second", gpus=2)

        waiting = eventually(lambda: queue.says_of("second", "QuotaReserved", status="False"), within=30)
        assert "insufficient unused quota" in waiting["message"]
        jobs = client.BatchV1Api(queue.api)
        assert jobs.read_namespaced_job("second", queue.namespace).spec.suspend is True

        eventually(lambda: queue.says_of("second", "Admitted"), within=60, what="the second job's admission")
        eventually(lambda: len(queue.pods("Running")) == 2, within=60)

    def test_says_who_waits_where_through_the_api_server(self, queue: Queue):
        two_pods(queue, "first", gpus=4)
        eventually(lambda: queue.says_of("first", "Admitted"), within=60)
        two_pods(queue, "second", gpus=4)

        def waiting() -> Any:
            try:
                return queue.objects.get_cluster_custom_object(
                    "visibility.kueue.x-k8s.io", "v1beta2", "clusterqueues", f"{queue.namespace}/pendingworkloads"
                )["items"]
            except ApiException:
                return None

        [second] = eventually(waiting, within=60, what="a pending workload")
        assert second["positionInClusterQueue"] == 0

    def test_refuses_what_its_webhooks_refuse(self, queue: Queue):
        two_pods(queue, "runs", gpus=4)
        eventually(lambda: len(queue.pods("Running")) == 2, within=60)

        with pytest.raises(ApiException, match=r"vjob\.kb\.io.*immutable"):
            client.BatchV1Api(queue.api).patch_namespaced_job(
                "runs", queue.namespace, {"metadata": {"labels": {"kueue.x-k8s.io/queue-name": "other"}}}
            )

    def test_converts_between_the_versions_it_serves(self, queue: Queue):
        older = queue.objects.get_namespaced_custom_object(
            "kueue.x-k8s.io", "v1beta1", queue.namespace, "localqueues", "main"
        )

        assert older["spec"]["clusterQueue"] == queue.namespace


class TestOperators:
    def replicas(self, **of: dict[str, Any]) -> dict[str, Any]:
        return {role: {"replicas": 1, "restartPolicy": "Never", "template": template} for role, template in of.items()}

    def ends_well(self, queue: Queue, group: str, version: str, kind: str, spec: dict[str, Any]) -> None:
        metadata, plural = {"name": "job", "labels": queue.labels()}, f"{kind.lower()}s"
        body = {"apiVersion": f"{group}/{version}", "kind": kind, "metadata": metadata, "spec": spec}
        queue.objects.create_namespaced_custom_object(group, version, queue.namespace, plural, body)

        def conditions() -> list[str]:
            found = queue.objects.get_namespaced_custom_object(group, version, queue.namespace, plural, "job")
            return [one["type"] for one in found.get("status", {}).get("conditions", []) if one["status"] == "True"]

        eventually(lambda: {"Succeeded", "Completed"} & set(conditions()), within=90, what=f"an ended {plural}")
        assert queue.workload_of("job"), "Kueue never saw it"

    def test_pytorch(self, queue: Queue):
        pod = template(gpus=1, run_for="2s", name="pytorch")
        spec = {"pytorchReplicaSpecs": self.replicas(Master=pod, Worker=pod)}

        self.ends_well(queue, "kubeflow.org", "v1", "PyTorchJob", spec)

    def test_tensorflow(self, queue: Queue):
        pod = template(gpus=1, run_for="2s", name="tensorflow")
        spec = {"tfReplicaSpecs": self.replicas(Chief=pod, Worker=pod)}

        self.ends_well(queue, "kubeflow.org", "v1", "TFJob", spec)

    def test_mpi(self, queue: Queue):
        launcher, worker = template(gpus=0, run_for="4s"), template(gpus=2)
        spec = {"slotsPerWorker": 2, "mpiReplicaSpecs": self.replicas(Launcher=launcher, Worker=worker)}

        self.ends_well(queue, "kubeflow.org", "v2beta1", "MPIJob", spec)

    def test_jobset(self, queue: Queue):
        job = {"spec": {"parallelism": 2, "completions": 2, "template": template(gpus=1, run_for="2s")}}
        spec = {"replicatedJobs": [{"name": "workers", "replicas": 2, "template": job}]}

        self.ends_well(queue, "jobset.x-k8s.io", "v1alpha2", "JobSet", spec)

    @pytest.mark.parametrize(
        ("group", "version", "kind", "missing"),
        [
            ("sparkoperator.k8s.io", "v1beta2", "SparkApplication", "spec.driver"),
            ("trainer.kubeflow.org", "v1alpha1", "TrainJob", "spec.runtimeRef"),
        ],
    )
    def test_that_do_not_run_still_have_their_objects_checked(
        self, queue: Queue, group: str, version: str, kind: str, missing: str
    ):
        body = {"apiVersion": f"{group}/{version}", "kind": kind, "metadata": {"name": "job"}, "spec": {}}

        with pytest.raises(ApiException, match=missing):
            queue.objects.create_namespaced_custom_object(
                group, version, queue.namespace, f"{kind.lower()}s", body, dry_run="All"
            )


class TestMetrics:
    def test_of_pods_are_served_as_they_say_they_use(self, kubernetes: Kubernetes):
        with kubernetes.namespace() as namespace, kubernetes.admin() as api:
            pod = template(gpus=0)
            pod["metadata"] = {"name": "busy", "annotations": {"kwok.x-k8s.io/usage-memory": "3Gi"}}
            client.CoreV1Api(api).create_namespaced_pod(namespace, pod)

            def used() -> Any:
                try:
                    found = client.CustomObjectsApi(api).get_namespaced_custom_object(
                        "metrics.k8s.io", "v1beta1", namespace, "pods", "busy"
                    )
                except ApiException:
                    return None
                return found["containers"][0]["usage"]["memory"]

            assert eventually(used, within=90, what="metrics of the pod") == "3Gi"
