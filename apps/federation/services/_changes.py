"""What all changes of an agreement share."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from apps.audit.services import Who, record
from apps.core.notifications import notify
from apps.core.outbox import hint, publish
from apps.federation.models import OVER, Contract, ContractPhase, Partner, PartnerPhase
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
    if partner.phase in OVER:
        act, actor = ("revoke-came", as_they(partner)) if by_them else ("revoke", system_actor("Hanse"))
        for contract in partner.contracts.standing().select_for_update():
            end_contract(contract, ContractPhase.REVOKED, note=partner.note, by_them=by_them)
            audited_contract(act, contract, actor)


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


def end_contract(contract: Contract, phase: ContractPhase, *, note: str = "", by_them: bool = False) -> None:
    contract.phase, contract.note, contract.ended_by_them = phase, note[:500], by_them
    contract.save()
    publish(op="changed", subject=contract)


def audited_contract(act: str, contract: Contract, actor: Who) -> None:
    """`contract`, `edition` and `digest` are what the other side's trail has too."""
    after = {
        "contract": str(contract.contract),
        "edition": contract.edition,
        "digest": contract.digest,
        "phase": contract.phase,
        "number": contract.partner.number,
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


def tell(code: str, partner: Partner, **arguments: str) -> None:
    """Tell the officers of this side."""
    _tell(code, partner, partner=partner, page=str(partner.pk), **arguments)


def _tell(code: str, subject: Partner | Contract, *, partner: Partner, page: str, **arguments: str) -> None:
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
