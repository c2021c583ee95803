"""Tenants as members, strangers and administrators of the platform meet them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.audit.models import AuditEntry
from apps.core import tolls
from apps.core.models import OutboxEvent
from apps.tenants.models import Project, Tenant
from celery_workers import removal
from tests.factories import make_member, make_project, make_tenant
from tests.jobs.jobs import bring_to


class TestListTenants:
    def test_it_shows_those_with_a_role_and_counts_no_others(self, as_role):
        client, project = as_role("viewer")
        make_tenant()

        page = client.get("/api/v1/tenants/").json()

        assert [tenant["slug"] for tenant in page["results"]] == [project.tenant.slug]
        assert page["count"] == 1

    def test_platform_roles_see_all(self, as_role):
        client, _ = as_role("auditor")
        make_tenant()

        assert client.get("/api/v1/tenants/").json()["count"] == 2

    def test_a_role_on_one_project_shows_its_tenant(self, as_role):
        client, project = as_role("viewer", on="project")
        make_project(project.tenant)

        page = client.get(f"/api/v1/tenants/{project.tenant_id}/projects/").json()

        assert [row["slug"] for row in page["results"]] == [project.slug]

    def test_it_costs_the_same_queries_at_3_and_at_30_rows(self, as_role, django_assert_num_queries):
        client, _ = as_role("auditor")
        make_tenant()
        make_tenant()
        with django_assert_num_queries(5):
            assert client.get("/api/v1/tenants/").json()["count"] == 3
        for _ in range(27):
            make_tenant()

        with django_assert_num_queries(5):
            assert client.get("/api/v1/tenants/").json()["count"] == 30

    def test_it_is_read_in_pages_both_ways(self, as_role):
        client, _ = as_role("auditor")
        for _ in range(4):
            make_tenant()
        path = "/api/v1/tenants/?limit=2&order=slug"

        first = client.get(path).json()
        second = client.get(f"{path}&cursor={first['next']}").json()
        third = client.get(f"{path}&cursor={second['next']}").json()
        back = client.get(f"{path}&cursor={second['previous']}").json()

        slugs = [row["slug"] for page in (first, second, third) for row in page["results"]]
        assert slugs == sorted(Tenant.objects.values_list("slug", flat=True))
        assert third["next"] is None
        assert back["results"] == first["results"]

    @pytest.mark.parametrize(
        ("query", "pointer"),
        [
            ("limit=0", "?limit"),
            ("limit=501", "?limit"),
            ("order=phase_reason", "?order"),
            ("cursor=nonsense", "?cursor"),
            ("phase=asleep", "?phase"),
            ("colour=red", "?colour"),
            ("fields=colour", "?fields"),
        ],
    )
    def test_what_it_does_not_offer_is_refused_by_name(self, as_role, query, pointer):
        client, _ = as_role("viewer")

        response = client.get(f"/api/v1/tenants/?{query}")

        assert response.status_code == 422
        assert response.json()["errors"][0]["pointer"] == pointer

    def test_fields_keeps_only_those_named(self, as_role):
        client, project = as_role("viewer")

        assert client.get("/api/v1/tenants/?fields=slug").json()["results"] == [{"slug": project.tenant.slug}]


class TestChangeTenant:
    def test_it_is_recorded_with_before_and_after(self, as_role):
        client, project = as_role("owner")

        response = client.change("patch", f"/api/v1/tenants/{project.tenant_id}/", {"name": "New"}, match='"1"')

        assert response.status_code == 200
        assert response["ETag"] == '"2"'
        entry = AuditEntry.objects.get(action="tenant.change")
        assert entry.before["name"] == project.tenant.name
        assert entry.after["name"] == "New"
        assert entry.actor_label == client.user.email
        assert entry.request_id == response["X-Request-Id"]
        event = OutboxEvent.objects.get()
        assert (event.kind, event.op, event.tenant_id) == ("tenant", "changed", project.tenant_id)

    def test_an_old_version_is_refused(self, as_role):
        client, project = as_role("owner")
        path = f"/api/v1/tenants/{project.tenant_id}/"
        client.change("patch", path, {"name": "First"}, match='"1"')

        response = client.change("patch", path, {"name": "Second"}, match='"1"')

        assert response.status_code == 412
        assert response.json()["type"] == "/problems/changed-meanwhile"
        assert Tenant.objects.get(pk=project.tenant_id).name == "First"

    @pytest.mark.parametrize("read", ['"1-zstd"', '"1-gzip"', 'W/"1"', '"0", "1"', "*"])
    def test_the_version_is_known_again_however_a_proxy_passed_it_on(self, as_role, read):
        client, project = as_role("owner")
        path = f"/api/v1/tenants/{project.tenant_id}/"

        assert client.change("patch", path, {"name": "New"}, match=read).status_code == 200
        if read != "*":
            assert client.change("patch", path, {"name": "Newer"}, match=read).status_code == 412

    def test_no_version_is_refused(self, as_role):
        client, project = as_role("owner")

        response = client.patch(f"/api/v1/tenants/{project.tenant_id}/", {"name": "New"})

        assert response.status_code == 428

    def test_the_slug_never_changes(self, as_role):
        client, project = as_role("owner")

        response = client.change("patch", f"/api/v1/tenants/{project.tenant_id}/", {"slug": "other"})

        assert response.status_code == 422
        assert response.json()["errors"][0]["pointer"] == "/slug"


class TestTenantLife:
    def test_it_is_suspended_and_resumed(self, as_role):
        client, project = as_role("platform-admin")
        path = f"/api/v1/tenants/{project.tenant_id}/"

        suspended = client.post(f"{path}suspend/", {"reason": "Unpaid."}).json()
        resumed = client.post(f"{path}resume/").json()

        assert (suspended["phase"], suspended["phase_reason"]) == ("suspended", "Unpaid.")
        assert suspended["acts"] == ["resume", "drain"]
        assert resumed["phase"] == "active"

    def test_members_learn_that_their_access_changed(self, as_role):
        client, project = as_role("platform-admin")
        member = make_member("viewer", tenant=project.tenant).user

        client.post(f"/api/v1/tenants/{project.tenant_id}/suspend/")

        before = member.access_version
        member.refresh_from_db()
        assert member.access_version == before + 1

    def test_an_act_that_the_phase_does_not_allow_is_refused(self, as_role):
        client, project = as_role("platform-admin")

        response = client.post(f"/api/v1/tenants/{project.tenant_id}/close/")

        assert response.status_code == 409
        assert response.json()["acts"] == ["suspend", "drain"]

    def test_a_closed_tenant_is_gone_for_its_members_only(self, as_role):
        owner, project = as_role("owner")
        admin, _ = as_role("platform-admin", project=project)
        path = f"/api/v1/tenants/{project.tenant_id}/"

        admin.post(f"{path}drain/")
        assert admin.post(f"{path}close/").status_code == 200

        assert owner.get(path).status_code == 404
        assert admin.get(path).json()["phase"] == "closed"

    def test_a_suspended_tenant_gets_no_new_project(self, as_role):
        client, project = as_role("owner")
        Tenant.objects.update(phase="suspended")

        response = client.post(f"/api/v1/tenants/{project.tenant_id}/projects/", {"slug": "more", "name": "More"})

        assert response.status_code == 409
        assert response.json()["type"] == "/problems/tenant-not-active"


class TestRemoveTenant:
    def test_it_needs_the_typed_slug(self, as_role):
        client, project = as_role("platform-admin")
        Tenant.objects.update(phase="draining")

        response = client.change("delete", f"/api/v1/tenants/{project.tenant_id}/", {"confirm": "something"})

        assert response.status_code == 422
        assert response.json()["type"] == "/problems/confirmation-wrong"

    def test_an_active_tenant_is_not_removed(self, as_role):
        client, project = as_role("platform-admin")

        response = client.change("delete", f"/api/v1/tenants/{project.tenant_id}/", {"confirm": project.tenant.slug})

        assert response.status_code == 409
        assert Tenant.objects.exists()

    def test_for_its_members_it_is_gone_at_once_and_nothing_is_changed_in_it(self, as_role):
        client, project = as_role("platform-admin")
        owner, _ = as_role("owner", project=project)
        Tenant.objects.update(phase="draining")
        path = f"/api/v1/tenants/{project.tenant_id}/"
        assert client.get(f"{path}preview/?act=remove").json()["tolls"][0]["kind"] == "project"

        answer = client.change("delete", path, {"confirm": project.tenant.slug})

        assert answer.status_code == 202, answer.json()
        assert (answer.json()["phase"], answer.json()["acts"]) == ("closed", [])
        assert answer.json()["removal"]["left"] == [{"kind": "project", "count": 1}]
        assert owner.get(path).status_code == 404
        assert client.get(path).json()["removal"]["total"] == 1
        for refused in (
            client.change("delete", path, {"confirm": project.tenant.slug}),
            client.change("patch", path, {"name": "Other"}),
            client.post(f"{path}projects/", {"slug": "more", "name": "More"}),
        ):
            assert (refused.status_code, refused.json()["type"]) == (409, "/problems/being-removed")

    def test_it_goes_with_its_projects_and_leaves_its_trail(self, as_role):
        client, project = as_role("platform-admin")
        Tenant.objects.update(phase="draining")
        client.change("delete", f"/api/v1/tenants/{project.tenant_id}/", {"confirm": project.tenant.slug})

        removal.remove_tenant(project.tenant_id)
        waiting = client.get(f"/api/v1/tenants/{project.tenant_id}/").json()["removal"]
        removal.remove_project(project.pk)
        removal.remove_tenant(project.tenant_id)

        assert waiting["said"] == [{"code": "removal-projects", "arguments": {"count": 1}}]
        assert not Tenant.objects.exists()
        assert not Project.objects.exists()
        trail = AuditEntry.objects.order_by("sequence").values_list("action", flat=True)
        assert list(trail) == ["tenant.remove", "project.removed", "tenant.removed"]


class TestProjects:
    def test_one_is_made_changed_and_removed(self, as_role):
        client, project = as_role("admin")
        made = client.post(f"/api/v1/tenants/{project.tenant_id}/projects/", {"slug": "speech", "name": "Speech"})
        path = f"/api/v1/projects/{made.json()['id']}/"

        changed = client.change("patch", path, {"description": "Voices."}, match=made["ETag"])
        unconfirmed = client.change("delete", path, {"confirm": "speach"})
        removed = client.change("delete", path, {"confirm": "speech"}, match=changed["ETag"])

        assert made.status_code == 201
        assert "jobs.submit" in made.json()["can"]
        assert changed.json()["description"] == "Voices."
        assert unconfirmed.status_code == 422
        assert removed.status_code == 202
        assert list(AuditEntry.objects.order_by("sequence").values_list("action", flat=True)) == [
            "project.create",
            "project.change",
            "project.remove",
        ]

    def test_slugs_are_unique_in_their_tenant_only(self, as_role):
        client, project = as_role("admin")
        make_project(slug="speech")
        path = f"/api/v1/tenants/{project.tenant_id}/projects/"

        assert client.post(path, {"slug": "speech", "name": "Speech"}).status_code == 201
        assert client.post(path, {"slug": "speech", "name": "Speech"}).json()["type"] == "/problems/name-taken"

    @pytest.mark.parametrize("slug", ["", "Speech", "-a", "a-", "a_b", "a" * 41, "1a", "ä", "a/b", "../etc"])
    def test_a_bad_slug_is_refused_by_name(self, as_role, slug):
        client, project = as_role("admin")

        response = client.post(f"/api/v1/tenants/{project.tenant_id}/projects/", {"slug": slug, "name": "Speech"})

        assert response.status_code == 422
        assert response.json()["errors"][0]["pointer"] == "/slug"


class TestPreviews:
    def preview(self, client, project, **query):
        return client.get(f"/api/v1/tenants/{project.tenant_id}/preview/", {"act": "remove", **query}).json()

    def test_counts_all_of_each_kind_and_names_a_page_of_them(self, as_role, monkeypatch):
        client, project = as_role("owner", equipped=True)
        jobs = {bring_to("draft", client, project, name=f"job-{number}").name for number in range(5)}
        monkeypatch.setattr(tolls, "SHOWN", 2)

        first = self.preview(client, project)
        pages = [first]
        while pages[-1]["next"]:
            pages.append(self.preview(client, project, cursor=pages[-1]["next"]))

        assert [(toll["kind"], toll["count"]) for toll in first["tolls"]] == [("job", 5), ("project", 1), ("quota", 1)]
        assert (first["count"], len(first["casualties"])) == (7, 2)
        named = [one["name"] for page in pages for one in page["casualties"]]
        assert (set(named[:5]), len(named)) == (jobs, 7)

    def test_costs_the_same_however_many_there_are(self, as_role):
        client, project = as_role("owner", equipped=True)

        def queries():
            with CaptureQueriesContext(connection) as found:
                self.preview(client, project)
            return len(found)

        bring_to("draft", client, project)
        queries()
        few = queries()
        for _ in range(9):
            bring_to("draft", client, project)

        assert queries() == few

    def test_refuses_a_cursor_of_another_list(self, as_role):
        client, project = as_role("owner")

        for cursor in ("x", "job:1", "ship:0190a0a0-0000-7000-8000-000000000000"):
            refused = client.get(f"/api/v1/tenants/{project.tenant_id}/preview/", {"act": "remove", "cursor": cursor})
            assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "?cursor")
