"""Network exceptions in a real cluster: the NetworkPolicies that there are, and what stays closed all the same."""

import pytest

from apps.core.sentences import say
from apps.isolation.models import NetworkException
from apps.isolation.services import record_applied
from celery_workers.kubernetes import networks, projects, tidy
from tests.factories import make_exception, make_project, make_tenant
from tests.kubernetes.conftest import carry_out_hints

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def pair(new_portal):
    """Two projects of two tenants, whose namespaces are there."""
    projects.forget()
    both = new_portal(), new_portal()
    for one in both:
        projects.ensure(one.api, one.cluster, one.project)
    return both


def policies(portal) -> dict[str, dict]:
    path = f"/apis/networking.k8s.io/v1/namespaces/{portal.project.namespace}/networkpolicies"
    found = portal.api.get(path)["items"]
    return {one["metadata"]["name"]: one["spec"] for one in found if "exception" in one["metadata"]["name"]}


def state(row: NetworkException) -> tuple[str, dict]:
    row.refresh_from_db()
    return str(row.state), row.clusters


class TestExceptions:
    def test_are_policies_of_the_namespace_until_they_are_closed(self, pair, as_role):
        ours, _ = pair
        row = make_exception(ours.project, "world", cidr="0.0.0.0/0", protocol="SCTP", ports=["443", "8000-8100"])
        carry_out_hints()

        (spec,) = policies(ours).values()
        assert spec["policyTypes"] == ["Egress"]
        (rule,) = spec["egress"]
        assert rule["ports"] == [
            {"protocol": "SCTP", "port": 443},
            {"protocol": "SCTP", "port": 8000, "endPort": 8100},
        ]
        (peer,) = rule["to"]
        service = ours.api.get("/api/v1/namespaces/default/services/kubernetes")["spec"]["clusterIP"]
        assert peer["ipBlock"]["cidr"] == "0.0.0.0/0"
        assert {"10.0.0.0/8", "169.254.0.0/16", "127.0.0.0/8"} <= set(peer["ipBlock"]["except"])
        assert service.startswith("10."), "the API server's own address is within what is left out"
        assert state(row) == ("open", {"lab": None})

        client, _ = as_role("admin", project=ours.project)
        address = f"/api/v1/projects/{ours.project.pk}/network-exceptions/{row.pk}/"
        assert client.change("DELETE", address).status_code == 204
        carry_out_hints()
        assert policies(ours) == {}

    def test_let_two_projects_meet_and_only_them(self, pair):
        ours, theirs = pair
        asked = make_exception(ours.project, "theirs", peer=str(theirs.project))
        carry_out_hints()
        assert state(asked) == ("waiting", {"lab": None})
        make_exception(theirs.project, "ours", peer=str(ours.project), direction="ingress")
        carry_out_hints()

        (out,), (into,) = policies(ours).values(), policies(theirs).values()
        assert out["egress"][0]["to"] == [selector(theirs)]
        assert into["ingress"][0]["from"] == [selector(ours)]
        namespace = theirs.api.get(f"/api/v1/namespaces/{theirs.project.namespace}")
        assert selector(theirs)["namespaceSelector"]["matchLabels"].items() <= namespace["metadata"]["labels"].items()
        assert state(asked)[0] == "open"

    def test_are_closed_where_they_lead_to_the_api_server_or_beyond_a_new_limit(self, pair, as_role):
        ours, _ = pair
        service = ours.api.get("/api/v1/namespaces/default/services/kubernetes")["spec"]["clusterIP"]
        platform, _ = as_role("platform-admin")
        isolation = f"/api/v1/tenants/{ours.project.tenant_id}/isolation/"
        assert platform.change("PUT", isolation, {"networks": ["0.0.0.0/0"], "registries": None}).status_code == 200
        server = make_exception(ours.project, "server", cidr=f"{service}/32")
        other = make_exception(ours.project, "other", cidr="198.51.100.0/24")
        carry_out_hints()

        assert state(server)[1]["lab"]["code"] == "network-api-server"
        assert list(policies(ours)) == ["hanse-exception-other"]

        assert platform.change("PUT", isolation, {"networks": [], "registries": None}).status_code == 200
        carry_out_hints()

        assert policies(ours) == {}
        assert (state(other)[0], state(other)[1]["lab"]["code"]) == ("refused", "network-beyond-limit")

    def test_open_to_a_project_that_came_after_they_were_made(self, pair):
        ours, _ = pair
        asked = make_exception(ours.project, "late", peer="late/vision")
        carry_out_hints()
        assert (state(asked)[0], policies(ours)) == ("waiting", {})

        late = make_project(make_tenant("late"), "vision")
        make_exception(late, "ours", peer=str(ours.project), direction="ingress")
        carry_out_hints()

        (out,) = policies(ours).values()
        assert out["egress"][0]["to"][0]["namespaceSelector"]["matchLabels"]["hanse.dev/project"] == str(late.pk)
        assert state(asked) == ("open", {"lab": None})

    def test_say_what_holds_them_up_though_the_namespace_was_just_put_right(self, pair, as_role):
        ours, _ = pair
        service = ours.api.get("/api/v1/namespaces/default/services/kubernetes")["spec"]["clusterIP"]
        platform, _ = as_role("platform-admin")
        isolation = f"/api/v1/tenants/{ours.project.tenant_id}/isolation/"
        assert platform.change("PUT", isolation, {"networks": ["0.0.0.0/0"], "registries": None}).status_code == 200
        server = make_exception(ours.project, "server", cidr=f"{service}/32")
        carry_out_hints()

        assert (state(server)[0], state(server)[1]["lab"]["code"]) == ("refused", "network-api-server")

    def test_are_open_again_once_the_cluster_answers_again(self, pair):
        ours, _ = pair
        row = make_exception(ours.project, "models")
        carry_out_hints()
        away = say("network-not-applied", reason="it does not answer")
        record_applied(cluster="lab", hindered={row.pk: (row.generation, away)})
        assert state(row)[0] == "refused"

        networks.write_for(ours.project.pk)

        assert state(row) == ("open", {"lab": None})

    def test_that_somebody_changes_in_the_cluster_are_put_right_and_shown(self, pair, as_role):
        ours, _ = pair
        make_exception(ours.project, "models")
        carry_out_hints()
        path = f"/apis/networking.k8s.io/v1/namespaces/{ours.project.namespace}/networkpolicies/hanse-exception-models"
        before = policies(ours)
        ours.api.patch(path, {"spec": {"egress": [{}]}})

        tidy.tidy_clusters()

        operator, _ = as_role("operator")
        found = operator.get(f"/api/v1/clusters/{ours.cluster.pk}/").json()["drifted"]
        assert [one["name"] for one in found] == ["hanse-exception-models"]
        assert policies(ours) == before


def selector(portal) -> dict:
    marks = {"app.kubernetes.io/managed-by": "hanse", "hanse.dev/project": str(portal.project.pk)}
    return {"namespaceSelector": {"matchLabels": marks}}
