"""Mail against a real SMTP server: taken once, refused, delayed, never lost."""

import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from apps.core import mail as mails
from apps.core.mail import Letter, send_mail
from apps.core.models import MailPhase, OutboxHint, OutboxMail
from celery_workers.mail import client
from celery_workers.tasks.mail import deliver_mail

ANN = "ann@aurora.example"
HOSTILE = "<script>alert(1)</script>\r\nBcc: everybody@example.org"


def post(address: str = ANN, **fields: object) -> OutboxMail:
    letter = {"subject": "Job digits failed", "paragraphs": ["It failed.", "Read its log."], **fields}
    with transaction.atomic():
        return send_mail(address=address, letter=Letter(**letter), purpose="test")


def due_now() -> None:
    """As if the pauses were over."""
    OutboxMail.objects.update(due_at=timezone.now() - timedelta(seconds=1), leased_until=None)


class TestSending:
    def test_a_mail_is_sent_once_with_text_and_html(self, db, mail_server):
        mail = post(
            action=("Open the job", "/t/aurora/p/vision/jobs/1"), footer="Choose what you get.", unsubscribe_path="/me/x"
        )

        deliver_mail()
        deliver_mail()

        [message] = mail_server.messages
        assert message["To"] == ANN
        assert message["From"] == "Hanse <hanse@example.org>"
        assert message["Message-ID"] == f"<{mail.pk.hex}@127.0.0.1>"
        assert message["Auto-Submitted"] == "auto-generated"
        assert message["List-Unsubscribe"].endswith("/me/x>")
        assert "/t/aurora/p/vision/jobs/1" in message.get_body(("plain",)).get_content()
        assert "<p" in message.get_body(("html",)).get_content()
        mail.refresh_from_db()
        assert (mail.phase, mail.text, mail.html, mail.attempts) == (MailPhase.SENT, "", "", 1)

    def test_what_users_wrote_is_neither_markup_nor_header(self, db, mail_server):
        post(subject=f"Job {HOSTILE} failed", paragraphs=[HOSTILE])

        deliver_mail()

        [message] = mail_server.messages
        assert message["Bcc"] is None
        assert "<script>" not in message.get_body(("html",)).get_content()
        assert "<script>alert(1)</script>" in message.get_body(("plain",)).get_content()

    def test_chinese_arrives_as_it_was_written(self, db, mail_server):
        post(subject="作业 digits 失败了", paragraphs=["请查看日志。"], language="zh-hans")

        deliver_mail()

        [message] = mail_server.messages
        assert message["Subject"] == "作业 digits 失败了"
        assert "请查看日志。" in message.get_body(("plain",)).get_content()

    def test_the_password_of_the_url_is_used(self, db, mail_server, settings):
        settings.MAIL_URL = mail_server.url.replace("//", "//hanse%40x:se%2Fcret@")
        post()

        deliver_mail()

        assert mail_server.logins == [("hanse@x", "se/cret")]
        assert len(mail_server.messages) == 1

    def test_what_is_waiting_is_encrypted_in_the_database(self, db, mail_server):
        post(paragraphs=["https://hanse.example/reset/very-secret"])

        with connection.cursor() as cursor:
            cursor.execute("SELECT text || html FROM core_outboxmail")
            assert "very-secret" not in cursor.fetchone()[0]

    def test_without_a_server_no_mail_is_written(self, db, settings):
        settings.MAIL_URL = ""

        assert post() is None
        assert not OutboxMail.objects.exists()
        deliver_mail()

    def test_an_act_that_is_rolled_back_sends_nothing(self, db, mail_server):
        with transaction.atomic():
            send_mail(address=ANN, letter=Letter("Hello", ["Hello."]), purpose="test")
            transaction.set_rollback(True)

        deliver_mail()

        assert not mail_server.messages
        assert not OutboxHint.objects.exists()

    def test_a_later_mail_waits_for_its_time(self, db, mail_server):
        with transaction.atomic():
            later = timezone.now() + timedelta(minutes=1)
            send_mail(address=ANN, letter=Letter("Hello", ["Hello."]), purpose="test", due_at=later)

        deliver_mail()

        assert not mail_server.messages


