"""Draining nodes of a real cluster: seen beforehand, asked for as the console does, carried out as a worker does."""

from datetime import timedelta

import pytest
from django.utils import timezone
from kubernetes.client import AppsV1Api, CoreV1Api, PolicyV1Api

from apps.clusters.models import Node
from apps.core import operations
from apps.core.models import Operation
from apps.jobs.models import Job
from celery_workers.kubernetes import schedulable
from celery_workers.tasks.kubernetes import drain, preview_drain
from tests.eventually import eventually

pytestmark = pytest.mark.django_db(transaction=True)
BARE = {"name": "main", "image": "busybox"}
BUDGET = "The disruption budget one-web needs 1 healthy pods and has 1 currently"


@pytest.fixture
def operator(as_role):
    return as_role("operator")[0]


@pytest.fixture
def node(cluster, kubernetes):
    """A node that is not cordoned when the test is over."""
    node = Node.objects.get(cluster=cluster, name="v100-0000")
    yield node
    with kubernetes.admin() as api:
        CoreV1Api(api).patch_node(node.name, {"spec": {"unschedulable": None}})


def asked(client, node: Node, what: str, **body) -> Operation:
    answer = client.post(f"/api/v1/clusters/{node.cluster_id}/nodes/{node.pk}/{what}/", body)
    assert answer.status_code == 202, answer.json()
    return Operation.objects.get(pk=answer.json()["id"])


def shown(client, operation: Operation) -> dict:
    return client.get(f"/api/v1/operations/{operation.pk}/").json()


def previewed(client, node: Node) -> dict[str, dict]:
    operation = asked(client, node, "drain/preview")
    preview_drain(operation_id=str(operation.pk))
    found = shown(client, operation)
    assert found["state"] == "succeeded", found
    return {pod["name"]: pod for pod in found["result"]["pods"]}


def turn(client, operation: Operation) -> dict:
    drain(operation_id=str(operation.pk))
    return shown(client, operation)


def running_on(portal, node: Node, **fields) -> Job:
    """A job that runs on that node and on no other."""
    Node.objects.filter(cluster=node.cluster).exclude(pk=node.pk).update(schedulable=False)
    job = portal.until(portal.submit(**fields), "running")
    Node.objects.filter(cluster=node.cluster).update(schedulable=True)
    return job


def guarded(api, namespace: str, node: Node, *, replicas: int = 2) -> None:
    """A service of somebody else on the node, of which one replica has to be there at any time."""
    marks = {"app": "web"}
    container = {"name": "web", "image": "web", "resources": {"requests": {"cpu": "1"}}}
    spec = {"nodeSelector": {"kubernetes.io/hostname": node.name}, "containers": [container]}
    deployment = {
        "metadata": {"name": "web"},
        "spec": {
            "replicas": replicas,
            "selector": {"matchLabels": marks},
            "template": {"metadata": {"labels": marks}, "spec": spec},
        },
    }
    AppsV1Api(api).create_namespaced_deployment(namespace, deployment)
    budget = {"metadata": {"name": "one-web"}, "spec": {"minAvailable": 1, "selector": {"matchLabels": marks}}}
    PolicyV1Api(api).create_namespaced_pod_disruption_budget(namespace, budget)

    def allows() -> bool:
        status = PolicyV1Api(api).read_namespaced_pod_disruption_budget("one-web", namespace).status
        return bool(status and status.current_healthy == replicas)

    eventually(allows, within=60, what="a budget that counted its pods")


class TestPreview:
    def test_names_whose_jobs_are_hit_and_what_they_do_then(self, portal, operator, node):
        patient = running_on(portal, node, name="patient", fault_policy={"restart": "on-failure"})
        fragile = running_on(portal, node, name="fragile")

        found = {pod["job"]["name"]: pod for pod in previewed(operator, node).values() if pod["job"]}

        assert found["patient"]["job"] == {
            "id": str(patient.pk),
            "name": "patient",
            "tenant": portal.project.tenant.slug,
            "project": portal.project.slug,
            "submitted_by": patient.submitted_by.name,
            "phase": "running",
            "gang": True,
            "restart": "on-failure",
            "restarts": True,
        }
        assert (found["fragile"]["job"]["id"], found["fragile"]["job"]["restarts"]) == (str(fragile.pk), False)
        assert all(pod["stays"] == "" for pod in found.values())
        assert not portal.api.get(f"/api/v1/nodes/{node.name}")["spec"].get("unschedulable")

    def test_names_budgets_and_what_stays(self, kubernetes, operator, node):
        with kubernetes.namespace() as namespace, kubernetes.admin() as api:
            guarded(api, namespace, node)
            bare = {"metadata": {"name": "bare"}, "spec": {"nodeName": node.name, "containers": [BARE]}}
            CoreV1Api(api).create_namespaced_pod(namespace, bare)

            found = previewed(operator, node)

        web = [pod for pod in found.values() if pod["owner"].startswith("ReplicaSet/web-")]
        assert [pod["budgets"] for pod in web] == [[{"name": "one-web", "allowed": 1}]] * 2
        assert (found["bare"]["stays"], found["bare"]["job"]) == ("unmanaged", None)


