"""Letters: written as rows by acts, signed by a worker, read on the other side, whoever carried them."""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import jwt
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone

from apps.core.errors import Problem
from apps.core.outbox import hint, publish
from apps.federation import addresses, letters
from apps.federation.errors import LetterRefused
from apps.federation.letters import Letter, PrivateKeys
from apps.federation.models import (
    LEAST_NUMBER,
    LINKED,
    MOST_NUMBER,
    Contract,
    FederatedJob,
    LetterState,
    Partner,
    PartnerPhase,
    Party,
    PartyLetter,
)
from apps.federation.services import contract_letters, job_letters
from apps.federation.services._changes import as_they, audited, begin, tell
from apps.federation.services._jobs import BEAT
from apps.federation.services.parties import card_of

LETTERS_LAST = timedelta(days=7)
WITH_CARD, WITH_TOKEN = ("invite", "accept", "refuse"), ("accept", "confirm", "rotate", "resume")
WITH_KEYS = ("propose", "sign")
# What a letter was about; None: the agreement itself.
About = Contract | FederatedJob | None


@transaction.atomic
def send(*, letter_id: UUID) -> None:
    """Sign a letter, and hand it over where its reader is a party of this portal; else the link or people carry it.

    One transaction: signed and not handed over it would wait for somebody to carry it, and nobody knows that they must.
    Rows are locked in one order everywhere, parties (by id), partners, contracts: letters that cross each other wait.
    """
    rows = PartyLetter.objects.select_for_update(of=("self",)).select_related("partner__party", "contract", "federated_job")
    row = rows.filter(pk=letter_id, state=LetterState.UNSIGNED).first()
    if row is None:
        return
    reader = _reader(row.partner)
    both = [party.pk for party in (row.partner.party, reader) if party]
    list(Party.objects.select_for_update(no_key=True).filter(pk__in=both).order_by("pk"))
    row.text, row.state = letters.write(_letter(row), row.partner.party.private), LetterState.WAITING
    if reader is not None:
        try:
            receive(party=reader, text=row.text)
        except Problem as problem:
            row.state, row.said = LetterState.REFUSED, problem.detail[:300]
        else:
            row.state = LetterState.DELIVERED
        row.delivered_at = timezone.now()
    elif row.partner.phase in LINKED:
        hint("federation.reconcile", partner_id=row.partner_id)
    row.save(update_fields=["text", "state", "said", "delivered_at"])
    announce(row)


def announce(letter: PartyLetter) -> None:
    """Show what became of a letter, unless it only says that all is as it was: those no page shows."""
    if letter.kind != BEAT:
        publish(op="changed", subject=letter.subject)


def _letter(row: PartyLetter) -> Letter:
    """What it says, the card of who writes, the token that is for its reader alone."""
    partner, party, now = row.partner, row.partner.party, timezone.now()
    body = dict(row.body)
    if row.kind in WITH_CARD:
        body["card"] = card_of(party)
    if row.kind in WITH_TOKEN:
        until = partner.issued_until or now
        token = issue(party, partner.role, until=until)
        body |= {"role": partner.role, "until": int(until.timestamp())}
        body["token"] = letters.seal(token, key=partner.seal_public, about=partner.agreement)
    if row.kind in WITH_KEYS and row.contract:
        body["keys"] = _keys_of(row.contract)
    return Letter(
        id=row.letter_id,
        kind=row.kind,
        agreement=partner.agreement,
        sender=party.number,
        recipient=partner.number or 0,
        body=body,
        written_at=now,
        expires_at=now + LETTERS_LAST,
    )


def _keys_of(contract: Contract) -> dict[str, str]:
    """The public ones of this edition; both kinds are made here, by the worker that signs the letter."""
    if not contract.our_keys:
        keys = PrivateKeys.new()
        contract.our_keys, contract.our_public = json.dumps(asdict(keys)), asdict(keys.public)
        contract.save(update_fields=["our_keys", "our_public"])
    return dict(contract.our_public)


def _reader(partner: Partner) -> Party | None:
    """An invitation says whom it is for or goes by hand; what follows is for the party whose key is known by then."""
    if partner.phase in LINKED and not settings.LETTERS_WITHIN:
        return None
    reader = Party.objects.filter(number=partner.number).first() if partner.number else None
    if reader and partner.sign_public and reader.sign_public != partner.sign_public:
        return None
    return reader


def issue(party: Party, role: str, *, until: datetime) -> str:
    """A token of the party's own cluster."""
    claims = {"sub": role, "exp": int(until.timestamp())}
    return jwt.encode(claims, party.signing_key, algorithm="RS256")


