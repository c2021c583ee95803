"""Exceptions of a project's closed network: who may open what, and to whom."""

from ipaddress import ip_network
from uuid import UUID

import pytest

from apps.audit.models import AuditEntry
from apps.core.models import OutboxHint
from apps.isolation.addresses import left_out, overlap
from apps.isolation.services import observe, record_applied, settle
from tests.factories import make_project, make_tenant

pytestmark = pytest.mark.django_db
REGISTRY = {"name": "registry", "direction": "egress", "ports": ["443"], "cidr": "203.0.113.0/24"}


def exceptions(project) -> str:
    return f"/api/v1/projects/{project.pk}/network-exceptions/"


def isolation(project) -> str:
    return f"/api/v1/tenants/{project.tenant_id}/isolation/"


def limit(client, project, networks) -> None:
    etag = client.get(isolation(project))["ETag"]
    answer = client.change("PUT", isolation(project), {"networks": networks, "registries": None}, match=etag)
    assert answer.status_code == 200, answer.json()


class TestExceptions:
    def test_are_opened_changed_and_closed_and_the_trail_says_by_whom(self, as_role):
        client, project = as_role("admin")
        made = client.post(exceptions(project), REGISTRY)
        address = f"{exceptions(project)}{made.json()['id']}/"

        changed = client.change("PATCH", address, {"ports": ["443", "8000-8100"]}, match=made["ETag"])
        gone = client.change("DELETE", address, {}, match=changed["ETag"])

        assert (made.status_code, changed.status_code, gone.status_code) == (201, 200, 204)
        assert changed.json()["ports"] == ["443", "8000-8100"]
        assert changed.json()["state"] == "applying"
        acts = (
            AuditEntry.objects.filter(subject_kind="network-exception").order_by("sequence").values_list("action", flat=True)
        )
        assert list(acts) == ["network-exception.create", "network-exception.change", "network-exception.remove"]
        assert OutboxHint.objects.filter(task="kubernetes.write_networks").count() == 3

    @pytest.mark.parametrize(
        "cidr",
        [
            "169.254.169.254/32",
            "127.0.0.1/32",
            "fd00:ec2::254",
            "::ffff:169.254.169.254/128",
            "10.0.0.0/8",
            "192.168.7.0/24",
        ],
    )
    def test_lead_neither_to_machines_themselves_nor_into_private_networks(self, as_role, cidr):
        client, project = as_role("owner")

        answer = client.post(exceptions(project), {**REGISTRY, "cidr": cidr})

        assert (answer.status_code, answer.json()["type"]) == (422, "/problems/network-closed")

    @pytest.mark.parametrize(
        ("wrong", "pointer"),
        [
            ({"cidr": "203.0.113.7/24"}, "/cidr"),
            ({"cidr": ""}, "/cidr"),
            ({"peer": "theirs/vision"}, "/cidr"),
            ({"ports": ["8100-8000"]}, "/ports/0"),
            ({"ports": ["65536"]}, "/ports/0"),
            ({"protocol": "ICMP"}, "/protocol"),
            ({"cidr": "", "peer": "vision"}, "/peer"),
        ],
    )
    def test_say_what_is_wrong_where_it_is(self, as_role, wrong, pointer):
        client, project = as_role("admin")

        answer = client.post(exceptions(project), {**REGISTRY, **wrong})

        assert answer.status_code == 422
        assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]

    def test_stay_within_what_the_platform_lists_for_the_tenant(self, as_role):
        admin, project = as_role("admin")
        platform, _ = as_role("platform-admin")
        limit(platform, project, ["10.20.0.0/16"])

        inside = admin.post(exceptions(project), {**REGISTRY, "cidr": "10.20.7.0/24"})
        outside = admin.post(exceptions(project), {**REGISTRY, "name": "other"})

        assert (inside.status_code, outside.status_code) == (201, 422)
        assert outside.json()["detail"] == "203.0.113.0/24 is not among what this tenant may open: 10.20.0.0/16."
        assert admin.get(isolation(project)).json()["networks"] == ["10.20.0.0/16"]

    def test_between_projects_wait_until_the_other_side_opens_too(self, as_role):
        ours, project = as_role("admin")
        theirs, other = as_role("admin", project=make_project(make_tenant("theirs"), "vision"))
        asked = ours.post(
            exceptions(project), {"name": "vision", "direction": "egress", "ports": ["8000-8100"], "peer": "theirs/vision"}
        )
        settle(project_ids=[project.pk])

        assert state(ours, project, asked) == "waiting"
        requests = theirs.get(f"/api/v1/projects/{other.pk}/network-requests/").json()["results"]
        assert [(one["project"], one["direction"], one["ports"]) for one in requests] == [
            (str(project), "ingress", ["8000-8100"])
        ]

        answer = {"name": "from-ours", "direction": "ingress", "ports": ["8080"], "peer": str(project)}
        theirs.post(exceptions(other), answer)
        settle(project_ids=[other.pk])

        assert state(ours, project, asked) == "nowhere"
        record_applied(cluster="lab", hindered={UUID(asked.json()["id"]): (1, None)})
        assert state(ours, project, asked, clusters=["lab"]) == "open"
        assert theirs.get(f"/api/v1/projects/{other.pk}/network-requests/").json()["results"] == []

    def test_to_a_project_that_is_not_there_look_like_those_to_one_that_does_not_answer(self, as_role):
        ours, project = as_role("admin")
        make_project(make_tenant("theirs"), "vision")
        asked = [
            ours.post(exceptions(project), {"name": name, "direction": "egress", "peer": f"theirs/{name}"})
            for name in ("vision", "nowhere")
        ]
        settle(project_ids=[project.pk])

        shown = [ours.get(f"{exceptions(project)}{one.json()['id']}/").json() for one in asked]
        own = ("id", "name", "peer", "created_at", "changed_at")
        assert [{**one, **dict.fromkeys(own)} for one in shown[:1]] == [{**one, **dict.fromkeys(own)} for one in shown[1:]]

    def test_to_a_misspelt_project_of_the_own_tenant_are_refused(self, as_role):
        client, project = as_role("admin")

        answer = client.post(
            exceptions(project), {"name": "typo", "direction": "egress", "peer": f"{project.tenant.slug}/nowhere"}
        )

        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/peer")


