"""Where one is signed in, and ending that."""

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache

from apps.accounts import services
from apps.accounts.browsers import browser_of
from apps.accounts.models import OpenSession
from apps.audit.models import AuditEntry
from tests.accounts.conftest import Browser
from tests.conftest import Client
from tests.factories import in_time, make_user

SESSIONS = "/api/v1/me/sessions/"
SAFARI = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/604.1"
EDGE = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0"
CHROME = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36"


@pytest.fixture
def telephone(ann):
    telephone = Browser(SAFARI)
    telephone.sign_in(ann)
    return telephone


class TestSessions:
    def test_are_listed_in_words_with_this_one_marked(self, browser, telephone):
        newest, oldest = browser.ask(SESSIONS).json()["results"]

        assert (newest["browser"], newest["system"], newest["is_this"]) == ("Safari", "iPhone", False)
        assert (oldest["browser"], oldest["system"], oldest["is_this"]) == ("Firefox", "Linux", True)
        assert (oldest["opened_with"], oldest["address"]) == ("password", "127.0.0.1")
        assert "session_key" not in oldest

    def test_one_is_ended_and_the_others_go_on(self, browser, telephone):
        theirs = browser.ask(SESSIONS).json()["results"][0]

        assert browser.send(f"{SESSIONS}{theirs['id']}/", method="delete").status_code == 204

        assert not telephone.may_ask
        assert browser.may_ask
        assert len(browser.ask(SESSIONS).json()["results"]) == 1
        assert AuditEntry.objects.get(action="session.end").before["address"] == "127.0.0.1"

    def test_all_others_end_also_those_that_nobody_remembers(self, browser, telephone):
        OpenSession.objects.filter(user_agent=SAFARI).delete()

        assert browser.send(f"{SESSIONS}end-others/").status_code == 204

        assert not telephone.may_ask
        assert browser.may_ask
        assert browser.send(f"{SESSIONS}end-others/").status_code == 204
        assert browser.may_ask

    def test_of_others_cannot_be_ended_nor_seen(self, browser):
        stranger = Browser()
        stranger.sign_in(make_user("Otto", password="another-long-horse"), "another-long-horse")
        theirs = stranger.ask(SESSIONS).json()["results"][0]

        assert browser.send(f"{SESSIONS}{theirs['id']}/", method="delete").status_code == 404
        assert stranger.may_ask
        assert [row["is_this"] for row in browser.ask(SESSIONS).json()["results"]] == [True]

    def test_signing_out_takes_one_off_the_list(self, browser, telephone):
        telephone.send("auth/session", method="delete")

        assert len(browser.ask(SESSIONS).json()["results"]) == 1

    def test_a_new_password_ends_the_others_and_keeps_this_one_on_the_list(self, browser, telephone, ann):
        changed = browser.send(
            "account/password/change", {"current_password": "correct-horse-battery", "new_password": "quite-another-horse"}
        )

        assert changed.status_code == 200
        assert not telephone.may_ask
        assert [row["is_this"] for row in browser.ask(SESSIONS).json()["results"]] == [True]

    def test_one_that_is_in_use_was_seen_just_now(self, browser):
        OpenSession.objects.update(last_seen_at="2026-01-01T00:00:00Z", address="")
        cache.clear()

        row = browser.ask(SESSIONS).json()["results"][0]

        assert not row["last_seen_at"].startswith("2026-01-01")
        assert row["address"] == "127.0.0.1"

    def test_a_token_does_not_see_them(self, as_role):
        client, _ = as_role("owner")
        token = client.post(
            "/api/v1/me/tokens/", {"name": "ci", "permissions": ["tenants.view"], "expires_at": in_time(days=1)}
        ).json()["token"]
        program = Client(headers={"Authorization": f"Bearer {token}"})

        assert program.get(SESSIONS).json()["type"] == "/problems/needs-session"

    def test_what_is_over_is_forgotten(self, browser, telephone):
        Session.objects.filter(session_key=OpenSession.objects.get(user_agent=SAFARI).session_key).delete()

        services.forget_ended_sessions()

        assert OpenSession.objects.count() == 1

    def test_an_administrator_ends_all_of_somebody(self, browser, telephone, ann, as_role):
        admin, _ = as_role("platform-admin")

        assert admin.post(f"/api/v1/users/{ann.pk}/end-sessions/").status_code == 204

        assert not browser.may_ask
        assert not telephone.may_ask
        entry = AuditEntry.objects.get(action="session.end-all")
        assert (entry.actor_id, entry.subject_id) == (admin.user.pk, str(ann.pk))

    def test_the_lock_out_says_when_to_try_again(self, ann):
        browser = Browser()
        for _ in range(4):
            assert "Retry-After" not in browser.sign_in(ann, "wrong")
        browser.sign_in(ann, "wrong")

        locked = browser.sign_in(ann)

        assert locked.status_code == 400
        assert 270 < int(locked["Retry-After"]) <= 300


class TestBrowserOf:
    @pytest.mark.parametrize(
        ("user_agent", "words"),
        [
            (SAFARI, ("Safari", "iPhone")),
            (EDGE, ("Edge", "Windows")),
            (CHROME, ("Chrome", "macOS")),
            ("curl/8.5.0", ("curl", "")),
            ("", ("", "")),
        ],
    )
    def test_names_browser_and_system(self, user_agent, words):
        assert browser_of(user_agent) == words