@transaction.atomic
def receive(*, party: Party, text: str) -> Partner:
    """Read a letter for this party; one that was read before changes nothing. Raises LetterRefused."""
    text = text.strip()
    letter = letters.open_letter(text)
    if letter.recipient not in (0, party.number):
        raise LetterRefused(f"It is meant for party {letter.recipient}, and this is {party.number}.")
    if letter.sender == party.number:
        raise LetterRefused("This party wrote it itself: it is for the other one.")
    # One letter after the other: two workers may have the same one in hand.
    Party.objects.select_for_update(of=("self",), no_key=True).get(pk=party.pk)
    known = party.partners.select_for_update(of=("self",)).filter(agreement=letter.agreement).first()
    if known and known.letters.filter(letter_id=letter.id, outgoing=False).exists():
        return known
    partner, about = (
        (_invited(party, letter, text, known), None) if letter.kind == "invite" else _answered(letter, text, known)
    )
    PartyLetter.objects.create(
        tenant_id=party.tenant_id,
        partner=partner,
        contract=about if isinstance(about, Contract) else None,
        federated_job=about if isinstance(about, FederatedJob) else None,
        letter_id=letter.id,
        kind=letter.kind,
        outgoing=False,
        text=text,
        state=LetterState.DELIVERED,
        delivered_at=timezone.now(),
    )
    return partner


def _invited(party: Party, letter: Letter, text: str, known: Partner | None) -> Partner:
    if known:
        raise LetterRefused("There is an agreement of this id already.")
    card = _proven_card(letter, text)
    if party.partners.going_on().filter(number=card["number"]).exists():
        raise LetterRefused(f"There is an agreement with {card['number']} already. Leave that first.")
    partner = Partner.objects.create(
        tenant_id=party.tenant_id,
        party=party,
        agreement=letter.agreement,
        phase=PartnerPhase.ASKED,
        note=str(letter.body.get("note", ""))[:500],
        invitation_ends_at=letter.expires_at,
        **card,
    )
    publish(op="added", subject=partner)
    tell("partner.asked", partner)
    audited("asked", partner, as_they(partner))
    return partner


def _answered(letter: Letter, text: str, partner: Partner | None) -> tuple[Partner, About]:
    """Raises LetterRefused."""
    if partner is None:
        raise LetterRefused("It belongs to no agreement of this party.")
    reader, phases = READERS.get(letter.kind, (None, frozenset()))
    if reader is None:
        raise LetterRefused(f"This portal does not know letters of the kind {letter.kind}; it may be older than theirs.")
    if partner.sign_public:
        if letter.sender != partner.number:
            raise LetterRefused(f"The agreement is with party {partner.number}.")
        letters.prove(text, key=partner.sign_public)
    elif letter.kind not in WITH_CARD:
        raise LetterRefused("Nobody has accepted this invitation yet.")
    if partner.phase not in phases:
        raise LetterRefused(f"The agreement is {partner.phase}; a letter {letter.kind} does not fit there.")
    about = reader(partner, letter, text)
    if about is None:
        audited(f"{letter.kind}-came", partner, as_they(partner))
    return partner, about


def _read_accept(partner: Partner, letter: Letter, text: str) -> None:
    card = _proven_card(letter, text)
    if partner.number and partner.number != card["number"]:
        raise LetterRefused(f"Party {partner.number} was invited, and {card['number']} answers.")
    if partner.party.partners.going_on().exclude(pk=partner.pk).filter(number=card["number"]).exists():
        raise LetterRefused(f"There is another agreement with {card['number']}.")
    for name, value in card.items():
        setattr(partner, name, value)
    _take_token(partner, letter)
    begin(partner, PartnerPhase.ANSWERED)
    tell("partner.answered", partner)


def _read_confirm(partner: Partner, letter: Letter, _text: str) -> None:
    _take_token(partner, letter)
    begin(partner, PartnerPhase.JOINING)


def _read_refuse(partner: Partner, letter: Letter, text: str) -> None:
    if not partner.sign_public:
        card = _proven_card(letter, text)
        if partner.number and partner.number != card["number"]:
            raise LetterRefused(f"Party {partner.number} was invited, and {card['number']} answers.")
        partner.number, partner.name, partner.contact = card["number"], card["name"], card["contact"]
    _end(partner, PartnerPhase.REFUSED, letter)