class TestNetworks:
    def test_that_are_wide_leave_out_what_nobody_may_open(self):
        closed = {str(one) for one in left_out(ip_network("0.0.0.0/0"), None, guarded=[ip_network("203.0.113.9/32")])}

        assert {"10.0.0.0/8", "169.254.0.0/16", "203.0.113.9/32", "100.64.0.0/10"} <= closed
        assert "100.100.100.200/32" not in closed, "it lies inside 100.64.0.0/10"

    def test_that_the_platform_listed_leave_out_only_what_nobody_may_open(self):
        limits = [ip_network("10.0.0.0/8")]

        assert left_out(ip_network("10.0.0.0/8"), limits, guarded=[ip_network("10.1.2.3/32")]) == [ip_network("10.1.2.3/32")]

    @pytest.mark.parametrize(
        ("ours", "theirs", "meet"),
        [(["443"], ["443"], True), (["1-100"], ["100-200"], True), (["1-99"], ["100"], False), ([], ["7"], True)],
    )
    def test_meet_at_a_port_in_common(self, ours, theirs, meet):
        assert overlap(ours, theirs) is meet


def state(client, project, made, *, clusters=()) -> str:
    """Its state, once every cluster that has the project was told."""
    found = client.get(f"{exceptions(project)}{made.json()['id']}/").json()
    observe(generations={UUID(found["id"]): found["generation"]}, clusters=clusters)
    return client.get(f"{exceptions(project)}{made.json()['id']}/").json()["state"]
