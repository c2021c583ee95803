"""What the workers of a party are given to use the channels of a contract that stands; jobs ask by a registry of core."""

import json
from typing import Any
from uuid import UUID

import orjson

from apps.core.errors import Unavailable
from apps.federation.models import ChannelsPhase, Contract, ContractPhase
from apps.federation.services.post import issue

TENANT = "fl-tenant"


class Contracts:
    """By the id that is the same on both sides: of its editions the one that stands."""

    def stands(self, tenant_id: UUID, contract: UUID) -> bool:
        return _standing(tenant_id, contract) is not None

    def access(self, tenant_id: UUID, contract: UUID) -> str:
        """The document that hanse.channels reads: where, by which role until when, and the keys of the edition.

        Raises Unavailable while the channels are not open.
        """
        row = _standing(tenant_id, contract)
        channels = getattr(row, "channels", None)
        if row is None or channels is None or channels.phase != ChannelsPhase.OPEN:
            raise Unavailable("The channels of the contract are not open yet: its page says what they wait for.")
        party = row.partner.party
        document: dict[str, Any] = {
            "contract": str(row.contract),
            "edition": row.edition,
            "us": party.number,
            "them": row.partner.number,
            "service_url": party.service_url,
            "namespace": f"{TENANT}/{row.namespace}",
            "token": issue(party, row.role, until=row.ends_at),
            "private": json.loads(row.our_keys),
            "theirs": row.their_public,
        }
        return orjson.dumps(document).decode()


def _standing(tenant_id: UUID, contract: UUID) -> Contract | None:
    rows = Contract.objects.filter(tenant_id=tenant_id, contract=contract, phase=ContractPhase.AGREED)
    return rows.select_related("partner__party", "channels").first()
