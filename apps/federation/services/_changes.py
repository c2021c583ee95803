"""What all changes of an agreement share."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db.models import F, Q
from django.utils import timezone

from apps.audit.services import Who, record
from apps.core.notifications import notify
from apps.core.outbox import hint, publish
from apps.federation.models import (
    ENDED,
    OVER,
    UNSIGNED,
    Channels,
    ChannelsPhase,
    Contract,
    ContractPhase,
    FederatedJob,
    LetterState,
    Partner,
    PartnerPhase,
    PartyLetter,
)
from apps.tenants.actor import system_actor

TOKENS_LAST = timedelta(days=90)
# Who acts when a letter of the other party changes something here.
THEIRS = "the other party"


def begin(partner: Partner, phase: PartnerPhase | str, *, note: str | None = None, by_them: bool = False) -> None:
    """Bring the agreement into a phase, and have a worker carry it out."""
    partner.phase, partner.ended_by_them = PartnerPhase(phase), by_them
    if note is not None:
        partner.note = note[:500]
    partner.generation += 1
    partner.end_pause()
    partner.save()
    publish(op="changed", subject=partner)
    hint("federation.reconcile", partner_id=partner.pk)
    over = Q(phase=ChannelsPhase.CLOSED, contract__phase__in=ENDED)
    for channels in Channels.objects.filter(~over, contract__partner=partner):
        look_again(channels)
    if partner.phase in OVER:
        act, actor = ("revoke-came", as_they(partner)) if by_them else ("revoke", system_actor("Hanse"))
        for contract in partner.contracts.standing().select_for_update().order_by("-edition"):
            end_contract(contract, ContractPhase.REVOKED, act=act, actor=actor, note=partner.note, by_them=by_them)


def look_again(channels: Channels) -> None:
    """What decides whether they are to be open has changed, or who may use them."""
    Channels.objects.filter(pk=channels.pk).update(generation=F("generation") + 1)
    hint("federation.channels", channels_id=channels.pk)


def write_letter(
    partner: Partner, kind: str, body: Mapping[str, Any] | None = None, *, about: Contract | FederatedJob | None = None
) -> PartyLetter:
    """Have a worker sign and send it; requests never see a private key."""
    letter = PartyLetter.objects.create(
        tenant_id=partner.tenant_id,
        partner=partner,
        contract=about if isinstance(about, Contract) else None,
        federated_job=about if isinstance(about, FederatedJob) else None,
        kind=kind,
        outgoing=True,
        body=dict(body or {}),
        state=LetterState.UNSIGNED,
    )
    hint("federation.send", letter_id=letter.pk)
    return letter


def write_of(contract: Contract, kind: str, **body: Any) -> None:
    """A letter about a contract: which, which edition, which terms."""
    about = {"contract": str(contract.contract), "edition": contract.edition, "digest": contract.digest}
    write_letter(contract.partner, kind, {**about, **body}, about=contract)


def issue_anew(partner: Partner) -> None:
    """Let them have a token of a new role; a worker makes it, grants it, and seals it to them."""
    partner.issued += 1
    partner.issued_until = timezone.now() + TOKENS_LAST


def audited(act: str, partner: Partner, actor: Who) -> None:
    """`agreement` is the id under which the other side's trail has it."""
    after: dict[str, Any] = {"phase": partner.phase, "agreement": str(partner.agreement), "number": partner.number}
    if partner.note:
        after["note"] = partner.note
    record(
        actor=actor,
        action=f"partner.{act}",
        kind="partner",
        subject_id=partner.pk,
        label=f"{partner.number or '?'} {partner.name}".strip(),
        tenant_id=partner.tenant_id,
        after=after,
    )


def end_contract(
    contract: Contract, phase: ContractPhase, *, act: str, actor: Who, note: str = "", by_them: bool = False
) -> None:
    """Editions that nobody signed yet go with the contract that is revoked: nobody can sign what would replace it."""
    contract.phase, contract.note, contract.ended_by_them = phase, note[:500], by_them
    contract.save()
    publish(op="changed", subject=contract)
    audited_contract(act, contract, actor)
    if channels := Channels.objects.filter(contract=contract).first():
        look_again(channels)
    if phase == ContractPhase.REVOKED:
        editions = contract.partner.contracts.filter(contract=contract.contract, phase__in=UNSIGNED)
        for edition in editions.select_for_update():
            end_contract(edition, phase, act=act, actor=actor, note=note, by_them=by_them)


def audited_contract(act: str, contract: Contract, actor: Who, **more: Any) -> None:
    """`contract`, `edition` and `digest` are what the other side's trail has too."""
    after = {
        "contract": str(contract.contract),
        "edition": contract.edition,
        "digest": contract.digest,
        "phase": contract.phase,
        "number": contract.partner.number,
        **more,
    }
    record(
        actor=actor,
        action=f"contract.{act}",
        kind="contract",
        subject_id=contract.pk,
        label=f"{contract.terms['name']} · {contract.edition}",
        tenant_id=contract.tenant_id,
        after={**after, "note": contract.note} if contract.note else after,
    )


def tell_of(code: str, contract: Contract, **arguments: str) -> None:
    """Tell the officers of this side of a contract."""
    page = f"contracts/{contract.pk}"
    _tell(code, contract, partner=contract.partner, page=page, contract=contract.terms["name"], **arguments)


def tell_of_job(code: str, job: FederatedJob, **arguments: str) -> None:
    """Tell whoever decides on this side of a federated job."""
    _tell(code, job, partner=job.contract.partner, page=f"jobs/{job.pk}", job=job.name, **arguments)


def tell(code: str, partner: Partner, **arguments: str) -> None:
    """Tell the officers of this side."""
    _tell(code, partner, partner=partner, page=str(partner.pk), **arguments)


def _tell(code: str, subject: Partner | Contract | FederatedJob, *, partner: Partner, page: str, **arguments: str) -> None:
    notify(
        code,
        object_kind=subject.live_kind,
        object_id=subject.pk,
        path=f"/t/{partner.tenant.slug}/parties/{page}",
        tenant_id=partner.tenant_id,
        name=partner.name,
        number=partner.number or 0,
        **arguments,  # type: ignore[arg-type]  # words of the kind, none of which is one of the names above
    )


def as_they(partner: Partner) -> Who:
    return system_actor(f"{partner.number or THEIRS}")
