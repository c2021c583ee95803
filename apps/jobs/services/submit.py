"""New jobs: submitted, drafted, cloned."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from apps.core.errors import NotVisible
from apps.core.inserts import insert
from apps.core.outbox import publish
from apps.isolation.services import require_images, sandbox_of
from apps.jobs.kinds import CAPABILITY
from apps.jobs.models import Job, JobCode, JobDataset, JobPhase, JobSecret, Schedule
from apps.jobs.services._life import audit, demand, for_trail, left_of, locked, queue, save, tell
from apps.jobs.services.inputs import ask
from apps.jobs.spec import JobSpec
from apps.jobs.volumes import cluster_of
from apps.quotas import services as quotas
from apps.quotas.models import Workload
from apps.tenants.actor import Actor
from apps.tenants.errors import BeingRemoved
from apps.tenants.models import Project


@transaction.atomic(savepoint=False)
def submit_job(*, actor: Actor, project: Project, spec: JobSpec, schedule: Schedule | None = None) -> Job:
    """Accept a job and queue it; `schedule` says what submits it, when nobody does by hand.

    Raises NotVisible when the project has just been removed, InvalidRequest when the job names secrets or code that are
    not there, RegistryClosed for an image from where its tenant may run none, and what quotas.enqueue raises: NeverFits
    when no cluster that the project may use could hold it, even empty.
    """
    job = _new(actor=actor, project=project, spec=spec, phase=JobPhase.QUEUED)
    if schedule is not None:
        job.schedule_id, job.schedule_name = schedule.pk, schedule.name
    job.queued_at = job.created_at
    enqueue(job, actor=actor, project=project, spec=spec)
    job.reason, job.message = "submitted", f"Submitted by schedule {schedule.name}." if schedule else "Submitted."
    insert(job)
    ask(job, actor=actor, spec=spec)
    tell(job, actor=actor, reason=job.reason, message=job.message)
    publish(op="added", subject=job)
    audit(job, "submit", actor=actor, before=None, after={"spec": for_trail(job.spec)})
    return job


@transaction.atomic
def draft_job(*, actor: Actor, project: Project, spec: JobSpec) -> Job:
    """Keep a job without asking for anything yet. Raises NotVisible when the project has just been removed."""
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
    ask(job, actor=actor, spec=job.parsed_spec())
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


@transaction.atomic
def rerun_job(*, actor: Actor, job: Job, name: str | None = None) -> Job:
    """Submit a job that runs exactly what `job` ran: its commit, and the versions of secrets and datasets that it was given.

    Raises as submit_job does; so also when a version was destroyed since.
    """
    return submit_job(actor=actor, project=job.project, spec=exactly(job, name=name or job.name))


def exactly(job: Job, *, name: str) -> JobSpec:
    """The job's specification with everything written into it that was found out when it ran."""
    spec = {**job.spec, "name": name}
    versions = dict(JobSecret.objects.filter(job=job, version__isnull=False).values_list("name", "version"))
    spec["roles"] = [
        {
            **role,
            **{
                part: [{**one, "version": one["version"] or versions.get(one["secret"])} for one in role.get(part, [])]
                for part in ("env_from", "secret_files")
            },
        }
        for role in spec["roles"]
    ]
    numbers = dict(JobDataset.objects.filter(job=job).values_list("name", "number"))
    spec["datasets"] = [{**use, "version": numbers.get(use["name"], use["version"])} for use in spec.get("datasets", [])]
    source = spec.get("source")
    code = JobCode.objects.filter(job=job).first()
    if source and source["git"]:
        git = source["git"]
        version = git["secret_version"] or (versions.get(git["secret"]) if git["secret"] else None)
        commit = git["commit"] or (code.commit if code and code.commit else None)
        spec["source"] = {**source, "git": {**git, "secret_version": version, "commit": commit}}
    return JobSpec.model_validate(spec)


def assess(*, actor: Actor, project: Project, spec: JobSpec) -> dict[str, Any]:
    """Say whether and when a job would fit, and write nothing. Raises as submit_job does."""
    require_images(_images(spec), tenant_id=project.tenant_id)
    return quotas.assess(
        actor=actor,
        project=project,
        priority=spec.priority,
        gang=spec.gang,
        cluster=cluster_of(project.pk, spec),
        pods=pod_requests(spec, tenant_id=project.tenant_id),
    )


def _images(spec: JobSpec) -> list[str]:
    return [role.image for role in spec.roles if role.image]


def pod_requests(spec: JobSpec, *, tenant_id: UUID, left: Mapping[str, int] | None = None) -> list[quotas.PodRequest]:
    """What the job asks for; `left`: of each role only so many replicas."""
    runtime, required = sandbox_of(tenant_id)
    count = left or {role.name: role.replicas for role in spec.roles}
    return [
        quotas.PodRequest(
            name=role.name,
            count=count[role.name],
            min_count=role.min_replicas or count[role.name],
            cpu_millicores=role.cpu_millicores,
            memory_bytes=role.memory_bytes,
            devices=tuple(map(quotas.DeviceNeed.of, role.devices)),
            image_only=not role.command,
            no_image=not role.image,
            capability=CAPABILITY.get(spec.kind, ""),
            runtime=runtime if required else "",
        )
        for role in spec.roles
    ]


def write_spec(job: Job, spec: JobSpec) -> None:
    """Put a spec on the row, with what lists show of it."""
    job.spec = spec.as_json()
    job.name, job.description, job.labels = spec.name, spec.description, spec.labels
    job.framework, job.priority = spec.framework, spec.priority


def _new(*, actor: Actor, project: Project, spec: JobSpec, phase: JobPhase) -> Job:
    held = Project.objects.held(project.pk)
    if held is None:
        raise NotVisible
    if held.deleting_at is not None:
        raise BeingRemoved(f"{held.name} is being removed.")
    job = Job(tenant=project.tenant, project=project, submitted_by_id=actor.user_id, phase=phase)
    write_spec(job, spec)
    job.replicas_wanted = spec.replicas
    # Nothing of it exists outside yet, so there is nothing to reconcile.
    job.observed_generation = job.generation
    return job


def enqueue(job: Job, *, actor: Actor, project: Project, spec: JobSpec) -> None:
    """Ask for quota, and note on the job what its needs were resolved to. Raises RegistryClosed, and what quotas does."""
    require_images(_images(spec), tenant_id=project.tenant_id)
    workload = quotas.enqueue(
        actor=actor,
        project=project,
        subject_kind=Job.live_kind,
        subject_id=job.pk,
        subject_name=job.name,
        priority=spec.priority,
        gang=spec.gang,
        cluster=cluster_of(project.pk, spec),
        pods=pod_requests(spec, tenant_id=project.tenant_id, left=left_of(job, spec)),
        resize_pause_seconds=spec.resize_pause_seconds,
        first=job._state.adding,
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
