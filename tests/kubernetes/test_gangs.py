"""Gangs where the cluster's own scheduler sees to them: no Kueue, and pods in the cluster that Hanse did not start."""

from collections.abc import Iterator
from typing import Any

import orjson
import pytest
import yaml

from apps.clusters import services as clusters
from apps.clusters.kubeconfig import reduce_kubeconfig
from apps.clusters.models import AdmittedBy, Cluster, ClusterConnection
from apps.clusters.needs import access_manifest
from apps.jobs.models import Replica
from celery_workers.kubernetes.preflight import Preflight
from celery_workers.kubernetes.served import discover
from tests.eventually import eventually
from tests.jobs.jobs import fresh
from tests.kubernetes.conftest import IMAGE, Portal

pytestmark = pytest.mark.django_db(transaction=True)
WHOLE_NODE = {"devices": [{"flavor": "v100", "count": 8}]}
GROUPS = "/apis/scheduling.k8s.io/v1alpha2/namespaces"


@pytest.fixture
def portal(portal: Portal) -> Portal:
    """It has looked at what the cluster serves, and knows of two nodes."""
    clusters.record_served(cluster=portal.cluster, versions={}, capabilities=discover(portal.api).capabilities())
    portal.cluster.nodes.exclude(name__in=["v100-0000", "v100-0001"]).delete()
    return portal


@pytest.fixture
def stranger(portal: Portal) -> Iterator[str]:
    """A pod of somebody else's that holds all devices of the second node; -> its path."""
    amounts = {"cpu": "1", "memory": "1Gi", "nvidia.com/gpu": "8"}
    pod = {
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {"name": "stranger"},
        "spec": {
            "nodeName": "v100-0001",
            "terminationGracePeriodSeconds": 0,
            "containers": [{"name": "main", "image": IMAGE, "resources": {"requests": amounts, "limits": amounts}}],
        },
    }
    pods = "/api/v1/namespaces/default/pods"
    portal.api.create(pods, pod)
    yield f"{pods}/stranger"
    portal.api.delete(f"{pods}/stranger", grace_seconds=0)


@pytest.fixture
def less_permitted(portal: Portal) -> Iterator[None]:
    """Hanse may do all that it needs in the cluster, but for groups of pods: its rules are of an earlier version."""
    role = next(one for one in yaml.safe_load_all(access_manifest()) if one["kind"] == "ClusterRole")
    role["metadata"]["name"] = "hanse-less"
    role["rules"] = [rule for rule in role["rules"] if "podgroups" not in rule["resources"]]
    reference = {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "hanse-less"}
    subject = {"apiGroup": "rbac.authorization.k8s.io", "kind": "User", "name": "hanse-less"}
    binding = {
        "apiVersion": role["apiVersion"],
        "kind": "ClusterRoleBinding",
        "metadata": {"name": "hanse-less"},
        "roleRef": reference,
        "subjects": [subject],
    }
    admin, root = portal.api, "/apis/rbac.authorization.k8s.io/v1"
    admin.create(f"{root}/clusterroles", role)
    admin.create(f"{root}/clusterrolebindings", binding)
    access = reduce_kubeconfig(yaml.safe_load(portal.running.kubeconfig_of("hanse-less")))
    connection = ClusterConnection.objects.get(cluster=portal.cluster)
    connection.secret = orjson.dumps(access.credential.as_json()).decode()
    connection.number += 1
    connection.save()
    yield
    admin.delete(f"{root}/clusterrolebindings/hanse-less")
    admin.delete(f"{root}/clusterroles/hanse-less")


def why(job: Any) -> str:
    return " ".join(Replica.objects.filter(job=job).values_list("message", flat=True))


class TestGang:
    def test_starts_no_pod_before_there_is_room_for_all(self, portal, stranger):
        job = portal.submit(role={"replicas": 2, **WHOLE_NODE})
        eventually(lambda: portal.work() or "nodes are available" in why(job), within=60, what="why it does not start")

        assert [pod["spec"].get("nodeName") for pod in portal.pods(job)] == [None, None]
        assert fresh(job).phase == "starting"

        portal.api.delete(stranger, grace_seconds=0)
        portal.until(job, "running")
        assert sorted(pod["spec"]["nodeName"] for pod in portal.pods(job)) == ["v100-0000", "v100-0001"]

    def test_each_attempt_is_one_of_its_own_and_goes_with_its_job(self, portal):
        policy = {"restart": "on-failure", "backoff_limit": 1}
        job = portal.submit(run_for="1s", exit_code=3, role={"replicas": 2}, fault_policy=policy)
        portal.until(job, "failed")
        groups = f"{GROUPS}/{portal.project.namespace}/podgroups"

        made = {one["metadata"]["name"]: one["spec"] for one in portal.api.get(groups)["items"]}
        assert sorted(made) == [f"job-{job.pk.hex}-1", f"job-{job.pk.hex}-2"]
        assert all(spec["schedulingPolicy"] == {"gang": {"minCount": 2}} for spec in made.values())

    @pytest.mark.parametrize("fields", [{"gang": False}, {"role": {"replicas": 1}}])
    def test_what_needs_no_other_is_none(self, portal, fields):
        job = portal.submit(**{"role": {"replicas": 2}, **fields})
        portal.until(job, "running")

        assert all("schedulingGroup" not in pod["spec"] for pod in portal.pods(job))

    def test_is_left_to_the_portal_where_hanse_may_not_make_one(self, portal, less_permitted):
        job = portal.submit(role={"replicas": 2})
        portal.until(job, "running")

        assert all("schedulingGroup" not in pod["spec"] for pod in portal.pods(job))


class TestPreflight:
    def test_says_who_starts_replicas_together(self, portal):
        def said(admission: str) -> str:
            return next(str(one.text) for one in Preflight(portal.api, admission).findings() if one.check == "gangs")

        assert said(AdmittedBy.PORTAL).startswith("The scheduler of the cluster")
        assert said(AdmittedBy.KUEUE).startswith("Kueue")
        assert Cluster.objects.get().capabilities["gangs"] == "scheduling.k8s.io/v1alpha2"
