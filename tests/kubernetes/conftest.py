"""The portal beside a real cluster: what worker, watch and beat do, one step after the other."""

from collections.abc import Iterator
from ipaddress import ip_network
from typing import Any

import pytest
import yaml
from django.utils import timezone
from kubernetes import client as official

from apps.clusters.kubeconfig import reduce_kubeconfig
from apps.clusters.models import Cluster, Flavor, FlavorKind, Node
from apps.core.models import OutboxHint
from apps.jobs import services
from apps.jobs.models import Job
from apps.quotas import services as quotas
from apps.tenants.models import Project
from celery_workers import compute
from celery_workers.kubernetes import projects
from celery_workers.kubernetes.client import Client
from celery_workers.kubernetes.clusters import client_for
from celery_workers.kubernetes.manifests import labels
from celery_workers.tasks import kubernetes as tasks
from celery_workers.watchers.clusters import JobsInClusters
from tests.conftest import AsRole
from tests.eventually import eventually
from tests.factories import GIB, make_flavor, make_kubernetes, make_node, make_priorities, make_project, make_quota
from tests.jobs.jobs import address, fresh
from tests.testbed.cluster.fixture import Kubernetes

IMAGE = "registry.example.org/train:3"
V100 = {"nvidia.com/gpu.product": "Tesla-V100-SXM2-32GB"}


class Portal:
    """One project of a tenant that has quota in the cluster, and somebody who develops in it."""

    def __init__(self, running: Kubernetes, cluster: Cluster, client: Any, project: Project, watch: "Watching") -> None:
        self.running, self.cluster, self.client, self.project, self.watch = running, cluster, client, project, watch

    @property
    def api(self) -> Client:
        return client_for(self.cluster)

    def submit(self, *, run_for: str | None = None, exit_code: int = 0, role: Any = None, **fields: Any) -> Job:
        """A job of one replica, submitted by REST; `run_for`: its simulated pods end after so long."""
        env = {"TESTBED_RUN_FOR": run_for, "TESTBED_EXIT_CODE": str(exit_code)} if run_for else {}
        one = {"command": ["python", "train.py"], "image": IMAGE, "cpu_millicores": 500, "memory_bytes": "256Mi", "env": env}
        document = {"name": "resnet", "roles": [{**one, **(role or {})}], **fields}
        response = self.client.post(address(self.project), document)
        assert response.status_code == 201, response.json()
        return Job.objects.get(pk=response.json()["id"])

    def work_without_watch(self) -> None:
        """What is due, once, of all that a portal does."""
        Node.objects.update(last_seen_at=timezone.now())
        Cluster.objects.update(last_seen_at=timezone.now())
        quotas.admit(cluster_id=self.cluster.pk)
        carry_out_hints()
        services.tick(now=timezone.now())
        for job_id in Job.objects.due().values_list("pk", flat=True):
            compute.reconcile_job(job_id)

    def work(self) -> None:
        """The same, and what `watch` does."""
        self.work_without_watch()
        self.watch.step()

    def until(self, job: Job, *phases: str) -> Job:
        def arrived() -> bool:
            self.work()
            job.refresh_from_db()
            return job.phase in phases

        eventually(arrived, within=60, what=f"{' or '.join(phases)} (it is {job.phase}: {job.message} {job.conditions})")
        return job

    def until_read(self, job: Job) -> Job:
        """Until every line of its replicas was taken over."""

        def read() -> bool:
            self.work()
            return not job.replicas_now().filter(log_complete=False).exists()

        eventually(read, within=60, what="a log that was read to its end")
        return fresh(job)

    def until_free(self, job: Job) -> Job:
        eventually(lambda: self.work() or not fresh(job).quota_held, within=60, what="quota given back")
        return fresh(job)

    def pods(self, job: Job) -> list[Any]:
        return self._list("pods", job)

    def secrets(self, job: Job) -> list[Any]:
        return self._list("secrets", job)

    def print_lines(self, job: Job, rank: int, *lines: str) -> None:
        """Let a replica of the first attempt print lines. From then on; so the first ones before it starts."""
        projects.ensure(self.api, self.cluster, self.project)
        name = f"job-{job.pk.hex}-1-{rank}"
        self.running.print_lines(self.project.namespace, name, *lines)

    def lines(self, job: Job, rank: int = 0, attempt: int | None = None) -> list[str]:
        """What the portal shows of a replica's log."""
        asked = {"rank": rank, "attempt": attempt or job.attempt, "after": 0, "limit": 1000}
        page = self.client.get(address(self.project, job, "logs/"), asked).json()
        return [text for _, _, _, text in page["lines"] if not text.startswith("This pod is simulated")]

    def _list(self, plural: str, job: Job) -> list[Any]:
        query = {"labelSelector": f"{labels.JOB}={job.pk}"}
        found: list[Any] = self.api.get(f"/api/v1/namespaces/{self.project.namespace}/{plural}", query)["items"]
        return sorted(found, key=lambda one: one["metadata"]["name"])


