"""Nodes kept for whom they are for: on the real nodes, for jobs of two tenants, and for what their own tools make."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from kubernetes import client as official

from apps.audit.models import AuditEntry
from apps.clusters.models import KUEUE_VERSION, Cluster, Flavor, OnDrift
from apps.clusters.pools import key_of
from apps.jobs.models import Job
from apps.quotas.ledger import recount
from apps.quotas.models import Workload
from celery_workers.kubernetes import policies, pools, projects, queues
from celery_workers.kubernetes.client import Denied
from celery_workers.watchers.hardware import HardwareOfClusters
from tests.conftest import AsRole
from tests.eventually import eventually
from tests.jobs.jobs import address, fresh
from tests.kubernetes.conftest import Portal, carry_out_hints
from tests.kubernetes.test_members import POD
from tests.testbed.cluster.fixture import Kubernetes

pytestmark = pytest.mark.django_db(transaction=True)
NODE, OTHER = "v100-0003", "v100-0002"
WHOLE = {"devices": [{"flavor": "v100-aurora", "count": 8}]}


class Pools:
    """The portal's way to node pools, and the nodes as the watch of hardware sees them."""

    def __init__(self, cluster: Cluster, kubernetes: Kubernetes, admin: Any) -> None:
        self.cluster, self.kubernetes = cluster, kubernetes
        self.admin, self.path = admin, f"/api/v1/clusters/{cluster.pk}/node-pools/"
        self.hardware = HardwareOfClusters()

    def give(self, portal: Portal | None = None, **fields: Any) -> dict[str, Any]:
        tenants = [portal.project.tenant.slug] if portal else []
        body = {"name": "aurora", "node_names": [NODE], "tenants": tenants, **fields}
        answer = self.admin.post(self.path, body)
        assert answer.status_code == 201, answer.json()
        return self.settled(answer.json()["id"])

    def settled(self, pool_id: str) -> dict[str, Any]:
        """The pool, once all of its nodes carry what they should."""

        def kept() -> dict[str, Any] | None:
            self.look()
            pool = self.read(pool_id)
            return pool if pool["kept_count"] == pool["node_count"] > 0 and not pool["failure"] else None

        return eventually(kept, within=30, what="label and taint on all nodes of the pool")

    def look(self) -> None:
        carry_out_hints()
        pools.write_for(Cluster.objects.get(pk=self.cluster.pk))
        # Portal.work says that everything was seen just now, which is later than what the watch has to tell.
        Cluster.objects.filter(pk=self.cluster.pk).update(last_seen_at=None)
        self.hardware.step()

    def clean(self) -> None:
        """Leave the nodes to other tests as they were."""
        with self.kubernetes.admin() as api:
            core = official.CoreV1Api(api)
            for node in core.list_node(label_selector=key_of(self.cluster.pk)).items:
                gone = {"metadata": {"labels": {key_of(self.cluster.pk): None}}, "spec": {"taints": None}}
                core.patch_node(node.metadata.name, gone)

    def read(self, pool_id: str) -> dict[str, Any]:
        found: dict[str, Any] = self.admin.get(f"{self.path}{pool_id}/").json()
        return found

    def change(self, verb: str, pool_id: str, body: Any = None, query: str = "") -> Any:
        return getattr(self.admin, verb)(f"{self.path}{pool_id}/{query}", body, headers={"If-Match": "*"})

    def marks(self, portal: Portal, name: str = NODE) -> tuple[str | None, list[str]]:
        """Label and taints of a node in the cluster."""
        node, key = portal.api.get(f"/api/v1/nodes/{name}"), key_of(self.cluster.pk)
        taints = [taint["value"] for taint in node["spec"].get("taints", []) if taint["key"] == key]
        return node["metadata"]["labels"].get(key), taints


@pytest.fixture
def kept(cluster: Cluster, kubernetes: Kubernetes, as_role: AsRole) -> Iterator[Pools]:
    admin, _ = as_role("platform-admin")
    kept = Pools(cluster, kubernetes, admin)
    eventually(lambda: kept.look() or cluster.nodes.filter(name=NODE, allocatable__has_key="v100").exists(), within=30)
    yield kept
    kept.hardware.close()
    kept.clean()


