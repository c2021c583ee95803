"""Signing in and out, as the console does it."""

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core.cache import cache
from django.test import Client as Browser

from apps.audit.models import AuditEntry
from tests.factories import PASSWORD, make_user

SESSION = "/_allauth/browser/v1/auth/session"
LOGIN = "/_allauth/browser/v1/auth/login"
CHANGE = "/_allauth/browser/v1/account/password/change"


@pytest.fixture(autouse=True)
def _nothing_counted():
    cache.clear()


@pytest.fixture
def browser(db) -> Browser:
    """A browser that has opened the console and so has the CSRF cookie."""
    browser = Browser(enforce_csrf_checks=True)
    assert browser.get(SESSION).status_code == 401
    return browser


def post(browser: Browser, path: str, body: dict[str, str], method: str = "post"):
    token = browser.cookies["hanse_csrf"].value
    return getattr(browser, method)(path, body, content_type="application/json", headers={"X-CSRFToken": token})


class TestSigningIn:
    def test_the_right_password_opens_a_session_that_the_api_knows(self, browser):
        ann = make_user("Ann", email="ann@aurora.example", password=PASSWORD)

        assert post(browser, LOGIN, {"email": "Ann@Aurora.example", "password": PASSWORD}).status_code == 200

        assert browser.get(SESSION).json()["data"]["user"]["email"] == ann.email
        assert browser.get("/api/v1/me/").json()["user"]["email"] == ann.email
        assert AuditEntry.objects.get().action == "session.open"

    def test_a_wrong_password_and_an_unknown_address_are_answered_alike(self, browser):
        make_user("Ann", email="ann@aurora.example", password=PASSWORD)

        wrong = post(browser, LOGIN, {"email": "ann@aurora.example", "password": "something-else"})
        unknown = post(browser, LOGIN, {"email": "nobody@aurora.example", "password": "something-else"})

        assert wrong.status_code == unknown.status_code == 400
        assert wrong.json() == unknown.json()

    def test_an_account_that_is_not_active_stays_out(self, browser):
        make_user("Ann", email="ann@aurora.example", password=PASSWORD, is_active=False)

        post(browser, LOGIN, {"email": "ann@aurora.example", "password": PASSWORD})

        assert browser.get("/api/v1/me/").status_code == 401

    def test_the_sixth_wrong_password_locks_the_address_out_even_with_the_right_one(self, browser):
        make_user("Ann", email="ann@aurora.example", password=PASSWORD)
        for _ in range(5):
            assert post(browser, LOGIN, {"email": "ann@aurora.example", "password": "wrong"}).status_code == 400

        locked = post(browser, LOGIN, {"email": "ann@aurora.example", "password": PASSWORD})

        assert locked.status_code in (400, 429)
        assert browser.get("/api/v1/me/").status_code == 401

    def test_it_needs_the_csrf_token(self, browser):
        make_user("Ann", email="ann@aurora.example", password=PASSWORD)

        response = browser.post(
            LOGIN, {"email": "ann@aurora.example", "password": PASSWORD}, content_type="application/json"
        )

        assert response.status_code == 403
        assert response.json()["type"] == "/problems/csrf-failed"

    @pytest.mark.parametrize(
        "path",
        ["auth/signup", "account/email", "account/phone", "auth/password/request", "auth/code/request", "auth/email/verify"],
    )
    def test_nobody_makes_an_account_or_takes_an_address_by_themselves(self, browser, path):
        response = post(browser, f"/_allauth/browser/v1/{path}", {"email": "new@example.org", "password": PASSWORD})

        assert response.status_code == 404
        assert response.json()["type"] == "/problems/not-found"

    def test_without_redis_it_works_and_still_counts(self, browser, settings):
        settings.CACHES = {
            "default": {**settings.CACHES["default"], "LOCATION": "redis://127.0.0.1:1/0"},
        }
        make_user("Ann", email="ann@aurora.example", password=PASSWORD)

        for _ in range(5):
            post(browser, LOGIN, {"email": "ann@aurora.example", "password": "wrong"})
        locked = post(browser, LOGIN, {"email": "ann@aurora.example", "password": PASSWORD})

        assert locked.status_code in (400, 429)
        make_user("Otto", email="otto@aurora.example", password=PASSWORD)
        assert post(browser, LOGIN, {"email": "otto@aurora.example", "password": PASSWORD}).status_code == 200