class TestTrouble:
    def test_a_server_that_is_down_delays_and_loses_nothing(self, db, mail_server):
        mail_server.stop()
        for number in range(3):
            post(f"person-{number}@example.org")
        deliver_mail()
        assert {mail.phase for mail in OutboxMail.objects.all()} == {MailPhase.WAITING}
        assert OutboxMail.objects.exclude(error="").count() == 1

        mail_server.start()
        due_now()
        deliver_mail()

        assert len(mail_server.messages) == 3
        assert {mail.phase for mail in OutboxMail.objects.all()} == {MailPhase.SENT}

    def test_the_pause_grows_and_ends_after_three_days(self, db, mail_server):
        mail_server.stop()
        mail = post()
        pauses = []
        for _ in range(4):
            due_now()
            deliver_mail()
            mail.refresh_from_db()
            pauses.append(round((mail.due_at - timezone.now()).total_seconds() / 30))
        assert pauses == [1, 2, 4, 8]

        OutboxMail.objects.update(created_at=timezone.now() - timedelta(days=3))
        due_now()
        deliver_mail()

        mail.refresh_from_db()
        assert mail.phase == MailPhase.FAILED

    def test_an_address_that_is_refused_for_good_fails_and_holds_up_nobody(self, db, mail_server):
        mail_server.answers["gone@example.org"] = "550 5.1.1 No such user"
        refused, fine = post("gone@example.org"), post()

        deliver_mail()

        refused.refresh_from_db()
        assert (refused.phase, refused.attempts) == (MailPhase.FAILED, 1)
        assert "5.1.1 No such user" in refused.error
        assert [message["To"] for message in mail_server.messages] == [fine.address]

    def test_an_address_that_is_busy_is_tried_again(self, db, mail_server):
        mail_server.answers[ANN] = "451 4.7.1 Greylisted"
        mail = post()
        deliver_mail()
        mail.refresh_from_db()
        assert (mail.phase, mail.attempts) == (MailPhase.WAITING, 1)

        mail_server.answers.clear()
        due_now()
        deliver_mail()

        assert len(mail_server.messages) == 1

    def test_a_slow_server_is_given_up_for_now(self, db, mail_server, monkeypatch):
        monkeypatch.setattr(client, "STEP_SECONDS", 0.3)
        mail_server.slow_seconds = 1.0
        mail = post()

        deliver_mail()

        mail.refresh_from_db()
        assert mail.phase == MailPhase.WAITING
        assert "timed out" in mail.error

    def test_a_copy_after_a_lost_answer_carries_the_same_id(self, db, mail_server):
        mail_server.hangs_up_after_taking = True
        mail = post()
        deliver_mail()
        mail.refresh_from_db()
        assert mail.phase == MailPhase.WAITING

        mail_server.hangs_up_after_taking = False
        due_now()
        deliver_mail()

        first, second = mail_server.messages
        assert first["Message-ID"] == second["Message-ID"]

    def test_a_worker_that_died_while_sending_is_followed_by_another(self, db, mail_server):
        post()
        now = timezone.now()
        assert mails.lease_mail(now=now, at_once=2) is not None

        deliver_mail()
        assert not mail_server.messages
        OutboxMail.objects.update(leased_until=now)
        deliver_mail()

        assert len(mail_server.messages) == 1

    def test_what_an_old_lease_says_is_refused(self, db, mail_server):
        post()
        old = mails.lease_mail(now=timezone.now(), at_once=2)
        OutboxMail.objects.update(leased_until=timezone.now())
        deliver_mail()

        mails.mail_refused(mail=old, error="550 late", now=timezone.now())

        assert OutboxMail.objects.get().phase == MailPhase.SENT

    def test_a_failed_mail_can_be_tried_again(self, db, mail_server):
        mail_server.answers[ANN] = "550 Full"
        mail = post()
        deliver_mail()
        mail_server.answers.clear()

        mail.refresh_from_db()
        with transaction.atomic():
            mails.retry_mail(mail=mail, now=timezone.now())
        deliver_mail()

        assert len(mail_server.messages) == 1


@pytest.mark.django_db(transaction=True)
def test_many_workers_at_once_send_each_mail_once(mail_server):
    for number in range(30):
        post(f"person-{number}@example.org")

    def work() -> None:
        try:
            deliver_mail()
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    deliver_mail()

    assert sorted(message["To"] for message in mail_server.messages) == sorted(
        f"person-{number}@example.org" for number in range(30)
    )
