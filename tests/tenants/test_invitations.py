"""Inviting, and taking an invitation up."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from apps.accounts.models import User
from apps.audit.models import AuditEntry
from apps.monitoring.services import deliver_notifications
from apps.tenants.models import Invitation, Member
from apps.tenants.services import tell_of_expired_invitations
from celery_workers.tasks.mail import deliver_mail
from tests.conftest import Client
from tests.factories import PASSWORD, in_time, make_project, make_user
from tests.tenants.test_tokens import bearer

OPEN, ACCEPT = "/api/v1/invitations/open/", "/api/v1/invitations/accept/"
EMAIL = "nell@aurora.example"


@pytest.fixture(autouse=True)
def _nothing_counted():
    cache.clear()


def invitations(project) -> str:
    return f"/api/v1/tenants/{project.tenant_id}/invitations/"


def invite(client, to, **fields):
    return client.post(invitations(to), {"email": EMAIL, "role": "developer", **fields})


def states(client, project) -> list[str]:
    return [one["state"] for one in client.get(invitations(project)).json()["results"]]


def secret_of(answer) -> str:
    return answer.json()["link"].partition("#")[2]


def accept_as_new(secret: str, **fields):
    """As the console does, which gives each POST a key."""
    return Client().once(ACCEPT, {"secret": secret, "name": "Nell", "password": PASSWORD, **fields}, key=f"accept {fields}")


class TestInvite:
    def test_the_link_is_in_this_answer_only(self, as_role):
        client, project = as_role("owner")
        body = {"email": "Nell@Aurora.example", "role": "developer"}

        made = client.once(invitations(project), body, key="one")

        assert made.status_code == 201
        assert made.json()["email"] == EMAIL
        secret = secret_of(made)
        assert secret.startswith("hni_")
        assert "link" not in client.once(invitations(project), body, key="one").json()
        assert secret not in client.get(invitations(project)).content.decode()
        assert secret not in str(AuditEntry.objects.get().after)

    def test_an_address_with_and_without_an_account_is_answered_alike(self, as_role):
        client, project = as_role("owner")
        make_user(email=EMAIL)

        known = invite(client, project).json()
        unknown = invite(client, project, email="nobody@aurora.example").json()

        differing = {name for name in known if known[name] != unknown[name]}
        assert differing == {"id", "email", "link", "created_at", "expires_at"}

    @pytest.mark.parametrize(
        ("inviter", "role", "status"),
        [
            ("owner", "owner", 201),
            ("admin", "owner", 403),
            ("admin", "developer", 201),
            ("developer", "viewer", 403),
            ("owner", "platform-admin", 422),
        ],
    )
    def test_nobody_offers_more_than_they_hold(self, as_role, inviter, role, status):
        client, project = as_role(inviter)

        assert invite(client, project, role=role).status_code == status
        assert Invitation.objects.exists() == (status == 201)

    def test_an_admin_of_one_project_invites_to_it_only(self, as_role):
        client, project = as_role("admin", on="project")
        make_project(project.tenant)

        assert invite(client, project, project=str(project.pk)).status_code == 201
        assert invite(client, project).status_code == 403
        assert client.get(invitations(project)).json()["count"] == 1

    @pytest.mark.parametrize(
        ("wrong", "pointer"),
        [({"email": "nell"}, "/email"), ({"days": 31}, "/days"), ({"days": 0}, "/days"), ({"role": "emperor"}, "/role")],
    )
    def test_what_is_wrong_is_named(self, as_role, wrong, pointer):
        client, project = as_role("owner")

        answer = invite(client, project, **wrong)

        assert answer.status_code == 422
        assert answer.json()["errors"][0]["pointer"] == pointer

    def test_the_same_offer_twice_is_refused_until_it_is_revoked(self, as_role):
        client, project = as_role("owner")
        made = invite(client, project).json()

        assert invite(client, project).json()["type"] == "/problems/already-invited"
        assert client.change("delete", f"{invitations(project)}{made['id']}/", match='"1"').status_code == 204
        assert invite(client, project).status_code == 201

    def test_the_list_costs_the_same_queries_at_3_and_at_30_rows(self, as_role, django_assert_num_queries):
        client, project = as_role("owner")
        for number in range(30):
            invite(client, project, email=f"one-{number}@aurora.example")
            if number == 2:
                with django_assert_num_queries(8):
                    assert client.get(invitations(project)).json()["count"] == 3

        with django_assert_num_queries(8):
            assert client.get(invitations(project)).json()["count"] == 30


class TestOpen:
    def test_it_says_what_is_offered_by_whom(self, as_role):
        client, project = as_role("owner")
        secret = secret_of(invite(client, project, project=str(project.pk)))

        offer = Client().post(OPEN, {"secret": secret}).json()

        assert (offer["tenant"], offer["project"], offer["role"]) == (project.tenant.name, project.name, "developer")
        assert (offer["invited_by"], offer["email"], offer["signed_in_as"]) == ("The owner", EMAIL, None)
        assert client.post(OPEN, {"secret": secret}).json()["signed_in_as"] == client.user.email

    @pytest.mark.parametrize("secret", ["hni_", "hni_AAAA", "x" * 200, "hni_" + "A" * 64, "hni_\u00e9"])
    def test_what_never_was_is_gone(self, db, secret):
        answer = Client().post(OPEN, {"secret": secret})

        assert answer.status_code == 410
        assert "state" not in answer.json()


class TestAccept:
    def test_a_newcomer_gets_an_account_and_the_role(self, as_role):
        client, project = as_role("owner")
        secret = secret_of(invite(client, project))

        assert accept_as_new(secret).status_code == 200

        nell = User.objects.get(email=EMAIL)
        assert nell.check_password(PASSWORD)
        assert not nell.password_is_temporary
        member = Member.objects.get(user=nell)
        assert (member.role, member.tenant, member.project) == ("developer", project.tenant, None)
        trail = AuditEntry.objects.filter(tenant_id=project.tenant_id).order_by("sequence")
        assert [(entry.action, entry.actor_label) for entry in trail] == [
            ("invitation.create", client.user.email),
            ("invitation.accept", EMAIL),
            ("member.add", EMAIL),
        ]

    def test_it_works_once(self, as_role):
        client, project = as_role("owner")
        secret = secret_of(invite(client, project))
        accept_as_new(secret)

        again = accept_as_new(secret, name="Mallory")

        assert again.status_code == 410
        assert again.json()["state"] == "accepted"
        assert client.get(invitations(project)).json()["results"][0]["state"] == "accepted"

    def test_a_weak_password_is_refused_and_nothing_is_made(self, as_role):
        client, project = as_role("owner")
        secret = secret_of(invite(client, project))

        answer = accept_as_new(secret, password="nell")

        assert answer.json()["errors"][0]["pointer"] == "/password"
        assert not User.objects.filter(email=EMAIL).exists()
        assert accept_as_new(secret).status_code == 200

    def test_who_has_an_account_accepts_in_their_session(self, as_role):
        client, project = as_role("owner")
        nell, _ = as_role("outsider", user=make_user("Nell", email=EMAIL))
        secret = secret_of(invite(client, project))

        assert accept_as_new(secret).json()["type"] == "/problems/sign-in-first"
        assert nell.post(ACCEPT, {"secret": secret}).status_code == 200

        assert nell.get(f"/api/v1/projects/{project.pk}/").status_code == 200
        assert User.objects.filter(email=EMAIL).count() == 1

    def test_somebody_elses_session_does_not_accept(self, as_role):
        client, project = as_role("owner")
        mallory, _ = as_role("outsider")
        secret = secret_of(invite(client, project))

        answer = mallory.post(ACCEPT, {"secret": secret})

        assert answer.json()["type"] == "/problems/for-somebody-else"
        assert not Member.objects.filter(user=mallory.user).exists()

    def test_a_token_accepts_nothing(self, as_role):
        client, project = as_role("owner")
        nell, _ = as_role("viewer", user=make_user("Nell", email=EMAIL))
        secret = secret_of(invite(client, project))
        body = {"name": "ci", "permissions": ["jobs.view"], "expires_at": in_time(days=1)}
        program = bearer(nell.post("/api/v1/me/tokens/", body).json()["token"])

        assert program.post(ACCEPT, {"secret": secret}).json()["type"] == "/problems/needs-session"

    def test_a_role_that_was_given_in_the_meantime_is_not_given_twice(self, as_role):
        client, project = as_role("owner")
        secret = secret_of(invite(client, project))
        nell, _ = as_role("developer", project=project, user=make_user("Nell", email=EMAIL))

        assert nell.post(ACCEPT, {"secret": secret}).status_code == 200
        assert Member.objects.filter(user=nell.user).count() == 1


class TestEndOfInvitation:
    def test_its_time_passes(self, as_role):
        client, project = as_role("owner")
        secret = secret_of(invite(client, project))
        Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))

        assert accept_as_new(secret).json()["state"] == "expired"
        assert client.get(invitations(project)).json()["results"][0]["state"] == "expired"

    def test_a_newer_link_ends_the_older(self, as_role):
        client, project = as_role("owner")
        made = invite(client, project)
        resent = client.post(f"{invitations(project)}{made.json()['id']}/resend/", {"days": 3})

        assert resent.status_code == 200
        assert accept_as_new(secret_of(made)).status_code == 410
        assert accept_as_new(secret_of(resent)).status_code == 200

    def test_it_is_void_when_the_inviter_loses_the_right(self, as_role):
        owner, project = as_role("owner")
        admin, _ = as_role("admin", project=project)
        secret = secret_of(invite(admin, project))

        Member.objects.filter(user=admin.user).update(role="viewer")

        assert states(owner, project) == ["void"]
        assert accept_as_new(secret).json()["state"] == "void"
        assert not User.objects.filter(email=EMAIL).exists()
        # Another who may takes it over by sending it again.
        made = Invitation.objects.get()
        resent = owner.post(f"{invitations(project)}{made.pk}/resend/")
        assert accept_as_new(secret_of(resent)).status_code == 200

    def test_it_is_void_when_the_inviter_is_gone(self, as_role):
        client, project = as_role("owner")
        other, _ = as_role("owner", project=project)
        secret = secret_of(invite(client, project))
        invite(other, project, email="other@aurora.example")
        User.objects.filter(pk=client.user.pk).update(is_active=False)

        assert states(other, project) == ["pending", "void"]
        assert accept_as_new(secret).json()["state"] == "void"

    def test_it_is_void_when_the_token_that_made_it_is_revoked(self, as_role):
        client, project = as_role("owner")
        body = {"name": "ci", "permissions": ["members.manage", "tenants.view"], "expires_at": in_time(days=1)}
        made = client.post(
            "/api/v1/me/tokens/", {**body, "permissions": client.get("/api/v1/me/").json()["tenants"][0]["can"]}
        )
        secret = secret_of(invite(bearer(made.json()["token"]), project))

        client.delete(f"/api/v1/me/tokens/{made.json()['id']}/")

        assert states(client, project) == ["void"]
        assert accept_as_new(secret).json()["state"] == "void"

    def test_an_invitation_of_another_tenant_is_not_found(self, as_role):
        client, project = as_role("owner")
        stranger, theirs = as_role("owner")
        made = invite(client, project).json()

        assert stranger.change("delete", f"{invitations(theirs)}{made['id']}/").status_code == 404
        assert stranger.post(f"{invitations(theirs)}{made['id']}/resend/").status_code == 404


class TestMail:
    def test_the_link_goes_to_the_address_and_the_inviter_does_not_see_it(self, as_role, mail_server):
        client, project = as_role("owner")

        made = invite(client, project)

        assert (made.json()["mailed"], made.json()["link"]) == (True, None)
        deliver_mail()
        [mail] = mail_server.messages
        assert mail["To"] == EMAIL
        assert mail["Subject"] == f"The owner invites you to {project.tenant.name} on Hanse"
        secret = re.search(r"/invitation#(hni_[\w-]+)", mail.get_body(("plain",)).get_content())[1]
        assert accept_as_new(secret).status_code == 200

    def test_it_is_written_in_the_language_of_the_inviter(self, as_role, mail_server):
        client, project = as_role("owner")
        User.objects.filter(pk=client.user.pk).update(language="zh-hans")

        invite(client, project)

        deliver_mail()
        assert "邀请您加入" in mail_server.messages[0]["Subject"]

    def test_who_makes_accounts_anyway_may_hand_the_link_on(self, as_role, mail_server):
        admin, project = as_role("platform-admin")

        assert invite(admin, project).json()["link"]


class TestTelling:
    def _told(self, client):
        deliver_notifications(now=timezone.now())
        return [one["code"] for one in client.get("/api/v1/me/notifications/").json()["results"]]

    def test_admins_hear_that_somebody_is_invited_and_who_invited_that_they_came(self, as_role):
        admin, project = as_role("admin")
        owner, viewer = as_role("owner", project=project)[0], as_role("viewer", project=project)[0]

        made = invite(admin, project)
        assert (self._told(owner), self._told(viewer)) == (["invitation.sent"], [])
        accept_as_new(secret_of(made))

        assert self._told(admin) == ["invitation.accepted", "invitation.sent"]
        said = admin.get("/api/v1/me/notifications/").json()["results"][0]["said"]
        assert said["en"]["title"] == f"{EMAIL} is now developer of {project.tenant.name}"
        assert EMAIL in said["zh_hans"]["title"]
        assert self._told(owner) == ["invitation.sent"]

    def test_who_invited_hears_once_that_it_is_over_and_again_when_it_was_sent_again(self, as_role):
        client, project = as_role("owner")
        made = invite(client, project).json()
        for days in (6, 8, 9):
            tell_of_expired_invitations(now=timezone.now() + timedelta(days=days))
        assert self._told(client) == ["invitation.expired", "invitation.sent"]

        client.post(f"{invitations(project)}{made['id']}/resend/", {})
        tell_of_expired_invitations(now=timezone.now() + timedelta(days=20))
        assert self._told(client)[0] == "invitation.expired"
        assert Invitation.objects.get().state == "pending"
