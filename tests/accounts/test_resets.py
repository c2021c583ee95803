"""A new password by mail, over a real SMTP server."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from apps.accounts.models import User
from apps.audit.models import AuditEntry
from apps.core.models import OutboxMail
from celery_workers.tasks.mail import deliver_mail
from tests.accounts.conftest import Browser
from tests.factories import PASSWORD, make_user

ASK, REDEEM = "/api/v1/password-resets/", "/api/v1/password-resets/redeem/"
NEW = "quite-another-horse"

pytestmark = pytest.mark.usefixtures("mail_server")


@pytest.fixture
def mailed(ann, mail_server):
    """Asks for a link and reads it in the mail."""

    def key() -> str:
        cache.clear()
        assert Browser().send(ASK, {"email": "Ann@Aurora.example"}).status_code == 202
        deliver_mail()
        text = mail_server.messages[-1].get_body(("plain",)).get_content()
        return re.search(r"http://127\.0\.0\.1:8000/reset-password#(\S+)", text).group(1)

    return key


class TestReset:
    def test_the_mailed_link_sets_a_password_once_and_ends_all_sessions(self, browser, ann, mailed):
        key = mailed()

        assert Browser().send(REDEEM, {"key": key, "password": NEW}).status_code == 204

        again = Browser().send(REDEEM, {"key": key, "password": "and-yet-another-horse"})
        assert (again.status_code, again.json()["type"]) == (409, "/problems/reset-link-spent")
        assert not browser.may_ask
        assert Browser().sign_in(ann, PASSWORD).status_code == 400
        assert Browser().sign_in(ann, NEW).status_code == 200
        actions = AuditEntry.objects.filter(subject_id=str(ann.pk)).values_list("action", flat=True)
        assert {"user.ask-password", "user.redeem-password", "session.end-all"} <= set(actions)

    def test_an_old_link_is_spent(self, ann, mailed, settings):
        key = mailed()
        settings.PASSWORD_RESET_TIMEOUT = -1

        assert Browser().send(REDEEM, {"key": key, "password": NEW}).status_code == 409

    def test_a_second_factor_is_still_asked_for(self, browser, ann, mailed):
        browser.add_authenticator_app()
        Browser().send(REDEEM, {"key": mailed(), "password": NEW})

        assert Browser().sign_in(ann, NEW).status_code == 401

    def test_it_ends_a_lock_out(self, ann, mailed):
        for _ in range(6):
            Browser().sign_in(ann, "wrong")
        key = mailed()
        for _ in range(5):
            Browser().sign_in(ann, "wrong")

        Browser().send(REDEEM, {"key": key, "password": NEW})

        assert Browser().sign_in(ann, NEW).status_code == 200

    def test_a_weak_password_is_refused_and_the_link_goes_on(self, ann, mailed):
        key = mailed()

        weak = Browser().send(REDEEM, {"key": key, "password": "password"})

        assert weak.status_code == 422
        assert weak.json()["errors"][0]["pointer"] == "/password"
        assert Browser().send(REDEEM, {"key": key, "password": NEW}).status_code == 204

    @pytest.mark.parametrize("key", ["", "x", "-", f"{'0' * 32}-abc", "../../etc", "\x00"])
    def test_what_was_made_up_opens_nothing(self, ann, key):
        assert Browser().send(REDEEM, {"key": key, "password": NEW}).status_code in (400, 409, 422)

    def test_the_link_of_a_leaver_is_spent(self, ann, mailed):
        key = mailed()
        User.objects.filter(pk=ann.pk).update(is_active=False)

        assert Browser().send(REDEEM, {"key": key, "password": NEW}).status_code == 409


class TestAsking:
    @pytest.mark.parametrize("fields", [{"is_active": False}, {"password": None}])
    def test_who_cannot_use_a_password_gets_no_mail(self, db, fields):
        make_user("Otto", **{"email": "otto@aurora.example", "password": PASSWORD, **fields})

        assert Browser().send(ASK, {"email": "otto@aurora.example"}).status_code == 202
        assert not OutboxMail.objects.exists()

    def test_known_and_unknown_addresses_are_answered_alike_after_the_same_work(
        self, ann, django_assert_num_queries, django_assert_max_num_queries
    ):
        browser = Browser()
        browser.send(ASK, {"email": "first@aurora.example"})
        with django_assert_max_num_queries(60) as for_unknown:
            unknown = browser.send(ASK, {"email": "nobody@aurora.example"})
        with django_assert_max_num_queries(60) as for_known:
            known = browser.send(ASK, {"email": ann.email})

        assert (known.status_code, known.content) == (unknown.status_code, unknown.content)
        assert abs(len(for_known) - len(for_unknown)) <= 1  # the end of the inner transaction has another name
        assert OutboxMail.objects.get().user_id == ann.pk

    def test_one_mail_a_minute_goes_to_an_address(self, ann):
        for _ in range(3):
            assert Browser().send(ASK, {"email": ann.email}).status_code == 202

        assert OutboxMail.objects.count() == 1

    def test_asking_and_guessing_is_throttled_by_address(self, ann):
        browser = Browser()
        answers = [browser.send(REDEEM, {"key": "x", "password": NEW}).status_code for _ in range(35)]

        assert answers[0] == 409
        assert answers[-1] == 429

    def test_it_needs_the_csrf_token(self, ann):
        answer = Browser().post(ASK, {"email": ann.email}, content_type="application/json")

        assert answer.json()["type"] == "/problems/csrf-failed"

    def test_where_no_mail_is_sent_pages_can_say_so(self, ann, settings):
        settings.MAIL_URL = ""

        assert Browser().ask("/api/v1/sign-in/").json()["resets_by_mail"] is False
        assert Browser().send(ASK, {"email": ann.email}).status_code == 202
        assert not OutboxMail.objects.exists()

    def test_the_waiting_mail_is_the_only_place_that_knows_the_link(self, ann):
        Browser().send(ASK, {"email": ann.email})

        assert ann.pk.hex not in str(list(AuditEntry.objects.values_list("before", "after")))
        assert OutboxMail.objects.get().created_at > timezone.now() - timedelta(minutes=1)
