"""Authenticator apps, recovery codes, and who must have one."""

from contextlib import closing

import pytest
import redis
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet
from django.conf import settings
from django.core.cache import cache
from django.core.management import CommandError, call_command

from apps.accounts.models import OpenSession
from apps.audit.models import AuditEntry
from tests.accounts.conftest import AuthenticatorApp, Browser
from tests.conftest import Client
from tests.factories import PASSWORD, in_time, make_member, make_tenant, make_user

APP, CODES = "account/authenticators/totp", "account/authenticators/recovery-codes"
SECOND, PROVE = "auth/2fa/authenticate", "auth/reauthenticate"


class TestAuthenticatorApp:
    def test_is_asked_for_after_the_password(self, browser, ann):
        app = browser.add_authenticator_app()
        other = Browser()

        asked = other.sign_in(ann)
        assert asked.status_code == 401
        assert {"id": "mfa_authenticate", "is_pending": True, "types": ["recovery_codes", "totp"]} in asked.json()["data"][
            "flows"
        ]
        assert not other.may_ask

        assert other.send(SECOND, {"code": app.code()}).status_code == 200
        assert other.may_ask
        assert OpenSession.objects.latest("pk").second_factor

    def test_its_key_is_encrypted_at_rest(self, browser, ann):
        secret = browser.ask(APP).json()["meta"]["secret"]
        browser.add_authenticator_app()

        kept = Authenticator.objects.get(type="totp").data["secret"]
        assert kept.startswith("gAAAA")
        assert secret not in kept

    def test_while_it_is_set_up_its_key_is_encrypted_for_ten_minutes_at_most(self, browser):
        secret = browser.ask(APP).json()["meta"]["secret"]

        assert secret not in str(browser.session.items())
        with closing(redis.from_url(settings.REDIS_URL)) as client:
            (kept,) = client.scan_iter("*authenticator-app-to-be*")
            assert b"gAAAA" in client.get(kept)
            assert secret.encode() not in client.get(kept)
            assert 0 < client.ttl(kept) <= 600

            assert browser.send(APP, {"code": "000000"}).status_code == 400
            assert browser.send(APP, {"code": AuthenticatorApp(secret).code()}).status_code == 200
            assert not client.exists(kept)

    def test_when_too_much_time_has_passed_it_is_begun_anew(self, browser):
        app = AuthenticatorApp(browser.ask(APP).json()["meta"]["secret"])
        cache.clear()

        assert browser.send(APP, {"code": app.code()}).status_code == 400
        browser.add_authenticator_app()

    def test_goes_on_when_the_encryption_key_is_another(self, browser, ann, settings):
        app = browser.add_authenticator_app()
        settings.ENCRYPTION_KEYS = [Fernet.generate_key().decode(), *settings.ENCRYPTION_KEYS]

        with pytest.raises(CommandError):
            call_command("rotate_encryption_key", "--check")
        call_command("rotate_encryption_key")
        settings.ENCRYPTION_KEYS = settings.ENCRYPTION_KEYS[:1]

        other = Browser()
        other.sign_in(ann)
        assert other.send(SECOND, {"code": app.code()}).status_code == 200

    def test_a_code_counts_once(self, browser, ann):
        app = browser.add_authenticator_app()
        first, second = Browser(), Browser()
        first.sign_in(ann)
        second.sign_in(ann)
        code = app.code()

        assert first.send(SECOND, {"code": code}).status_code == 200
        assert second.send(SECOND, {"code": code}).status_code == 400
        assert not second.may_ask

    def test_wrong_codes_lock_out_and_the_owner_finds_them_in_the_trail(self, browser, ann):
        app = browser.add_authenticator_app()
        thief = Browser()
        thief.sign_in(ann)

        for _ in range(5):
            assert thief.send(SECOND, {"code": "000000"}).status_code == 400
        locked = thief.send(SECOND, {"code": app.code()})

        assert locked.status_code == 400
        assert 0 < int(locked["Retry-After"]) <= 300
        assert not thief.may_ask
        assert AuditEntry.objects.filter(action="session.second-factor-refused", actor_id=ann.pk).count() == 5

    def test_a_wrong_code_does_not_add_it(self, browser):
        browser.ask(APP)

        assert browser.send(APP, {"code": "000000"}).status_code == 400
        assert not Authenticator.objects.exists()
        assert not AuditEntry.objects.filter(action="second-factor.add").exists()

    def test_the_first_one_ends_the_sessions_that_were_opened_without(self, browser, ann):
        earlier = Browser()
        earlier.sign_in(ann)
        assert earlier.may_ask

        browser.add_authenticator_app()

        assert browser.may_ask
        assert not earlier.may_ask

    def test_each_change_is_in_the_trail_without_its_secret(self, browser, ann):
        browser.add_authenticator_app()
        assert browser.send(APP, method="delete").status_code == 200

        added, removed = AuditEntry.objects.filter(action__startswith="second-factor.").order_by("pk")
        assert (added.action, added.before, added.after) == (
            "second-factor.add",
            {"second_factors": []},
            {"second_factors": ["totp", "recovery_codes"]},
        )
        assert (removed.action, removed.after) == ("second-factor.remove", {"second_factors": []})

    @pytest.mark.parametrize(("path", "method"), [(APP, "post"), (APP, "delete"), (CODES, "post")])
    def test_a_change_asks_for_the_csrf_token(self, browser, path, method):
        browser.add_authenticator_app()

        answer = getattr(browser, method)(f"/_allauth/browser/v1/{path}", {}, content_type="application/json")

        assert answer.status_code == 403


