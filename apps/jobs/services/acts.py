"""What users do to a job that is there. Each act is one transaction; one that the phase forbids raises ActNotPossible."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from apps.jobs.errors import ActNotPossible
from apps.jobs.models import Job, JobPhase
from apps.jobs.services._life import (
    audit,
    demand,
    for_trail,
    forget_progress,
    locked,
    move,
    queue,
    save,
    settle,
    tell,
    workload_of,
)
from apps.jobs.services._telling import tell_that_stopped
from apps.jobs.services.inputs import ask
from apps.jobs.services.submit import enqueue, write_spec
from apps.jobs.spec import JobSpec
from apps.quotas import services as quotas
from apps.tenants.actor import Actor

BIN_DAYS = 7


@transaction.atomic
def cancel_job(*, actor: Actor, job: Job, reason: str = "cancelled", message: str = "") -> Job:
    """End a job. Its replicas are stopped; its quota is free once they are gone."""
    job = locked(job.pk)
    demand(job, "cancel")
    return _stop(job, JobPhase.CANCELLED, "cancel", actor=actor, reason=reason, message=message or "Cancelled.")


@transaction.atomic
def suspend_job(*, actor: Actor, job: Job, reason: str = "suspended", message: str = "") -> Job:
    """Stop a job until it is resumed. What it computed since it last saved its state is lost."""
    job = locked(job.pk)
    demand(job, "suspend")
    return _stop(job, JobPhase.SUSPENDED, "suspend", actor=actor, reason=reason, message=message or "Suspended.")


def _stop(job: Job, phase: JobPhase, act: str, *, actor: Actor, reason: str, message: str) -> Job:
    before, generation, now = job.phase, job.generation, timezone.now()
    move(job, phase, actor=actor, reason=reason, message=message, now=now)
    if job.quota_held:
        settle(job, actor=actor, now=now)
    else:
        _release(job)
    save(job, generation_before=generation)
    audit(job, act, actor=actor, before={"phase": before}, after={"phase": job.phase, "reason": reason})
    tell_that_stopped(job, actor=actor, message=message)
    return job


def _release(job: Job) -> None:
    """Withdraw a request for quota that was never granted, or was given back already."""
    if job.phase == JobPhase.SUSPENDED:
        quotas.suspend(workload=workload_of(job))
    else:
        quotas.finish(workload=workload_of(job))


@transaction.atomic
def resume_job(*, actor: Actor, job: Job) -> Job:
    """Queue a suspended job again; it keeps its place by its age."""
    job = locked(job.pk)
    demand(job, "resume")
    before, generation, now = job.phase, job.generation, timezone.now()
    if job.quota_held:
        queue(job, actor=actor, reason="resumed", message="Resumed; queues when its old replicas are gone.", now=now)
    else:
        quotas.resume(workload=workload_of(job))
        queue(job, actor=actor, reason="resumed", message="Resumed.", now=now)
    save(job, generation_before=generation)
    audit(job, "resume", actor=actor, before={"phase": before}, after={"phase": job.phase})
    return job


@transaction.atomic
def retry_job(*, actor: Actor, job: Job) -> Job:
    """Run a failed or cancelled job once more: the same job, a new attempt, its restarts counted from nought.

    Raises as submit_job does, for quotas may have changed since.
    """
    job = locked(job.pk)
    demand(job, "retry")
    before, generation, now = job.phase, job.generation, timezone.now()
    job.restarts = 0
    job.started_at = None
    forget_progress(job)
    ask(job, actor=actor, spec=job.parsed_spec())
    message = "Tried again."
    if job.quota_held:
        quotas.require_may_ask(actor=actor, project=job.project, priority=job.priority)
        message = "Tried again; queues when its old replicas are gone."
    else:
        enqueue(job, actor=actor, project=job.project, spec=job.parsed_spec())
    queue(job, actor=actor, reason="retried", message=message, now=now)
    save(job, generation_before=generation)
    audit(job, "retry", actor=actor, before={"phase": before}, after={"phase": job.phase})
    return job


@transaction.atomic
def delete_job(*, actor: Actor, job: Job) -> Job:
    """Put an ended job or a draft into the bin, where it can be restored until it is purged."""
    job = _locked_alone(job)
    demand(job, "delete")
    now = timezone.now()
    job.deleted_at = now
    job.purge_at = min(filter(None, (job.purge_at, now + timedelta(days=BIN_DAYS))))
    tell(job, actor=actor, reason="deleted", message="Put into the bin.")
    save(job, generation_before=job.generation)
    audit(job, "delete", actor=actor, before={"deleted_at": None}, after={"deleted_at": now.isoformat()})
    return job


@transaction.atomic
def restore_job(*, actor: Actor, job: Job) -> Job:
    """Take a job out of the bin."""
    job = _locked_alone(job)
    demand(job, "restore")
    before = job.deleted_at
    job.deleted_at = None
    job.purge_at = _kept_until(job)
    tell(job, actor=actor, reason="restored", message="Taken out of the bin.")
    save(job, generation_before=job.generation)
    audit(
        job,
        "restore",
        actor=actor,
        before={"deleted_at": before.isoformat() if before else None},
        after={"deleted_at": None},
    )
    return job


@transaction.atomic
def change_job(
    *,
    actor: Actor,
    job: Job,
    spec: JobSpec | None = None,
    description: str | None = None,
    labels: dict[str, str] | None = None,
) -> Job:
    """Change the description and labels of a job, or everything of a draft (`spec`).

    Raises ActNotPossible for a spec of a job that is no draft: what was submitted stays what was submitted.
    """
    job = _locked_alone(job)
    if spec is not None and job.phase != JobPhase.DRAFT:
        raise ActNotPossible(
            "Only of a draft can everything be changed; of this job the description and labels. Clone it to change more.",
            phase=job.phase,
            possible=job.acts,
        )
    before, old_generation = job.spec, job.generation
    given = {"description": description, "labels": labels}
    write_spec(
        job,
        spec or JobSpec.model_validate({**job.spec, **{name: value for name, value in given.items() if value is not None}}),
    )
    if job.phase == JobPhase.DRAFT:
        job.replicas_wanted = job.parsed_spec().replicas
    job.generation += 1
    if job.observed_generation == old_generation:
        job.observed_generation = job.generation  # words only: there is nothing to carry out
    save(job, generation_before=job.generation)
    audit(job, "change", actor=actor, before={"spec": for_trail(before)}, after={"spec": for_trail(job.spec)})
    return job


def _locked_alone(job: Job) -> Job:
    """For acts that leave the workload alone: views lock the job first, so these must not lock the workload after it."""
    return Job.objects.select_for_update(of=("self",)).get(pk=job.pk)


def _kept_until(job: Job) -> datetime | None:
    if job.finished_at is None:
        return None
    return job.finished_at + timedelta(seconds=job.spec["fault_policy"]["keep_seconds"])
