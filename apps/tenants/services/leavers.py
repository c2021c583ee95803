"""When somebody leaves: what they have, to whom it goes, and that nothing of theirs works on."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from apps.accounts import services as accounts
from apps.accounts.models import User
from apps.audit import services as audit
from apps.core import registries
from apps.core.errors import InvalidRequest
from apps.core.registries import Belonging
from apps.tenants.actor import Actor
from apps.tenants.models import ApiToken, Member, Tenant, TenantPhase
from apps.tenants.permissions import Role
from apps.tenants.services.members import add_member, owners_remain, remove_member
from apps.tenants.services.people import change_activity


@dataclass(frozen=True)
class Leaving:
    """What somebody has: tenants that nobody else owns, things of theirs, tokens that work, roles."""

    only_owner_of: list[Tenant]
    belongings: list[Belonging]
    tokens: int
    roles: int


def preview_leaving(*, user: User) -> Leaving:
    """What deactivating the account would leave behind."""
    return Leaving(
        only_owner_of=_only_owner_of(user),
        belongings=_belongings(user),
        tokens=ApiToken.objects.usable().filter(user=user).count(),
        roles=Member.objects.filter(user=user).count(),
    )


@transaction.atomic
def deactivate(*, actor: Actor, user: User, to: User | None = None) -> User:
    """End an account: sessions, tokens and open sockets at once. What it has goes to `to`, if somebody is named.

    Raises InvalidRequest when `to` has no role in a tenant concerned, LastOwner when a tenant would be left without an
    owner and nobody is named, Conflict for one's own account.
    """
    if to is not None:
        for tenant in _only_owner_of(user):
            if not Member.objects.filter(user=to, tenant=tenant, project=None, role=Role.OWNER).exists():
                add_member(actor=actor, role=Role.OWNER, user=to, tenant=tenant)
        transfer_belongings(actor=actor, user=user, to=to)
    user = change_activity(actor=actor, user=user, is_active=False)
    # Neither comes back with the account.
    ApiToken.objects.filter(user=user, revoked_at=None).update(revoked_at=timezone.now())
    accounts.end_sessions(actor=actor, user=user)
    return user


@transaction.atomic
def transfer_belongings(*, actor: Actor, user: User, to: User, tenant: Tenant | None = None) -> int:
    """Give what is `user`'s (in the tenant, else everywhere) to `to`; returns how many things. What is over stays.

    Raises InvalidRequest when `to` has no role where the things are.
    """
    only = tenant.pk if tenant else None
    concerned = {one.tenant_id for one in _belongings(user) if one.tenant_id and only in (None, one.tenant_id)}
    seen = set(Member.objects.of_user(to).values_list("tenant_id", flat=True))
    if missing := sorted(Tenant.objects.filter(pk__in=concerned - seen).values_list("slug", flat=True)):
        detail = f"{to.name} has no role in {', '.join(missing)}."
        raise InvalidRequest(errors=[{"pointer": "/to", "detail": detail}])
    moved = sum(move(actor, user, to, only) for move in registries.transfers.values())
    for tenant_id in sorted(concerned):
        audit.record(
            actor=actor,
            action="user.transfer",
            kind="user",
            subject_id=user.pk,
            label=user.label,
            tenant_id=tenant_id,
            after={"to": to.label},
        )
    return moved


@transaction.atomic
def transfer_ownership(*, actor: Actor, tenant: Tenant, user: User, to: User) -> Member:
    """Make `to` an owner of the tenant in the place of `user`. Raises GrantsTooMuch, and InvalidRequest."""
    held = Member.objects.filter(user=user, tenant=tenant, project=None, role=Role.OWNER).first()
    if held is None:
        raise InvalidRequest(errors=[{"pointer": "/owner", "detail": f"{user.name} is no owner of {tenant.name}."}])
    with owners_remain([tenant.pk]):
        member = add_member(actor=actor, role=Role.OWNER, user=to, tenant=tenant)
        remove_member(actor=actor, member=held)
    return member


def _belongings(user: User) -> list[Belonging]:
    return [one for ask in registries.belongings.values() for one in ask(user.pk)]


def _only_owner_of(user: User) -> list[Tenant]:
    """Tenants that nobody else with an active account owns."""
    owned = Member.objects.of_user(user).filter(role=Role.OWNER, tenant__isnull=False, project=None)
    tenants = Tenant.objects.filter(pk__in=owned.values("tenant")).exclude(phase=TenantPhase.CLOSED)
    return [
        tenant
        for tenant in tenants.order_by("slug")
        if not (Member.objects.effective_owners().filter(tenant=tenant).user_ids() - {user.pk})
    ]
