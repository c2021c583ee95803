"""API tokens: what they hold, and how they end."""

from datetime import timedelta

import pytest
from django.utils import timezone

from apps.audit.models import AuditEntry
from apps.tenants.models import ApiToken, Member
from tests.conftest import Client
from tests.factories import in_time, make_member, make_project

TOKENS = "/api/v1/me/tokens/"


def body(**fields):
    return {"name": "nightly", "permissions": ["projects.view", "tenants.view"], "expires_at": in_time(days=30), **fields}


def bearer(secret: str) -> Client:
    client = Client()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {secret}")
    return client


class TestCreateToken:
    def test_it_is_shown_once_and_kept_as_a_digest(self, as_role):
        client, _ = as_role("developer")

        made = client.post(TOKENS, body())

        secret = made.json()["token"]
        assert made.status_code == 201
        assert secret.startswith("hns_")
        assert secret not in client.get(TOKENS).content.decode()
        kept = ApiToken.objects.get()
        assert secret not in (kept.digest, kept.hint)
        assert secret not in str(AuditEntry.objects.get().after)

    def test_its_answer_is_replayed_without_the_secret(self, as_role):
        client, _ = as_role("developer")
        given = body()

        first = client.once(TOKENS, given, key="one")
        again = client.once(TOKENS, given, key="one")

        assert again.status_code == 201
        assert again["Idempotency-Replayed"] == "true"
        assert "token" not in again.json()
        assert again.json()["id"] == first.json()["id"]
        assert ApiToken.objects.count() == 1

    @pytest.mark.parametrize(
        ("wrong", "pointer"),
        [
            ({"expires_at": in_time(days=367)}, "/expires_at"),
            ({"expires_at": in_time(days=-1)}, "/expires_at"),
            ({"expires_at": None}, "/expires_at"),
            ({"permissions": []}, "/permissions"),
            ({"permissions": ["world.rule"]}, "/permissions/0"),
            ({"permissions": ["tenants.view", "members.manage"]}, "/permissions/1"),
            ({"name": ""}, "/name"),
        ],
    )
    def test_what_is_wrong_is_named(self, as_role, wrong, pointer):
        client, _ = as_role("developer")

        response = client.post(TOKENS, body(**wrong))

        assert response.status_code == 422
        assert response.json()["errors"][0]["pointer"] == pointer
        assert not ApiToken.objects.exists()

    def test_a_permission_held_elsewhere_is_not_enough(self, as_role):
        client, project = as_role("viewer")
        make_member("owner", user=client.user, tenant=make_project().tenant)
        given = body(permissions=["members.manage"])

        assert client.post(TOKENS, {**given, "tenant": str(project.tenant_id)}).status_code == 422
        assert client.post(TOKENS, given).status_code == 201

    def test_a_token_makes_no_tokens(self, as_role):
        client, _ = as_role("owner")
        secret = client.post(TOKENS, body()).json()["token"]

        response = bearer(secret).post(TOKENS, body(name="child"))

        assert response.status_code == 403
        assert response.json()["type"] == "/problems/needs-session"


class TestUseToken:
    def test_it_holds_only_what_it_names(self, as_role):
        client, project = as_role("owner")
        program = bearer(client.post(TOKENS, body()).json()["token"])

        assert program.get(f"/api/v1/projects/{project.id}/").json()["can"] == ["projects.view", "tenants.view"]
        response = program.post(f"/api/v1/tenants/{project.tenant_id}/projects/", {"slug": "more", "name": "More"})
        assert response.status_code == 403

    def test_it_loses_what_its_owner_loses(self, as_role):
        client, project = as_role("owner")
        program = bearer(client.post(TOKENS, body()).json()["token"])

        Member.objects.filter(user=client.user).delete()

        assert program.get(f"/api/v1/projects/{project.id}/").status_code == 404

    def test_one_of_a_project_sees_no_other(self, as_role):
        client, project = as_role("owner")
        sibling = make_project(project.tenant)
        program = bearer(client.post(TOKENS, body(project=str(project.id))).json()["token"])

        assert program.get(f"/api/v1/projects/{project.id}/").status_code == 200
        assert program.get(f"/api/v1/projects/{sibling.id}/").status_code == 404
        assert [tenant["projects"][0]["slug"] for tenant in program.get("/api/v1/me/").json()["tenants"]] == [project.slug]

    def test_one_of_a_tenant_sees_no_other(self, as_role):
        client, project = as_role("platform-admin")
        theirs = make_project()
        program = bearer(client.post(TOKENS, body(tenant=str(project.tenant_id))).json()["token"])

        assert program.get(f"/api/v1/projects/{project.id}/").status_code == 200
        assert program.get(f"/api/v1/projects/{theirs.id}/").status_code == 404
        assert program.get("/api/v1/tenants/").json()["count"] == 1

    @pytest.mark.parametrize("header", ["Bearer hns_wrong", "Bearer", "Basic abc", "hns_x", "Bearer\thns_x"])
    def test_a_wrong_header_is_refused_and_never_falls_back_to_the_session(self, as_role, header):
        client, _ = as_role("owner")
        client.credentials(HTTP_AUTHORIZATION=header)

        response = client.get("/api/v1/me/")

        assert response.status_code == 401
        assert response.json()["type"] == "/problems/not-signed-in"
        assert response["WWW-Authenticate"] == "Bearer"


class TestEndOfToken:
    def test_a_revoked_one_is_out_at_once(self, as_role):
        client, _ = as_role("owner")
        made = client.post(TOKENS, body()).json()
        program = bearer(made["token"])
        assert program.get("/api/v1/me/").status_code == 200

        assert client.delete(f"{TOKENS}{made['id']}/").status_code == 204

        assert program.get("/api/v1/me/").status_code == 401
        before = client.user.access_version
        client.user.refresh_from_db()
        assert client.user.access_version > before

    def test_it_may_end_itself_but_no_other(self, as_role):
        client, _ = as_role("owner")
        one, other = (client.post(TOKENS, body(name=name)).json() for name in ("one", "other"))
        program = bearer(one["token"])

        assert program.delete(f"{TOKENS}{other['id']}/").status_code == 404
        assert program.delete(f"{TOKENS}{one['id']}/").status_code == 204
        assert program.get("/api/v1/me/").status_code == 401

    def test_an_expired_one_is_out(self, as_role):
        client, _ = as_role("owner")
        program = bearer(client.post(TOKENS, body()).json()["token"])

        ApiToken.objects.update(expires_at=timezone.now() - timedelta(seconds=1))

        assert program.get("/api/v1/me/").status_code == 401

    def test_its_name_is_free_again(self, as_role):
        client, _ = as_role("owner")
        made = client.post(TOKENS, body()).json()
        assert client.post(TOKENS, body()).json()["type"] == "/problems/name-taken"

        client.delete(f"{TOKENS}{made['id']}/")

        assert client.post(TOKENS, body()).status_code == 201

    def test_somebody_elses_is_not_found(self, as_role):
        client, project = as_role("owner")
        stranger, _ = as_role("owner", project=project)
        made = client.post(TOKENS, body()).json()

        assert stranger.delete(f"{TOKENS}{made['id']}/").status_code == 404
