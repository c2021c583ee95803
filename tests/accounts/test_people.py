"""Accounts and groups, as administrators keep them."""

import pytest

from apps.accounts.models import Group, User
from apps.audit.models import AuditEntry
from apps.tenants.models import Tenant
from tests.factories import in_time, make_group, make_member, make_project, make_user
from tests.tenants.test_tokens import bearer

USERS, GROUPS = "/api/v1/users/", "/api/v1/groups/"


class TestCreateUser:
    def test_the_temporary_password_is_shown_once_and_signs_in(self, as_role):
        client, _ = as_role("platform-admin")

        made = client.post(USERS, {"email": "Nell@Aurora.example", "name": "Nell"})

        user = User.objects.get(email="nell@aurora.example")
        assert made.status_code == 201
        assert user.check_password(made.json()["password"])
        assert user.password_is_temporary
        assert "password" not in client.get(f"{USERS}{user.pk}/").json()
        assert made.json()["password"] not in str(AuditEntry.objects.get().after)

    def test_an_address_has_one_account(self, as_role):
        client, _ = as_role("platform-admin")
        make_user(email="nell@aurora.example")

        response = client.post(USERS, {"email": "NELL@aurora.example", "name": "Nell"})

        assert response.json()["type"] == "/problems/address-taken"

    def test_a_token_is_given_no_password_that_would_outlive_it(self, as_role):
        client, _ = as_role("platform-admin")
        held = ["users.manage", "tenants.onboard", "members.manage", "roles.appoint"]
        wanted = {"name": "ci", "permissions": held, "expires_at": in_time(days=1)}
        program = bearer(client.post("/api/v1/me/tokens/", wanted).json()["token"])
        known = make_user(email="otto@aurora.example")
        tenant = {"slug": "cygnus", "name": "Cygnus", "project": {"slug": "first", "name": "First"}}

        made = program.post(USERS, {"email": "nell@aurora.example", "name": "Nell"})
        onboarded = program.post("/api/v1/tenants/", {**tenant, "owner": {"email": "nell@aurora.example", "name": "Nell"}})

        assert [answer.json()["type"] for answer in (made, onboarded)] == ["/problems/needs-session"] * 2
        assert not User.objects.filter(email="nell@aurora.example").exists()
        assert not Tenant.objects.filter(slug="cygnus").exists()
        answer = program.post("/api/v1/tenants/", {**tenant, "owner": {"email": known.email, "name": "Otto"}})
        assert (answer.status_code, answer.json()["owner_password"]) == (201, "")


class TestDeactivate:
    def test_it_is_an_act_of_its_own_and_no_field_to_be_changed(self, as_role):
        """A change of a field would leave tokens and sessions to come back with the account."""
        admin, project = as_role("platform-admin")
        viewer, _ = as_role("viewer", project=project)

        refused = admin.change("patch", f"{USERS}{viewer.user.pk}/", {"is_active": False}, match='"1"')

        assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/is_active")
        assert viewer.get("/api/v1/me/").status_code == 200
        assert admin.post(f"{USERS}{viewer.user.pk}/deactivate/", {}).status_code == 200
        assert viewer.get("/api/v1/me/").status_code == 401

    def test_the_last_owner_of_a_tenant_stays(self, as_role):
        admin, project = as_role("platform-admin")
        owner, _ = as_role("owner", project=project)

        response = admin.post(f"{USERS}{owner.user.pk}/deactivate/", {})

        assert response.json()["type"] == "/problems/last-owner"
        assert response.json()["tenants"] == [project.tenant.slug]
        assert User.objects.get(pk=owner.user.pk).is_active

    def test_nobody_deactivates_themselves(self, as_role):
        admin, _ = as_role("platform-admin")

        assert admin.post(f"{USERS}{admin.user.pk}/deactivate/", {}).status_code == 409

    def test_a_new_password_ends_sessions(self, as_role):
        admin, project = as_role("platform-admin")
        viewer, _ = as_role("viewer", project=project)

        given = admin.post(f"{USERS}{viewer.user.pk}/reset-password/").json()["password"]

        assert viewer.get("/api/v1/me/").status_code == 401
        assert User.objects.get(pk=viewer.user.pk).check_password(given)


