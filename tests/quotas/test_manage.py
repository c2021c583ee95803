from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.audit.models import AuditEntry
from apps.quotas import services
from apps.quotas.models import PriorityClass, Quota, UserCap, Workload
from apps.tenants.access import actor_of_user
from tests.factories import make_cluster, make_flavor, make_group, make_member, make_quota, make_tenant

GPU = {"flavor": "a100", "resource": "gpu"}
CPU = [
    {"flavor": "cpu", "resource": "cpu", "nominal": 8000},
    {"flavor": "cpu", "resource": "memory", "nominal": 2**34},
]


@pytest.fixture
def admin(as_role, harbour):
    return as_role("platform-admin", project=harbour.ours)[0]


@pytest.fixture
def owner(as_role, harbour):
    return as_role("owner", project=harbour.ours)[0]


class TestQuotas:
    def put(self, client, quota: Quota, *, nominal: int, query: str = "", cohort: str | None = "commons", **limits):
        body = {"cohort": cohort, "lines": [*CPU, {**GPU, "nominal": nominal, **limits}]}
        return client.change("PUT", f"/api/v1/quotas/{quota.pk}/{query}", body)

    def test_a_platform_admin_grants_changes_and_takes_quota(self, admin, harbour):
        tenant = make_tenant("third")
        body = {"tenant": "third", "cluster": "harbour", "cohort": "commons", "lines": [{**GPU, "nominal": 2}]}

        granted = admin.post("/api/v1/quotas/", body)
        assert (granted.status_code, granted.json()["lines"][0]["free"]) == (201, 2)
        quota = Quota.objects.get(tenant=tenant)
        changed = self.put(admin, quota, nominal=1, lending_limit=1, borrowing_limit=3)
        assert (changed.status_code, changed["ETag"]) == (200, '"2"')
        assert admin.change("DELETE", f"/api/v1/quotas/{quota.pk}/").status_code == 204
        assert [entry.action for entry in AuditEntry.objects.filter(subject_kind="quota").order_by("sequence")] == [
            "quota.create",
            "quota.change",
            "quota.remove",
        ]

    def test_a_cut_below_what_is_in_use_names_who_is_hit_and_is_refused(self, admin, harbour):
        harbour.ask("kept", gpus=2)
        hit = harbour.ask("hit", gpus=2)
        harbour.admit()
        quota = harbour.ours.tenant.quotas.get()

        refused = self.put(admin, quota, nominal=2)

        assert (refused.status_code, refused.json()["type"]) == (409, "/problems/quota-in-use")
        assert [one["name"] for one in refused.json()["casualties"]] == ["hit"]
        assert refused.json()["casualties"][0]["id"] == str(hit.subject_id)
        assert quota.lines.get(flavor__name="a100").nominal == 4

    def test_a_dry_run_says_the_same_and_changes_nothing(self, admin, harbour):
        harbour.ask("hit", gpus=4)
        harbour.admit()

        answer = self.put(admin, harbour.ours.tenant.quotas.get(), nominal=2, query="?dry_run=true").json()

        assert answer["count"] == 1
        assert "stopped and queued again when the lender needs its quota back" in answer["casualties"][0]["effect"]

    def test_confirmed_it_kills_nothing(self, admin, harbour):
        workload = harbour.ask("hit", gpus=4)
        harbour.admit()
        quota = harbour.ours.tenant.quotas.get()

        assert self.put(admin, quota, nominal=2, query="?confirm=true", cohort=None).status_code == 200
        assert harbour.admit() == []
        workload.refresh_from_db()
        assert (workload.state, workload.evicting_since) == ("admitted", None)

    def test_waiting_work_that_could_never_start_then_is_hit_too(self, admin, harbour):
        harbour.ask("large", gpus=4, count=2)

        answer = self.put(
            admin, harbour.ours.tenant.quotas.get(), nominal=4, borrowing_limit=0, query="?dry_run=true"
        ).json()

        assert [one["effect"].split(":")[0] for one in answer["casualties"]] == ["Could never start any more"]

    def test_work_of_others_that_borrows_what_is_cut_is_hit_too(self, admin, harbour):
        harbour.ask("borrower", gpus=4, count=2)
        harbour.admit()

        answer = self.put(admin, harbour.theirs.tenant.quotas.get(), nominal=2, query="?dry_run=true").json()

        assert [one["name"] for one in answer["casualties"]] == ["borrower"]

    @pytest.mark.parametrize(
        ("line", "pointer"),
        [
            ({"flavor": "h100", "resource": "gpu", "nominal": 1}, "/lines/0/flavor"),
            ({"flavor": "a100", "resource": "cpu", "nominal": 1}, "/lines/0/resource"),
            ({**GPU, "nominal": 1, "lending_limit": 2}, "/lines/0/lending_limit"),
            ({**GPU, "nominal": -1}, "/lines/0/nominal"),
            ({**GPU, "nominal": 1, "nominel": 2}, "/lines/0/nominel"),
        ],
    )
    def test_lines_that_cannot_be_are_refused_by_name(self, admin, harbour, line, pointer):
        body = {"tenant": make_tenant().slug, "cluster": "harbour", "cohort": "commons", "lines": [line]}

        refused = admin.post("/api/v1/quotas/", body)

        assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, pointer)

    def test_not_below_what_projects_are_guaranteed(self, admin, owner, harbour):
        shares = {"shares": [{"cluster": "harbour", **GPU, "guaranteed": 3}]}
        assert owner.change("PUT", f"/api/v1/projects/{harbour.ours.pk}/shares/", shares).status_code == 200

        refused = self.put(admin, harbour.ours.tenant.quotas.get(), nominal=2)

        assert refused.json()["type"] == "/problems/shares-exceed-quota"

    @pytest.mark.parametrize("role", ["owner", "operator", "auditor"])
    def test_only_platform_admins_manage(self, as_role, harbour, role):
        client, _ = as_role(role, project=harbour.ours)
        quota = harbour.ours.tenant.quotas.get()

        assert self.put(client, quota, nominal=9).status_code == 403
        assert client.get(f"/api/v1/quotas/{quota.pk}/").status_code == 200

    def test_others_do_not_see_it(self, as_role, harbour):
        client, _ = as_role("owner", project=harbour.theirs)
        quota = harbour.ours.tenant.quotas.get()

        assert client.get(f"/api/v1/quotas/{quota.pk}/").status_code == 404
        assert [row["tenant"]["slug"] for row in client.get("/api/v1/quotas/").json()["results"]] == ["theirs"]
        assert client.get(f"/api/v1/tenants/{harbour.ours.tenant_id}/quotas/").status_code == 404

    def test_a_list_costs_the_same_queries_at_three_and_at_thirty(self, admin, harbour):
        def queries(total: int) -> int:
            for _ in range(total - Quota.objects.count()):
                cluster = make_cluster()
                make_quota(make_tenant(), cluster, {make_flavor(cluster): {"cpu": 1000}})
            with CaptureQueriesContext(connection) as captured:
                assert admin.get("/api/v1/quotas/").status_code == 200
            return len(captured)

        assert queries(3) == queries(30)


