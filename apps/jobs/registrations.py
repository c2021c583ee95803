"""What jobs answer to questions of lower apps (apps/core/registries.py)."""

from datetime import timedelta
from operator import attrgetter
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from apps.accounts.models import User
from apps.core.registries import Belonging, Found, LogState, Mounted, SecretUse, Shared, SubjectScope, Toll, in_place
from apps.core.sentences import say
from apps.jobs import services
from apps.jobs.models import (
    ACTS,
    ENDED,
    Artifact,
    Job,
    JobDataset,
    JobPhase,
    JobSecret,
    JobShare,
    JobVolume,
    Replica,
    Schedule,
    Template,
)
from apps.tenants import models as tenants
from apps.tenants.actor import Actor
from apps.tenants.models import TenantPhase
from apps.tenants.search import named_in_projects

LAST_LINES_WITHIN = timedelta(seconds=60)


def scope(actor: Actor, job_id: UUID) -> SubjectScope | None:
    """Where a job's logs and metrics belong, when the actor may read it: by a role, or because it is shared with them."""
    found = Job.objects.readable(actor).filter(pk=job_id).values_list("tenant_id", "project_id").first()
    return SubjectScope(tenant_id=found[0], project_id=found[1]) if found else None


def log_state(job_id: UUID) -> LogState:
    """COMPLETE also when the last lines do not come: whoever took them over went with its machine."""
    job = Job.objects.filter(pk=job_id).values("phase", "quota_held", "finished_at").first()
    if job is None:
        return LogState.COMPLETE
    if job["phase"] not in ENDED or job["quota_held"]:
        return LogState.OPEN
    missing = Replica.objects.filter(job_id=job_id, log_complete=False).exclude(started_at=None)
    late = job["finished_at"] is None or job["finished_at"] < timezone.now() - LAST_LINES_WITHIN
    return LogState.COMPLETE if late or not missing.exists() else LogState.ENDING


def artifacts_of(actor: Actor, project_id: UUID, job_id: UUID, name: str) -> dict[str, UUID]:
    """What a job of the project left; of one name that of the newest attempt, and in it of the lowest rank."""
    if not Job.objects.readable(actor).filter(pk=job_id, project_id=project_id).exists():
        return {}
    named = {"name__startswith": name} if name.endswith("/") or not name else {"name": name}
    rows = Artifact.objects.filter(job_id=job_id, **named).order_by("name", "-attempt", "rank").distinct("name")
    return dict(rows.values_list("name", "stored_id"))


def search(actor: Actor, text: str, limit: int) -> list[Found]:
    """Jobs whose name begins with `text`, newest first."""
    named = Job.objects.kept().filter(name__begins=text.lower()).first_of(actor, limit=limit)
    # Ids first, for they are in the index: what begins so may be much.
    rows = Job.objects.filter(pk__in=list(named.order_by("-pk").values_list("pk", flat=True)[:limit])).order_by("-pk")
    return [
        Found(
            kind=Job.live_kind,
            id=pk,
            title=name,
            subtitle=f"{tenant}/{project}, {phase}",
            path=f"/t/{tenant}/p/{project}/jobs/{pk}",
        )
        for pk, name, phase, tenant, project in rows.values_list("pk", "name", "phase", "tenant__slug", "project__slug")
    ]


def secret_uses(actor: Actor, tenant_id: UUID, project_id: UUID, name: str, limit: int) -> list[SecretUse]:
    """Jobs of the project that name the secret and are not over, and templates of the tenant that name one of its name."""
    if "jobs.view" not in actor.on_project(project_id, tenant_id):
        return []
    named = JobSecret.objects.filter(project_id=project_id, name=name).exclude(job__phase__in=ENDED)
    rows = named.order_by("-job_id").values_list("job_id", "job__name", "job__phase", "version")[:limit]
    part = [{"secret": name}]
    templates = Template.objects.permitted(actor).filter(
        Q(spec__roles__contains=[{"env_from": part}])
        | Q(spec__roles__contains=[{"secret_files": part}])
        | Q(spec__source__git__secret=name),
        tenant_id=tenant_id,
    )
    found = templates.order_by("name").values_list("pk", "name")[:limit]
    return [
        *(SecretUse(Job.live_kind, pk, job, phase, version) for pk, job, phase, version in rows),
        *(SecretUse(Template.live_kind, pk, template, "", None) for pk, template in found),
    ]


def readers_of_version(version_id: UUID) -> int:
    """Jobs that name the version and are not over."""
    return JobDataset.objects.filter(version_id=version_id).exclude(job__phase__in=ENDED).count()


def users_of_volume(volume_id: UUID, limit: int) -> list[Mounted]:
    """Jobs that mount the volume and are not over, or of which something still runs."""
    rows = JobVolume.objects.filter(volume_id=volume_id).exclude(job__phase__in=ENDED, job__quota_held=False)
    found = rows.order_by("-job").values_list("job_id", "job__name", "job__phase", "access", "path")[:limit]
    return [Mounted(Job.live_kind, *row) for row in found]


