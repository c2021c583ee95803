from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from apps.audit.models import AuditEntry
from apps.core.models import OutboxEvent
from apps.monitoring.services import deliver_notifications
from apps.quotas import services
from apps.quotas.models import QuotaRequest, UserCap
from tests.factories import in_time, make_cluster, make_flavor, make_project

GPU = {"flavor": "a100", "resource": "gpu"}
HERE = {"cluster": "harbour", **GPU}


@pytest.fixture
def admin(as_role, harbour):
    return as_role("platform-admin", project=harbour.ours)[0]


@pytest.fixture
def owner(as_role, harbour):
    return as_role("owner", project=harbour.ours)[0]


@pytest.fixture
def developer(as_role, harbour):
    return as_role("developer", project=harbour.ours)[0]


@pytest.fixture
def ask(harbour, developer):
    """Ask for more, as a developer of the tenant; the answer."""

    def ask(client=None, **body):
        body = {"amount": 2, "reason": "A deadline.", **(HERE if "asks" not in body else {}), **body}
        body.setdefault("asks", "quota")
        return (client or developer).post(f"/api/v1/tenants/{harbour.ours.tenant_id}/quota-requests/", body)

    return ask


def decide(client, request, act, body=None, query=""):
    return client.post(f"/api/v1/quota-requests/{request['id']}/{act}/{query}", body or {})


def nominal(harbour, project=None):
    quota = (project or harbour.ours).tenant.quotas.get()
    return quota.lines.get(flavor__name="a100").nominal


class TestAsking:
    def test_is_told_to_both_sides(self, ask, admin, owner, developer):
        request = ask(until=in_time(days=3)).json()

        assert (request["state"], request["decided_with"]) == ("requested", "quotas.manage")
        for client in (developer, owner, admin):
            assert client.get("/api/v1/quota-requests/").json()["results"] == [request]
        waiting = "/api/v1/quota-requests/?decidable=true"
        assert [client.get(waiting).json()["count"] for client in (developer, owner, admin)] == [0, 0, 1]
        assert OutboxEvent.objects.filter(kind="quota-request", op="added").count() == 1
        assert AuditEntry.objects.get(action="quota-request.create").after["amount"] == 2

    @pytest.mark.parametrize(
        ("body", "pointer"),
        [
            ({"flavor": "h100"}, "/flavor"),
            ({"resource": "cpu"}, "/resource"),
            ({"amount": 0}, "/amount"),
            ({"reason": ""}, "/reason"),
            ({"until": "2020-01-01T00:00:00Z"}, "/until"),
            ({"asks": "more", **HERE}, "/asks"),
            ({"asks": "cap", **HERE}, "/project"),
            ({"asks": "cap", "project": "vision", **HERE}, "/asks"),  # the project has no cap
            ({"asks": "user-gpus"}, "/asks"),  # and the user none
            ({"asks": "user-gpus", **HERE}, "/flavor"),
            ({"asks": "guarantee", "project": "theirs", **HERE}, "/project"),
        ],
    )
    def test_what_cannot_be_is_refused_by_name_and_leaves_nothing(self, ask, body, pointer):
        refused = ask(**body)

        assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, pointer)
        assert not QuotaRequest.objects.exists()

    def test_may_be_asked_of_a_cluster_that_the_tenant_uses_not_yet_by_who_sees_it(self, ask, developer):
        make_flavor(make_cluster("elsewhere"), "a100", "gpu")

        refused = ask(cluster="elsewhere")

        assert refused.json()["errors"][0]["pointer"] == "/cluster"

    def test_who_works_in_one_project_asks_for_it_and_sees_no_other_projects(self, as_role, harbour, ask):
        other = make_project(harbour.ours.tenant, "other")
        client, _ = as_role("developer", project=other, on="project")
        theirs = ask(asks="guarantee", project="vision", **HERE).json()

        mine = ask(client, asks="guarantee", project="other", **HERE)

        assert mine.status_code == 201
        assert ask(client, asks="guarantee", project="vision", **HERE).status_code == 422
        listed = client.get("/api/v1/quota-requests/").json()["results"]
        assert [one["id"] for one in listed] == [mine.json()["id"]]
        assert client.get(f"/api/v1/quota-requests/{theirs['id']}/").status_code == 404

    def test_a_list_costs_the_same_at_any_length(self, ask, owner):
        def queries():
            with CaptureQueriesContext(
                connection,
            ) as found:
                owner.get("/api/v1/quota-requests/?mine=false&state=requested")
            return len(found)

        ask()
        queries()
        few = queries()
        for _ in range(9):
            ask()

        assert queries() == few

    def test_nobody_asks_without_end(self, ask):
        for _ in range(20):
            assert ask().status_code == 201

        assert ask().status_code == 409