class TestProvingOnceMore:
    @pytest.fixture
    def long_ago(self, browser):
        """Ann signed in a while ago."""
        session = browser.session
        session["account_authentication_methods"][0]["at"] -= 3600
        session.save()
        return browser

    def test_is_asked_before_a_change(self, long_ago):
        app = AuthenticatorApp(long_ago.ask(APP).json()["meta"]["secret"])

        refused = long_ago.send(APP, {"code": app.code()})

        assert refused.status_code == 401
        assert {"id": "reauthenticate"} in refused.json()["data"]["flows"]
        assert not Authenticator.objects.exists()

    def test_with_the_password_it_goes_on(self, long_ago):
        assert long_ago.send(PROVE, {"password": "wrong"}).status_code == 400
        assert long_ago.send(CODES).status_code in (400, 401)

        assert long_ago.send(PROVE, {"password": PASSWORD}).status_code == 200
        long_ago.add_authenticator_app()

    def test_guessing_the_password_is_counted(self, long_ago):
        for _ in range(5):
            long_ago.send(PROVE, {"password": "wrong"})

        locked = long_ago.send(PROVE, {"password": PASSWORD})

        assert locked.status_code in (400, 429)
        assert int(locked["Retry-After"]) > 0


class TestRecoveryCodes:
    def test_one_signs_in_once(self, browser, ann):
        browser.add_authenticator_app()
        codes = browser.send(CODES).json()["data"]["unused_codes"]
        assert len(codes) == 10
        first, second = Browser(), Browser()
        first.sign_in(ann)
        second.sign_in(ann)

        assert first.send(SECOND, {"code": codes[0]}).status_code == 200
        assert second.send(SECOND, {"code": codes[0]}).status_code == 400

    def test_new_ones_end_the_old_ones(self, browser, ann):
        browser.add_authenticator_app()
        old = browser.send(CODES).json()["data"]["unused_codes"]
        browser.send(CODES)
        other = Browser()
        other.sign_in(ann)

        assert other.send(SECOND, {"code": old[0]}).status_code == 400
        assert AuditEntry.objects.filter(action="second-factor.renew-codes").count() == 2

    def test_they_are_shown_once(self, browser):
        browser.add_authenticator_app()
        browser.send(CODES)

        again = browser.ask(CODES).json()["data"]

        assert again["unused_code_count"] == 10
        assert "unused_codes" not in again

    def test_there_are_none_without_a_second_factor(self, browser):
        browser.send(CODES)

        assert not Authenticator.objects.exists()


