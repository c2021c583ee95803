"""Giving and taking roles."""

import pytest

from apps.audit.models import AuditEntry
from apps.core.models import OutboxEvent
from apps.tenants.models import Member
from tests.factories import make_group, make_member, make_project, make_tenant, make_user


@pytest.fixture
def newcomer(db):
    return make_user("Nell", email="nell@aurora.example")


@pytest.fixture
def colleague(newcomer):
    """`colleague(project)`: the newcomer, once they see another project of its tenant."""

    def join(project):
        make_member("viewer", user=newcomer, project=make_project(project.tenant))
        return newcomer

    return join


def members(project) -> str:
    return f"/api/v1/tenants/{project.tenant_id}/members/"


class TestAddMember:
    def test_it_gives_the_role_tells_the_trail_and_closes_sockets(self, as_role, newcomer, colleague):
        client, project = as_role("owner")
        colleague(project)

        response = client.post(members(project), {"email": "Nell@aurora.example", "role": "developer"})

        assert response.status_code == 201
        assert response.json()["user"]["name"] == "Nell"
        assert AuditEntry.objects.get().after == {"who": newcomer.email, "role": "developer", "project": None}
        assert OutboxEvent.objects.get().kind == "member"
        before = newcomer.access_version
        newcomer.refresh_from_db()
        assert newcomer.access_version == before + 1

    def test_a_group_is_named_and_all_its_users_get_the_role(self, as_role, newcomer):
        client, project = as_role("owner")
        make_group(newcomer, name="perception")

        response = client.post(members(project), {"group": "perception", "role": "viewer"})

        assert response.json()["group"]["name"] == "perception"
        client.force_login(newcomer)
        assert client.get(f"/api/v1/projects/{project.id}/").status_code == 200

    @pytest.mark.parametrize(
        ("giver", "role", "status"),
        [
            ("owner", "owner", 201),
            ("admin", "owner", 403),
            ("admin", "admin", 201),
            ("admin", "developer", 201),
            ("developer", "viewer", 403),
            ("platform-admin", "owner", 201),
            ("operator", "viewer", 403),
            ("owner", "platform-admin", 422),
        ],
    )
    def test_nobody_gives_more_than_they_hold(self, as_role, newcomer, giver, role, status, colleague):
        client, project = as_role(giver)
        colleague(project)

        response = client.post(members(project), {"email": newcomer.email, "role": role})

        assert response.status_code == status

    def test_an_admin_of_one_project_gives_roles_on_that_project_only(self, as_role, newcomer, colleague):
        client, project = as_role("admin", on="project")
        colleague(project)
        sibling = make_project(project.tenant)
        body = {"email": newcomer.email, "role": "viewer"}

        assert client.post(members(project), {**body, "project": str(project.id)}).status_code == 201
        assert client.post(members(project), body).status_code == 403
        assert client.post(members(project), {**body, "project": str(sibling.id)}).status_code == 422

    def test_the_same_role_twice_is_refused(self, as_role, newcomer, colleague):
        client, project = as_role("owner")
        colleague(project)
        body = {"email": newcomer.email, "role": "viewer"}
        client.post(members(project), body)

        response = client.post(members(project), body)

        assert response.json()["type"] == "/problems/already-member"
        assert Member.objects.filter(user=newcomer, project=None).count() == 1

    @pytest.mark.parametrize(
        ("body", "pointer"),
        [
            ({"email": "nobody@aurora.example", "role": "viewer"}, "/email"),
            ({"group": "nobody", "role": "viewer"}, "/group"),
            ({"role": "viewer"}, ""),
            ({"email": "nell@aurora.example", "role": "emperor"}, "/role"),
            ({"email": "nell@aurora.example", "role": "viewer", "rôle": 1}, "/rôle"),
        ],
    )
    def test_what_is_wrong_is_named(self, as_role, newcomer, body, pointer):
        client, project = as_role("owner")

        response = client.post(members(project), body)

        assert response.status_code == 422
        assert response.json()["errors"][0]["pointer"] == pointer

    def test_who_has_no_role_in_the_tenant_is_answered_like_who_has_no_account(self, as_role, newcomer):
        client, project = as_role("owner")

        theirs, nobodys = (
            client.post(members(project), {"email": email, "role": "viewer"})
            for email in (newcomer.email, "nobody@aurora.example")
        )

        assert theirs.status_code == nobodys.status_code == 422
        assert theirs.json()["errors"] == nobodys.json()["errors"]

    def test_a_project_of_another_tenant_cannot_be_named(self, as_role, newcomer, colleague):
        client, project = as_role("owner")
        colleague(project)
        theirs = make_project()

        response = client.post(members(project), {"email": newcomer.email, "role": "viewer", "project": str(theirs.id)})

        assert response.status_code == 422
        assert response.json()["errors"][0]["pointer"] == "/project"