def toll(tenant_id: UUID, project_id: UUID | None, phase: str) -> Toll | None:
    """What becomes of a tenant's (or project's) jobs; asked for "closed": exactly those that are not over."""
    jobs = in_place(Job.objects.all(), tenant_id, project_id)
    match phase:
        case TenantPhase.SUSPENDED:
            jobs, effect = jobs.filter(phase__in=(JobPhase.QUEUED, JobPhase.PREEMPTED)), "effect-job-waits"
        case TenantPhase.DRAINING | TenantPhase.CLOSED:
            jobs, effect = jobs.going(), "effect-job-cancelled"
        case tenants.REMOVED:
            effect = "effect-job-deleted"
        case _:
            return None
    return Toll(Job.live_kind, say(effect), jobs.only("pk", "name"), name=attrgetter("name"))


WORDS = {
    "waits-code": "Waits for its code, which is being fetched from {url}.",
    "waits-code-again": "Waits for its code: {url} cannot be fetched now. {problem} It is tried again at {at}.",
    "effect-job-waits": "waits until the tenant is active",
    "effect-job-cancelled": "is cancelled",
    "effect-job-deleted": "is stopped if it runs, and deleted with its logs and artifacts",
    "effect-schedule-rests": "submits nothing while the tenant is not active",
    "effect-schedule-deleted": "is deleted",
}


def schedule_toll(tenant_id: UUID, project_id: UUID | None, phase: str) -> Toll | None:
    """What becomes of a tenant's (or project's) schedules. They run nothing themselves, so none is asked of `closed`."""
    match phase:
        case TenantPhase.SUSPENDED | TenantPhase.DRAINING:
            effect = "effect-schedule-rests"
        case tenants.REMOVED:
            effect = "effect-schedule-deleted"
        case _:
            return None
    rows = in_place(Schedule.objects.all(), tenant_id, project_id).only("pk", "name")
    return Toll(Schedule.live_kind, say(effect), rows, name=attrgetter("name"))


def search_schedules(actor: Actor, text: str, limit: int) -> list[Found]:
    """Schedules whose name begins with `text`."""
    return named_in_projects(
        Schedule.objects.all(),
        kind=Schedule.live_kind,
        actor=actor,
        permission="schedules.view",
        text=text,
        limit=limit,
        page="schedules/{id}",
        also="cron",
    )


def carry_out(actor: Actor, tenant_id: UUID, project_id: UUID | None, phase: str) -> None:
    """Draining cancels what is not over. A suspended tenant's jobs only do not start; removal takes them one by one."""
    jobs = in_place(Job.objects.all(), tenant_id, project_id)
    if phase == TenantPhase.DRAINING:
        for job in services.lock_all(jobs.filter(phase__in=ACTS["cancel"])):
            services.cancel_job(actor=actor, job=job, reason="tenant-draining", message="Cancelled: the tenant is draining.")


def jobs_shared_with(user_id: UUID, tenant_id: UUID, project_id: UUID | None, limit: int) -> list[Shared]:
    """Jobs of the tenant (or project) that are shared with the user, or a group of theirs, and that the wall shows."""
    address = User.objects.filter(pk=user_id).values("email")
    theirs = Q(user_id=user_id) | Q(user=None, group=None, email__in=address) | Q(group__users=user_id)
    rows = JobShare.objects.filter(theirs, content_object__tenant_id=tenant_id)
    if project_id is not None:
        rows = rows.filter(content_object__project_id=project_id)
    return [
        Shared(
            Job.live_kind,
            share.content_object_id,
            share.content_object.name,
            share.group.name if share.group else None,
            frozenset({"jobs.view"}),
        )
        for share in rows.select_related("content_object", "group").order_by("-pk")[:limit]
    ]


def jobs_of(user_id: UUID) -> list[Belonging]:
    """Jobs of the user that are not over."""
    rows = (Job.objects.going() | Job.objects.filter(phase=JobPhase.DRAFT)).filter(submitted_by_id=user_id).order_by("-pk")
    return [Belonging(Job.live_kind, pk, name, tenant) for pk, name, tenant in rows.values_list("pk", "name", "tenant_id")]


def transfer_jobs(actor: Actor, user: User, to: User, tenant_id: UUID | None) -> int:
    """Name `to` as the one whose jobs they are; what they used stays accounted to whoever used it."""
    ids = [one.id for one in jobs_of(user.pk) if tenant_id in (None, one.tenant_id)]
    for job in services.lock_all(Job.objects.filter(pk__in=ids)):
        services.give_job(actor=actor, job=job, to=to)
    return len(ids)


def templates_of(user_id: UUID) -> list[Belonging]:
    rows = Template.objects.filter(created_by_id=user_id).order_by("-pk").values_list("pk", "name", "tenant_id")
    return [Belonging(Template.live_kind, pk, name, tenant) for pk, name, tenant in rows]


def transfer_templates(actor: Actor, user: User, to: User, tenant_id: UUID | None) -> int:
    ids = [one.id for one in templates_of(user.pk) if tenant_id in (None, one.tenant_id)]
    for template in Template.objects.select_for_update(no_key=True, of=("self",)).filter(pk__in=ids).order_by("pk"):
        services.give_template(actor=actor, template=template, to=to)
    return len(ids)