class TestTenantQuotas:
    def line(self, client, project, resource: str = "gpu") -> dict:
        found = client.get(f"/api/v1/tenants/{project.tenant_id}/quotas/").json()["results"]
        return next(line for line in found if line["resource"] == resource)

    def test_members_see_what_is_used_borrowed_lent_and_left_and_by_whom(self, as_role, harbour):
        harbour.ask(gpus=4)
        harbour.ask(gpus=2)
        harbour.admit()
        ours, theirs = as_role("viewer", project=harbour.ours)[0], as_role("viewer", project=harbour.theirs)[0]

        line = self.line(ours, harbour.ours)
        assert {name: line[name] for name in ("nominal", "used", "borrowed", "lent", "free", "available")} == {
            "nominal": 4,
            "used": 6,
            "borrowed": 2,
            "lent": 0,
            "free": 0,
            "available": 2,
        }
        assert [(row["project"]["slug"], row["used"]) for row in line["by_project"]] == [("vision", 6)]
        assert [row["used"] for row in line["by_user"]] == [6]
        line = self.line(theirs, harbour.theirs)
        assert (line["used"], line["lent"], line["free"], line["available"]) == (0, 2, 2, 2)
        assert line["by_user"] == []

    def test_what_is_borrowed_is_lent_to_the_last_piece(self, as_role, harbour):
        cluster, cohort = harbour.cluster, harbour.cohort
        third = make_tenant("third")
        make_quota(third, cluster, {harbour.a100: {"gpu": 3}}, cohort=cohort)
        harbour.ask(gpus=3)
        harbour.ask(gpus=4)
        harbour.admit()
        admin = as_role("platform-admin")[0]

        gpus = [
            line
            for row in admin.get("/api/v1/quotas/").json()["results"]
            for line in row["lines"]
            if line["resource"] == "gpu"
        ]

        assert sum(line["borrowed"] for line in gpus) == sum(line["lent"] for line in gpus) == 3

    def test_figures_are_those_of_the_ledger_and_of_the_workloads(self, as_role, harbour):
        from apps.quotas.ledger import recount

        for gpus in (1, 2, 3):
            harbour.ask(gpus=gpus)
        harbour.admit()
        services.finish(workload=Workload.objects.filter(state="admitted").first())

        used = self.line(as_role("viewer", project=harbour.ours)[0], harbour.ours)["used"]

        held = Workload.objects.filter(state="admitted")
        assert used == sum(pods["requests"]["a100"]["gpu"] for workload in held for pods in workload.pod_sets)
        assert recount() == []


