"""New jobs: submitted, drafted, cloned."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from apps.core.outbox import publish
from apps.jobs.models import Job, JobPhase
from apps.jobs.services._life import audit, demand, for_trail, locked, queue, save, tell
from apps.jobs.spec import JobSpec
from apps.quotas import services as quotas
from apps.quotas.models import Workload
from apps.tenants.actor import Actor
from apps.tenants.models import Project


@transaction.atomic
def submit_job(*, actor: Actor, project: Project, spec: JobSpec) -> Job:
    """Accept a job and queue it.

    Raises what quotas.enqueue raises: NeverFits when no cluster that the project may use could hold it, even empty.
    """
    job = _new(actor=actor, project=project, spec=spec, phase=JobPhase.QUEUED)
    job.queued_at = job.created_at
    enqueue(job, actor=actor, project=project, spec=spec)
    job.reason, job.message = "submitted", "Submitted."
    job.save(force_insert=True)
    tell(job, actor=actor, reason=job.reason, message=job.message)
    publish(op="added", subject=job)
    audit(job, "submit", actor=actor, before=None, after={"spec": for_trail(job.spec)})
    return job


@transaction.atomic
def draft_job(*, actor: Actor, project: Project, spec: JobSpec) -> Job:
    """Keep a job without asking for anything yet."""
    job = _new(actor=actor, project=project, spec=spec, phase=JobPhase.DRAFT)
    job.save(force_insert=True)
    tell(job, actor=actor, reason="drafted", message="Written as a draft.")
    publish(op="added", subject=job)
    audit(job, "draft", actor=actor, before=None, after={"spec": for_trail(job.spec)})
    return job


@transaction.atomic
def submit_draft(*, actor: Actor, job: Job) -> Job:
    """Queue a draft. Raises as submit_job does."""
    job = locked(job.pk)
    demand(job, "submit")
    job.submitted_by_id = actor.user_id
    enqueue(job, actor=actor, project=job.project, spec=job.parsed_spec())
    queue(job, actor=actor, reason="submitted", message="Submitted.", now=timezone.now())
    save(job, generation_before=job.generation)
    audit(job, "submit", actor=actor, before={"phase": JobPhase.DRAFT}, after={"spec": for_trail(job.spec)})
    return job


@transaction.atomic
def clone_job(*, actor: Actor, job: Job, name: str | None = None) -> Job:
    """Write a draft like `job`, in the same project, under the same or another name."""
    demand(job, "clone")
    spec = JobSpec.model_validate({**job.spec, "name": name or job.name})
    return draft_job(actor=actor, project=job.project, spec=spec)


def assess(*, actor: Actor, project: Project, spec: JobSpec) -> dict[str, Any]:
    """Say whether and when a job would fit, and write nothing. Raises as submit_job does."""
    return quotas.assess(
        actor=actor,
        project=project,
        priority=spec.priority,
        gang=spec.gang,
        cluster=spec.cluster,
        pods=pod_requests(spec),
    )


def pod_requests(spec: JobSpec) -> list[quotas.PodRequest]:
    return [
        quotas.PodRequest(
            name=role.name,
            count=role.replicas,
            min_count=role.min_replicas or role.replicas,
            cpu_millicores=role.cpu_millicores,
            memory_bytes=role.memory_bytes,
            devices=tuple(
                quotas.DeviceNeed(
                    flavor=need.flavor, kind=need.kind, unit_memory_bytes=need.unit_memory_bytes, count=need.count
                )
                for need in role.devices
            ),
            image_only=not role.command,
        )
        for role in spec.roles
    ]


def write_spec(job: Job, spec: JobSpec) -> None:
    """Put a spec on the row, with what lists show of it."""
    job.spec = spec.as_json()
    job.name, job.description, job.labels = spec.name, spec.description, spec.labels
    job.framework, job.priority = spec.framework, spec.priority


def _new(*, actor: Actor, project: Project, spec: JobSpec, phase: JobPhase) -> Job:
    job = Job(tenant_id=project.tenant_id, project=project, submitted_by_id=actor.user_id, phase=phase)
    write_spec(job, spec)
    job.replicas_wanted = spec.replicas
    # Nothing of it exists outside yet, so there is nothing to reconcile.
    job.observed_generation = job.generation
    return job


def enqueue(job: Job, *, actor: Actor, project: Project, spec: JobSpec) -> None:
    """Ask for quota, and note on the job what its needs were resolved to."""
    workload = quotas.enqueue(
        actor=actor,
        project=project,
        subject_kind=Job.live_kind,
        subject_id=job.pk,
        subject_name=job.name,
        priority=spec.priority,
        gang=spec.gang,
        cluster=spec.cluster,
        pods=pod_requests(spec),
    )
    note_resources(job, workload)


def note_resources(job: Job, workload: Workload) -> None:
    """Amounts of the whole job by flavor, and what its needs were resolved to."""
    total: dict[tuple[str, str], int] = {}
    for pod_set in workload.pod_sets:
        for flavor, amounts in sorted(pod_set["requests"].items()):
            for resource, amount in sorted(amounts.items()):
                key = (flavor, resource)
                total[key] = total.get(key, 0) + amount * pod_set["count"]
    job.resources = [
        {"flavor": flavor, "resource": resource, "amount": amount} for (flavor, resource), amount in sorted(total.items())
    ]
    kinds = {
        flavor: resource
        for pod_set in workload.pod_sets
        for flavor, amounts in pod_set["requests"].items()
        for resource in amounts
    }
    job.resolved = [
        {
            "role": word["pod_set"],
            "need": word["need"],
            "flavor": word["flavor"],
            "model": word["model"],
            "resource": kinds[word["flavor"]],
            "amount": word["count"],
        }
        for word in workload.resolved
    ]