class TestDeciding:
    def test_granting_raises_the_quota_in_the_same_act(self, ask, admin, harbour):
        request = ask().json()

        answer = decide(admin, request, "approve", {"reason": "Fine."})

        assert answer.status_code == 200
        shown = answer.json()
        assert (shown["state"], shown["granted"], shown["decision_reason"]) == ("approved", 2, "Fine.")
        assert nominal(harbour) == 6
        actions = list(AuditEntry.objects.order_by("sequence").values_list("action", flat=True))
        assert actions == ["quota-request.create", "quota.change", "quota-request.approve"]

    def test_a_part_may_be_granted(self, ask, admin, harbour):
        request = ask(amount=8).json()

        assert decide(admin, request, "approve", {"amount": 1}).json()["granted"] == 1
        assert nominal(harbour) == 5

    def test_a_line_that_is_not_there_is_added(self, ask, admin, harbour):
        make_flavor(harbour.cluster, "h100", "gpu")
        request = ask(flavor="h100").json()

        assert decide(admin, request, "approve").status_code == 200
        assert harbour.ours.tenant.quotas.get().lines.get(flavor__name="h100").nominal == 2

    def test_only_once(self, ask, admin, harbour):
        request = ask().json()
        decide(admin, request, "approve")

        again = decide(admin, request, "approve")

        assert (again.status_code, nominal(harbour)) == (409, 6)

    def test_quota_is_granted_by_the_platform_shares_and_caps_by_the_tenant(self, ask, owner, developer, harbour):
        assert decide(owner, ask().json(), "approve").status_code == 403
        request = ask(asks="guarantee", project="vision", **HERE).json()

        assert decide(developer, request, "approve").status_code == 403
        assert decide(owner, request, "approve").status_code == 200
        share = harbour.ours.shares.get()
        assert (share.guaranteed, share.cap) == (2, None)

    def test_more_than_the_tenant_has_is_not_guaranteed(self, ask, owner, harbour):
        request = ask(asks="guarantee", project="vision", amount=5, **HERE).json()

        refused = decide(owner, request, "approve")

        assert refused.json()["type"] == "/problems/shares-exceed-quota"
        assert QuotaRequest.objects.get().state == "requested"

    def test_a_cap_of_everybody_grows_for_who_asked_alone(self, ask, owner, developer, harbour):
        UserCap.objects.create(tenant=harbour.ours.tenant, running_workloads=3, gpus=4)
        request = ask(asks="user-running").json()

        assert decide(owner, request, "approve").status_code == 200
        own = UserCap.objects.get(user=developer.user)
        assert (own.running_workloads, own.gpus) == (5, 4)
        assert UserCap.objects.get(user=None).running_workloads == 3

    def test_a_limit_that_was_lifted_meanwhile_is_not_raised(self, ask, owner, developer, harbour):
        cap = UserCap.objects.create(tenant=harbour.ours.tenant, user=developer.user, gpus=4)
        request = ask(asks="user-gpus").json()
        UserCap.objects.filter(pk=cap.pk).update(gpus=None)

        assert decide(owner, request, "approve").json()["type"] == "/problems/nothing-to-raise"

    def test_declining_says_why(self, ask, admin, developer, harbour):
        request = ask().json()

        assert decide(admin, request, "decline").json()["errors"][0]["pointer"] == "/reason"
        declined = decide(admin, request, "decline", {"reason": "No node is free."}).json()
        assert (declined["state"], declined["decision_reason"]) == ("declined", "No node is free.")
        assert nominal(harbour) == 4

    def test_who_asked_withdraws_and_nobody_else(self, ask, admin, developer):
        request = ask().json()

        assert decide(admin, request, "withdraw").status_code == 403
        assert decide(developer, request, "withdraw").json()["state"] == "withdrawn"
        assert decide(admin, request, "approve").status_code == 409

    def test_the_preview_says_whom_it_hits(self, ask, admin, harbour):
        request = ask().json()

        answer = admin.get(f"/api/v1/quota-requests/{request['id']}/preview/")

        assert answer.json()["count"] == 0


