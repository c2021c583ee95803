"""What administrators of the platform do about mail."""

from datetime import datetime

from django.db import transaction

from apps.audit import services as audit
from apps.core import mail as mails
from apps.core.errors import Conflict
from apps.core.models import MailPhase, OutboxMail
from apps.tenants.actor import Actor


@transaction.atomic
def retry_mail(*, actor: Actor, mail: OutboxMail, now: datetime) -> OutboxMail:
    """Try a failed mail again. Raises Conflict for one that waits or was sent."""
    mail = OutboxMail.objects.select_for_update().get(pk=mail.pk)
    if mail.phase != MailPhase.FAILED:
        raise Conflict(f"This mail is {mail.phase}; only one that failed is tried again.", phase=mail.phase)
    mails.retry_mail(mail=mail, now=now)
    audit.record(actor=actor, action="mail.retry", kind="mail", subject_id=mail.pk, label=f"{mail.address} · {mail.purpose}")
    mail.refresh_from_db()
    return mail