class TestRemoveMember:
    def test_a_role_that_is_taken_is_gone_at_once(self, as_role):
        client, project = as_role("owner")
        viewer, _ = as_role("viewer", project=project)
        member = Member.objects.get(user=viewer.user)

        assert client.change("delete", f"{members(project)}{member.id}/").status_code == 204

        assert viewer.get(f"/api/v1/tenants/{project.tenant_id}/").status_code == 404

    def test_the_last_owner_stays(self, as_role):
        client, project = as_role("owner")
        member = Member.objects.get(user=client.user)

        response = client.change("delete", f"{members(project)}{member.id}/")

        assert response.status_code == 409
        assert response.json()["type"] == "/problems/last-owner"
        assert Member.objects.filter(pk=member.pk).exists()
        assert not AuditEntry.objects.exists()

    def test_an_owner_without_an_active_account_does_not_count(self, as_role):
        client, project = as_role("owner")
        make_member("owner", tenant=project.tenant, user=make_user(is_active=False))
        make_member("owner", tenant=project.tenant, group=make_group())

        response = client.change("delete", f"{members(project)}{Member.objects.get(user=client.user).id}/")

        assert response.status_code == 409

    def test_an_owner_by_group_counts(self, as_role):
        client, project = as_role("owner")
        make_member("owner", tenant=project.tenant, group=make_group(make_user()))

        response = client.change("delete", f"{members(project)}{Member.objects.get(user=client.user).id}/")

        assert response.status_code == 204

    def test_an_admin_does_not_unmake_an_owner(self, as_role):
        client, project = as_role("admin")
        make_member("owner", tenant=project.tenant)
        owner = make_member("owner", tenant=project.tenant)

        response = client.change("delete", f"{members(project)}{owner.id}/")

        assert response.status_code == 403
        assert "owners.manage" in response.json()["missing"]

    def test_a_member_of_another_tenant_is_not_found_here(self, as_role):
        client, project = as_role("owner")
        theirs = make_member("viewer", tenant=make_tenant())

        assert client.change("delete", f"{members(project)}{theirs.id}/").status_code == 404


class TestListMembers:
    def test_it_costs_the_same_queries_at_3_and_at_30_rows(self, as_role, django_assert_num_queries):
        client, project = as_role("owner")
        for _ in range(2):
            make_member("viewer", project=project)
        with django_assert_num_queries(6):
            assert client.get(members(project)).json()["count"] == 3
        for _ in range(27):
            make_member("viewer", tenant=project.tenant, group=make_group(make_user()))

        with django_assert_num_queries(6):
            assert client.get(members(project)).json()["count"] == 30

    def test_a_role_on_one_project_shows_the_members_of_that_project(self, as_role):
        client, project = as_role("viewer", on="project")
        make_member("owner", tenant=project.tenant)
        make_member("viewer", project=make_project(project.tenant))

        assert [row["user"]["name"] for row in client.get(members(project)).json()["results"]] == ["The viewer"]


class TestPlatformMembers:
    def test_an_administrator_appoints_another(self, as_role, newcomer):
        client, _ = as_role("platform-admin")

        response = client.post("/api/v1/platform/members/", {"email": newcomer.email, "role": "operator"})

        assert response.status_code == 201
        assert response.json()["tenant_id"] is None

    def test_a_tenants_role_does_not_exist_there(self, as_role, newcomer):
        client, _ = as_role("platform-admin")

        response = client.post("/api/v1/platform/members/", {"email": newcomer.email, "role": "owner"})

        assert response.status_code == 422
