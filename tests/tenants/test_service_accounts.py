"""Programs as members of a tenant."""

from datetime import timedelta

import pytest
from django.test import Client as Browser
from django.utils import timezone

from apps.accounts.models import User
from apps.audit.models import AuditEntry
from apps.jobs.models import Job
from apps.tenants.models import ApiToken, Member
from celery_workers import removal
from tests.factories import in_time, make_group, make_project, make_service_account, make_tenant
from tests.jobs.jobs import spec
from tests.tenants.test_tokens import bearer


def accounts(project) -> str:
    return f"/api/v1/tenants/{project.tenant_id}/service-accounts/"


def token_body(**fields):
    held = ["jobs.submit", "jobs.view", "projects.view"]
    return {"name": "ci", "permissions": held, "expires_at": in_time(days=30), **fields}


@pytest.fixture
def nightly(as_role):
    """`nightly(role)` -> (owner, project, account document): a program with that role, in an equipped tenant."""

    def make(role: str = "developer"):
        owner, project = as_role("owner", equipped=True)
        made = owner.post(accounts(project), {"name": "nightly", "description": "Trains.", "role": role})
        assert made.status_code == 201
        return owner, project, made.json()

    return make


class TestCreate:
    def test_it_is_a_member_like_others_and_said_to_be_a_program(self, nightly):
        owner, project, account = nightly()

        (member,) = [
            row
            for row in owner.get(f"/api/v1/tenants/{project.tenant_id}/members/").json()["results"]
            if row["user"]["kind"] == "service"
        ]

        assert (member["user"]["name"], member["role"]) == ("nightly", "developer")
        assert member["user"]["id"] == account["user_id"]
        assert AuditEntry.objects.filter(action="service-account.create").get().subject_label == "nightly"

    def test_it_cannot_sign_in_and_is_no_account_of_a_person(self, nightly, as_role):
        _, _, account = nightly()
        user = User.objects.get(pk=account["user_id"])
        admin, _ = as_role("platform-admin")
        browser = Browser()
        browser.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")

        assert not user.has_usable_password()
        assert browser.get("/api/v1/me/").status_code == 401
        assert admin.get(f"/api/v1/users/{user.pk}/").status_code == 404
        assert admin.post(f"/api/v1/users/{user.pk}/reset-password/").status_code == 404

    def test_it_owns_no_tenant_and_joins_no_other(self, nightly, as_role):
        owner, project, _ = nightly()
        members = f"/api/v1/tenants/{project.tenant_id}/members/"
        stranger, theirs = as_role("owner")

        own = owner.post(members, {"service_account": "nightly", "role": "owner"})
        other = stranger.post(
            f"/api/v1/tenants/{theirs.tenant_id}/members/", {"service_account": "nightly", "role": "viewer"}
        )

        assert own.json()["errors"][0]["pointer"] == "/role"
        assert other.json()["errors"][0]["pointer"] == "/service_account"

    def test_a_name_is_taken_once_a_tenant(self, nightly, as_role):
        owner, project, _ = nightly()
        stranger, theirs = as_role("owner")

        assert owner.post(accounts(project), {"name": "nightly"}).json()["type"] == "/problems/name-taken"
        assert stranger.post(accounts(theirs), {"name": "nightly"}).status_code == 201

    def test_more_roles_are_given_as_to_members(self, nightly):
        owner, project, account = nightly("viewer")
        second = make_project(project.tenant)
        body = {"service_account": "nightly", "role": "developer", "project": str(second.pk)}

        assert owner.post(f"/api/v1/tenants/{project.tenant_id}/members/", body).status_code == 201
        assert Member.objects.filter(user_id=account["user_id"]).count() == 2

    def test_the_list_costs_the_same_queries_at_3_and_at_30_rows(self, as_role, django_assert_num_queries):
        client, project = as_role("owner")
        for _ in range(3):
            make_service_account(project.tenant)
        with django_assert_num_queries(6):
            assert client.get(accounts(project)).json()["count"] == 3
        for _ in range(27):
            make_service_account(project.tenant)

        with django_assert_num_queries(6):
            assert client.get(accounts(project)).json()["count"] == 30


