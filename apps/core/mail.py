"""Mail to people: written in the transaction of an act, carried out by workers (celery_workers/mail).

Every mail is plain text and the same as simple HTML, made from a Letter, so that nothing a user wrote is ever markup.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import timezone

from apps.core.models import MailPhase, OutboxMail
from apps.core.notifications import notify
from apps.core.outbox import hint

# Longer than all time-outs of one attempt together, so that no other worker sends what one is still sending.
LEASE = timedelta(minutes=3)
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=30), timedelta(hours=1)
TRIED_FOR = timedelta(days=3)


@dataclass(frozen=True)
class Letter:
    """What a mail says, in its reader's language. `action` is (what it does, path of the console)."""

    subject: str
    paragraphs: Sequence[str]
    language: str = "en"
    action: tuple[str, str] | None = None
    footer: str = ""
    unsubscribe_path: str = ""


def mail_is_configured() -> bool:
    return bool(settings.MAIL_URL)


def send_mail(
    *,
    address: str,
    letter: Letter,
    purpose: str,
    user_id: UUID | None = None,
    due_at: datetime | None = None,
) -> OutboxMail | None:
    """Have a mail sent once the transaction has committed, from `due_at` on; None when no mail is sent here at all."""
    if not mail_is_configured():
        return None
    mail = OutboxMail(purpose=purpose, user_id=user_id, address=address, due_at=due_at or timezone.now())
    write_letter(mail, letter)
    mail.save(force_insert=True)
    if due_at is None:
        hint("mail.deliver")
    return mail


def write_letter(mail: OutboxMail, letter: Letter) -> None:
    """Put a letter into a mail that is not saved yet, or not sent yet."""
    url = f"{settings.PUBLIC_URL}{letter.action[1]}" if letter.action else ""
    unsubscribe_url = f"{settings.PUBLIC_URL}{letter.unsubscribe_path}" if letter.unsubscribe_path else ""
    context = {
        "letter": letter,
        "label": letter.action[0] if letter.action else "",
        "url": url,
        "public_url": settings.PUBLIC_URL,
    }
    context["unsubscribe_url"] = unsubscribe_url
    # A header is one line, whatever the names in it hold.
    mail.subject = " ".join("".join(sign if sign.isprintable() else " " for sign in letter.subject).split())[:200]
    mail.text = render_to_string("mail/letter.txt", context)
    mail.html = render_to_string("mail/letter.html", context)
    mail.unsubscribe_path = letter.unsubscribe_path


@transaction.atomic
def lease_mail(*, now: datetime, at_once: int) -> OutboxMail | None:
    """Take the next mail that is due; None when there is none, or when `at_once` are being sent already.

    The transaction is over before anything is sent; a worker that dies is out when the lease ends.
    """
    waiting = OutboxMail.objects.filter(phase=MailPhase.WAITING)
    if waiting.filter(leased_until__gt=now).count() >= at_once:
        return None
    free = waiting.filter(Q(leased_until=None) | Q(leased_until__lte=now), due_at__lte=now)
    mail = free.select_for_update(skip_locked=True).order_by("due_at", "pk").first()
    if mail is not None:
        mail.attempts += 1
        mail.leased_until = now + LEASE
        mail.save(update_fields=["attempts", "leased_until"])
    return mail


@transaction.atomic
def mail_sent(*, mail: OutboxMail, now: datetime) -> None:
    """Note that the server took the mail. What it said is forgotten: it may have held a link that lets somebody in."""
    _finish(mail, MailPhase.SENT, now=now, text="", html="", error="")


@transaction.atomic
def mail_refused(*, mail: OutboxMail, error: str, now: datetime) -> None:
    """Note that the server will never take the mail."""
    _fail(mail, error=error, now=now)


@transaction.atomic
def mail_delayed(*, mail: OutboxMail, error: str, now: datetime) -> None:
    """Note why it could not be sent now. It is tried again after a growing pause, for three days."""
    if now - mail.created_at >= TRIED_FOR:
        _fail(mail, error=error, now=now)
        return
    pause = min(FIRST_PAUSE * 2 ** min(mail.attempts - 1, 20), LONGEST_PAUSE)
    _of_this_lease(mail).update(error=error[:500], due_at=now + pause, leased_until=None)


def retry_mail(*, mail: OutboxMail, now: datetime) -> None:
    """Let a failed mail be tried again, from now on for three days."""
    OutboxMail.objects.filter(pk=mail.pk, phase=MailPhase.FAILED).update(
        phase=MailPhase.WAITING, attempts=0, created_at=now, due_at=now, finished_at=None, leased_until=None
    )
    hint("mail.deliver")


def _fail(mail: OutboxMail, *, error: str, now: datetime) -> None:
    if _finish(mail, MailPhase.FAILED, now=now, error=error[:500]):
        notify(
            "mail.failed", object_kind="mail", object_id=mail.pk, path="/platform/mail", address=mail.address, error=error
        )


def _finish(mail: OutboxMail, phase: MailPhase, *, now: datetime, **fields: str) -> bool:
    return _of_this_lease(mail).update(phase=phase, finished_at=now, leased_until=None, **fields) > 0


def _of_this_lease(mail: OutboxMail) -> models.QuerySet[OutboxMail]:
    """The row, unless its lease ended and somebody else took it."""
    return OutboxMail.objects.filter(pk=mail.pk, phase=MailPhase.WAITING, attempts=mail.attempts)