class TestTheEnd:
    @pytest.fixture
    def granted(self, ask, admin):
        request = ask(amount=4, until=in_time(days=1)).json()
        return decide(admin, request, "approve").json()

    def later(self):
        return services.end_grants(now=timezone.now() + timedelta(days=2))

    def test_the_quota_goes_back_and_nothing_is_stopped(self, granted, harbour):
        workload = harbour.ask("long", gpus=4, count=2)
        harbour.admit()

        assert services.end_grants(now=timezone.now()) == 0
        assert self.later() == 1

        workload.refresh_from_db()
        assert (nominal(harbour), workload.state, workload.evicting_since) == (4, "admitted", None)
        ended = QuotaRequest.objects.get()
        assert (ended.state, ended.returned) == ("ended", 4)
        assert AuditEntry.objects.get(action="quota-request.end").actor_label == "clock"
        assert self.later() == 0

    def test_the_preview_says_whom_that_hits(self, granted, admin, harbour):
        harbour.ask("long", gpus=4, count=2)
        harbour.admit()

        answer = admin.get(f"/api/v1/quota-requests/{granted['id']}/preview/?act=end").json()

        assert [one["name"] for one in answer["casualties"]] == ["long"]

    def test_earlier_when_who_granted_it_says_so(self, granted, admin, owner, harbour):
        harbour.ask("long", gpus=4, count=2)
        harbour.admit()

        assert decide(owner, granted, "end").status_code == 403
        assert decide(admin, granted, "end").json()["type"] == "/problems/quota-in-use"
        assert decide(admin, granted, "end", query="?confirm=true").json()["state"] == "ended"
        assert nominal(harbour) == 4

    def test_not_below_what_projects_are_guaranteed_by_then(self, granted, harbour):
        line = services.ShareLine("harbour", "a100", "gpu", guaranteed=6)
        services.set_shares(actor=harbour.owner, project=harbour.ours, lines=[line])

        self.later()

        assert (nominal(harbour), QuotaRequest.objects.get().returned) == (6, 2)

    def test_what_an_admin_gave_meanwhile_stays(self, granted, harbour):
        quota = harbour.ours.tenant.quotas.get()
        quota.lines.filter(flavor__name="a100").update(nominal=12)

        self.later()

        assert nominal(harbour) == 8


class TestTelling:
    """Who is told of a request, by their bells."""

    def _told(self, client):
        deliver_notifications(now=timezone.now())
        return [one["code"] for one in client.get("/api/v1/me/notifications/").json()["results"]]

    def test_whoever_decides_is_told_that_somebody_asks(self, ask, admin, owner, developer):
        ask()
        assert (self._told(admin), self._told(owner), self._told(developer)) == (["quota.requested"], [], [])

    def test_of_a_share_or_cap_the_tenant_is_told(self, ask, admin, owner, developer, harbour):
        UserCap.objects.create(tenant=harbour.ours.tenant, gpus=4)
        ask(asks="user-gpus")

        assert (self._told(owner), self._told(admin), self._told(developer)) == (["quota.requested"], [], [])

    @pytest.mark.parametrize(("act", "code"), [("approve", "quota.approved"), ("decline", "quota.declined")])
    def test_whoever_asked_is_told_what_became_of_it_in_their_language(self, ask, admin, developer, act, code):
        request = ask().json()
        assert decide(admin, request, act, {"reason": "As agreed."}).status_code == 200

        assert self._told(developer) == [code]
        said = developer.get("/api/v1/me/notifications/").json()["results"][0]["said"]
        assert "+2 GPU a100" in said["en"]["title"]
        assert "As agreed." in said["en"]["text"]
        assert "+2 GPU a100" in said["zh_hans"]["title"]
        assert "配额" in said["zh_hans"]["title"]

    def test_that_a_grant_ends_is_told_three_days_before_and_once_and_then_that_it_did(self, ask, admin, owner, developer):
        request = ask(until=in_time(days=10)).json()
        decide(admin, request, "approve", query="?confirm=true")
        self._told(developer)
        for days in (6, 8, 9):
            services.tell_of_ends_of_grants(now=timezone.now() + timedelta(days=days))

        assert self._told(developer) == ["quota.expiring", "quota.approved"]
        assert self._told(owner) == ["quota.expiring"]
        services.end_grants(now=timezone.now() + timedelta(days=11))
        assert self._told(developer)[0] == "quota.returned"