class TestShares:
    def test_a_tenant_admin_divides_and_everybody_sees_it(self, owner, as_role, harbour):
        address = f"/api/v1/projects/{harbour.ours.pk}/shares/"
        shares = [{"cluster": "harbour", **GPU, "guaranteed": 2, "cap": 3}]

        assert owner.change("PUT", address, {"shares": shares}, match='"1"').status_code == 200

        viewer = as_role("viewer", project=harbour.ours)[0]
        found = viewer.get(address)
        assert (found["ETag"], found.json()["shares"]) == ('"2"', shares)
        assert viewer.change("PUT", address, {"shares": []}).status_code == 403
        line = next(
            line
            for line in viewer.get(f"/api/v1/tenants/{harbour.ours.tenant_id}/quotas/").json()["results"]
            if line["resource"] == "gpu"
        )
        assert (line["by_project"][0]["guaranteed"], line["by_project"][0]["cap"]) == (2, 3)

    def test_more_than_the_tenant_has_is_refused(self, owner, harbour):
        body = {"shares": [{"cluster": "harbour", **GPU, "guaranteed": 5}]}

        refused = owner.change("PUT", f"/api/v1/projects/{harbour.ours.pk}/shares/", body)

        assert refused.json()["type"] == "/problems/shares-exceed-quota"
        assert "guaranteed 5 gpus; its nominal is" in refused.json()["detail"]

    def test_a_cap_below_what_is_in_use_asks_to_be_confirmed(self, owner, harbour):
        harbour.ask("hit", gpus=2)
        harbour.admit()
        address = f"/api/v1/projects/{harbour.ours.pk}/shares/"
        body = {"shares": [{"cluster": "harbour", **GPU, "cap": 1}]}

        assert owner.change("PUT", f"{address}?dry_run=true", body).json()["casualties"][0]["name"] == "hit"
        assert owner.change("PUT", address, body).status_code == 409
        assert owner.change("PUT", f"{address}?confirm=true", body).status_code == 200

    def test_it_is_enforced(self, owner, harbour):
        body = {"shares": [{"cluster": "harbour", **GPU, "cap": 3}]}
        owner.change("PUT", f"/api/v1/projects/{harbour.ours.pk}/shares/", body)
        first, second = harbour.ask(gpus=2), harbour.ask(gpus=2)

        assert harbour.admit() == [first.pk]
        second.refresh_from_db()
        sentence = "Waits for 2 GPUs of a100: 1 of 3 are left under the cap of vision. An admin of Ours can raise the cap."
        assert services.explain(second)["sentence"] == sentence


