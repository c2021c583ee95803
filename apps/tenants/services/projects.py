"""Acts on projects."""

from typing import Any

from django.db import transaction

from apps.audit import services as audit
from apps.core.errors import NameTaken
from apps.core.outbox import publish
from apps.core.uniqueness import refused_when_taken
from apps.tenants.actor import Actor
from apps.tenants.errors import TenantNotActive
from apps.tenants.models import Project, Tenant, TenantPhase


@transaction.atomic
def create_project(*, actor: Actor, tenant: Tenant, slug: str, name: str, description: str = "") -> Project:
    """Make a project. Raises NameTaken within the tenant, TenantNotActive."""
    if tenant.phase != TenantPhase.ACTIVE:
        raise TenantNotActive(f"{tenant.name} is {tenant.phase}.", phase=tenant.phase, reason=tenant.phase_reason)
    with refused_when_taken(NameTaken(f"{tenant.slug} has a project {slug}.", at="/slug")):
        project = Project.objects.create(tenant=tenant, slug=slug, name=name, description=description)
    record(actor, "project.create", project, after=describe(project))
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
        record(actor, "project.change", project, before=before, after=describe(project))
        publish(op="changed", subject=project)
    return project


def describe(project: Project) -> dict[str, Any]:
    """A project as the audit trail keeps it."""
    return {field: getattr(project, field) for field in ("slug", "name", "description")}


def record(
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
