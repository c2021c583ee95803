"""Jobs in a real cluster: from a request over REST to pods, and back to what the portal tells of them."""

import threading
from typing import Any

import pytest
import yaml
from django.db import connection

from apps.clusters.kubeconfig import reduce_kubeconfig
from apps.jobs.models import Job, Replica
from apps.quotas.models import LedgerEntry
from celery_workers import compute
from celery_workers.kubernetes import projects
from celery_workers.kubernetes.client import Client, Denied, Forbidden
from tests.eventually import eventually
from tests.factories import GIB, make_code, make_secret, tar_of
from tests.jobs.jobs import address, fresh
from tests.kubernetes.conftest import IMAGE, Portal

pytestmark = pytest.mark.django_db(transaction=True)


def names(objects: list[Any]) -> list[str]:
    return [one["metadata"]["name"] for one in objects]


class TestWalk:
    def test_a_job_runs_prints_ends_and_its_log_stays(self, portal):
        job = portal.submit(run_for="4s", role={"replicas": 2, "devices": [{"flavor": "v100", "count": 2}]})
        for rank in (0, 1):
            portal.print_lines(job, rank, f"epoch 1 of rank {rank}", '{"progress": 0.5, "metrics": {"loss": 0.25}}')
        portal.until(job, "running")
        begun = {replica.rank: replica for replica in job.replicas_now()}
        eventually(lambda: portal.work() or fresh(job).progress, what="what it says of itself, while it runs")

        portal.until(job, "succeeded")
        job = portal.until_read(job)

        assert names(portal.pods(job)) == [f"job-{job.pk.hex}-1-0", f"job-{job.pk.hex}-1-1"]
        assert {pod["spec"]["nodeName"] for pod in portal.pods(job)} == {one.node for one in begun.values()}
        ended = list(job.replicas_now())
        assert [(one.phase, one.exit_code) for one in ended] == [("succeeded", 0), ("succeeded", 0)]
        for one in ended:
            assert one.made_at <= one.scheduled_at <= one.started_at < one.finished_at
        assert portal.lines(job, 1) == ["epoch 1 of rank 1", '{"progress": 0.5, "metrics": {"loss": 0.25}}']
        assert (fresh(job).progress, fresh(job).metrics) == (1.0, {"loss": 0.25})
        assert not portal.until_free(job).quota_held
        assert not LedgerEntry.objects.filter(until=None).exists()

    def test_what_a_pod_gets_is_what_the_job_said(self, portal):
        make_secret(portal.project, "tracker", api_key="s3cr3t")
        code = make_code(portal.project, tar_of({"train.py": b"print(1)", "bin/go": b"#!"}, executable=("bin/go",)))
        secret = {
            "env_from": [{"secret": "tracker", "key": "api-key", "name": "KEY"}],
            "secret_files": [{"secret": "tracker"}],
        }
        job = portal.submit(source={"archive": str(code.pk)}, role=secret, framework="mpi")
        portal.until(job, "running")

        (pod,) = portal.pods(job)
        (kept,) = portal.secrets(job)

        container = pod["spec"]["containers"][0]
        env = {one["name"]: one for one in container["env"]}
        assert (container["image"], container["command"]) == (IMAGE, ["python", "train.py"])
        assert (env["RANK"]["value"], env["WORLD_SIZE"]["value"]) == ("0", "1")
        assert env["MASTER_ADDR"]["value"] == (f"job-{job.pk.hex}-1-0.job-{job.pk.hex}.{portal.project.namespace}.svc")
        assert env["KEY"]["valueFrom"]["secretKeyRef"]["name"] == kept["metadata"]["name"]
        assert [volume["name"] for volume in pod["spec"]["volumes"]] == ["work", "shared-memory", "code", "files", "secrets"]

        portal.client.post(address(portal.project, job, "cancel/"))
        portal.until_free(job)
        assert portal.secrets(job) == []

    def test_a_job_without_an_image_is_refused_with_the_reason(self, portal):
        role = {"command": ["true"], "cpu_millicores": 100, "memory_bytes": "64Mi"}

        response = portal.client.post(address(portal.project), {"name": "bare", "roles": [role]})

        assert response.status_code == 422
        assert "name one for role worker" in response.json()["detail"]
        assert not Job.objects.exists()

    def test_a_specification_that_the_cluster_refuses_ends_the_job(self, portal):
        job = portal.submit(role={"image": "registry.example.org/train:3 "})

        portal.until(job, "failed")

        assert job.reason == "replica-refused"
        assert "image" in job.message
        assert not portal.until_free(job).quota_held