class TestTokens:
    def test_it_acts_by_a_token_and_is_named_in_what_it_does(self, nightly):
        owner, project, account = nightly()
        made = owner.post(f"{accounts(project)}{account['id']}/tokens/", token_body()).json()
        program = bearer(made["token"])

        job = program.post(f"/api/v1/projects/{project.pk}/jobs/", spec()).json()

        assert job["submitted_by"] == {"id": account["user_id"], "name": "nightly", "kind": "service"}
        entry = AuditEntry.objects.get(action="job.submit")
        assert (entry.actor_label, entry.token_label) == ("service account nightly", "ci")
        shown = owner.get(f"{accounts(project)}{account['id']}/tokens/").json()["results"][0]
        assert shown["last_used_at"] is not None
        assert made["token"] not in str(shown)

    def test_it_makes_no_tokens_itself(self, nightly):
        owner, project, account = nightly("admin")
        tokens = f"{accounts(project)}{account['id']}/tokens/"
        held = ["members.manage", "members.view", "tenants.view"]
        made = owner.post(tokens, token_body(permissions=held)).json()
        program = bearer(made["token"])

        for path, body in (
            (tokens, token_body(name="child", permissions=held)),
            ("/api/v1/me/tokens/", token_body(name="child", permissions=held)),
            (f"{tokens}{made['id']}/rotate/", {}),
            (f"/api/v1/me/tokens/{made['id']}/rotate/", {}),
        ):
            assert program.post(path, body).json()["type"] == "/problems/needs-session"
        assert ApiToken.objects.count() == 1

    def test_nobody_makes_a_token_of_one_who_holds_more(self, nightly, as_role):
        _, project, account = nightly("admin")
        limited, _ = as_role("admin", project=project, on="project")
        admin, _ = as_role("admin", project=project)

        tokens = f"{accounts(project)}{account['id']}/tokens/"

        assert limited.post(tokens, token_body()).status_code == 403
        assert admin.post(tokens, token_body()).status_code == 201

    def test_it_holds_no_more_than_the_account(self, nightly):
        owner, project, account = nightly("viewer")

        answer = owner.post(f"{accounts(project)}{account['id']}/tokens/", token_body())

        assert answer.json()["errors"] == [{"pointer": "/permissions/0", "detail": "It does not hold jobs.submit there."}]

    def test_a_successor_takes_over_while_the_old_one_still_works(self, nightly):
        owner, project, account = nightly()
        tokens = f"{accounts(project)}{account['id']}/tokens/"
        old = owner.post(tokens, token_body()).json()

        new = owner.post(f"{tokens}{old['id']}/rotate/", {"overlap_hours": 2})

        assert new.status_code == 201
        assert (new.json()["name"], new.json()["permissions"]) == (old["name"], old["permissions"])
        assert bearer(old["token"]).get("/api/v1/me/").status_code == 200
        assert bearer(new.json()["token"]).get("/api/v1/me/").status_code == 200
        row = ApiToken.objects.get(pk=old["id"])
        assert timezone.now() + timedelta(hours=1) < row.expires_at <= timezone.now() + timedelta(hours=2)
        ApiToken.objects.filter(pk=row.pk).update(expires_at=timezone.now())
        assert bearer(old["token"]).get("/api/v1/me/").status_code == 401
        assert owner.post(f"{tokens}{old['id']}/rotate/").json()["type"] == "/problems/conflict"

    def test_ones_own_are_rotated_alike(self, as_role):
        client, _ = as_role("developer")
        old = client.post("/api/v1/me/tokens/", token_body()).json()

        new = client.post(f"/api/v1/me/tokens/{old['id']}/rotate/", {"overlap_hours": 0}).json()

        assert bearer(old["token"]).get("/api/v1/me/").status_code == 401
        assert bearer(new["token"]).get("/api/v1/me/").status_code == 200


class TestRemove:
    def test_its_tokens_end_at_once_and_its_jobs_keep_its_name(self, nightly):
        owner, project, account = nightly()
        made = owner.post(f"{accounts(project)}{account['id']}/tokens/", token_body()).json()
        program = bearer(made["token"])
        job = program.post(f"/api/v1/projects/{project.pk}/jobs/", spec()).json()
        version = User.objects.get(pk=account["user_id"]).access_version

        assert owner.change("delete", f"{accounts(project)}{account['id']}/", match='"1"').status_code == 204

        assert program.get("/api/v1/me/").status_code == 401
        user = User.objects.get(pk=account["user_id"])
        assert user.access_version > version  # which closes its sockets
        assert not user.is_active
        assert Job.objects.get(pk=job["id"]).phase == "queued"
        assert owner.get(f"/api/v1/projects/{project.pk}/jobs/{job['id']}/").json()["submitted_by"]["name"] == "nightly"
        assert not Member.objects.filter(user=user).exists()
        assert owner.post(accounts(project), {"name": "nightly"}).status_code == 201

    def test_that_of_another_tenant_is_not_found(self, nightly, as_role):
        _, _, account = nightly()
        stranger, theirs = as_role("owner")

        assert stranger.change("delete", f"{accounts(theirs)}{account['id']}/").status_code == 404
        assert stranger.get(f"{accounts(theirs)}{account['id']}/tokens/").status_code == 404

    def test_it_goes_with_its_tenant(self, as_role):
        admin, _ = as_role("platform-admin")
        tenant = make_tenant(phase="closed")
        account = make_service_account(tenant)

        answer = admin.change("delete", f"/api/v1/tenants/{tenant.pk}/", {"confirm": tenant.slug})

        removal.remove_tenant(tenant.pk)

        assert answer.status_code == 202
        assert not User.objects.get(pk=account.user_id).is_active


class TestGroups:
    def test_a_program_is_in_none(self, nightly, as_role):
        _, _, account = nightly()
        admin, _ = as_role("platform-admin")
        address = User.objects.get(pk=account["user_id"]).email

        answer = admin.post(f"/api/v1/groups/{make_group().pk}/users/", {"email": address})

        assert answer.status_code == 422
