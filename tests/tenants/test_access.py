"""What somebody may do here, and why."""

import pytest
from allauth.mfa.models import Authenticator

from apps.tenants.access import actor_of_user
from apps.tenants.models import Tenant
from apps.tenants.permissions import Role, permissions_of
from tests.factories import (
    in_time,
    make_group,
    make_member,
    make_project,
    make_service_account,
    make_tenant,
    make_token,
    make_user,
)
from tests.jobs.jobs import address, submitted
from tests.tenants.test_tokens import bearer

pytestmark = pytest.mark.django_db


def access(client, project, user=None, *, on_project=False):
    asked = f"/api/v1/tenants/{project.tenant_id}/access/{user.pk if user else 'me'}/"
    return client.get(asked + (f"?project={project.pk}" if on_project else ""))


def held(answer) -> set[str]:
    return {grant["permission"] for grant in answer.json()["grants"] if grant["held"]}


def of(answer, permission: str) -> dict[str, object]:
    [grant] = [grant for grant in answer.json()["grants"] if grant["permission"] == permission]
    return grant


class TestWhy:
    def test_each_permission_is_told_with_the_roles_that_give_it(self, as_role):
        owner, project = as_role("owner")
        ann = make_user()
        make_member("viewer", user=ann, tenant=project.tenant)
        make_member("developer", group=make_group(ann, name="crew"), project=project)
        make_member("admin", user=ann, project=make_project(project.tenant))  # elsewhere: it gives nothing here

        whole, here = access(owner, project, ann), access(owner, project, ann, on_project=True)

        assert of(here, "jobs.submit")["sources"] == [{"role": "developer", "place": "project", "group": "crew"}]
        assert [one["role"] for one in of(here, "jobs.view")["sources"]] == ["viewer", "developer"]
        assert "jobs.submit" not in held(whole)
        actor = actor_of_user(ann)
        assert held(whole) == actor.on_tenant(project.tenant_id) == permissions_of(Role.VIEWER)
        assert held(here) == actor.on_project(project.pk, project.tenant_id)

    @pytest.mark.parametrize("role", [str(role) for role in Role])
    def test_it_says_of_every_role_what_their_next_request_may(self, as_role, role):
        admin, project = as_role("platform-admin")
        ann = make_user()
        make_member(role, user=ann, tenant=project.tenant)

        assert held(access(admin, project, ann)) == actor_of_user(ann).on_tenant(project.tenant_id)

    def test_a_role_that_lacks_its_second_factor_is_told_as_withheld(self, as_role):
        owner, project = as_role("owner")
        Authenticator.objects.create(user=owner.user, type="totp", data={})
        ann = make_member("developer", tenant=project.tenant).user
        Tenant.objects.update(requires_second_factor=True)

        without = access(owner, project, ann)
        assert held(without) == set()
        assert of(without, "jobs.submit")["withheld"] == "second-factor"

        Authenticator.objects.create(user=ann, type="totp", data={})
        assert "jobs.submit" in held(access(owner, project, ann))

    def test_who_was_deactivated_holds_nothing(self, as_role):
        owner, project = as_role("owner")
        left = make_member("developer", user=make_user(is_active=False), tenant=project.tenant).user

        assert of(access(owner, project, left), "jobs.view")["withheld"] == "inactive"

    def test_a_token_is_told_what_its_scope_leaves(self, as_role):
        client, project = as_role("developer")
        body = {"name": "ci", "permissions": ["jobs.view", "tenants.view"], "expires_at": in_time(days=1)}
        secret = client.post("/api/v1/me/tokens/", body).json()["token"]

        answer = access(bearer(secret), project)

        assert held(answer) == {"jobs.view", "tenants.view"}
        assert of(answer, "jobs.submit")["withheld"] == "token-scope"

    def test_of_a_service_account_its_tokens_are_told_and_of_a_person_none(self, as_role):
        owner, project = as_role("owner")
        program = make_service_account(project.tenant)
        make_token(program.user, "jobs.view", "members.manage")
        ann = make_member("viewer", tenant=project.tenant).user

        [token] = access(owner, project, program.user).json()["tokens"]

        assert token["permissions"] == ["jobs.view"]  # of members.manage the account has nothing to give
        assert access(owner, project, ann).json()["tokens"] is None

    def test_what_is_shared_with_them_here_is_told(self, as_role):
        owner, project = as_role("owner", equipped=True)
        job = submitted(owner, project)
        ann = make_member("viewer", project=make_project(project.tenant)).user
        make_member("viewer", group=make_group(ann, name="crew"), project=make_project(project.tenant))
        owner.post(address(project, job, "shares/"), {"email": ann.email})
        owner.post(address(project, job, "shares/"), {"group": "crew"})

        shares = access(owner, project, ann, on_project=True).json()["shares"]

        assert {(one["id"], one["group"]) for one in shares} == {(str(job.pk), None), (str(job.pk), "crew")}
        assert {tuple(one["permissions"]) for one in shares} == {("jobs.view",)}


class TestWhoMayAsk:
    def test_whoever_has_no_role_in_the_tenant_is_not_found(self, as_role):
        owner, project = as_role("owner")
        stranger = make_member("owner", tenant=make_tenant()).user

        assert access(owner, project, stranger).status_code == 404
        assert access(owner, project, make_user()).status_code == 404

    def test_others_than_admins_learn_nothing_of_anybody_but_themselves(self, as_role):
        viewer, project = as_role("viewer")
        colleague = make_member("owner", tenant=project.tenant).user

        answers = [access(viewer, project, who) for who in (colleague, make_user())]

        assert [answer.status_code for answer in answers] == [403, 403]
        assert answers[0].json()["detail"] == answers[1].json()["detail"]
        assert access(viewer, project).status_code == 200

    def test_a_tenant_is_not_told_of_roles_on_the_platform(self, as_role):
        owner, project = as_role("owner")
        ann = make_member("viewer", tenant=project.tenant).user
        make_member("auditor", user=ann)
        admin, _ = as_role("platform-admin", project=project)

        assert {role["place"] for role in access(owner, project, ann).json()["roles"]} == {"tenant"}
        assert {role["place"] for role in access(admin, project, ann).json()["roles"]} == {"tenant", "platform"}

    def test_it_asks_as_often_for_many_roles_as_for_one(self, as_role, django_assert_num_queries):
        owner, project = as_role("owner")
        ann = make_user()
        for role in ("viewer", "developer", "admin"):
            make_member(role, group=make_group(ann), tenant=project.tenant)
        access(owner, project, ann)

        with django_assert_num_queries(10):
            access(owner, project, ann)
