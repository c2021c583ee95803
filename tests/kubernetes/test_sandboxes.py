"""Tenants whose pods run in a sandbox: jobs that Hanse makes, what is refused before, and what the cluster refuses."""

from collections.abc import Iterator
from typing import Any

import pytest

from apps.clusters import services as clusters
from celery_workers.kubernetes import policies
from celery_workers.kubernetes.client import Denied
from celery_workers.kubernetes.preflight import Preflight
from celery_workers.kubernetes.served import discover
from tests.conftest import AsRole
from tests.eventually import eventually
from tests.jobs.jobs import address
from tests.kubernetes.conftest import IMAGE, Portal
from tests.kubernetes.kubectl import Terminal, terminal_of
from tests.kubernetes.test_members import POD

pytestmark = pytest.mark.django_db(transaction=True)
ROLE = {"command": ["x"], "image": IMAGE, "cpu_millicores": 100, "memory_bytes": "64Mi"}


@pytest.fixture
def gvisor(portal: Portal) -> Iterator[None]:
    """The cluster has that sandbox."""
    path = "/apis/node.k8s.io/v1/runtimeclasses"
    portal.api.create(
        path, {"apiVersion": "node.k8s.io/v1", "kind": "RuntimeClass", "metadata": {"name": "gvisor"}, "handler": "runsc"}
    )
    look(portal)
    yield
    portal.api.delete(f"{path}/gvisor")


def look(portal: Portal) -> None:
    """What the watch of hardware does now and then."""
    clusters.record_served(cluster=portal.cluster, versions={}, capabilities=discover(portal.api).capabilities())


def limit(portal: Portal, as_role: AsRole, **limits: Any) -> Any:
    admin, _ = as_role("platform-admin")
    path = f"/api/v1/tenants/{portal.project.tenant_id}/isolation/"
    return admin.change("PUT", path, {"networks": None, **limits}, match=admin.get(path)["ETag"])


class TestSandbox:
    def test_is_what_jobs_run_in_and_the_only_thing_that_the_cluster_lets_start(self, portal, gvisor, as_role, tmp_path):
        assert limit(portal, as_role, sandbox="required", runtime_class="gvisor").status_code == 200
        policies.write(portal.api, portal.cluster)

        job = portal.until(portal.submit(), "running")

        assert [pod["spec"]["runtimeClassName"] for pod in portal.pods(job)] == ["gvisor"]
        member = terminal_of(portal.client, portal, tmp_path / "member")
        assert refusal_of(member, POD) == "Pods of this tenant run in a sandbox: set spec.runtimeClassName to gvisor."
        inside = {**POD, "spec": {**POD["spec"], "runtimeClassName": "gvisor"}}
        assert make(member, inside)["spec"]["runtimeClassName"] == "gvisor"

    def test_that_is_required_refuses_jobs_where_it_is_not(self, portal, as_role):
        limit(portal, as_role, sandbox="required", runtime_class="gvisor")

        refused = portal.client.post(address(portal.project), {"name": "bare", "roles": [ROLE]})

        assert refused.status_code == 422
        assert "does not have the sandbox" in refused.json()["detail"]
        assert "gvisor" in refused.json()["detail"]

    def test_that_is_optional_is_used_where_there_is_one(self, portal, gvisor, as_role):
        limit(portal, as_role, sandbox="optional", runtime_class="kata")
        without = portal.until(portal.submit(), "running")
        limit(portal, as_role, sandbox="optional", runtime_class="gvisor")
        inside = portal.until(portal.submit(), "running")

        found = [pod["spec"].get("runtimeClassName") for job in (without, inside) for pod in portal.pods(job)]
        assert found == [None, "gvisor"]

    def test_is_seen_by_preflight(self, portal, gvisor):
        (found,) = (one for one in Preflight(portal.api).findings() if one.check == "sandboxes")
        assert (found.level, found.evidence) == ("fine", ["gvisor: runsc"])

    def test_without_a_name_is_refused_by_its_field(self, portal, as_role):
        answer = limit(portal, as_role, sandbox="required")

        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/runtime_class")


def refusal_of(member: Terminal, pod: Any) -> str:
    """What the policy says to somebody with kubectl, once it is in force."""

    def refused() -> str:
        try:
            make(member, pod)
        except Denied as denied:
            return str(denied).rpartition("denied request: ")[2]
        return ""

    return eventually(refused, what="the policy in force")


def make(member: Terminal, pod: Any) -> Any:
    return member.api.create(f"/api/v1/namespaces/{member.namespace}/pods", pod, dry_run=True)
