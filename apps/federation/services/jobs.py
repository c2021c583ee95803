"""What people decide about federated jobs: proposed, accepted with a part of one's own, refused, stopped."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from apps.core.errors import InvalidRequest
from apps.core.outbox import publish
from apps.federation.errors import ContractNotNow, FederatedJobNotNow, LetterRefused, NoRoundsLeft, NotNow
from apps.federation.models import (
    USUAL_PATIENCE_SECONDS,
    Contract,
    ContractPhase,
    FederatedJob,
    FederatedPhase,
    Part,
    PartnerPhase,
)
from apps.federation.services._jobs import audited, begin_to_end, changed, note, soon, tell_them
from apps.federation.services.job_letters import checked_parameters
from apps.federation.services.officers import require_active
from apps.federation.services.parts import part_of, would_be_submitted
from apps.federation.services.post import LETTERS_LAST
from apps.jobs.spec import JobSpec
from apps.tenants.actor import Actor
from apps.tenants.models import Project


@transaction.atomic
def propose_job(
    *,
    actor: Actor,
    contract: Contract,
    name: str,
    rounds: int,
    project: Project,
    spec: JobSpec,
    parameters: Mapping[str, Any] | None = None,
    patience_seconds: int = USUAL_PATIENCE_SECONDS,
) -> FederatedJob:
    """Propose a job to the other party, with our own part of it; nothing runs before they gave theirs.

    Raises ContractNotNow, NotNow where the two are not joined, NoRoundsLeft, InvalidRequest for parameters that no letter
    carries, and what submitting our part now would raise.
    """
    _require_standing(contract)
    _require_rounds(contract, rounds)
    job = FederatedJob(
        tenant_id=contract.tenant_id,
        contract=contract,
        name=name,
        rounds=rounds,
        parameters=_parameters(parameters or {}),
        patience_seconds=patience_seconds,
        phase=FederatedPhase.PROPOSED,
        answer_by=min(timezone.now() + LETTERS_LAST, contract.ends_at),
    )
    _give_part(job, actor=actor, project=project, spec=spec)
    job.save(force_insert=True)
    note(job, "federated-proposed", rounds=rounds)
    publish(op="added", subject=job)
    about = {"contract": str(contract.contract), "edition": contract.edition, "digest": contract.digest}
    shared = {"rounds": rounds, "parameters": job.parameters, "patience_seconds": patience_seconds}
    tell_them(job, "job-proposed", name=name, **about, **shared)
    audited("propose", job, actor, rounds=rounds, parameters=job.parameters)
    return job


@transaction.atomic
def accept_job(*, actor: Actor, job: FederatedJob, project: Project, spec: JobSpec) -> None:
    """Give our part of what they proposed. Raises FederatedJobNotNow, and as propose_job does."""
    _require(job, "accept")
    if job.answer_by <= timezone.now():
        raise FederatedJobNotNow("The time to accept it is over. Ask them to propose it again.", phase=job.phase)
    _require_standing(job.contract)
    _require_rounds(job.contract, job.rounds)
    _give_part(job, actor=actor, project=project, spec=spec)
    job.phase, job.ready_at = FederatedPhase.READY, timezone.now()
    note(job, "federated-part-ready")
    changed(job)
    tell_them(job, "job-ready")
    audited("accept", job, actor)
    soon(job)


@transaction.atomic
def refuse_job(*, actor: Actor, job: FederatedJob, reason: str) -> None:
    """Say no to what they proposed. Raises FederatedJobNotNow."""
    _require(job, "refuse")
    begin_to_end(job, FederatedPhase.REFUSED, "federated-refused-by", actor=actor, reason=reason)


@transaction.atomic
def stop_job(*, actor: Actor, job: FederatedJob, reason: str) -> None:
    """Stop both parts, or take back what was proposed. Raises FederatedJobNotNow."""
    _require(job, "stop")
    begin_to_end(job, FederatedPhase.STOPPED, "federated-stopped-by", actor=actor, reason=reason)


def _give_part(job: FederatedJob, *, actor: Actor, project: Project, spec: JobSpec) -> None:
    """Keep what we run, after it was tried: what would be refused at the gate is refused now."""
    if spec.contract not in (None, job.contract.contract):
        detail = f"The job runs under the contract {job.contract.contract}; leave it out, or name that one."
        raise InvalidRequest(errors=[{"pointer": "/spec/contract", "detail": detail}])
    job.project, job.owner_id, job.spec = project, actor.user_id, spec.as_json()
    would_be_submitted(actor=actor, project=project, spec=part_of(job))
    job.ours, job.ours_since, job.our_channels_open = Part.READY, timezone.now(), job.channels_open


def _parameters(given: Mapping[str, Any]) -> dict[str, Any]:
    try:
        return checked_parameters(dict(given))
    except LetterRefused as refusal:
        raise InvalidRequest(errors=[{"pointer": "/parameters", "detail": refusal.detail}]) from refusal


def _require(job: FederatedJob, act: str) -> None:
    if act not in job.acts:
        raise FederatedJobNotNow(f"It is {job.phase}.", phase=job.phase, acts=list(job.acts))


def _require_standing(contract: Contract) -> None:
    if contract.phase != ContractPhase.AGREED:
        raise ContractNotNow(f"It is {contract.phase}.", phase=contract.phase, acts=list(contract.acts))
    if contract.partner.phase != PartnerPhase.READY:
        raise NotNow(f"The agreement is {contract.partner.phase}.", phase=contract.partner.phase)
    require_active(contract.partner.party)


def _require_rounds(contract: Contract, rounds: int) -> None:
    most = int(contract.terms["rounds"])
    left = max(0, most - FederatedJob.objects.rounds_used(contract))
    if rounds > left:
        raise NoRoundsLeft(
            f"{rounds} rounds are asked for; of {most} in the contract {left} are left.", left=left, most=most
        )