def carry_out_hints() -> None:
    """What the relay and a worker do with what is asked of clusters."""
    for one in OutboxHint.objects.filter(task__startswith="kubernetes.").order_by("pk"):
        getattr(tasks, one.task.partition(".")[2])(**one.arguments)
        one.delete()


class Watching:
    """The loop of `watch`, which may be killed and begun anew."""

    def __init__(self) -> None:
        self._loop: JobsInClusters | None = None

    def step(self) -> None:
        self._loop = self._loop or JobsInClusters()
        self._loop.step()

    def kill(self) -> None:
        """It forgets everything that it knew."""
        if self._loop is not None:
            self._loop.close()
            self._loop = None


@pytest.fixture
def watch() -> Iterator[Watching]:
    watching = Watching()
    yield watching
    watching.kill()


@pytest.fixture
def cluster(db, kubernetes: Kubernetes, settings) -> Iterator[Cluster]:
    """The running cluster as a registered one, with its nodes as discovery would write them down."""
    settings.ALLOWED_NETWORKS = [ip_network("127.0.0.0/8")]
    make_priorities()
    access = reduce_kubeconfig(yaml.safe_load(kubernetes.kubeconfig))
    cluster = make_kubernetes("lab", access=access)
    make_flavor(cluster)
    make_flavor(
        cluster, "v100", FlavorKind.GPU, unit_memory_bytes=32 * GIB, device_resource="nvidia.com/gpu", node_labels=V100
    )
    for number in range(4):
        make_node(cluster, f"v100-{number:04}", cpu={"cpu": 90_000, "memory": 700 * GIB}, v100={"gpu": 8})
    yield cluster
    with kubernetes.admin() as api:
        policies, ours = official.AdmissionregistrationV1Api(api), f"{labels.CLUSTER}={cluster.pk}"
        policies.delete_collection_validating_admission_policy_binding(label_selector=ours)
        policies.delete_collection_validating_admission_policy(label_selector=ours)
        core = official.CoreV1Api(api)
        for namespace in core.list_namespace(label_selector=ours).items:
            core.delete_namespace(namespace.metadata.name)


@pytest.fixture
def new_portal(cluster: Cluster, kubernetes: Kubernetes, as_role: AsRole, watch: Watching) -> Any:
    """`new_portal()`: another tenant with a project and a developer, and quota for half of the cluster."""

    def make() -> Portal:
        project = make_project()
        flavors = {flavor.name: flavor for flavor in Flavor.objects.filter(cluster=cluster)}
        nominal = {flavors["cpu"]: {"cpu": 180_000, "memory": 1400 * GIB}, flavors["v100"]: {"gpu": 16}}
        make_quota(project.tenant, cluster, nominal)
        client, _ = as_role("developer", project=project)
        return Portal(kubernetes, cluster, client, project, watch)

    return make


@pytest.fixture
def portal(new_portal: Any) -> Portal:
    return new_portal()
