"""What the other party's letters say of contracts."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.utils import timezone

from apps.core.outbox import publish
from apps.federation import terms as terms_
from apps.federation.errors import LetterRefused
from apps.federation.letters import Letter
from apps.federation.models import Contract, ContractPhase, Partner
from apps.federation.services._changes import as_they, audited_contract, end_contract, tell_of


def read_offer(partner: Partner, letter: Letter, _text: str) -> Contract:
    """They propose terms, signed by their officer. Raises LetterRefused."""
    contract_id, edition = _which(letter)
    try:
        terms = terms_.read(letter.body.get("terms"), parties=(partner.party.number, letter.sender))
    except ValueError as error:
        raise LetterRefused(f"Its terms cannot be read: {error}") from error
    if terms.digest != letter.body.get("digest"):
        raise LetterRefused("Its digest is not that of its terms.")
    if terms.until <= timezone.now():
        raise LetterRefused("What it proposes would be over already.")
    editions = partner.contracts.filter(contract=contract_id)
    if editions.filter(edition__gte=edition).exists():
        raise LetterRefused(f"There is an edition {edition} or a later one here: read that, or withdraw it.")
    if edition > 1 and not editions.filter(phase=ContractPhase.AGREED).exists():
        raise LetterRefused("It would replace a contract that does not stand here.")
    contract = Contract.objects.create(
        tenant_id=partner.tenant_id,
        partner=partner,
        contract=contract_id,
        edition=edition,
        terms=terms.as_json(),
        digest=terms.digest,
        phase=ContractPhase.OFFERED,
        ends_at=min(letter.expires_at, terms.until),
        their_officer=_officer(letter),
        their_signature_at=letter.written_at,
    )
    publish(op="added", subject=contract)
    tell_of("contract.offered", contract)
    audited_contract("propose-came", contract, as_they(partner))
    return contract


def read_sign(partner: Partner, letter: Letter, _text: str) -> Contract:
    """Their officer signed what ours proposed: it stands, in place of the edition before. Raises LetterRefused."""
    contract = _found(partner, letter, ContractPhase.PROPOSED)
    contract.their_officer, contract.their_signature_at = _officer(letter), letter.written_at
    agree(contract)
    tell_of("contract.agreed", contract)
    audited_contract("sign-came", contract, as_they(partner))
    return contract


def read_decline(partner: Partner, letter: Letter, _text: str) -> Contract:
    contract = _found(partner, letter, ContractPhase.PROPOSED)
    return _ended(contract, ContractPhase.DECLINED, "decline-came", letter)


def read_revoke(partner: Partner, letter: Letter, _text: str) -> Contract:
    """They end it, or take back what they proposed."""
    contract = _found(partner, letter, ContractPhase.AGREED, ContractPhase.OFFERED)
    return _ended(contract, ContractPhase.REVOKED, "revoke-came", letter)


def agree(contract: Contract) -> None:
    """Both have signed: it stands until its end, and the edition that it replaces does no longer."""
    others = contract.partner.contracts.select_for_update().filter(contract=contract.contract, phase=ContractPhase.AGREED)
    for earlier in others:
        end_contract(earlier, ContractPhase.REPLACED)
    contract.phase = ContractPhase.AGREED
    contract.ends_at = terms_.moment(contract.terms["until"])
    contract.save()
    publish(op="changed", subject=contract)


def _ended(contract: Contract, phase: ContractPhase, act: str, letter: Letter) -> Contract:
    end_contract(contract, phase, note=str(letter.body.get("reason", "")), by_them=True)
    tell_of("contract.ended", contract, phase=phase, reason=contract.note)
    audited_contract(act, contract, as_they(contract.partner))
    return contract


def _found(partner: Partner, letter: Letter, *phases: ContractPhase) -> Contract:
    contract_id, edition = _which(letter)
    rows = partner.contracts.select_for_update(of=("self",)).filter(contract=contract_id, edition=edition)
    contract = rows.select_related("partner__tenant").first()
    if contract is None or contract.digest != letter.body.get("digest"):
        raise LetterRefused("It is about terms that are not known here.")
    if contract.phase not in phases:
        raise LetterRefused(f"The contract is {contract.phase}; a letter {letter.kind} does not fit there.")
    return contract


def _which(letter: Letter) -> tuple[UUID, int]:
    edition: Any = letter.body.get("edition")
    try:
        contract_id = UUID(str(letter.body.get("contract")))
    except ValueError as error:
        raise LetterRefused("It does not say which contract it is about.") from error
    if type(edition) is not int or not 1 <= edition <= 10_000:
        raise LetterRefused("It does not say which edition it is about.")
    return contract_id, edition


def _officer(letter: Letter) -> str:
    return str(letter.body.get("officer", ""))[:150]


READERS: Mapping[str, Callable[[Partner, Letter, str], Contract]] = {
    "propose": read_offer,
    "sign": read_sign,
    "decline": read_decline,
    "revoke": read_revoke,
}