def node_of(portal: Portal, job: Job) -> set[str]:
    return {pod["spec"]["nodeName"] for pod in portal.pods(job)}


def refusal(make: Callable[[], Any]) -> str:
    with pytest.raises(Denied) as refused:
        make()
    return str(refused.value)


class TestPool:
    def test_runs_jobs_of_whom_it_is_for_and_of_nobody_else(self, new_portal, kept):
        ours, theirs = new_portal(), new_portal()
        pool = kept.give(ours)
        assert (pool["flavors"], [one["slug"] for one in pool["tenants"]]) == (
            ["cpu-aurora", "v100-aurora"],
            [ours.project.tenant.slug],
        )
        assert kept.marks(ours) == ("aurora", ["aurora"])

        filling = [theirs.submit(role={"devices": [{"flavor": "v100", "count": 8}]}) for _ in range(2)]
        mine = ours.submit(role=WHOLE)
        for portal, job in ((ours, mine), *((theirs, job) for job in filling)):
            portal.until(job, "running")

        assert node_of(ours, mine) == {NODE}
        assert NODE not in node_of(theirs, filling[0]) | node_of(theirs, filling[1])
        role = {"command": ["x"], "image": "a/b:1", "cpu_millicores": 100, "memory_bytes": "64Mi", **WHOLE}
        refused = theirs.client.post(address(theirs.project), {"name": "sly", "roles": [role]})
        assert refused.status_code == 422
        assert "it has" not in refused.json()["detail"] or "v100-aurora)" not in refused.json()["detail"]
        listed = theirs.client.get(f"/api/v1/clusters/{kept.cluster.pk}/flavors/").json()["results"]
        assert [flavor["name"] for flavor in listed] == ["cpu", "v100"]
        assert not recount()

    def test_keeps_out_what_the_tools_of_others_make(self, new_portal, kept):
        ours, theirs = new_portal(), new_portal()
        policies.write(ours.api, kept.cluster)
        kept.give(ours)
        for portal in (ours, theirs):
            projects.ensure(portal.api, portal.cluster, portal.project)
        toleration = {"key": key_of(kept.cluster.pk), "operator": "Equal", "value": "aurora", "effect": "NoSchedule"}
        pod = {**POD, "spec": {**POD["spec"], "tolerations": [toleration]}}
        anything = {**POD, "spec": {**POD["spec"], "tolerations": [{"key": toleration["key"], "operator": "Exists"}]}}

        def make(portal: Portal, pod: Any) -> Any:
            return portal.api.create(f"/api/v1/namespaces/{portal.project.namespace}/pods", pod, dry_run=True)

        kind = "kept for tenants that have quota in it"
        eventually(lambda: kind in refusal(lambda: make(theirs, pod)), what="the policy in force")
        assert kind in refusal(lambda: make(theirs, anything))
        assert make(ours, pod)["spec"]["tolerations"][0]["value"] == "aurora"

    def test_is_put_right_when_somebody_takes_its_marks_away(self, portal, kept):
        pool = kept.give(portal)
        key = key_of(kept.cluster.pk)

        portal.api.patch(f"/api/v1/nodes/{NODE}", {"metadata": {"labels": {key: None}}, "spec": {"taints": None}})
        eventually(lambda: kept.look() or kept.read(pool["id"])["drifted"], within=30, what="that it was found")

        assert [(one["node"], one["repaired"]) for one in kept.settled(pool["id"])["drifted"]] == [(NODE, True)]
        assert kept.marks(portal) == ("aurora", ["aurora"])

    def test_is_left_as_it_is_where_an_operator_wants_that(self, portal, kept):
        pool = kept.give(portal)
        Cluster.objects.filter(pk=kept.cluster.pk).update(on_drift=OnDrift.LEAVE)

        portal.api.patch(f"/api/v1/nodes/{NODE}", {"spec": {"taints": None}})
        eventually(lambda: kept.look() or kept.read(pool["id"])["drifted"], within=30, what="that it was found")
        kept.look()

        found = kept.read(pool["id"])
        assert [(one["node"], one["repaired"]) for one in found["drifted"]] == [(NODE, False)]
        assert found["kept_count"] == 0
        assert kept.marks(portal) == ("aurora", [])

    def test_goes_together_with_cordoning(self, portal, kept):
        portal.api.patch(f"/api/v1/nodes/{NODE}", {"spec": {"unschedulable": True}})
        pool = kept.give(portal)
        tainted = {taint["key"] for taint in portal.api.get(f"/api/v1/nodes/{NODE}")["spec"]["taints"]}
        assert tainted == {key_of(kept.cluster.pk), "node.kubernetes.io/unschedulable"}
        job = portal.submit(role=WHOLE)
        eventually(lambda: kept.look() or not kept.read(pool["id"])["nodes"][0]["schedulable"], what="that it is cordoned")
        portal.work()
        assert fresh(job).phase == "queued"

        portal.api.patch(f"/api/v1/nodes/{NODE}", {"spec": {"unschedulable": None}})
        eventually(lambda: kept.look() or kept.read(pool["id"])["nodes"][0]["schedulable"], what="that it is not any more")
        portal.until(job, "running")

        assert kept.marks(portal) == ("aurora", ["aurora"])

    def test_grows_by_labels_and_gives_up_nodes(self, portal, kept):
        pool = kept.give(portal, node_names=[NODE, OTHER])
        assert pool["node_count"] == 2

        answer = kept.change("patch", pool["id"], {"node_names": [], "node_labels": {"kubernetes.io/hostname": OTHER}})

        assert answer.status_code == 200, answer.json()
        eventually(lambda: kept.look() or kept.marks(portal) == (None, []), within=30, what="that it was given up")
        assert kept.marks(portal, OTHER) == ("aurora", ["aurora"])

    def test_is_taken_back_with_its_quota_and_what_runs_goes_on(self, portal, kept):
        pool = kept.give(portal)
        job = portal.until(portal.submit(role=WHOLE), "running")

        refused = kept.change("delete", pool["id"])
        assert (refused.status_code, refused.json()["type"].rpartition("/")[2]) == (409, "quota-in-use")
        assert kept.change("delete", pool["id"], query="?confirm=true").status_code == 204

        eventually(lambda: kept.look() or kept.marks(portal) == (None, []), within=30, what="clean nodes")
        portal.work()
        assert fresh(job).phase == "running"
        assert sorted(Flavor.objects.filter(cluster=kept.cluster).values_list("name", flat=True)) == ["cpu", "v100"]
        assert {"node-pool.create", "node-pool.remove"} <= set(AuditEntry.objects.values_list("action", flat=True))

    @pytest.mark.parametrize(
        ("fields", "pointer"),
        [
            ({"node_names": ["v100-9999"]}, "/node_names"),
            ({"node_names": []}, "/node_names"),
            ({"node_names": [], "node_labels": {"no": "node"}}, "/node_labels"),
            ({"name": "second"}, "/node_names"),
        ],
    )
    def test_nodes_that_cannot_be_given_are_refused_by_name(self, portal, kept, fields, pointer):
        kept.give(portal)
        body = {"name": "other", "node_names": [NODE], **fields}

        answer = kept.admin.post(kept.path, body)

        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, pointer), answer.json()

    def test_is_a_flavor_of_kueue_where_that_admits(self, new_portal, kept):
        ours, theirs = new_portal(), new_portal()
        Cluster.objects.filter(pk=kept.cluster.pk).update(admission="kueue", capabilities={"kueue": KUEUE_VERSION})
        kept.cluster.refresh_from_db()
        try:
            kept.give(ours)
            mine, others = ours.submit(role=WHOLE), theirs.submit(role={"devices": [{"flavor": "v100", "count": 8}]})
            second = ours.submit(role=WHOLE)

            ours.until(mine, "running")
            theirs.until(others, "running")
            said = eventually(lambda: ours.work() or ("more needed" in str(fresh(second).why) and fresh(second).why))

            assert node_of(ours, mine) == {NODE}
            assert NODE not in node_of(theirs, others)
            assert "nvidia.com/gpu in flavor v100-aurora" in str(said)
        finally:
            Workload.objects.all().delete()
            Cluster.objects.filter(pk=kept.cluster.pk).update(admission="portal")
            kept.cluster.refresh_from_db()
            queues.write(ours.api, kept.cluster)
