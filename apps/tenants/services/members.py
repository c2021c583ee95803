"""Giving and taking roles. Nobody gives or takes more than they hold, and a tenant always keeps an owner."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.db import transaction

from apps.accounts import services as accounts
from apps.accounts.models import Group, Kind, User
from apps.audit import services as audit
from apps.core.errors import InvalidRequest, PermissionRefused
from apps.core.notifications import notify
from apps.core.outbox import hint, publish
from apps.core.uniqueness import refused_when_taken
from apps.tenants.actor import Actor
from apps.tenants.errors import AlreadyMember, GrantsTooMuch, LastOwner
from apps.tenants.models import Member, Project, Tenant, TenantPhase
from apps.tenants.permissions import PLATFORM_ROLES, Role, permissions_of


@transaction.atomic
def add_member(
    *,
    actor: Actor,
    role: Role,
    user: User | None = None,
    group: Group | None = None,
    tenant: Tenant | None = None,
    project: Project | None = None,
) -> Member:
    """Give `role` to a user or group: on the project, else on the tenant, else on the platform.

    Raises PermissionRefused, GrantsTooMuch, AlreadyMember, and InvalidRequest for a role that does not exist there.
    """
    if project is not None:
        tenant = project.tenant
    if (role in PLATFORM_ROLES) != (tenant is None):
        where = "a tenant or project" if tenant else "the platform"
        raise InvalidRequest(errors=[{"pointer": "/role", "detail": f"{role} is no role on {where}."}])
    if user is not None and user.kind == Kind.SERVICE:
        _require_fit_for_program(user, role, tenant)
    member = Member(role=role, user=user, group=group, tenant=tenant, project=project)
    _require_held(actor, member)
    return _give(actor, member)


def _require_fit_for_program(user: User, role: Role, tenant: Tenant | None) -> None:
    """A program takes part in its own tenant only, and answers for none."""
    if tenant is None or user.service_account.tenant_id != tenant.pk:
        raise InvalidRequest(errors=[{"pointer": "/service_account", "detail": "It belongs to another tenant."}])
    if role == Role.OWNER:
        raise InvalidRequest(errors=[{"pointer": "/role", "detail": "A tenant is owned by people; choose another role."}])


def give(*, actor: Actor, giver: Actor, member: Member) -> Member:
    """Give the role as `giver`, who holds it, offered it and `actor` took it up. Raises as add_member does."""
    _require_held(giver, member)
    return _give(actor, member)


def _give(actor: Actor, member: Member) -> Member:
    with refused_when_taken(AlreadyMember(f"{_who(member)} is {member.role} there already.")):
        member.save(force_insert=True)
    roles_changed(Member.objects.filter(pk=member.pk).user_ids())
    _record(actor, "member.add", member, after=describe(member))
    publish(op="added", subject=member)
    _tell_those_added(actor, member)
    return member


@transaction.atomic
def remove_member(*, actor: Actor, member: Member) -> None:
    """Take a role. Raises GrantsTooMuch, and LastOwner when the tenant would be left without one."""
    _require_held(actor, member)
    with owners_remain([member.tenant_id] if member.tenant_id else []):
        roles_changed(Member.objects.filter(pk=member.pk).user_ids())
        publish(op="removed", subject=member)
        _record(actor, "member.remove", member, before=describe(member))
        member.delete()


def roles_changed(user_ids: Iterable[UUID]) -> None:
    """Say that what these users may do changed: to their open sockets, and to the clusters in which it counts."""
    accounts.raise_access(user_ids)
    hint("kubernetes.write_members")


@contextmanager
def owners_remain(tenant_ids: Iterable[UUID]) -> Iterator[None]:
    """Raise LastOwner when the block leaves one of the tenants, which had an owner, without any.

    The tenants are locked, so that two owners cannot take the role from each other at the same moment.
    """
    locked = Tenant.objects.select_for_update(no_key=True).filter(pk__in=set(tenant_ids)).exclude(phase=TenantPhase.CLOSED)
    names = {tenant.pk: tenant.slug for tenant in locked.order_by("pk")}
    owned = set(Member.objects.effective_owners().filter(tenant_id__in=names).values_list("tenant_id", flat=True))
    yield
    still = set(Member.objects.effective_owners().filter(tenant_id__in=owned).values_list("tenant_id", flat=True))
    if orphaned := sorted(names[tenant_id] for tenant_id in owned - still):
        raise LastOwner(f"Nobody else owns {', '.join(orphaned)}.", tenants=orphaned)


def tenants_owned_by(user_ids: Iterable[UUID]) -> set[UUID]:
    """Tenants of which one of the users is an owner, by themselves or by a group."""
    owners = Member.objects.filter(role=Role.OWNER, tenant__isnull=False, project=None)
    alone = owners.filter(user__in=set(user_ids)).values_list("tenant_id", flat=True)
    in_groups = owners.filter(group__users__in=set(user_ids)).values_list("tenant_id", flat=True)
    return {tenant_id for tenant_id in (*alone, *in_groups) if tenant_id}


def require_grantable(actor: Actor, roles: Iterable[Member]) -> None:
    """Raise GrantsTooMuch unless the actor holds all that each of the roles holds, where it holds it."""
    for member in roles:
        _require_held(actor, member)


def may_give(actor: Actor, member: Member) -> bool:
    """Whether the actor holds all that the role holds, where it holds it."""
    try:
        _require_held(actor, member)
    except (PermissionRefused, GrantsTooMuch):
        return False
    return True


def describe(member: Member) -> dict[str, Any]:
    """A role as the audit trail keeps it."""
    return {"who": _who(member), "role": str(member.role), "project": member.project.slug if member.project else None}


def _require_held(actor: Actor, member: Member) -> None:
    if member.tenant_id is None:
        held = actor.on_platform
    elif member.project_id is None:
        held = actor.on_tenant(member.tenant_id)
    else:
        held = actor.on_project(member.project_id, member.tenant_id)
    if "members.manage" not in held:
        raise PermissionRefused("This needs the permission members.manage.", permission="members.manage")
    if "roles.appoint" in held:
        return
    if missing := sorted(permissions_of(Role(member.role)) - held):
        raise GrantsTooMuch(f"You do not hold all that {member.role} holds there.", missing=missing)


def _who(member: Member) -> str:
    return member.user.label if member.user else f"group {member.group}"


def _tell_those_added(actor: Actor, member: Member) -> None:
    """The user, or all of the group, but not whoever gives themselves a role."""
    tenant, project = member.tenant, member.project
    if tenant is None:
        return
    notify(
        "member.added",
        object_kind=Member.live_kind,
        object_id=member.pk,
        path=f"/t/{tenant.slug}/p/{project.slug}/jobs" if project else f"/t/{tenant.slug}",
        to=Member.objects.filter(pk=member.pk).user_ids() - {actor.user_id},
        tenant_id=tenant.pk,
        project_id=project.pk if project else None,
        role=member.role,
        place=f"{tenant.slug}/{project.slug}" if project else tenant.name,
        actor=actor.label,
    )


def _record(
    actor: Actor, action: str, member: Member, *, before: dict[str, Any] | None = None, after: dict[str, Any] | None = None
) -> None:
    audit.record(
        actor=actor,
        action=action,
        kind="member",
        subject_id=member.pk,
        label=f"{_who(member)} · {member.role}",
        tenant_id=member.tenant_id,
        project_id=member.project_id,
        before=before,
        after=after,
    )
