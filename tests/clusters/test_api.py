from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from apps.audit.models import AuditEntry
from apps.clusters.models import Cluster
from tests.factories import GIB, make_cluster, make_flavor, make_node, make_quota


@pytest.fixture
def harbour(db) -> Cluster:
    cluster = make_cluster("harbour")
    make_flavor(cluster)
    make_node(cluster, "node-1", cpu={"cpu": 8000, "memory": 16 * GIB})
    return cluster


class TestClusters:
    def test_platform_roles_see_all_with_their_totals(self, as_role, harbour):
        client, _ = as_role("operator")

        found = client.get("/api/v1/clusters/").json()["results"]

        assert [cluster["slug"] for cluster in found] == ["harbour"]
        assert found[0]["nodes"] == {"total": 1, "ready": 1}
        assert {"flavor": "cpu", "resource": "cpu", "amount": 8000} in found[0]["capacity"]
        assert found[0]["can"] == ["clusters.manage", "clusters.view", "flavors.manage"]

    def test_members_see_those_in_which_they_have_quota_and_no_totals(self, as_role, harbour):
        client, project = as_role("developer")
        assert client.get("/api/v1/clusters/").json()["results"] == []
        assert client.get(f"/api/v1/clusters/{harbour.pk}/").status_code == 404

        make_quota(project.tenant, harbour, {harbour.flavors.get(): {"cpu": 1000}})

        found = client.get("/api/v1/clusters/").json()["results"][0]
        assert (found["nodes"], found["capacity"], found["used"]) == (None, None, None)
        assert client.get(f"/api/v1/clusters/{harbour.pk}/nodes/").status_code == 403
        assert client.get(f"/api/v1/clusters/{harbour.pk}/flavors/").json()["results"][0]["name"] == "cpu"

    def test_a_cluster_not_seen_for_a_minute_is_stale_with_its_age_and_keeps_its_figures(self, as_role, harbour):
        Cluster.objects.update(last_seen_at=timezone.now() - timedelta(seconds=90))
        client, _ = as_role("operator")

        found = client.get(f"/api/v1/clusters/{harbour.pk}/").json()

        assert found["stale"]
        assert 90 <= found["seen_seconds_ago"] < 3600
        assert found["capacity"] != []
        assert client.get(f"/api/v1/clusters/{harbour.pk}/nodes/").json()["results"][0]["stale"]

    def test_a_change_asks_for_the_version_and_is_on_the_trail(self, as_role, harbour):
        client, _ = as_role("operator")
        address = f"/api/v1/clusters/{harbour.pk}/"

        assert client.patch(address, {"zone": "north"}).status_code == 428
        assert client.change("PATCH", address, {"zone": "north"}, match='"7"').status_code == 412
        answer = client.change("PATCH", address, {"zone": "north"}, match='"1"')

        assert (answer.status_code, answer["ETag"], answer.json()["zone"]) == (200, '"2"', "north")
        assert AuditEntry.objects.get(action="cluster.change").after == {"zone": "north"}

    @pytest.mark.parametrize(
        ("role", "status"), [("outsider", 403), ("owner", 403), ("auditor", 403), ("operator", 409), ("platform-admin", 409)]
    )
    def test_roles_that_may_register(self, as_role, role, status):
        client, _ = as_role(role)

        assert client.post("/api/v1/clusters/", {"slug": "x", "name": "X", "kind": "local"}).status_code == status

    def test_a_list_costs_the_same_queries_at_three_and_at_thirty(self, as_role):
        client, _ = as_role("operator")

        def queries(total: int) -> int:
            for _ in range(total - Cluster.objects.count()):
                cluster = make_cluster()
                make_node(cluster, cpu={"cpu": 8000, "memory": GIB})
            with CaptureQueriesContext(
                connection,
            ) as captured:
                assert client.get("/api/v1/clusters/").status_code == 200
            return len(captured)

        assert queries(3) == queries(30)


class TestFlavors:
    def test_an_operator_names_hardware_of_any_kind(self, as_role, harbour):
        client, _ = as_role("operator")
        given = {"name": "cx7", "kind": "rdma", "description": "InfiniBand", "device_resource": "rdma/hca"}

        answer = client.post(f"/api/v1/clusters/{harbour.pk}/flavors/", given)

        assert (answer.status_code, answer.json()["resources"]) == (201, ["rdma"])
        taken = client.post(f"/api/v1/clusters/{harbour.pk}/flavors/", given).json()

        assert taken["type"] == "/problems/name-taken"
        assert [wrong["pointer"] for wrong in taken["errors"]] == ["/name"]

    def test_change_and_remove(self, as_role, harbour):
        client, _ = as_role("operator")
        flavor = make_flavor(harbour, "a100", "gpu")
        address = f"/api/v1/flavors/{flavor.pk}/"

        changed = client.change(
            "PATCH", address, {"unit_memory_bytes": 80 * GIB, "node_taints": [{"key": "gpu", "effect": "NoSchedule"}]}
        )
        assert (changed.status_code, changed.json()["unit_memory_bytes"]) == (200, 80 * GIB)
        assert client.change("PATCH", address, {"kind": "fpga"}).status_code == 422
        assert client.change("DELETE", address).status_code == 204
        assert client.get(address).status_code == 404
