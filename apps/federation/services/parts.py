"""Our part of a federated job: an ordinary job of ours, tried when it is given and submitted when the gate opens."""

import json
from uuid import UUID

from django.db import transaction

from apps.federation.models import FederatedJob
from apps.jobs import services as jobs
from apps.jobs.models import Job, JobPhase
from apps.jobs.spec import JobSpec
from apps.tenants.access import actor_of_user
from apps.tenants.actor import Actor
from apps.tenants.models import Project

# What a part is told of the whole, as JSON. It is no secret: the owner of the part wrote or agreed to all of it.
VARIABLE = "FEDERATED_JOB"


class PartRefused(Exception):
    """Whoever gave the part may submit it no more. Its text says why."""


def part_of(job: FederatedJob) -> JobSpec:
    """What is submitted: what was given, under the contract, with what both sides agreed."""
    partner = job.contract.partner
    told = {
        "id": str(job.federated_job),
        "name": job.name,
        "us": partner.party.number,
        "them": partner.number,
        "rounds": job.rounds,
        "parameters": job.parameters,
    }
    spec = dict(job.spec or {})
    roles = [{**role, "env": {**role["env"], VARIABLE: json.dumps(told)}} for role in spec["roles"]]
    return JobSpec.model_validate({**spec, "roles": roles, "contract": str(job.contract.contract)})


def would_be_submitted(*, actor: Actor, project: Project, spec: JobSpec) -> None:
    """Raises what submit_job would, and leaves nothing."""
    with transaction.atomic():
        jobs.submit_job(actor=actor, project=project, spec=spec)
        transaction.set_rollback(True)


def submit(job: FederatedJob) -> Job:
    """Submit our part as whoever gave it, as they are now. Raises PartRefused, and what submit_job does."""
    owner = job.owner
    if job.project is None or owner is None:
        raise PartRefused("The project of our part is gone.")
    actor = actor_of_user(owner) if owner.is_active else None
    if actor is None or "jobs.submit" not in actor.on_project(job.project.pk, job.tenant_id):
        raise PartRefused(f"{owner.name}, who gave our part, may not submit jobs there any more.")
    return jobs.submit_job(actor=actor, project=job.project, spec=part_of(job))


def stop(job: FederatedJob, *, actor: Actor) -> None:
    """Cancel our part unless it is over, or on its way there."""
    part = Job.objects.filter(pk=job.job_id).first() if job.job_id else None
    if part is not None and "cancel" in part.acts:
        jobs.cancel_job(
            actor=actor, job=part, message=f"The federated job {job.name} was stopped: {job.note or job.outcome}."
        )


def phase_of(job_id: UUID) -> tuple[str, float, bool]:
    """(phase, progress 0..1, whether anything of it may still be running) of our part; one that is gone was cancelled."""
    row = Job.objects.filter(pk=job_id).values_list("phase", "progress", "quota_held").first()
    return (row[0], row[1] or 0.0, row[2]) if row else (JobPhase.CANCELLED, 0.0, False)