class TestGroups:
    def test_users_of_a_group_gain_and_lose_its_roles(self, as_role):
        admin, project = as_role("platform-admin")
        nell, _ = as_role("outsider")
        group = admin.post(GROUPS, {"name": "perception"}).json()
        make_member("developer", group=Group.objects.get(), project=project)
        versions = [nell.user.access_version]

        admin.post(f"{GROUPS}{group['id']}/users/", {"email": nell.user.email})
        assert nell.get(f"/api/v1/projects/{project.id}/").status_code == 200
        versions.append(User.objects.get(pk=nell.user.pk).access_version)

        admin.delete(f"{GROUPS}{group['id']}/users/{nell.user.pk}/")
        assert nell.get(f"/api/v1/projects/{project.id}/").status_code == 404
        versions.append(User.objects.get(pk=nell.user.pk).access_version)

        assert versions == sorted(set(versions))

    def test_a_group_that_owns_a_tenant_keeps_its_last_user(self, as_role):
        admin, project = as_role("platform-admin")
        nell = make_user()
        group = make_group(nell)
        make_member("owner", group=group, tenant=project.tenant)

        alone = admin.delete(f"{GROUPS}{group.pk}/users/{nell.pk}/")
        whole = admin.change("delete", f"{GROUPS}{group.pk}/")

        assert alone.json()["type"] == whole.json()["type"] == "/problems/last-owner"
        assert group.users.count() == 1

    def test_one_is_renamed_and_removed(self, as_role):
        admin, project = as_role("platform-admin")
        nell, _ = as_role("outsider")
        group = make_group(nell.user)
        make_member("viewer", group=group, tenant=project.tenant)

        assert admin.change("patch", f"{GROUPS}{group.pk}/", {"name": "seeing"}, match='"1"').json()["name"] == "seeing"
        assert admin.change("delete", f"{GROUPS}{group.pk}/", match='"2"').status_code == 204
        assert nell.get(f"/api/v1/tenants/{project.tenant_id}/").status_code == 404

    def test_lists_cost_the_same_queries_at_3_and_at_30_rows(self, as_role, django_assert_num_queries):
        admin, _ = as_role("platform-admin")
        for _ in range(3):
            make_group(make_user(), make_user())
        with django_assert_num_queries(6):
            assert admin.get(GROUPS).json()["count"] == 3
        for _ in range(27):
            make_group(make_user())

        with django_assert_num_queries(6):
            assert admin.get(GROUPS).json()["count"] == 30
        with django_assert_num_queries(5):
            assert admin.get(USERS).json()["count"] == 34


class TestMe:
    def test_it_says_who_one_is_and_what_one_may_do_where(self, as_role):
        client, project = as_role("developer", on="project")
        make_project(project.tenant)
        make_project()

        me = client.get("/api/v1/me/").json()

        assert me["user"]["name"] == "The developer"
        assert me["can"] == []
        (tenant,) = me["tenants"]
        assert tenant["can"] == []
        assert [one["slug"] for one in tenant["projects"]] == [project.slug]
        assert "jobs.submit" in tenant["projects"][0]["can"]
        assert me["roles"] == [
            {"role": "developer", "tenant_id": str(project.tenant_id), "project_id": str(project.id), "group": None}
        ]

    def test_it_costs_the_same_queries_at_3_and_at_30_tenants(self, as_role, django_assert_num_queries):
        client, _ = as_role("auditor")
        for _ in range(2):
            make_project()
        with django_assert_num_queries(7):
            assert len(client.get("/api/v1/me/").json()["tenants"]) == 3
        for _ in range(27):
            make_project()

        with django_assert_num_queries(7):
            assert len(client.get("/api/v1/me/").json()["tenants"]) == 30

    def test_a_profile_is_changed(self, as_role):
        client, _ = as_role("viewer")
        body = {"language": "zh-hans", "time_zone": "Asia/Shanghai", "theme": "dark"}

        response = client.change("patch", "/api/v1/me/", body, match='"1"')

        assert {field: response.json()["user"][field] for field in body} == body

    @pytest.mark.parametrize(
        "body",
        [{"language": "xx"}, {"time_zone": "Mars/Olympus"}, {"theme": "pink"}, {"email": "a@b.example"}, {"name": ""}],
    )
    def test_a_bad_profile_is_refused(self, as_role, body):
        client, _ = as_role("viewer")

        response = client.change("patch", "/api/v1/me/", body)

        assert response.status_code == 422
        assert response.json()["errors"][0]["pointer"] == f"/{next(iter(body))}"
