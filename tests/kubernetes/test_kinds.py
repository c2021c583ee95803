"""Jobs whose pods an operator makes, in a real cluster with the real operators: the same life as that of pods of ours."""

from typing import Any

import pytest

from apps.clusters import services as clusters
from apps.jobs.models import Job
from celery_workers.kubernetes.served import discover
from tests.eventually import eventually
from tests.jobs.jobs import address, fresh
from tests.kubernetes.conftest import IMAGE, Portal

pytestmark = pytest.mark.django_db(transaction=True)

PYTORCH = {"framework": "pytorch", "kind": "PyTorchJob"}


@pytest.fixture
def portal(portal: Portal) -> Portal:
    """It has looked at what the cluster serves."""
    clusters.record_served(cluster=portal.cluster, versions={}, capabilities=discover(portal.api).capabilities())
    return portal


def object_of(portal: Portal, job: Job, plural: str = "pytorchjobs") -> Any:
    namespace = portal.project.namespace
    return portal.api.get(f"/apis/kubeflow.org/v1/namespaces/{namespace}/{plural}/job-{job.pk.hex}-{job.attempt}")


def true_conditions(found: Any) -> set[str]:
    return {one["type"] for one in found.get("status", {}).get("conditions", []) if one["status"] == "True"}


def environment_of(pod: Any) -> dict[str, Any]:
    return {one["name"]: one.get("value") for one in pod["spec"]["containers"][0]["env"]}


def names(objects: list[Any]) -> list[str]:
    return [one["metadata"]["name"] for one in objects]


def print_lines(portal: Portal, pod: str, *lines: str) -> None:
    portal.running.print_lines(portal.project.namespace, pod, *lines)


class TestPyTorchJob:
    def test_runs_prints_and_ends_as_pods_of_ours_do(self, portal):
        gpus = [{"flavor": "v100", "count": 2}]
        job = portal.submit(run_for="6s", role={"replicas": 3, "devices": gpus}, **PYTORCH)
        portal.until(job, "running")
        print_lines(portal, f"job-{job.pk.hex}-1-worker-2", "epoch 1 of rank 2", '{"progress": 0.5}')
        nodes = {replica.rank: replica.node for replica in job.replicas_now()}

        portal.until(job, "succeeded")
        job = portal.until_read(job)

        name = f"job-{job.pk.hex}-1"
        assert names(portal.pods(job)) == [f"{name}-worker-0", f"{name}-worker-1", f"{name}-worker-2"]
        assert nodes == {rank: pod["spec"]["nodeName"] for rank, pod in enumerate(portal.pods(job))}
        assert {environment_of(pod)["MASTER_ADDR"] for pod in portal.pods(job)} == {f"{name}-worker-0"}
        assert [(one.phase, one.exit_code) for one in job.replicas_now()] == [("succeeded", 0)] * 3
        assert portal.lines(job, 2) == ["epoch 1 of rank 2", '{"progress": 0.5}']
        assert not portal.until_free(job).quota_held
        eventually(lambda: "Succeeded" in true_conditions(object_of(portal, job)), what="that the operator says so, too")

    def test_a_failure_is_tried_again_by_the_portal_as_another_object(self, portal):
        policy = {"restart": "on-failure", "backoff_limit": 1}
        job = portal.submit(run_for="1s", exit_code=3, role={"replicas": 2}, fault_policy=policy, **PYTORCH)

        portal.until(job, "failed")

        assert job.attempt == 2
        assert "exit code 3" in job.message
        assert not portal.until_free(job).quota_held
        made = portal.pods(job)
        assert {pod["metadata"]["labels"]["hanse.dev/attempt"] for pod in made} == {"1", "2"}

    def test_cancelled_it_is_suspended_and_leaves_no_pod(self, portal):
        job = portal.submit(role={"replicas": 3}, **PYTORCH)
        portal.until(job, "running")

        portal.client.post(address(portal.project, job, "cancel/"))
        portal.until_free(job)

        eventually(lambda: portal.work() or not portal.pods(job), within=30, what="that its pods are gone")
        assert object_of(portal, job)["spec"]["runPolicy"]["suspend"] is True
        assert {one.phase for one in fresh(job).replicas_now()} == {"stopped"}

    def test_a_pod_that_somebody_deletes_is_a_loss_and_the_attempt_ends(self, portal):
        policy = {"restart": "on-failure", "backoff_limit": 0}
        job = portal.submit(role={"replicas": 2}, fault_policy=policy, **PYTORCH)
        portal.until(job, "running")

        path = f"/api/v1/namespaces/{portal.project.namespace}/pods/job-{job.pk.hex}-1-worker-0"
        portal.api.delete(path, grace_seconds=0)
        portal.until(job, "restarting")
        portal.until(job, "running")

        assert (job.attempt, job.restarts) == (2, 0)
        assert {pod["metadata"]["labels"]["hanse.dev/attempt"] for pod in portal.pods(job)} == {"2"}


