"""Templates: specifications to start from, of a tenant or of the platform's gallery."""

from typing import Any
from uuid import UUID

from django.db import transaction

from apps.audit.services import record
from apps.core.errors import NameTaken
from apps.core.outbox import publish
from apps.core.uniqueness import refused_when_taken
from apps.jobs.models import Job, Template
from apps.jobs.services._life import for_trail
from apps.jobs.spec import JobSpec
from apps.tenants.actor import Actor


@transaction.atomic
def create_template(*, actor: Actor, tenant_id: UUID | None, name: str, spec: JobSpec, description: str = "") -> Template:
    """Add a template to a tenant, or to the platform's gallery when `tenant_id` is None. Raises NameTaken."""
    template = Template(
        tenant_id=tenant_id, name=name, description=description, spec=spec.as_json(), created_by_id=actor.user_id
    )
    with refused_when_taken(_taken(name)):
        template.save(force_insert=True)
    publish(op="added", subject=template)
    audit_template("create", template, actor=actor, before=None, after=_describe(template))
    return template


@transaction.atomic
def save_as_template(*, actor: Actor, job: Job, name: str, description: str = "") -> Template:
    """Keep a job's specification as a template of its tenant. Raises NameTaken."""
    return create_template(actor=actor, tenant_id=job.tenant_id, name=name, spec=job.parsed_spec(), description=description)


@transaction.atomic
def change_template(
    *,
    actor: Actor,
    template: Template,
    name: str | None = None,
    description: str | None = None,
    spec: JobSpec | None = None,
) -> Template:
    """Change what is given. Raises NameTaken."""
    before, old_spec = _describe(template), template.spec
    if name is not None:
        template.name = name
    if description is not None:
        template.description = description
    if spec is not None:
        template.spec = spec.as_json()
    if _describe(template) == before and template.spec == old_spec:
        return template
    template.generation += 1
    with refused_when_taken(_taken(template.name)):
        template.save(update_fields=["name", "description", "spec", "generation"])
    publish(op="changed", subject=template)
    audit_template("change", template, actor=actor, before=before, after=_describe(template))
    return template


@transaction.atomic
def delete_template(*, actor: Actor, template: Template) -> None:
    """Remove a template; jobs made from it stay as they are."""
    publish(op="removed", subject=template)
    audit_template("delete", template, actor=actor, before=_describe(template), after=None)
    template.delete()


def _taken(name: str) -> NameTaken:
    return NameTaken(f"There is a template called {name} already.", at="/name")


def _describe(template: Template) -> dict[str, Any]:
    return {"name": template.name, "description": template.description, "spec": for_trail(template.spec)}


def audit_template(
    act: str, template: Template, *, actor: Actor, before: dict[str, Any] | None, after: dict[str, Any] | None
) -> None:
    record(
        actor=actor,
        action=f"template.{act}",
        kind=Template.live_kind,
        subject_id=template.pk,
        label=template.name,
        tenant_id=template.tenant_id,
        before=before,
        after=after,
    )
