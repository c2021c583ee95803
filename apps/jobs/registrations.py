"""What jobs answer to questions of lower apps (apps/core/registries.py)."""

from uuid import UUID

from django.db.models import Q

from apps.core.registries import Casualty, Found, SubjectScope
from apps.jobs import services
from apps.jobs.models import ACTS, Job, JobPhase, JobQuerySet
from apps.tenants import models as tenants
from apps.tenants.actor import Actor
from apps.tenants.models import TenantPhase


def scope(actor: Actor, job_id: UUID) -> SubjectScope | None:
    """Where a job's logs and metrics belong, when the actor may read it: by a role, or because it is shared with them."""
    found = Job.objects.readable(actor).filter(pk=job_id).values_list("tenant_id", "project_id").first()
    return SubjectScope(tenant_id=found[0], project_id=found[1]) if found else None


def search(actor: Actor, text: str, limit: int) -> list[Found]:
    """Jobs whose name begins with `text`, newest first."""
    rows = (
        Job.objects.permitted(actor)
        .kept()
        .filter(name__startswith=text.lower())
        .order_by("-pk")
        .values_list("pk", "name", "phase", "tenant__slug", "project__slug")[:limit]
    )
    return [
        Found(
            kind=Job.live_kind,
            id=pk,
            title=name,
            subtitle=f"{tenant}/{project}, {phase}",
            path=f"/t/{tenant}/p/{project}/jobs/{pk}",
        )
        for pk, name, phase, tenant, project in rows
    ]


def casualties(tenant_id: UUID, project_id: UUID | None, phase: str) -> list[Casualty]:
    """What becomes of a tenant's (or project's) jobs; asked for "closed": exactly those that are not over."""
    jobs = _jobs_of(tenant_id, project_id)
    match phase:
        case TenantPhase.SUSPENDED:
            jobs, effect = jobs.filter(phase__in=(JobPhase.QUEUED, JobPhase.PREEMPTED)), "waits until the tenant is active"
        case TenantPhase.DRAINING | TenantPhase.CLOSED:
            jobs, effect = jobs.filter(_NOT_OVER), "is cancelled"
        case tenants.REMOVED:
            effect = "is deleted, with its logs and artifacts"
        case _:
            return []
    return [
        Casualty(kind=Job.live_kind, id=pk, name=name, effect=effect)
        for pk, name in jobs.order_by("-pk").values_list("pk", "name")
    ]


def carry_out(actor: Actor, tenant_id: UUID, project_id: UUID | None, phase: str) -> None:
    """Draining cancels what is not over; removal deletes what is left. A suspended tenant's jobs only do not start."""
    jobs = _jobs_of(tenant_id, project_id)
    if phase == TenantPhase.DRAINING:
        for job in services.lock_all(jobs.filter(phase__in=ACTS["cancel"])):
            services.cancel_job(actor=actor, job=job, reason="tenant-draining", message="Cancelled: the tenant is draining.")
    elif phase == tenants.REMOVED:
        for job in services.lock_all(jobs):
            services.remove_job(job=job)


# Also those whose last replicas are still going.
_NOT_OVER = Q(phase__in=ACTS["cancel"]) | Q(quota_held=True)


def _jobs_of(tenant_id: UUID, project_id: UUID | None) -> JobQuerySet:
    jobs = Job.objects.filter(tenant_id=tenant_id)
    return jobs if project_id is None else jobs.filter(project_id=project_id)