def _read_rotate(partner: Partner, letter: Letter, _text: str) -> None:
    _take_token(partner, letter)
    begin(partner, partner.phase)


def _read_rotated(partner: Partner, letter: Letter, _text: str) -> None:
    """They write with the newest token: the older ones count no longer."""
    if letter.body.get("role") == partner.role:
        partner.honoured = partner.issued
        begin(partner, partner.phase)


def _read_suspend(partner: Partner, letter: Letter, _text: str) -> None:
    _end(partner, PartnerPhase.SUSPENDED, letter)


def _read_resume(partner: Partner, letter: Letter, _text: str) -> None:
    """What we stopped ourselves stays stopped; their new token is kept for when we go on."""
    _take_token(partner, letter)
    if partner.phase == PartnerPhase.SUSPENDED and partner.ended_by_them:
        begin(partner, PartnerPhase.JOINING, note="")
    else:
        partner.save()


def _read_leave(partner: Partner, letter: Letter, _text: str) -> None:
    partner.honoured = partner.issued + 1
    _end(partner, PartnerPhase.LEFT, letter)


def _end(partner: Partner, phase: PartnerPhase, letter: Letter) -> None:
    begin(partner, phase, note=_reason(letter), by_them=True)
    tell(f"partner.{phase}", partner, reason=partner.note)


_GOING = frozenset({*LINKED, PartnerPhase.SUSPENDED, PartnerPhase.CUT})
Reader = Callable[[Partner, Letter, str], About]
# kind -> who reads it, and the phases in which it makes sense
READERS: Mapping[str, tuple[Reader, frozenset[str]]] = {
    "accept": (_read_accept, frozenset({PartnerPhase.INVITED})),
    "refuse": (_read_refuse, frozenset({PartnerPhase.INVITED, PartnerPhase.ACCEPTED})),
    "confirm": (_read_confirm, frozenset({PartnerPhase.ACCEPTED})),
    "rotate": (_read_rotate, _GOING),
    "rotated": (_read_rotated, _GOING),
    "suspend": (_read_suspend, frozenset(LINKED)),
    "resume": (_read_resume, _GOING),
    "leave": (_read_leave, frozenset({*_GOING, PartnerPhase.ASKED, PartnerPhase.ANSWERED, PartnerPhase.ACCEPTED})),
    **{kind: (reader, _GOING) for kind, reader in contract_letters.READERS.items()},
    **{kind: (reader, _GOING) for kind, reader in job_letters.READERS.items()},
}


def _take_token(partner: Partner, letter: Letter) -> None:
    """Keep it sealed; the worker that writes it into our cluster opens it."""
    role, until, token = (letter.body.get(name) for name in ("role", "until", "token"))
    if not isinstance(role, str) or not isinstance(token, str) or type(until) is not int:
        raise LetterRefused("The token that belongs in it is missing.")
    try:
        partner.given_until = datetime.fromtimestamp(until, tz=UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise LetterRefused("It does not say until when its token counts.") from error
    partner.given, partner.given_role = token, role[:80]


def _proven_card(letter: Letter, text: str) -> dict[str, Any]:
    """Who writes, as fields of a partner; the signature is of the key in it. Raises LetterRefused."""
    card = letter.body.get("card")
    if not isinstance(card, dict) or not all(
        isinstance(card.get(name), str) for name in ("sign", "seal", "name", "contact")
    ):
        raise LetterRefused("It does not say who writes.")
    letters.prove(text, key=card["sign"])
    if card.get("number") != letter.sender or not LEAST_NUMBER <= letter.sender <= MOST_NUMBER:
        raise LetterRefused("The number of who writes is not that of the letter.")
    if not letters.is_key(card["seal"]):
        raise LetterRefused("The key to seal to is none.")
    try:
        validate_email(card["contact"])
        urls = {
            "web_url": addresses.normal(str(card.get("web_url", "")), addresses.WEB),
            "service_url": addresses.normal(str(card.get("service_url", "")), addresses.SERVICE),
        }
    except (ValidationError, ValueError) as error:
        raise LetterRefused(f"What it says of who writes is not right: {_first(error)}") from error
    keys = {"sign_public": card["sign"], "seal_public": card["seal"]}
    return {"number": letter.sender, "name": card["name"][:150], "contact": card["contact"], **urls, **keys}


def _first(error: ValidationError | ValueError) -> str:
    return str(error.messages[0] if isinstance(error, ValidationError) else error)


def _reason(letter: Letter) -> str:
    return str(letter.body.get("reason", ""))[:500]