class TestFaults:
    def test_a_failure_is_tried_again_as_its_policy_says_then_it_fails(self, portal):
        policy = {"restart": "on-failure", "backoff_limit": 1}
        job = portal.submit(run_for="500ms", exit_code=3, role={"replicas": 2}, fault_policy=policy)

        portal.until(job, "restarting")
        portal.until(job, "failed")

        assert job.attempt == 2
        assert "exit code 3" in job.message
        assert "as many as its fault policy allows" in job.message
        assert not portal.until_free(job).quota_held

    def test_the_others_of_a_gang_are_stopped_with_the_one_that_failed(self, portal):
        one = {"command": ["python"], "image": IMAGE, "cpu_millicores": 100, "memory_bytes": "64Mi"}
        fails = {"TESTBED_RUN_FOR": "500ms", "TESTBED_EXIT_CODE": "1"}
        roles = [{**one, "name": "worker", "env": fails}, {**one, "name": "ps", "serves": True}]
        response = portal.client.post(address(portal.project), {"name": "two", "roles": roles})
        job = Job.objects.get(pk=response.json()["id"])

        portal.until(job, "failed")
        portal.until_free(job)

        assert dict(job.replicas_now().values_list("role", "phase")) == {"worker": "failed", "ps": "stopped"}
        assert names(portal.pods(job)) == [f"job-{job.pk.hex}-1-0"]

    def test_too_little_memory_is_told_as_such(self, portal):
        job = portal.submit(run_for="500ms", exit_code=137)

        portal.until(job, "failed")

        assert job.reason == "out-of-memory"

    def test_a_pod_that_somebody_deletes_is_a_loss_and_tried_again(self, portal):
        job = portal.submit(fault_policy={"restart": "on-failure", "backoff_limit": 0})
        portal.until(job, "running")

        portal.api.delete(f"/api/v1/namespaces/{portal.project.namespace}/pods/job-{job.pk.hex}-1-0", grace_seconds=0)
        portal.until(job, "restarting")

        assert job.reason == "deleted"
        portal.until(job, "running")
        assert (job.attempt, job.restarts) == (2, 0)

    @pytest.mark.parametrize("watching", [True, False])
    def test_a_pod_that_somebody_deletes_and_makes_anew_is_a_loss_too(self, portal, watching):
        job = portal.submit(fault_policy={"restart": "on-failure", "backoff_limit": 0})
        portal.until(job, "running")
        if not watching:
            portal.watch.kill()

        (pod,) = portal.pods(job)
        path = f"/api/v1/namespaces/{portal.project.namespace}/pods"
        portal.api.delete(f"{path}/{pod['metadata']['name']}", grace_seconds=0)
        metadata = {key: pod["metadata"][key] for key in ("name", "labels", "ownerReferences")}
        spec = {key: value for key, value in pod["spec"].items() if key != "nodeName"}
        portal.api.create(path, {"apiVersion": "v1", "kind": "Pod", "metadata": metadata, "spec": spec})
        portal.until(job, "restarting")

        assert job.reason == "deleted"
        portal.until(job, "running")
        assert (job.attempt, job.restarts) == (2, 0)

    def test_one_that_no_node_takes_says_why(self, portal):
        portal.cluster.nodes.exclude(name="v100-0000").delete()
        portal.cluster.nodes.update(name="nowhere")
        job = portal.submit()

        def said() -> str:
            portal.work()
            return Replica.objects.filter(job=job).values_list("message", flat=True).first() or ""

        assert "nodes are available" in eventually(said, what="why it does not start")
        assert fresh(job).phase == "starting"


class TestEnd:
    def test_cancel_removes_pods_and_frees_quota_when_they_are_gone(self, portal):
        job = portal.submit(role={"replicas": 3})
        portal.until(job, "running")

        portal.client.post(address(portal.project, job, "cancel/"))
        assert fresh(job).quota_held

        portal.until_free(job)
        assert portal.pods(job) == []
        assert {one.phase for one in job.replicas_now()} == {"stopped"}

    def test_suspended_and_resumed_it_runs_again(self, portal):
        job = portal.submit()
        portal.until(job, "running")

        portal.client.post(address(portal.project, job, "suspend/"))
        portal.until_free(job)
        portal.client.post(address(portal.project, job, "resume/"))
        portal.until(job, "running")

        assert names(portal.pods(job)) == [f"job-{job.pk.hex}-2-0"]

    def test_pods_that_the_policy_cleans_go_once_their_log_was_read(self, portal):
        job = portal.submit(run_for="500ms", fault_policy={"clean": "all"})
        portal.until(job, "succeeded")
        portal.until_read(job)

        portal.watch.kill()  # a new one compares at once
        eventually(lambda: portal.work() or not portal.pods(job), within=30, what="that its pod is gone")


