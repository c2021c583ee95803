"""What a data officer decides about another party. A worker signs the letters that follow, and carries it out."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from apps.core.errors import NameTaken
from apps.core.outbox import publish
from apps.federation.errors import FingerprintWrong, NotNow
from apps.federation.models import Partner, PartnerPhase, Party
from apps.federation.services._changes import audited, begin, issue_anew, write_letter
from apps.tenants.actor import Actor
from apps.tenants.errors import ConfirmationWrong, TenantNotActive
from apps.tenants.models import TenantPhase

INVITATION_LASTS = timedelta(days=7)


@transaction.atomic
def invite(*, actor: Actor, party: Party, number: int | None = None, note: str = "") -> Partner:
    """Write an invitation; without a number, to whoever is given it. Raises NameTaken, NotNow."""
    require_active(party)
    if number == party.number:
        raise NameTaken("That is this party itself.", at="/number")
    if number is not None and party.partners.going_on().filter(number=number).exists():
        raise NameTaken(f"There is an agreement with {number} already.", at="/number")
    partner = Partner.objects.create(
        tenant_id=party.tenant_id,
        party=party,
        number=number,
        phase=PartnerPhase.INVITED,
        note=note,
        invitation_ends_at=timezone.now() + INVITATION_LASTS,
    )
    write_letter(partner, "invite", {"note": note})
    publish(op="added", subject=partner)
    audited("invite", partner, actor)
    return partner


@transaction.atomic
def accept(*, actor: Actor, partner: Partner, fingerprint: str) -> None:
    """Say yes to their invitation, after our officer heard the words of their key. Raises FingerprintWrong, NotNow."""
    _require(partner, "accept")
    _check_words(partner, fingerprint)
    if partner.invitation_ends_at and partner.invitation_ends_at < timezone.now():
        raise NotNow("The invitation is over. Ask them for another.", phase=partner.phase)
    issue_anew(partner)
    begin(partner, PartnerPhase.ACCEPTED)
    write_letter(partner, "accept")
    audited("accept", partner, actor)


@transaction.atomic
def confirm(*, actor: Actor, partner: Partner, fingerprint: str) -> None:
    """They accepted; it is really they. Raises FingerprintWrong, NotNow."""
    _require(partner, "confirm")
    _check_words(partner, fingerprint)
    issue_anew(partner)
    begin(partner, PartnerPhase.JOINING)
    write_letter(partner, "confirm")
    audited("confirm", partner, actor)


@transaction.atomic
def refuse(*, actor: Actor, partner: Partner, reason: str) -> None:
    _require(partner, "refuse")
    begin(partner, PartnerPhase.REFUSED, note=reason)
    write_letter(partner, "refuse", {"reason": reason})
    audited("refuse", partner, actor)


@transaction.atomic
def suspend(*, actor: Actor, partner: Partner, reason: str) -> None:
    """Let nothing through in either direction until it is resumed. Their token will not count again."""
    _require(partner, "suspend")
    partner.honoured = partner.issued + 1
    begin(partner, PartnerPhase.SUSPENDED, note=reason)
    write_letter(partner, "suspend", {"reason": reason})
    audited("suspend", partner, actor)


@transaction.atomic
def cut(*, actor: Actor, partner: Partner, reason: str) -> None:
    """Cut the party off now: what is revoked first is what lets them in; how long it took is written down."""
    _require(partner, "cut")
    partner.honoured = partner.issued + 1
    partner.cut_at, partner.silent_at = timezone.now(), None
    begin(partner, PartnerPhase.CUT, note=reason)
    write_letter(partner, "suspend", {"reason": reason})
    audited("cut", partner, actor)


@transaction.atomic
def resume(*, actor: Actor, partner: Partner) -> None:
    """Go on, with a new token."""
    _require(partner, "resume")
    issue_anew(partner)
    partner.honoured = partner.issued
    begin(partner, PartnerPhase.JOINING, note="")
    write_letter(partner, "resume")
    audited("resume", partner, actor)


@transaction.atomic
def rotate(*, actor: Actor, partner: Partner) -> None:
    """Give them a new token. The old one counts until they say that they use the new one."""
    _require(partner, "rotate")
    if partner.issued > partner.honoured:
        raise NotNow(f"They have not taken up the token {partner.role} yet.", phase=partner.phase)
    issue_anew(partner)
    begin(partner, partner.phase)
    write_letter(partner, "rotate")
    audited("rotate", partner, actor)


@transaction.atomic
def leave(*, actor: Actor, partner: Partner, confirm: str, reason: str) -> None:
    """End the agreement, and take back all that it gave. Raises ConfirmationWrong."""
    _require(partner, "leave")
    if confirm != str(partner.number or ""):
        raise ConfirmationWrong(f"Type {partner.number} to leave the agreement.")
    partner.honoured = partner.issued + 1
    known = bool(partner.sign_public)
    begin(partner, PartnerPhase.LEFT, note=reason)
    if known:
        write_letter(partner, "leave", {"reason": reason})
    audited("leave", partner, actor)


def _require(partner: Partner, act: str) -> None:
    """Raises NotNow, TenantNotActive."""
    if act not in partner.acts:
        raise NotNow(f"It is {partner.phase}.", phase=partner.phase, acts=list(partner.acts))
    if act in ("accept", "confirm", "resume", "rotate"):
        require_active(partner.party)


def require_active(party: Party) -> None:
    if party.tenant.phase != TenantPhase.ACTIVE:
        raise TenantNotActive(f"{party.tenant.name} is {party.tenant.phase}.", phase=party.tenant.phase)


def _check_words(partner: Partner, typed: str) -> None:
    if typed.lower().split() != partner.public.fingerprint.split():
        raise FingerprintWrong("What was typed are not the words of the key that came with the letter.")
