"""Acts on people that change who holds which role: deactivation, groups."""

from django.db import transaction

from apps.accounts import services as accounts
from apps.accounts.models import Group, User
from apps.audit import services as audit
from apps.core.errors import Conflict
from apps.core.outbox import publish
from apps.tenants.actor import Actor
from apps.tenants.models import Member
from apps.tenants.services.members import (
    owners_remain,
    require_grantable,
    roles_changed,
    tenants_owned_by,
)
from apps.tenants.services.tokens import require_session


@transaction.atomic
def ensure_user(*, actor: Actor, email: str, name: str = "") -> tuple[User, str]:
    """The account of this address, made when there is none; the second value is its temporary password, or "".

    Raises NeedsSession for a token that would make one: who has the password has more than the token.
    """
    if known := User.objects.filter(email=email.lower()).first():
        return known, ""
    require_session(actor)
    return accounts.create_user(actor=actor, email=email, name=name or email.partition("@")[0])


@transaction.atomic
def change_activity(*, actor: Actor, user: User, is_active: bool) -> User:
    """Deactivate an account (its sessions and tokens stop working at once) or bring it back.

    Raises LastOwner when a tenant would be left without one, Conflict for one's own account.
    """
    if user.is_active == is_active:
        return user
    if user.pk == actor.user_id:
        raise Conflict("Nobody deactivates their own account; ask another administrator.")
    with owners_remain([] if is_active else tenants_owned_by([user.pk])):
        user.is_active = is_active
        user.generation += 1
        user.save(update_fields=["is_active", "generation"])
    roles_changed([user.pk])
    audit.record(
        actor=actor,
        action="user.activate" if is_active else "user.deactivate",
        kind="user",
        subject_id=user.pk,
        label=user.email,
        before={"is_active": not is_active},
        after={"is_active": is_active},
    )
    return user


@transaction.atomic
def add_to_group(*, actor: Actor, group: Group, user: User) -> None:
    """Let a user take part in the roles of a group. Raises GrantsTooMuch."""
    if group.users.filter(pk=user.pk).exists():
        return
    require_grantable(actor, group.roles.all())
    group.users.add(user)
    _group_changed(actor, "group.add-user", group, user)


@transaction.atomic
def remove_from_group(*, actor: Actor, group: Group, user: User) -> None:
    """Raises GrantsTooMuch, and LastOwner when a tenant would be left without one."""
    if not group.users.filter(pk=user.pk).exists():
        return
    require_grantable(actor, group.roles.all())
    with owners_remain(tenants_owned_by([user.pk])):
        group.users.remove(user)
    _group_changed(actor, "group.remove-user", group, user)


@transaction.atomic
def remove_group(*, actor: Actor, group: Group) -> None:
    """Delete a group with its roles. Raises GrantsTooMuch, and LastOwner when a tenant would be left without one."""
    roles = list(Member.objects.filter(group=group).select_related("tenant", "project"))
    require_grantable(actor, roles)
    members = list(group.users.values_list("pk", "email"))
    with owners_remain([role.tenant_id for role in roles if role.tenant_id]):
        for role in roles:
            publish(op="removed", subject=role)
        audit.record(
            actor=actor,
            action="group.remove",
            kind="group",
            subject_id=group.pk,
            label=group.name,
            before={"name": group.name, "users": [email for _, email in members]},
        )
        group.delete()
    roles_changed(pk for pk, _ in members)


def _group_changed(actor: Actor, action: str, group: Group, user: User) -> None:
    group.generation += 1
    group.save(update_fields=["generation"])
    roles_changed([user.pk])
    audit.record(actor=actor, action=action, kind="group", subject_id=group.pk, label=group.name, after={"user": user.email})