class TestCaps:
    def test_a_tenant_admin_caps_a_user_and_allows_restricted_priorities(self, owner, as_role, harbour):
        developer = as_role("developer", project=harbour.ours)[0]
        body = {"user": developer.user.email, "running_workloads": 1, "may_use_restricted_priorities": True}

        made = owner.post(f"/api/v1/tenants/{harbour.ours.tenant_id}/caps/", body)

        assert (made.status_code, made.json()["user"]["email"]) == (201, developer.user.email)
        address = f"/api/v1/caps/{made.json()['id']}/"
        assert owner.change("PATCH", address, {"gpus": 4}, match='"1"').json()["gpus"] == 4
        assert developer.change("PATCH", address, {"gpus": 9}).status_code == 403
        assert developer.get(address).status_code == 200
        assert as_role("outsider")[0].get(address).status_code == 404
        assert owner.change("DELETE", address).status_code == 204

    def test_strangers_cannot_be_capped(self, owner, as_role, harbour):
        stranger = as_role("outsider")[0].user

        refused = owner.post(f"/api/v1/tenants/{harbour.ours.tenant_id}/caps/", {"user": stranger.email})

        assert refused.json()["errors"][0]["pointer"] == "/user"

    def test_it_is_enforced(self, harbour):
        UserCap.objects.create(tenant=harbour.ours.tenant, running_workloads=1)
        first = harbour.ask()
        harbour.ask()

        assert harbour.admit() == [first.pk]
        assert harbour.admit() == []

    def test_a_group_is_capped_for_each_one_of_it(self, owner, as_role, harbour):
        """Their own cap goes before that of a group, and of several groups the more generous number holds."""
        ann, ben = (as_role("developer", project=harbour.ours)[0].user for _ in range(2))
        crew, pilots = make_group(ann, ben, name="crew"), make_group(ben, name="pilots")
        for group in (crew, pilots):
            make_member("viewer", group=group, tenant=harbour.ours.tenant)
        UserCap.objects.create(tenant=harbour.ours.tenant, running_workloads=0)
        address = f"/api/v1/tenants/{harbour.ours.tenant_id}/caps/"

        made = owner.post(address, {"group": "crew", "running_workloads": 1})

        assert (made.status_code, made.json()["group"]["name"], made.json()["user"]) == (201, "crew", None)
        assert owner.post(address, {"group": "crew", "gpus": 1}).status_code == 409
        first, _ = (harbour.ask(actor=actor_of_user(ann)) for _ in range(2))
        other, further = (harbour.ask(actor=actor_of_user(ben)) for _ in range(2))
        assert harbour.admit() == [first.pk, other.pk]
        assert owner.post(address, {"group": "pilots", "running_workloads": 2}).status_code == 201
        assert harbour.admit() == [further.pk]
        assert owner.post(address, {"user": ann.email, "running_workloads": 1}).status_code == 201
        crew.users.clear()
        assert harbour.admit() == []

    def test_a_group_without_a_role_in_the_tenant_and_both_at_once_are_refused(self, owner, harbour):
        make_group(name="theirs")
        address = f"/api/v1/tenants/{harbour.ours.tenant_id}/caps/"

        assert owner.post(address, {"group": "theirs"}).json()["errors"][0]["pointer"] == "/group"
        ours = make_member("viewer", group=make_group(owner.user, name="ours"), tenant=harbour.ours.tenant)
        assert owner.post(address, {"group": ours.group.name, "user": owner.user.email}).status_code == 422

    def test_priorities_may_be_allowed_to_a_group(self, as_role, harbour):
        ann = as_role("developer", project=harbour.ours)[0].user
        UserCap.objects.create(
            tenant=harbour.ours.tenant, group=make_group(ann), running_workloads=9, may_use_restricted_priorities=True
        )

        assert harbour.ask(priority="high", actor=actor_of_user(ann)).priority_value == 1000


class TestPriorities:
    def test_two_are_there_from_the_start(self, as_role):
        client, _ = as_role("outsider")
        PriorityClass.objects.all().delete()
        import_module("apps.quotas.migrations.0002_priority_classes").create(apps, None)

        found = client.get("/api/v1/priorities/").json()["results"]

        assert [(row["name"], row["value"], row["starts_within_seconds"], row["restricted"]) for row in found] == [
            ("high", 1000, 60, True),
            ("low", 0, None, False),
        ]

    def test_a_platform_admin_adds_changes_and_removes(self, admin, harbour):
        made = admin.post("/api/v1/priorities/", {"name": "nightly", "value": 100})
        assert made.status_code == 201
        address = f"/api/v1/priorities/{made.json()['id']}/"
        workload = harbour.ask(priority="nightly")

        assert admin.change("PATCH", address, {"value": 200}).status_code == 200
        workload.refresh_from_db()
        assert workload.priority_value == 200
        assert admin.change("DELETE", address).json()["type"] == "/problems/priority-in-use"
        workload.delete()
        assert admin.change("DELETE", address).status_code == 204


class TestCohorts:
    def test_a_platform_admin_makes_changes_and_removes(self, admin, harbour):
        made = admin.post("/api/v1/cohorts/", {"cluster": "harbour", "name": "night"})
        address = f"/api/v1/cohorts/{made.json()['id']}/"

        assert (made.status_code, made.json()["reclaim_within_cohort"]) == (201, "any")
        changed = admin.change("PATCH", address, {"reclaim_within_cohort": "never"})
        assert changed.json()["reclaim_within_cohort"] == "never"
        assert admin.change("DELETE", address).status_code == 204
        in_use = admin.change("DELETE", f"/api/v1/cohorts/{harbour.cohort.pk}/")
        assert in_use.json()["type"] == "/problems/cohort-in-use"

    def test_members_see_only_those_of_their_tenants(self, as_role, harbour):
        assert as_role("owner")[0].get("/api/v1/cohorts/").json()["results"] == []
        client, _ = as_role("viewer", project=harbour.ours)
        assert [row["name"] for row in client.get("/api/v1/cohorts/").json()["results"]] == ["commons"]