class TestNothingIsLost:
    def test_a_watcher_that_is_killed_in_the_middle_loses_and_doubles_nothing(self, portal):
        job = portal.submit(run_for="12s")
        portal.print_lines(job, 0, *(f"line {number}" for number in range(1, 6)))
        portal.until(job, "running")
        eventually(lambda: portal.work() or len(portal.lines(job)) == 5, what="the first lines")

        portal.watch.kill()
        portal.print_lines(job, 0, *(f"line {number}" for number in range(6, 11)))
        name = f"/api/v1/namespaces/{portal.project.namespace}/pods/job-{job.pk.hex}-1-0"
        eventually(lambda: portal.api.get(name)["status"]["phase"] == "Succeeded", what="the pod's end")
        assert fresh(job).phase == "running"

        portal.until(job, "succeeded")
        job = portal.until_read(job)
        assert portal.lines(job) == [f"line {number}" for number in range(1, 11)]

    def test_four_reconcilers_make_one_pod_a_rank(self, portal):
        job = portal.submit(role={"replicas": 3})
        portal.work()
        Job.objects.filter(pk=job.pk).update(observed_generation=0, lease_expires_at=None)

        def reconcile() -> None:
            try:
                compute.reconcile_job(job.pk)
            finally:
                connection.close()

        threads = [threading.Thread(target=reconcile) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        portal.until(job, "running")
        assert names(portal.pods(job)) == [f"job-{job.pk.hex}-1-{rank}" for rank in range(3)]

    def test_pods_that_a_late_reconciler_left_are_ended(self, portal):
        job = portal.submit()
        portal.until(job, "running")
        Job.objects.filter(pk=job.pk).update(phase="cancelled", observed_generation=100)

        portal.watch.kill()
        eventually(lambda: portal.watch.step() or not portal.pods(job), within=30, what="that nobody's pod is gone")


class TestIndependent:
    def test_each_runs_to_its_own_end_and_only_what_failed_is_tried_again(self, portal):
        policy = {"restart": "on-failure", "backoff_limit": 0}
        job = portal.submit(run_for="1s", gang=False, role={"replicas": 3}, fault_policy=policy)

        portal.until(job, "succeeded")

        assert [one.phase for one in job.replicas_now()] == ["succeeded"] * 3
        assert not portal.until_free(job).quota_held


class TestProjects:
    def test_two_tenants_are_apart(self, new_portal):
        ours, theirs = new_portal(), new_portal()
        jobs = {one: one.submit() for one in (ours, theirs)}
        for one, job in jobs.items():
            one.until(job, "running")

        assert ours.project.namespace != theirs.project.namespace
        assert ours.pods(jobs[theirs]) == []
        for one in (ours, theirs):
            namespace = one.api.get(f"/api/v1/namespaces/{one.project.namespace}")
            assert namespace["metadata"]["labels"]["hanse.dev/tenant"] == str(one.project.tenant_id)
            assert namespace["metadata"]["labels"]["pod-security.kubernetes.io/enforce"] == "restricted"
        may = ours.running.kubeconfig_of(f"system:serviceaccount:{ours.project.namespace}:hanse-jobs")
        assert not _may_list_pods(may, theirs)
        assert not _may_list_pods(may, ours)

    def test_drift_is_put_right(self, portal):
        projects.ensure(portal.api, portal.cluster, portal.project)
        namespace = f"/api/v1/namespaces/{portal.project.namespace}"
        policies = f"/apis/networking.k8s.io/v1/namespaces/{portal.project.namespace}/networkpolicies"
        portal.api.patch(namespace, {"metadata": {"labels": {"pod-security.kubernetes.io/enforce": "privileged"}}})
        portal.api.delete(f"{policies}/hanse-closed")
        portal.api.patch(f"{namespace}/resourcequotas/hanse", {"spec": {"hard": {"requests.cpu": "100000"}}})

        projects.forget()
        projects.ensure(portal.api, portal.cluster, portal.project)

        assert portal.api.get(namespace)["metadata"]["labels"]["pod-security.kubernetes.io/enforce"] == "restricted"
        assert portal.api.get(f"{policies}/hanse-closed")["spec"]["policyTypes"] == ["Ingress", "Egress"]
        hard = portal.api.get(f"{namespace}/resourcequotas/hanse")["spec"]["hard"]
        assert hard["requests.cpu"] == "180"
        assert hard["requests.memory"] == str(1400 * GIB)
        assert hard["requests.nvidia.com/gpu"] == "16"

    def test_what_is_beyond_the_restricted_level_is_not_let_in(self, portal):
        projects.ensure(portal.api, portal.cluster, portal.project)
        pod = {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "root"}}
        pod["spec"] = {"containers": [{"name": "a", "image": IMAGE, "securityContext": {"runAsUser": 0}}]}

        with pytest.raises(Denied, match='violates PodSecurity "restricted'):
            portal.api.create(f"/api/v1/namespaces/{portal.project.namespace}/pods", pod, dry_run=True)


def _may_list_pods(kubeconfig: str, portal: Portal) -> bool:
    somebody = Client(reduce_kubeconfig(yaml.safe_load(kubeconfig)))
    try:
        somebody.get(f"/api/v1/namespaces/{portal.project.namespace}/pods")
    except Forbidden:
        return False
    return True