class CountingHasher(MD5PasswordHasher):
    hashed = 0

    def encode(self, password: str, salt: str) -> str:
        CountingHasher.hashed += 1
        return str(super().encode(password, salt))


class TestFlood:
    """A hash costs a third of a second of CPU: whoever asks too often is turned away before it."""

    MOST_A_MINUTE, FLOOD = 60, 150

    @pytest.fixture(autouse=True)
    def _counted(self, settings):
        settings.PASSWORD_HASHERS = ["tests.accounts.test_signing_in.CountingHasher"]
        CountingHasher.hashed = 0

    def test_of_sign_ins_hashes_few_passwords(self, browser):
        for number in range(self.FLOOD):
            post(browser, LOGIN, {"email": f"somebody-{number}@aurora.example", "password": "guessed-again"})

        assert 0 < CountingHasher.hashed <= self.MOST_A_MINUTE

    @pytest.mark.parametrize("path", [CHANGE, "/_allauth/browser/v1/auth/reauthenticate"])
    def test_by_whoever_is_signed_in_hashes_few_passwords(self, browser, path):
        make_user("Ann", email="ann@aurora.example", password=PASSWORD)
        post(browser, LOGIN, {"email": "ann@aurora.example", "password": PASSWORD})
        body = {"current_password": "guessed-again", "password": "guessed-again", "new_password": "another-horse-battery"}

        for _ in range(self.FLOOD):
            post(browser, path, body)

        assert 0 < CountingHasher.hashed <= self.MOST_A_MINUTE

    def test_of_links_that_set_a_password_hashes_few(self, browser):
        for path in ("/api/v1/password-resets/redeem/", "/api/v1/invitations/accept/"):
            for _ in range(self.FLOOD):
                post(browser, path, {"key": "no-such", "secret": "no-such", "name": "New", "password": "guessed-again"})

        assert CountingHasher.hashed <= self.MOST_A_MINUTE


class TestBeingSignedIn:
    @pytest.fixture
    def signed_in(self, browser):
        browser.user = make_user("Ann", email="ann@aurora.example", password=PASSWORD, password_is_temporary=True)
        post(browser, LOGIN, {"email": "ann@aurora.example", "password": PASSWORD})
        return browser

    def test_signing_out_ends_the_session_and_closes_sockets(self, signed_in):
        assert post(signed_in, SESSION, {}, method="delete").status_code == 401

        assert signed_in.get("/api/v1/me/").status_code == 401
        assert list(AuditEntry.objects.order_by("sequence").values_list("action", flat=True)) == [
            "session.open",
            "session.close",
        ]
        before = signed_in.user.access_version
        signed_in.user.refresh_from_db()
        assert signed_in.user.access_version > before

    def test_a_new_password_is_no_longer_temporary(self, signed_in):
        assert signed_in.get("/api/v1/me/").json()["user"]["password_is_temporary"] is True

        response = post(signed_in, CHANGE, {"current_password": PASSWORD, "new_password": "quite-another-horse"})

        assert response.status_code == 200
        assert signed_in.get("/api/v1/me/").json()["user"]["password_is_temporary"] is False

    def test_a_weak_new_password_is_refused(self, signed_in):
        response = post(signed_in, CHANGE, {"current_password": PASSWORD, "new_password": "password"})

        assert response.status_code == 400

    def test_a_change_by_session_needs_the_csrf_token(self, signed_in):
        response = signed_in.post("/api/v1/tickets/", {}, content_type="application/json")

        assert response.status_code == 403
        assert response.json()["type"] == "/problems/csrf-failed"
