"""What the other party's letters say of contracts."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.utils import timezone

from apps.audit.services import Who
from apps.core.outbox import hint, publish
from apps.federation import letters
from apps.federation import terms as terms_
from apps.federation.errors import LetterRefused
from apps.federation.letters import Letter
from apps.federation.models import Channels, Contract, ContractPhase, Partner
from apps.federation.services._changes import as_they, audited_contract, end_contract, tell_of, write_of


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
        their_public=_keys(letter),
    )
    publish(op="added", subject=contract)
    tell_of("contract.offered", contract)
    audited_contract("propose-came", contract, as_they(partner))
    return contract


def read_sign(partner: Partner, letter: Letter, _text: str) -> Contract:
    """Their officer signed what ours proposed: it stands, in place of the edition before. Raises LetterRefused.

    What had ended here before the signature came is revoked there too, lest one side believe in it alone.
    """
    contract = found(partner, letter, ContractPhase.PROPOSED, ContractPhase.EXPIRED, ContractPhase.REVOKED)
    contract.their_officer, contract.their_signature_at = _officer(letter), letter.written_at
    if contract.phase != ContractPhase.PROPOSED:
        write_of(contract, "revoke", reason=f"The signature came when the proposal was {contract.phase} already.")
        audited_contract("sign-came-late", contract, as_they(partner))
        return contract
    contract.their_public = _keys(letter)
    agree(contract, actor=as_they(partner))
    tell_of("contract.agreed", contract)
    audited_contract("sign-came", contract, as_they(partner))
    return contract


def read_decline(partner: Partner, letter: Letter, _text: str) -> Contract:
    contract = found(partner, letter, ContractPhase.PROPOSED)
    return _ended(contract, ContractPhase.DECLINED, "decline-came", letter)


def read_revoke(partner: Partner, letter: Letter, _text: str) -> Contract:
    """They end it, or take back what they proposed; what is revoked here already is so on both sides now."""
    contract = found(partner, letter, ContractPhase.AGREED, ContractPhase.OFFERED, ContractPhase.REVOKED)
    if contract.phase == ContractPhase.REVOKED:
        return contract
    return _ended(contract, ContractPhase.REVOKED, "revoke-came", letter)


def agree(contract: Contract, *, actor: Who) -> None:
    """Both have signed: it stands until its end, and the edition that it replaces does no longer."""
    others = contract.partner.contracts.select_for_update().filter(contract=contract.contract, phase=ContractPhase.AGREED)
    for earlier in others:
        end_contract(earlier, ContractPhase.REPLACED, act="replace", actor=actor)
    contract.phase = ContractPhase.AGREED
    contract.ends_at = terms_.moment(contract.terms["until"])
    contract.save()
    publish(op="changed", subject=contract)
    channels = Channels.objects.create(tenant_id=contract.tenant_id, contract=contract)
    hint("federation.channels", channels_id=channels.pk)


def _ended(contract: Contract, phase: ContractPhase, act: str, letter: Letter) -> Contract:
    they = as_they(contract.partner)
    end_contract(contract, phase, act=act, actor=they, note=str(letter.body.get("reason", "")), by_them=True)
    tell_of(f"contract.{phase}", contract, reason=contract.note)
    return contract


def found(partner: Partner, letter: Letter, *phases: ContractPhase) -> Contract:
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


def _keys(letter: Letter) -> dict[str, str]:
    """Theirs, of this edition; none from a portal that is older than channels. Raises LetterRefused."""
    given = letter.body.get("keys")
    if given is None:
        return {}
    keys = {name: str(given.get(name, "")) for name in ("sign", "seal")} if isinstance(given, dict) else {"sign": ""}
    if not all(map(letters.is_key, keys.values())):
        raise LetterRefused("The keys of its channels are none.")
    return keys


def _officer(letter: Letter) -> str:
    return str(letter.body.get("officer", ""))[:150]


READERS: Mapping[str, Callable[[Partner, Letter, str], Contract]] = {
    "propose": read_offer,
    "sign": read_sign,
    "decline": read_decline,
    "revoke": read_revoke,
}
