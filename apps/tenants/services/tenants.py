"""The life of a tenant."""

from typing import Any

from django.db import transaction

from apps.audit import services as audit
from apps.core import registries
from apps.core.errors import Conflict, NameTaken
from apps.core.notifications import notify
from apps.core.outbox import publish
from apps.core.registries import Toll
from apps.core.tolls import page_of_tolls, tolls_of
from apps.core.uniqueness import refused_when_taken
from apps.tenants.access import has_second_factor
from apps.tenants.actor import Actor
from apps.tenants.errors import StillRunning
from apps.tenants.models import REMOVED, TENANT_ACTS, Member, Tenant, TenantPhase
from apps.tenants.services.members import roles_changed

# What a preview may be asked for -> the phase to come that the other apps are asked about.
PREVIEWS: dict[str, str] = {
    "suspend": TenantPhase.SUSPENDED,
    "drain": TenantPhase.DRAINING,
    "close": TenantPhase.CLOSED,
    "remove": REMOVED,
}
# act -> what members are told.
_TOLD = {"suspend": "tenant.suspended", "resume": "tenant.resumed", "drain": "tenant.draining"}


@transaction.atomic
def create_tenant(*, actor: Actor, slug: str, name: str, description: str = "") -> Tenant:
    """Make an empty tenant. Raises NameTaken."""
    with refused_when_taken(NameTaken(f"There is a tenant {slug}.", at="/slug")):
        tenant = Tenant.objects.create(slug=slug, name=name, description=description)
    record(actor, "tenant.create", tenant, after=describe(tenant))
    publish(op="added", subject=tenant)
    return tenant


@transaction.atomic
def change_tenant(*, actor: Actor, tenant: Tenant, **fields: Any) -> Tenant:
    """Change name, description, or whether it requires a second factor of its members.

    Raises Conflict when somebody without one would require it, and so shut themselves out.
    """
    before = describe(tenant)
    for field, value in fields.items():
        setattr(tenant, field, value)
    if describe(tenant) != before:
        if tenant.requires_second_factor != before["requires_second_factor"]:
            _require_own_second_factor(actor)
            roles_changed(Member.objects.filter(tenant=tenant).user_ids())
        tenant.generation += 1
        tenant.save(update_fields=[*fields, "generation"])
        record(actor, "tenant.change", tenant, before=before, after=describe(tenant))
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
    roles_changed(Member.objects.filter(tenant=tenant).user_ids())
    record(actor, f"tenant.{act}", tenant, before=before, after=describe(tenant))
    publish(op="changed", subject=tenant)
    if act in _TOLD:
        notify(
            _TOLD[act],
            object_kind=Tenant.live_kind,
            object_id=tenant.pk,
            path=f"/t/{tenant.slug}",
            tenant_id=tenant.pk,
            name=tenant.name,
            reason=reason,
        )
    return tenant


def preview(*, tenant: Tenant, act: str) -> list[Toll]:
    """What the act would stop or delete."""
    return tolls_of(tenant.pk, None, PREVIEWS[act])


def describe(tenant: Tenant) -> dict[str, Any]:
    """A tenant as the audit trail keeps it."""
    fields = ("slug", "name", "description", "phase", "phase_reason", "requires_second_factor")
    return {field: getattr(tenant, field) for field in fields}


def _require_own_second_factor(actor: Actor) -> None:
    if not has_second_factor(actor.user_id, actor.session_key):
        raise Conflict("You have no second factor yourself: add one under Profile first.")


def _require_nothing_runs(tenant: Tenant) -> None:
    """Raise StillRunning, with the first of what still runs there."""
    if tolls := tolls_of(tenant.pk, None, TenantPhase.CLOSED):
        found = page_of_tolls(tolls)
        raise StillRunning(
            f"{found.count} still run in this tenant; drain it and wait until they are gone.",
            casualties=[{"kind": one.kind, "id": str(one.id), "name": one.name} for one in found.casualties[:20]],
            count=found.count,
        )


def record(
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