class TestTFJob:
    def test_parameter_servers_are_stopped_once_the_workers_have_ended(self, portal):
        one = {"command": ["python"], "image": IMAGE, "cpu_millicores": 100, "memory_bytes": "64Mi"}
        ends = {"TESTBED_RUN_FOR": "3s"}
        roles = [{**one, "name": "worker", "replicas": 2, "env": ends}, {**one, "name": "ps", "serves": True}]
        document = {"name": "two", "framework": "tensorflow", "kind": "TFJob", "roles": roles}
        response = portal.client.post(address(portal.project), document)
        job = Job.objects.get(pk=response.json()["id"])
        portal.until(job, "running")
        pods = portal.pods(job)

        portal.until(job, "succeeded")
        portal.until_free(job)

        name = f"job-{job.pk.hex}-1"
        assert names(pods) == [f"{name}-ps-0", f"{name}-worker-0", f"{name}-worker-1"]
        assert all('"ps"' in environment_of(pod)["TF_CONFIG"] for pod in pods)
        ended = dict(job.replicas_now().values_list("rank", "phase"))
        assert ended == {0: "succeeded", 1: "succeeded", 2: "stopped"}


class TestJob:
    def test_runs_to_its_end_as_a_job_of_kubernetes_itself(self, portal):
        gpus = [{"flavor": "v100", "count": 2}]
        job = portal.submit(run_for="3s", role={"replicas": 3, "devices": gpus}, kind="Job", framework="xgboost")

        portal.until(job, "succeeded")
        job = portal.until_free(portal.until_read(job))

        pods = sorted(portal.pods(job), key=lambda pod: pod["spec"]["hostname"])
        assert [pod["spec"]["hostname"] for pod in pods] == [f"job-{job.pk.hex}-1-{rank}" for rank in range(3)]
        assert [(one.rank, one.phase) for one in job.replicas_now()] == [(rank, "succeeded") for rank in range(3)]

    def test_a_failure_is_tried_again_by_the_portal_alone(self, portal):
        policy = {"restart": "on-failure", "backoff_limit": 1}
        job = portal.submit(run_for="1s", exit_code=3, role={"replicas": 2}, fault_policy=policy, kind="Job")

        portal.until(job, "failed")

        assert (job.attempt, job.restarts) == (2, 1)
        assert "exit code 3" in job.message
        # Each pod was made once an attempt.
        assert len(portal.pods(job)) <= 4


class TestJobSet:
    def test_of_two_roles_ends_when_those_that_work_have_ended(self, portal):
        one = {"command": ["python"], "image": IMAGE, "cpu_millicores": 100, "memory_bytes": "64Mi"}
        roles = [
            {**one, "name": "worker", "replicas": 2, "env": {"TESTBED_RUN_FOR": "3s"}},
            {**one, "name": "cache", "serves": True},
        ]
        response = portal.client.post(address(portal.project), {"name": "two", "kind": "JobSet", "roles": roles})
        job = Job.objects.get(pk=response.json()["id"])
        portal.until(job, "running")
        pods = portal.pods(job)

        portal.until(job, "succeeded")
        portal.until_free(job)

        name = f"job-{job.pk.hex}-1"
        assert sorted(pod["spec"]["hostname"] for pod in pods) == [
            f"{name}-{one}" for one in ("cache-0-0", "worker-0-0", "worker-0-1")
        ]
        ended = dict(job.replicas_now().values_list("rank", "phase"))
        assert ended == {0: "succeeded", 1: "succeeded", 2: "stopped"}