class TestRequirement:
    ROLES = {"everybody": "viewer", "administrators": "auditor"}

    @pytest.mark.parametrize("policy", ROLES)
    def test_of_the_platform_voids_roles_until_there_is_one(self, browser, ann, settings, policy):
        settings.SECOND_FACTOR_REQUIRED = policy
        tenant = make_tenant()
        make_member(self.ROLES[policy], user=ann, tenant=tenant)

        refused = browser.ask(f"/api/v1/tenants/{tenant.pk}/")
        me = browser.ask("/api/v1/me/").json()
        assert (refused.status_code, refused.json()["type"]) == (403, "/problems/second-factor-needed")
        assert me["second_factor"] == {"present": False, "needed": True, "needed_in": []}
        assert (me["tenants"], me["can"]) == ([], [])
        assert browser.ask("/api/v1/me/sessions/").status_code == 200

        browser.add_authenticator_app()

        assert browser.ask(f"/api/v1/tenants/{tenant.pk}/").status_code == 200
        assert browser.ask("/api/v1/me/").json()["second_factor"]["needed"] is False

    def test_of_administrators_is_none_of_others(self, browser, ann, settings):
        settings.SECOND_FACTOR_REQUIRED = "administrators"
        tenant = make_tenant()
        make_member("owner", user=ann, tenant=tenant)

        assert browser.ask(f"/api/v1/tenants/{tenant.pk}/").status_code == 200

    def test_of_a_tenant_is_none_of_the_others(self, browser, ann):
        strict, free = make_tenant(requires_second_factor=True), make_tenant()
        for tenant in (strict, free):
            make_member("viewer", user=ann, tenant=tenant)

        refused = browser.ask(f"/api/v1/tenants/{strict.pk}/")
        me = browser.ask("/api/v1/me/").json()
        assert refused.json()["type"] == "/problems/second-factor-needed"
        assert browser.ask(f"/api/v1/tenants/{free.pk}/").status_code == 200
        assert [tenant["slug"] for tenant in me["tenants"]] == [free.slug]
        assert [tenant["slug"] for tenant in me["second_factor"]["needed_in"]] == [strict.slug]

        browser.add_authenticator_app()

        assert browser.ask(f"/api/v1/tenants/{strict.pk}/").status_code == 200

    def test_holds_for_tokens_too(self, browser, ann):
        tenant = make_tenant()
        make_member("owner", user=ann, tenant=tenant)
        token = browser.send(
            "/api/v1/me/tokens/", {"name": "ci", "permissions": ["tenants.view"], "expires_at": in_time(days=1)}
        ).json()["token"]
        program = Client(headers={"Authorization": f"Bearer {token}"})
        assert program.get(f"/api/v1/tenants/{tenant.pk}/").status_code == 200

        type(tenant).objects.update(requires_second_factor=True)
        assert program.get(f"/api/v1/tenants/{tenant.pk}/").json()["type"] == "/problems/second-factor-needed"

        browser.add_authenticator_app()
        assert program.get(f"/api/v1/tenants/{tenant.pk}/").status_code == 200

    def test_nobody_shuts_themselves_out(self, browser, ann):
        tenant = make_tenant()
        make_member("owner", user=ann, tenant=tenant)
        address, match = f"/api/v1/tenants/{tenant.pk}/", {"If-Match": "*"}

        refused = browser.send(address, {"requires_second_factor": True}, method="patch", **match)
        assert refused.status_code == 409

        browser.add_authenticator_app()
        taken = browser.send(address, {"requires_second_factor": True}, method="patch", **match)

        assert taken.status_code == 200
        assert taken.json()["requires_second_factor"] is True
        assert browser.ask(address).status_code == 200

    def test_asking_for_it_closes_the_sockets_of_members(self, browser, ann):
        tenant = make_tenant()
        make_member("owner", user=ann, tenant=tenant)
        member = make_member("viewer", tenant=tenant).user
        browser.add_authenticator_app()
        before = member.access_version

        browser.send(f"/api/v1/tenants/{tenant.pk}/", {"requires_second_factor": True}, method="patch", **{"If-Match": "*"})

        member.refresh_from_db()
        assert member.access_version > before


class TestAdministrators:
    def test_help_somebody_who_lost_their_telephone(self, browser, ann, as_role):
        browser.add_authenticator_app()
        admin, _ = as_role("platform-admin")
        listed = admin.get("/api/v1/users/?q=ann@").json()["results"][0]
        assert listed["has_second_factor"] is True

        assert admin.post(f"/api/v1/users/{ann.pk}/remove-second-factors/").status_code == 204

        assert not browser.may_ask
        cache.clear()
        again = Browser()
        assert again.sign_in(ann).status_code == 200
        entry = AuditEntry.objects.get(action="second-factor.remove-all")
        assert entry.before == {"second_factors": ["totp", "recovery_codes"]}

    def test_a_token_cannot(self, as_role):
        admin, _ = as_role("platform-admin")
        token = admin.post(
            "/api/v1/me/tokens/", {"name": "ci", "permissions": ["users.manage"], "expires_at": in_time(days=1)}
        ).json()["token"]
        program = Client(headers={"Authorization": f"Bearer {token}"})

        answer = program.post(f"/api/v1/users/{make_user().pk}/remove-second-factors/")

        assert answer.json()["type"] == "/problems/needs-session"
