"""Jobs that something in the cluster is against: they say what it is, and end or are tried again as their policy says."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from apps.clusters import services as clusters
from apps.jobs.models import Job
from celery_workers.kubernetes import projects
from celery_workers.kubernetes.client import Denied
from celery_workers.kubernetes.manifests import labels
from celery_workers.kubernetes.operated import PATIENCE, hindrance
from celery_workers.kubernetes.served import discover
from tests.eventually import eventually
from tests.jobs.jobs import fresh
from tests.kubernetes.conftest import Portal

pytestmark = pytest.mark.django_db(transaction=True)

PYTORCH = {"framework": "pytorch", "kind": "PyTorchJob"}
POLICIES = "/apis/admissionregistration.k8s.io/v1"
RULE = "replicas of this project need an exception"
Deny = Callable[..., None]


@pytest.fixture
def portal(portal: Portal) -> Portal:
    """It has looked at what the cluster serves, and its namespace is there."""
    clusters.record_served(cluster=portal.cluster, versions={}, capabilities=discover(portal.api).capabilities())
    projects.ensure(portal.api, portal.cluster, portal.project)
    return portal


@pytest.fixture
def deny(portal: Portal) -> Iterator[Deny]:
    """`deny(group, resource, probe)`: from now on the cluster lets none of these into the project's namespace."""
    name = f"no-{portal.project.namespace}"
    collections = (f"{POLICIES}/validatingadmissionpolicies", f"{POLICIES}/validatingadmissionpolicybindings")

    def deny(group: str, version: str, resource: str, probe: Any, *, when: str = "true") -> None:
        rule = {"apiGroups": [group], "apiVersions": [version], "resources": [resource], "operations": ["CREATE"]}
        here = {"matchLabels": {labels.PROJECT: str(portal.project.pk)}}
        policy = {
            "matchConstraints": {"namespaceSelector": here, "resourceRules": [rule]},
            "validations": [{"expression": f"!({when})", "message": RULE}],
        }
        binding = {"policyName": name, "validationActions": ["Deny"]}
        about = {"apiVersion": "admissionregistration.k8s.io/v1", "metadata": {"name": name}}
        portal.api.create(collections[0], {**about, "kind": "ValidatingAdmissionPolicy", "spec": policy})
        portal.api.create(collections[1], {**about, "kind": "ValidatingAdmissionPolicyBinding", "spec": binding})
        root = f"/apis/{group}/{version}" if group else f"/api/{version}"
        path = f"{root}/namespaces/{portal.project.namespace}/{resource}"

        def in_force() -> bool:
            try:
                portal.api.create(path, probe, dry_run=True)
            except Denied as refusal:
                return RULE in str(refusal)
            return False

        eventually(in_force, within=30, what="that the policy is in force")

    yield deny
    for path in collections:
        portal.api.delete(f"{path}/{name}")


def pod_probe() -> dict[str, Any]:
    """One that nothing but the policy is against."""
    marks = {"training.kubeflow.org/job-name": "probe"}
    closed = {"allowPrivilegeEscalation": False, "capabilities": {"drop": ["ALL"]}}
    user = {"runAsNonRoot": True, "runAsUser": 1000, "seccompProfile": {"type": "RuntimeDefault"}}
    container = {"name": "main", "image": "a:1", "securityContext": closed}
    return {
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {"name": "probe", "labels": marks},
        "spec": {"securityContext": user, "containers": [container]},
    }


def told(portal: Portal, job: Job) -> str:
    """What is said of replicas that wait."""
    portal.work()
    return str(fresh(job).replicas_now().values_list("message", flat=True).first() or "")


class TestARuleOfTheCluster:
    def test_against_the_object_is_named_and_the_policy_says_what_then(self, portal, deny):
        probe = {"apiVersion": "kubeflow.org/v1", "kind": "PyTorchJob", "metadata": {"name": "probe"}, "spec": {}}
        probe["spec"] = {"pytorchReplicaSpecs": {"Worker": {"replicas": 1, "template": pod_probe()["spec"]}}}
        deny("kubeflow.org", "v1", "pytorchjobs", probe)
        once = portal.submit(role={"replicas": 2}, **PYTORCH)
        again = portal.submit(fault_policy={"restart": "on-failure", "backoff_limit": 1}, **PYTORCH)

        portal.until(once, "failed")
        portal.until(again, "restarting")

        assert once.reason == again.reason == "admission-denied"
        assert RULE in once.message
        assert "It is tried again" in again.message
        assert not portal.until_free(once).quota_held
        assert {one.phase for one in once.replicas_now()} == {"failed"}

    def test_against_pods_ends_the_job_that_is_pods(self, portal, deny):
        deny("", "v1", "pods", pod_probe())

        job = portal.submit()
        portal.until(job, "failed")

        assert job.reason == "admission-denied"
        assert RULE in job.message

    def test_against_the_pods_of_an_operator_is_told_by_it(self, portal, deny):
        deny("", "v1", "pods", pod_probe(), when="'training.kubeflow.org/job-name' in object.metadata.labels")

        job = portal.submit(role={"replicas": 2}, **PYTORCH)
        portal.until(job, "failed")

        assert job.reason == "admission-denied"
        assert RULE in job.message
        assert not portal.until_free(job).quota_held


class TestAnOperatorThatMakesNoPods:
    def test_says_why_meanwhile_and_is_given_up_after_a_while(self, portal):
        quota = {"apiVersion": "v1", "kind": "ResourceQuota", "metadata": {"name": "none"}, "spec": {"hard": {"pods": "0"}}}
        portal.api.create(f"/api/v1/namespaces/{portal.project.namespace}/resourcequotas", quota)
        job = portal.submit(**PYTORCH)

        said = eventually(lambda: told(portal, job), within=60, what="why there is no pod")

        assert "exceeded quota" in said
        assert fresh(job).phase in ("admitted", "starting")
        later = timezone.now() + PATIENCE + timedelta(minutes=1)
        found = hindrance(portal.api, fresh(job), now=later)
        assert found is not None
        assert (found.code, found.final) == ("operator-refused", True)

    def test_yet_is_not_given_up_while_it_goes_on_making_some(self, portal):
        job = portal.submit(role={"replicas": 2}, **PYTORCH)
        portal.until(job, "running")

        later = timezone.now() + PATIENCE + timedelta(minutes=1)
        assert hindrance(portal.api, fresh(job), now=later) is None

    def test_because_somebody_holds_its_object_says_so(self, portal):
        job = portal.submit(**PYTORCH)
        portal.work_without_watch()
        path = f"/apis/kubeflow.org/v1/namespaces/{portal.project.namespace}/pytorchjobs/job-{job.pk.hex}-1"
        portal.api.patch(path, {"spec": {"runPolicy": {"suspend": True}}})

        found = hindrance(portal.api, fresh(job), now=timezone.now() + PATIENCE + timedelta(minutes=1))

        assert found is not None
        assert (found.code, found.final) == ("operator-silent", True)
        assert "suspended in the cluster, and not by Hanse" in found.message
