"""What federation answers to questions of core."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from apps.core import live, notifications, registries, sentences
from apps.federation.access import Contracts
from apps.federation.api.contract_serializers import ContractOutput
from apps.federation.api.job_serializers import FederatedJobOutput
from apps.federation.api.serializers import PartnerOutput, PartyOutput
from apps.federation.models import Contract, FederatedJob, Partner, Party
from apps.federation.notifications import KINDS
from apps.federation.words import WORDS


def register() -> None:
    live.register("party", render_parties, permission="parties.view")
    live.register("partner", render_partners, permission="parties.view")
    live.register("contract", render_contracts, permission="parties.view")
    live.register("federated-job", render_federated_jobs, permission="parties.view")
    notifications.register(*KINDS)
    sentences.register(WORDS)
    registries.contracts.register("federation", Contracts())


def render_parties(ids: Iterable[UUID]) -> dict[UUID, dict[str, Any]]:
    return {row.pk: dict(PartyOutput(row).data) for row in Party.objects.filter(pk__in=list(ids))}


def render_partners(ids: Iterable[UUID]) -> dict[UUID, dict[str, Any]]:
    rows = Partner.objects.select_related("party").filter(pk__in=list(ids))
    return {row.pk: dict(PartnerOutput(row).data) for row in rows}


def render_contracts(ids: Iterable[UUID]) -> dict[UUID, dict[str, Any]]:
    rows = Contract.objects.select_related("partner__party", "channels").filter(pk__in=list(ids))
    return {row.pk: dict(ContractOutput(row).data) for row in rows}


def render_federated_jobs(ids: Iterable[UUID]) -> dict[UUID, dict[str, Any]]:
    rows = FederatedJob.objects.filter(pk__in=list(ids)).with_sides()
    return {row.pk: dict(FederatedJobOutput(row).data) for row in rows}
