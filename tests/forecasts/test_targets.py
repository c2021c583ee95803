"""The fleet comes in by batches, all of one or none; tenants see what is theirs and nothing of where it is."""

import pytest

from apps.audit.models import AuditEntry
from apps.forecasts.models import Target
from tests.factories import make_target

TARGETS = "/api/v1/fleet/targets/"
CLUSTER = {"kind": "cluster", "name": "east"}
HOST = {"kind": "host", "name": "host-1", "parent": "east", "zone": "east-1", "vcpus": 96, "memory_bytes": 2**39}
VM = {"kind": "vm", "name": "vm-1", "parent": "host-1", "vcpus": 4, "memory_bytes": 2**34, "labels": {"rack": "r7"}}


@pytest.fixture
def operator(as_role):
    return as_role("operator")[0]


def names(client, query=""):
    return [row["name"] for row in client.get(TARGETS + query).json()["results"]]


class TestImport:
    def test_one_batch_brings_hosts_and_what_is_on_them_in_any_order(self, operator):
        answer = operator.post(TARGETS, {"targets": [VM, HOST, CLUSTER]})

        assert answer.json() == {"added": 3, "changed": 0, "unchanged": 0}
        vm = Target.objects.get(kind="vm")
        assert (vm.parent.name, vm.parent.parent.name, vm.labels) == ("host-1", "east", {"rack": "r7"})

    def test_what_is_there_becomes_as_it_is_told_and_what_is_not_named_stays(self, operator):
        operator.post(TARGETS, {"targets": [CLUSTER, HOST, VM]})
        entries = AuditEntry.objects.count()

        again = operator.post(TARGETS, {"targets": [VM, HOST]}).json()
        moved = operator.post(TARGETS, {"targets": [{**VM, "parent": "", "vcpus": 8}]}).json()

        assert again == {"added": 0, "changed": 0, "unchanged": 2}
        assert moved == {"added": 0, "changed": 1, "unchanged": 0}
        vm = Target.objects.get(kind="vm")
        assert (vm.parent, vm.vcpus, vm.labels, vm.generation) == (None, 8, {"rack": "r7"}, 2)
        assert Target.objects.count() == 3
        assert AuditEntry.objects.count() == entries + 1  # what changed nothing leaves no trace

    def test_a_table_brings_the_same_with_a_column_for_each_label(self, operator):
        table = "kind,name,vcpus,labels.rack\nhost,host-7,96,r2\nhost,host-8,,\n"

        answer = operator.generic("POST", TARGETS, table.encode(), content_type="text/csv")

        assert (answer.status_code, answer.json()["added"]) == (200, 2)
        host = Target.objects.get(name="host-7")
        assert (host.vcpus, host.labels) == (96, {"rack": "r2"})
        assert Target.objects.get(name="host-8").vcpus is None

    @pytest.mark.parametrize(
        ("wrong", "pointer"),
        [
            ({"parent": "host-9"}, "/targets/2/parent"),
            ({"parent": "east"}, "/targets/2/parent"),  # a cluster, and VMs are on hosts
            ({"tenant": "nobody"}, "/targets/2/tenant"),
            ({"kind": "host", "name": "host-1"}, "/targets/2/name"),
            ({"memory_bytes": -1}, "/targets/2/memory_bytes"),
            ({"ram": 1}, "/targets/2/ram"),
            ({"labels": {"": "x"}}, "/targets/2/labels"),
        ],
    )
    def test_one_that_is_wrong_is_named_and_none_is_taken(self, operator, wrong, pointer):
        answer = operator.post(TARGETS, {"targets": [CLUSTER, HOST, {**VM, **wrong}]})

        assert answer.status_code == 422
        assert pointer in [error["pointer"] for error in answer.json()["errors"]]
        assert not Target.objects.exists()

    def test_a_host_belongs_to_no_tenant(self, operator, as_role):
        _, project = as_role("owner")

        answer = operator.post(TARGETS, {"targets": [{"kind": "host", "name": "h", "tenant": project.tenant.slug}]})

        assert answer.json()["errors"][0]["pointer"] == "/targets/0/tenant"

    def test_the_number_of_queries_does_not_grow_with_the_batch(self, operator, django_assert_max_num_queries):
        for count in (3, 300):
            with django_assert_max_num_queries(30):
                batch = [{"kind": "vm", "name": f"vm-{at}-of-{count}"} for at in range(count)]
                assert operator.post(TARGETS, {"targets": batch}).json()["added"] == count


class TestTheFleet:
    def test_a_tenant_sees_its_own_vms_and_not_on_which_hosts_they_are(self, operator, as_role):
        owner, project = as_role("owner")
        stranger, _ = as_role("other-tenant-owner", project=project)
        operator.post(TARGETS, {"targets": [CLUSTER, HOST, VM, {**VM, "name": "vm-2", "tenant": project.tenant.slug}]})
        theirs = Target.objects.get(name="vm-2")

        seen = owner.get(TARGETS).json()["results"]

        assert [(row["name"], row["tenant"]["slug"], row["parent"]) for row in seen] == [("vm-2", project.tenant.slug, None)]
        assert operator.get(f"{TARGETS}{theirs.pk}/").json()["parent"]["name"] == "host-1"
        assert names(stranger) == []
        assert stranger.get(f"{TARGETS}{theirs.pk}/").status_code == 404

    def test_it_is_filtered_by_what_it_is_where_it_is_and_how_its_name_begins(self, operator):
        operator.post(TARGETS, {"targets": [CLUSTER, HOST, VM, {"kind": "vm", "name": "db-1", "zone": "west-1"}]})
        host = Target.objects.get(kind="host")

        assert names(operator) == ["db-1", "east", "host-1", "vm-1"]
        assert names(operator, "?kind=vm") == ["db-1", "vm-1"]
        assert names(operator, f"?parent={host.pk}") == ["vm-1"]
        assert names(operator, "?zone=west-1") == ["db-1"]
        assert names(operator, "?q=vm-") == ["vm-1"]

    def test_reading_a_page_takes_as_many_queries_for_3_as_for_30(self, operator, django_assert_max_num_queries):
        host = make_target(kind="host")
        for many in (3, 27):
            for _ in range(many):
                make_target(parent=host)
            with django_assert_max_num_queries(12):
                assert operator.get(TARGETS).status_code == 200

    def test_one_that_is_forgotten_leaves_what_is_on_it(self, operator):
        operator.post(TARGETS, {"targets": [CLUSTER, HOST, VM]})
        host = Target.objects.get(kind="host")

        assert operator.change("delete", f"{TARGETS}{host.pk}/").status_code == 204

        assert Target.objects.get(kind="vm").parent is None
