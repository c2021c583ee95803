"""Acts on projects."""

from typing import Any

from django.db import transaction
from django.db.models import ProtectedError

from apps.accounts import services as accounts
from apps.audit import services as audit
from apps.core import registries
from apps.core.errors import NameTaken
from apps.core.outbox import publish
from apps.core.registries import Casualty
from apps.core.uniqueness import refused_when_taken
from apps.tenants.actor import Actor
from apps.tenants.errors import ConfirmationWrong, StillRunning, TenantNotActive
from apps.tenants.models import REMOVED, Member, Project, Tenant, TenantPhase


@transaction.atomic
def create_project(*, actor: Actor, tenant: Tenant, slug: str, name: str, description: str = "") -> Project:
    """Make a project. Raises NameTaken within the tenant, TenantNotActive."""
    if tenant.phase != TenantPhase.ACTIVE:
        raise TenantNotActive(f"{tenant.name} is {tenant.phase}.", phase=tenant.phase, reason=tenant.phase_reason)
    with refused_when_taken(NameTaken(f"{tenant.slug} has a project {slug}.")):
        project = Project.objects.create(tenant=tenant, slug=slug, name=name, description=description)
    _record(actor, "project.create", project, after=describe(project))
    publish(op="added", subject=project)
    return project


@transaction.atomic
def change_project(*, actor: Actor, project: Project, **fields: str) -> Project:
    """Change name or description."""
    before = describe(project)
    for field, value in fields.items():
        setattr(project, field, value)
    if describe(project) != before:
        project.generation += 1
        project.save(update_fields=[*fields, "generation"])
        _record(actor, "project.change", project, before=before, after=describe(project))
        publish(op="changed", subject=project)
    return project


def preview_project_removal(*, project: Project) -> list[Casualty]:
    """What removing the project would delete."""
    return _casualties(project, REMOVED)


@transaction.atomic
def remove_project(*, actor: Actor, project: Project, confirm: str) -> None:
    """Delete a project and all that is left of it.

    Raises ConfirmationWrong unless `confirm` is the slug, StillRunning when something runs in it.
    """
    if confirm != project.slug:
        raise ConfirmationWrong(f"Type {project.slug} to remove this project.")
    if running := _casualties(project, TenantPhase.CLOSED):
        raise StillRunning(
            f"{len(running)} still run in this project; cancel them and wait until they are gone.",
            casualties=[{"kind": one.kind, "id": str(one.id), "name": one.name} for one in running[:20]],
        )
    accounts.raise_access(Member.objects.filter(project=project).user_ids())
    for change in registries.tenant_changes.values():
        change(actor, project.tenant_id, project.pk, REMOVED)
    _record(actor, "project.remove", project, before=describe(project))
    publish(op="removed", subject=project)
    try:
        project.delete()
    except ProtectedError as error:
        raise StillRunning("Something of this project is still kept elsewhere; remove it when that is gone.") from error


def describe(project: Project) -> dict[str, Any]:
    """A project as the audit trail keeps it."""
    return {field: getattr(project, field) for field in ("slug", "name", "description")}


def _casualties(project: Project, to: str) -> list[Casualty]:
    asked = registries.casualties.values()
    return [casualty for ask in asked for casualty in ask(project.tenant_id, project.pk, to)]


def _record(
    actor: Actor, action: str, project: Project, *, before: dict[str, Any] | None = None, after: dict[str, Any] | None = None
) -> None:
    audit.record(
        actor=actor,
        action=action,
        kind="project",
        subject_id=project.pk,
        label=f"{project.tenant.slug}/{project.slug}",
        tenant_id=project.tenant_id,
        project_id=project.pk,
        before=before,
        after=after,
    )