class TestDrain:
    def test_evicts_jobs_which_go_on_elsewhere(self, portal, operator, node):
        job = running_on(portal, node, fault_policy={"restart": "on-failure"})
        operation = asked(operator, node, "drain")

        eventually(lambda: turn(operator, operation)["state"] != "pending", within=60, what="that all have left")

        found = shown(operator, operation)
        assert found["state"] == "succeeded", found["problem"]
        assert found["result"]["left"] == found["result"]["total"] >= 1
        Node.objects.filter(pk=node.pk).update(schedulable=False)
        eventually(lambda: portal.work() or fresh_attempt(job) == 2, within=60, what="its second try")
        job = portal.until(job, "running")
        assert job.replicas_now().get().node != node.name

    def test_waits_for_a_budget_and_says_so(self, kubernetes, operator, node):
        """Of two guarded replicas one leaves. The other waits, for the first cannot be placed anew on a cordoned node."""
        with kubernetes.namespace() as namespace, kubernetes.admin() as api:
            guarded(api, namespace, node)
            operation = asked(operator, node, "drain", patience_seconds=3600)

            def waits() -> bool:
                result = turn(operator, operation)["result"]
                return [one["why"] for one in result["waiting"]] == [BUDGET] and result["left"] >= 1

            eventually(waits, within=90, what="one that waits for its budget")
            assert shown(operator, operation)["state"] == "pending"
            Operation.objects.filter(pk=operation.pk).update(created_at=timezone.now() - timedelta(hours=2))

            over = turn(operator, operation)

            assert (over["state"], over["problem"]["type"]) == ("failed", "/problems/drain-unfinished")
            assert BUDGET in over["problem"]["detail"]
            assert len(over["result"]["waiting"]) == 1

    def test_ends_when_the_node_is_uncordoned(self, kubernetes, operator, node):
        with kubernetes.namespace() as namespace, kubernetes.admin() as api:
            guarded(api, namespace, node, replicas=1)
            operation = asked(operator, node, "drain")
            assert turn(operator, operation)["state"] == "pending"

            schedulable.run(asked(operator, node, "uncordon").pk)

            over = turn(operator, operation)
            assert (over["state"], over["problem"]["type"]) == ("failed", "/problems/conflict")
            assert len(CoreV1Api(api).list_namespaced_pod(namespace).items) == 1

    def test_what_nobody_makes_anew_goes_only_when_that_is_said(self, kubernetes, operator, node):
        with kubernetes.namespace() as namespace, kubernetes.admin() as api:
            bare = {"metadata": {"name": "bare"}, "spec": {"nodeName": node.name, "containers": [BARE]}}
            CoreV1Api(api).create_namespaced_pod(namespace, bare)

            def over(**how) -> dict:
                operation = asked(operator, node, "drain", **how)
                eventually(lambda: turn(operator, operation)["state"] != "pending", within=60, what="the end of the drain")
                return shown(operator, operation)

            kept = over()
            assert {"namespace": namespace, "name": "bare", "why": "unmanaged"} in kept["result"]["stays"]
            assert len(CoreV1Api(api).list_namespaced_pod(namespace).items) == 1
            assert over(unmanaged=True)["state"] == "succeeded"
            assert CoreV1Api(api).list_namespaced_pod(namespace).items == []

    def test_is_taken_up_by_another_worker_while_it_is_told_of_and_given_up_when_it_is_not(self, operator, node):
        """Long drains outlive the patience with operations of which nobody says anything."""
        operation = asked(operator, node, "drain", patience_seconds=3600)
        Operation.objects.filter(pk=operation.pk).update(created_at=timezone.now() - timedelta(minutes=30))
        operations.look_after(now=timezone.now())
        assert shown(operator, operation)["state"] == "pending"

        operations.look_after(now=timezone.now() + operations.GIVEN_UP_AFTER + timedelta(seconds=1))

        assert shown(operator, operation)["problem"]["type"] == "/problems/unavailable"


def fresh_attempt(job: Job) -> int:
    job.refresh_from_db()
    return job.attempt
