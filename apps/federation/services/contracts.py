"""What a data officer decides about the use of data: proposed, signed, declined, revoked, each told to the other side."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from apps.core.outbox import publish
from apps.federation import terms as terms_
from apps.federation.errors import ContractNotNow, NotNow, OtherTerms, TermsRefused
from apps.federation.models import UNSIGNED, Contract, ContractPhase, Partner, PartnerPhase
from apps.federation.services._changes import audited_contract, end_contract, tell_of, write_of
from apps.federation.services.contract_letters import agree
from apps.federation.services.officers import require_active
from apps.federation.services.post import LETTERS_LAST
from apps.tenants.actor import Actor, system_actor


@transaction.atomic
def propose(*, actor: Actor, partner: Partner, terms: Any, amends: Contract | None = None) -> Contract:
    """Sign terms and send them to the other party, as the next edition where they amend a contract that stands.

    Raises TermsRefused, NotNow where the two are not joined, ContractNotNow.
    """
    if partner.phase != PartnerPhase.READY:
        raise NotNow(f"It is {partner.phase}.", phase=partner.phase, acts=list(partner.acts))
    require_active(partner.party)
    try:
        read = terms_.read(terms, parties=(partner.party.number, partner.number or 0))
    except ValueError as error:
        raise TermsRefused(str(error)) from error
    now = timezone.now()
    if read.until <= now:
        raise TermsRefused("until lies in the past.")
    edition = 1
    if amends is not None:
        _require(amends, "amend")
        newest = partner.contracts.filter(contract=amends.contract).latest("edition")
        if newest.phase in UNSIGNED:
            raise ContractNotNow(f"Edition {newest.edition} waits for a signature already.", phase=newest.phase)
        edition = newest.edition + 1
    contract = Contract(
        tenant_id=partner.tenant_id,
        partner=partner,
        edition=edition,
        terms=read.as_json(),
        digest=read.digest,
        phase=ContractPhase.PROPOSED,
        ends_at=min(now + LETTERS_LAST, read.until),
        our_officer=actor.label[:150],
        our_signature_at=now,
    )
    if amends is not None:
        contract.contract = amends.contract
    contract.save(force_insert=True)
    write_of(contract, "propose", terms=contract.terms, officer=contract.our_officer)
    publish(op="added", subject=contract)
    audited_contract("propose", contract, actor)
    return contract


@transaction.atomic
def sign(*, actor: Actor, contract: Contract, digest: str) -> None:
    """Agree to the terms whose digest the officer saw. Raises ContractNotNow, OtherTerms, NotNow."""
    _require(contract, "sign")
    if digest != contract.digest:
        raise OtherTerms(f"The digest of edition {contract.edition} is {contract.digest}.", digest=contract.digest)
    if contract.ends_at <= timezone.now():
        raise ContractNotNow("The time to sign it is over. Ask them to propose it again.", phase=contract.phase)
    if contract.partner.phase != PartnerPhase.READY:
        raise NotNow(f"The agreement is {contract.partner.phase}.", phase=contract.partner.phase)
    require_active(contract.partner.party)
    contract.our_officer, contract.our_signature_at = actor.label[:150], timezone.now()
    agree(contract, actor=actor)
    write_of(contract, "sign", officer=contract.our_officer)
    audited_contract("sign", contract, actor)


@transaction.atomic
def decline(*, actor: Actor, contract: Contract, reason: str) -> None:
    """Say no to what they proposed. Raises ContractNotNow."""
    _end(contract, "decline", ContractPhase.DECLINED, actor, reason)


@transaction.atomic
def revoke(*, actor: Actor, contract: Contract, reason: str) -> None:
    """End what was agreed, at once, or take back what was proposed. Raises ContractNotNow."""
    _end(contract, "revoke", ContractPhase.REVOKED, actor, reason)


@transaction.atomic
def end_contracts_over() -> None:
    """Write down which contracts ended by themselves."""
    rows = Contract.objects.over().select_for_update(of=("self",), skip_locked=True)
    for contract in rows.select_related("partner__tenant"):
        end_contract(contract, ContractPhase.EXPIRED, act="expire", actor=system_actor("Hanse"))
        tell_of("contract.expired", contract, reason="")


def _end(contract: Contract, act: str, phase: ContractPhase, actor: Actor, reason: str) -> None:
    _require(contract, act)
    end_contract(contract, phase, act=act, actor=actor, note=reason)
    write_of(contract, act, reason=reason)


def _require(contract: Contract, act: str) -> None:
    if act not in contract.acts:
        raise ContractNotNow(f"It is {contract.phase}.", phase=contract.phase, acts=list(contract.acts))
