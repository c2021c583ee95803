"""The life of a tenant."""

from typing import Any

from django.db import transaction
from django.db.models import ProtectedError

from apps.accounts import services as accounts
from apps.audit import services as audit
from apps.core import registries
from apps.core.errors import Conflict, NameTaken
from apps.core.outbox import publish
from apps.core.registries import Casualty
from apps.core.uniqueness import refused_when_taken
from apps.tenants.actor import Actor
from apps.tenants.errors import ConfirmationWrong, StillRunning
from apps.tenants.models import REMOVED, TENANT_ACTS, Member, Tenant, TenantPhase

# What a preview may be asked for -> the phase to come that the other apps are asked about.
PREVIEWS: dict[str, str] = {
    "suspend": TenantPhase.SUSPENDED,
    "drain": TenantPhase.DRAINING,
    "close": TenantPhase.CLOSED,
    "remove": REMOVED,
}


@transaction.atomic
def create_tenant(*, actor: Actor, slug: str, name: str, description: str = "") -> Tenant:
    """Make an empty tenant. Raises NameTaken."""
    with refused_when_taken(NameTaken(f"There is a tenant {slug}.")):
        tenant = Tenant.objects.create(slug=slug, name=name, description=description)
    _record(actor, "tenant.create", tenant, after=describe(tenant))
    publish(op="added", subject=tenant)
    return tenant


@transaction.atomic
def change_tenant(*, actor: Actor, tenant: Tenant, **fields: str) -> Tenant:
    """Change name or description."""
    before = describe(tenant)
    for field, value in fields.items():
        setattr(tenant, field, value)
    if describe(tenant) != before:
        tenant.generation += 1
        tenant.save(update_fields=[*fields, "generation"])
        _record(actor, "tenant.change", tenant, before=before, after=describe(tenant))
        publish(op="changed", subject=tenant)
    return tenant


@transaction.atomic
def change_phase(*, actor: Actor, tenant: Tenant, act: str, reason: str) -> Tenant:
    """Carry out `suspend`, `resume`, `drain` or `close`, with what follows from it in the other apps.

    Raises Conflict when the tenant's phase does not allow the act, StillRunning when closing would orphan something.
    """
    # no_key: rows that refer to the tenant are written meanwhile, and those acts wait for locks that this one needs.
    tenant = Tenant.objects.select_for_update(no_key=True).get(pk=tenant.pk)
    to = TENANT_ACTS[tenant.phase].get(act)
    if to is None:
        raise Conflict(f"A tenant that is {tenant.phase} cannot be told to {act}.", phase=tenant.phase, acts=tenant.acts)
    if to == TenantPhase.CLOSED:
        _require_nothing_runs(tenant)
    before = describe(tenant)
    tenant.phase, tenant.phase_reason = to, reason
    tenant.generation += 1
    tenant.save(update_fields=["phase", "phase_reason", "generation"])
    for change in registries.tenant_changes.values():
        change(actor, tenant.pk, None, to)
    accounts.raise_access(Member.objects.filter(tenant=tenant).user_ids())
    _record(actor, f"tenant.{act}", tenant, before=before, after=describe(tenant))
    publish(op="changed", subject=tenant)
    return tenant


def preview(*, tenant: Tenant, act: str) -> list[Casualty]:
    """What the act would stop or delete."""
    return _casualties(tenant, PREVIEWS[act])


@transaction.atomic
def remove_tenant(*, actor: Actor, tenant: Tenant, confirm: str) -> None:
    """Delete a tenant that is draining or closed, and all that is left of it.

    Raises ConfirmationWrong unless `confirm` is the slug, Conflict in another phase, StillRunning when something runs.
    """
    tenant = Tenant.objects.select_for_update().get(pk=tenant.pk)
    if confirm != tenant.slug:
        raise ConfirmationWrong(f"Type {tenant.slug} to remove this tenant.")
    if "remove" not in tenant.acts:
        raise Conflict(f"A tenant that is {tenant.phase} cannot be removed; drain it first.", acts=tenant.acts)
    _require_nothing_runs(tenant)
    accounts.raise_access(Member.objects.filter(tenant=tenant).user_ids())
    for change in registries.tenant_changes.values():
        change(actor, tenant.pk, None, REMOVED)
    _record(actor, "tenant.remove", tenant, before=describe(tenant))
    publish(op="removed", subject=tenant)
    try:
        tenant.projects.all().delete()
        tenant.delete()
    except ProtectedError as error:
        raise StillRunning("Something of this tenant is still kept elsewhere; it is removed when that is gone.") from error


def describe(tenant: Tenant) -> dict[str, Any]:
    """A tenant as the audit trail keeps it."""
    return {field: getattr(tenant, field) for field in ("slug", "name", "description", "phase", "phase_reason")}


def _casualties(tenant: Tenant, to: str) -> list[Casualty]:
    return [casualty for ask in registries.casualties.values() for casualty in ask(tenant.pk, None, to)]


def _require_nothing_runs(tenant: Tenant) -> None:
    if running := _casualties(tenant, TenantPhase.CLOSED):
        raise StillRunning(
            f"{len(running)} still run in this tenant; drain it and wait until they are gone.",
            casualties=[{"kind": one.kind, "id": str(one.id), "name": one.name} for one in running[:20]],
        )


def _record(
    actor: Actor, action: str, tenant: Tenant, *, before: dict[str, Any] | None = None, after: dict[str, Any] | None = None
) -> None:
    audit.record(
        actor=actor,
        action=action,
        kind="tenant",
        subject_id=tenant.pk,
        label=tenant.slug,
        tenant_id=tenant.pk,
        before=before,
        after=after,
    )
