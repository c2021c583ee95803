"""Taking projects and tenants apart, piece by piece; the row itself goes last.

Each piece is a short transaction of its own, so a worker may die between any two of them and another goes on from what is
left. The order matters: what makes new things goes before what it makes, what refers to something before that, and rows
before the objects that they name.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

import structlog
from django.utils import timezone

from apps.code import services as code
from apps.code.models import Code
from apps.core.errors import Unavailable
from apps.core.models import Lease
from apps.core.sentences import Said, say
from apps.inference import services as inference
from apps.inference.models import App
from apps.jobs import services as jobs
from apps.jobs.models import Job, Schedule
from apps.secrets import services as secrets
from apps.secrets.models import Secret
from apps.storage import buckets, copies, datasets, volumes
from apps.storage import services as storage
from apps.storage.models import Bucket, Dataset, StoredObject, Volume
from apps.tenants import services as tenants
from apps.tenants.models import Project, Tenant
from celery_workers import compute, copying, serve

PIECE, MOST_PIECES = 100, 20
_log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Kind:
    """Things of a project. `remove` takes some away, and says what it waits for when it cannot."""

    name: str
    left: Callable[[Project], int]
    remove: Callable[[Project], Sequence[Said]]


def remove_project(project_id: UUID) -> bool:
    """Take some of a project that is being removed away; True when it is worth to go on at once.

    Whoever finds it leased leaves it to the holder. What it waits for is told with the project, and looked at again.
    """
    with Project.objects.leased(project_id, holder=compute.holder()) as lease:
        if lease is None:
            return False
        project = next(iter(lease.rounds()), None)
        return project is not None and project.deleting_at is not None and _take_apart(project, lease)


def remove_tenant(tenant_id: UUID) -> bool:
    """The same for a tenant: its projects first, each by a task of its own, then the rest at once, which is little."""
    with Tenant.objects.leased(tenant_id, holder=compute.holder()) as lease:
        tenant = next(iter(lease.rounds()), None) if lease is not None else None
        if tenant is None or tenant.deleting_at is None:
            return False
        tenants.begin_projects(tenant=tenant)
        if left := tenant.projects.count():
            tenants.note_removal(row=tenant, left={"project": left}, why=[say("removal-projects", count=left)])
        elif not tenants.finish_tenant(tenant=tenant):
            tenants.note_removal(row=tenant, left={}, why=[say("removal-comes-back")], failed=True)
        return False


def _take_apart(project: Project, lease: Lease[Project]) -> bool:
    for _ in range(MOST_PIECES):
        left = {kind.name: kind.left(project) for kind in KINDS}
        kind = next((kind for kind in KINDS if left[kind.name]), None)
        if kind is None:
            if not tenants.finish_project(project=project):
                tenants.note_removal(row=project, left={}, why=[say("removal-comes-back")], failed=True)
            return False
        try:
            why = kind.remove(project)
        except Unavailable as problem:
            _log.warning("removal-blocked", project_id=str(project.pk), kind=kind.name, detail=problem.detail)
            tenants.note_removal(row=project, left=left, why=[_blocked(kind, problem.detail)], failed=True)
            return False
        now_left = {**left, kind.name: kind.left(project)}
        tenants.note_removal(row=project, left=now_left, why=why)
        if now_left == left or not lease.renew(project):
            return False
    return True


def _blocked(kind: Kind, problem: str) -> Said:
    code_ = "removal-store" if kind.name == "object" else "removal-jobs-blocked"
    return say(code_, problem=problem[:300].rstrip(".") + ".")


def _remove_schedules(project: Project) -> Sequence[Said]:
    jobs.remove_schedules_of(project_id=project.pk, most=PIECE)
    return ()


def _remove_jobs(project: Project) -> Sequence[Said]:
    """Stop what is not over, and remove what is; with what is left of it where it ran."""
    jobs.stop_jobs_of(project_id=project.pk, most=PIECE)
    of_project = Job.objects.filter(project_id=project.pk)
    going = of_project.going()
    read = 0
    for job in of_project.exclude(pk__in=going.values("pk")).select_related("cluster").order_by("pk")[:PIECE]:
        if job.cluster is None or compute.for_(job.cluster).forget_job(job):
            jobs.remove_stopped_job(job_id=job.pk)
        else:
            read += 1
    why = [say("removal-jobs-stop", count=count)] if (count := going.count()) else []
    blocked = going.exclude(retry_at=None).first()
    problems = [one["message"] for one in blocked.conditions if one["type"] == "Reconciled"] if blocked else []
    why += [say("removal-jobs-blocked", problem=problem) for problem in problems[:1]]
    return [*why, say("removal-files-read", count=read)] if read else why


def _remove_apps(project: Project) -> Sequence[Said]:
    """Stop what serves; each goes when its last replica has."""
    inference.delete_apps_of(actor=tenants.REMOVER, project_id=project.pk, most=PIECE)
    of_project = App.objects.filter(project=project)
    for app_id in list(of_project.order_by("pk").values_list("pk", flat=True)[:PIECE]):
        serve.reconcile_app(app_id)
    return [say("removal-apps-stop", count=count)] if (count := of_project.count()) else []


def _forget_code(project: Project) -> Sequence[Said]:
    code.forget_of_project(project_id=project.pk, most=PIECE)
    return ()


def _forget_secrets(project: Project) -> Sequence[Said]:
    secrets.forget_of_project(actor=tenants.REMOVER, project_id=project.pk, most=PIECE)
    return ()


def _forget_datasets(project: Project) -> Sequence[Said]:
    datasets.forget_of_project(actor=tenants.REMOVER, project_id=project.pk, most=PIECE)
    for version in copies.to_clear(now=timezone.now(), project_id=project.pk):
        copying.clear_version(version)
    datasets.forget_of_project(actor=tenants.REMOVER, project_id=project.pk, most=PIECE)
    return ()


def _empty_buckets(project: Project) -> Sequence[Said]:
    buckets.forget_of_project(actor=tenants.REMOVER, project_id=project.pk, most=PIECE)
    return ()


def _delete_volumes(project: Project) -> Sequence[Said]:
    """Each goes when its cluster has let it go."""
    volumes.forget_of_project(actor=tenants.REMOVER, project_id=project.pk, most=PIECE)
    of_project = Volume.objects.filter(project=project)
    for pk in list(of_project.due().order_by("pk").values_list("pk", flat=True)[:PIECE]):
        compute.reconcile_volume(pk)
    blocked = of_project.exclude(retry_at=None).first()
    return [say("removal-volumes", problem=blocked.why)] if blocked else []


def _delete_objects(project: Project) -> Sequence[Said]:
    gone = storage.sweep_project(tenant_id=project.tenant_id, project_id=project.pk)
    return [say("removal-backup")] if gone is None else ()


KINDS = (
    Kind("schedule", lambda project: Schedule.objects.filter(project=project).count(), _remove_schedules),
    Kind("job", lambda project: Job.objects.filter(project=project).count(), _remove_jobs),
    Kind("app", lambda project: App.objects.filter(project=project).count(), _remove_apps),
    Kind("volume", lambda project: Volume.objects.filter(project=project).count(), _delete_volumes),
    Kind("code", lambda project: Code.objects.filter(project=project).count(), _forget_code),
    Kind("secret", lambda project: Secret.objects.filter(project=project).count(), _forget_secrets),
    Kind("dataset", lambda project: Dataset.objects.filter(project=project).count(), _forget_datasets),
    Kind("bucket", lambda project: Bucket.objects.filter(project=project).count(), _empty_buckets),
    Kind(
        "object",
        lambda project: StoredObject.objects.filter(tenant_id=project.tenant_id, project_id=project.pk).count(),
        _delete_objects,
    ),
)