class TestMPIJob:
    def test_whose_launcher_works_as_well_ends_with_it(self, portal):
        gpus = [{"flavor": "v100", "count": 4}]
        mpi = {"framework": "mpi", "kind": "MPIJob"}
        job = portal.submit(run_for="8s", role={"replicas": 3, "devices": gpus}, **mpi)
        portal.until(job, "running")
        roles = {pod["metadata"]["labels"]["training.kubeflow.org/job-role"] for pod in portal.pods(job)}

        portal.until(job, "succeeded")
        portal.until_free(job)

        assert roles == {"launcher", "worker"}
        assert fresh(job).replicas_now().get(rank=0).phase == "succeeded"
        assert job.attempt == 1

    def test_whose_launcher_only_launches_counts_it_among_its_replicas(self, portal):
        one = {"command": ["mpirun"], "image": IMAGE, "cpu_millicores": 100, "memory_bytes": "64Mi"}
        roles = [
            {**one, "name": "launcher", "env": {"TESTBED_RUN_FOR": "1s", "TESTBED_EXIT_CODE": "3"}},
            {**one, "name": "worker", "replicas": 2, "serves": True, "command": ["wait"]},
        ]
        document = {"name": "two", "framework": "mpi", "kind": "MPIJob", "roles": roles}
        response = portal.client.post(address(portal.project), document)
        job = Job.objects.get(pk=response.json()["id"])

        portal.until(job, "failed")
        portal.until_free(job)

        assert "replica 0 (exit code 3)" in job.message
        ended = dict(job.replicas_now().values_list("rank", "phase"))
        assert ended.pop(0) == "failed"
        # The operator and the portal both end the workers, and either may be first. The launcher stays, for its log.
        assert set(ended.values()) <= {"stopped", "lost"}
        eventually(lambda: portal.work() or len(portal.pods(job)) == 1, within=30, what="that the workers are gone")
        assert [pod["metadata"]["labels"]["hanse.dev/role"] for pod in portal.pods(job)] == ["launcher"]


class TestTrainJob:
    def test_is_taken_by_the_cluster_as_its_schema_says(self, portal):
        """Trainer itself does not run in the testbed: what is sent is held against its schema."""
        role = {"command": ["torchrun", "train.py"], "image": IMAGE, "replicas": 2}
        response = portal.client.post(
            address(portal.project), {"name": "two", "framework": "pytorch", "kind": "TrainJob", "roles": [role]}
        )
        job = Job.objects.get(pk=response.json()["id"])
        portal.work()

        path = f"/apis/trainer.kubeflow.org/v1alpha1/namespaces/{portal.project.namespace}"
        name = f"job-{job.pk.hex}-1"
        made = portal.api.get(f"{path}/trainjobs/{name}")
        runtime = portal.api.get(f"{path}/trainingruntimes/{name}")

        assert made["spec"]["runtimeRef"]["name"] == runtime["metadata"]["name"]
        [node] = runtime["spec"]["template"]["spec"]["replicatedJobs"]
        pod = node["template"]["spec"]["template"]
        assert pod["metadata"]["labels"]["hanse.dev/job"] == str(job.pk)
        assert environment_of(pod)["MASTER_ADDR"] == f"{name}-node-0-0.{name}"


class TestRefused:
    @pytest.mark.parametrize(
        ("kind", "framework", "roles", "why"),
        [
            ("Job", "tensorflow", ["worker"], "a Job goes with framework: pytorch or mpi or xgboost or custom"),
            ("TrainJob", "custom", ["worker", "cache"], "a TrainJob has one role"),
            ("JobSet", "pytorch", ["worker", "cache"], "has one role, for its replicas are told their ranks"),
            ("MPIJob", "mpi", ["worker", "cache"], "two that are called launcher and worker"),
            ("MPIJob", "mpi", ["worker", "launcher"], "one launcher, which the workers serve"),
        ],
    )
    def test_where_its_shape_is_none_of_the_kind(self, portal, kind, framework, roles, why):
        given = [{"name": name, "image": IMAGE} for name in roles]

        document = {"name": "odd", "kind": kind, "framework": framework, "roles": given}
        response = portal.client.post(address(portal.project), document)

        assert response.status_code == 422
        assert why in response.content.decode()

    def test_where_no_cluster_serves_the_operator(self, portal):
        clusters.record_served(cluster=portal.cluster, versions={}, capabilities={})
        role = {"command": ["python"], "image": IMAGE}

        response = portal.client.post(address(portal.project), {"name": "resnet", "roles": [role], **PYTORCH})

        assert response.status_code == 422
        assert "does not serve the operator" in response.json()["detail"]
        assert not Job.objects.exists()
