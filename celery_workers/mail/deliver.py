"""Sends the mails that are due, one after the other over one connection."""

from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from urllib.parse import urlsplit

import structlog
from django.conf import settings
from django.utils import timezone

from apps.core import mail as mails
from apps.core.models import OutboxMail
from celery_workers.mail import client

# A slow server must not take all threads of the worker.
SENDERS_AT_ONCE = 2
_log = structlog.get_logger(__name__)


def deliver_due() -> None:
    """Send until nothing is due. A server that is away ends it; the next sweep tries again."""
    if not mails.mail_is_configured():
        return
    mail = _next()
    if mail is None:
        return
    try:
        with client.connect(settings.MAIL_URL) as connection:
            while mail is not None:
                _send(connection, mail)
                mail = _next()
    except client.Unavailable as outage:
        # Of the mail in hand; those that were not tried stay due.
        if mail is not None:
            mails.mail_delayed(mail=mail, error=str(outage), now=timezone.now())
        _log.warning("mail-not-sent", error=str(outage))


def _next() -> OutboxMail | None:
    return mails.lease_mail(now=timezone.now(), at_once=SENDERS_AT_ONCE)


def _send(connection: client.Connection, mail: OutboxMail) -> None:
    """Send one mail and note what became of it. Raises Unavailable when no other has a chance either."""
    try:
        connection.send(message_of(mail))
    except (client.Refused, MessageError, ValueError) as refusal:  # also an address that no header can hold
        _log.warning("mail-refused", mail_id=str(mail.pk), error=str(refusal))
        mails.mail_refused(mail=mail, error=str(refusal), now=timezone.now())
    except client.Unavailable as outage:
        if outage.whole:
            raise
        mails.mail_delayed(mail=mail, error=str(outage), now=timezone.now())
    else:
        mails.mail_sent(mail=mail, now=timezone.now())


def message_of(mail: OutboxMail) -> EmailMessage:
    """The mail as it is sent, with the same Message-ID each time, so that a second copy is recognised as one."""
    name, sender = parseaddr(settings.MAIL_FROM)
    domain = urlsplit(settings.PUBLIC_URL).hostname
    message = EmailMessage(policy=SMTP)
    message["From"] = Address(name, addr_spec=sender)
    message["To"] = Address(addr_spec=mail.address)
    message["Subject"] = mail.subject
    message["Date"] = format_datetime(mail.created_at)
    message["Message-ID"] = f"<{mail.pk.hex}@{domain}>"
    message["Auto-Submitted"] = "auto-generated"
    if mail.unsubscribe_path:
        message["List-Unsubscribe"] = f"<{settings.PUBLIC_URL}{mail.unsubscribe_path}>"
    message.set_content(mail.text)
    message.add_alternative(mail.html, subtype="html")
    return message
