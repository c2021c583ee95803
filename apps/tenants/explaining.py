"""What somebody may do in a tenant or project, and why: each permission with the roles that give it, or what withholds it.

What is held is read off the actor that their next request would get, so that the answer cannot differ from what is done.
"""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from django.db.models import Q

from apps.accounts.models import Kind, User
from apps.core import registries
from apps.core.registries import Shared
from apps.tenants.access import actor_of_user
from apps.tenants.actor import Actor
from apps.tenants.models import ApiToken, Member, Project, Tenant, TenantPhase
from apps.tenants.permissions import PERMISSIONS, Role, permissions_of

MOST_SHARES = 50


class Place(StrEnum):
    PLATFORM = "platform"
    TENANT = "tenant"
    PROJECT = "project"


class Withheld(StrEnum):
    """Why a role gives nothing, the weightiest first."""

    INACTIVE = "inactive"
    TENANT_CLOSED = "tenant-closed"
    SECOND_FACTOR = "second-factor"
    TOKEN_SCOPE = "token-scope"  # noqa: S105 (no password)


@dataclass(frozen=True)
class Source:
    """A role that gives something here; `group` is by which group somebody has it, None: by themselves."""

    role: Role
    place: Place
    group: str | None


@dataclass(frozen=True)
class Grant:
    """One permission, held or withheld, and what gives it."""

    permission: str
    held: bool
    withheld: Withheld | None
    sources: list[Source]


@dataclass(frozen=True)
class TokenReach:
    """A token that works now, and what of the permissions here it keeps."""

    token: ApiToken
    permissions: list[str]


@dataclass(frozen=True)
class Explanation:
    user: User
    tenant: Tenant
    project: Project | None
    roles: list[Source]
    grants: list[Grant]
    shares: list[Shared]
    tokens: list[TokenReach] | None  # None: they are nobody else's business


def explain_access(*, reader: Actor, user: User, tenant: Tenant, project: Project | None = None) -> Explanation:
    """What `user` may do there, as `reader` may know it.

    Of oneself it is what this very session or token may. Roles on the platform are told to oneself and to platform roles.
    """
    own = user.pk == reader.user_id
    asked = reader if own else actor_of_user(user)
    sources = _sources(user, tenant, project, with_platform=own or "platform.view" in reader.on_platform)
    held = asked.on_project(project.pk, tenant.pk) if project else asked.on_tenant(tenant.pk)
    why = _withheld(user, tenant, asked)
    grants = [_grant(name, sources, held if user.is_active else frozenset(), why) for name in PERMISSIONS]
    return Explanation(
        user=user,
        tenant=tenant,
        project=project,
        roles=sources,
        grants=[grant for grant in grants if grant.sources],
        shares=_shares(user.pk, tenant, project),
        tokens=_tokens(user, tenant, project, held) if own or user.kind == Kind.SERVICE else None,
    )


def _sources(user: User, tenant: Tenant, project: Project | None, *, with_platform: bool) -> list[Source]:
    here = Q(tenant=tenant, project=None)
    if project is not None:
        here |= Q(project=project)
    if with_platform:
        here |= Q(tenant=None)
    roles = Member.objects.of_user(user).filter(here).select_related("group").order_by("pk")
    return [
        Source(
            role=Role(one.role),
            place=Place.PROJECT if one.project_id else Place.TENANT if one.tenant_id else Place.PLATFORM,
            group=one.group.name if one.group else None,
        )
        for one in roles
    ]


def _grant(permission: str, sources: list[Source], held: frozenset[str], why: Withheld) -> Grant:
    giving = [source for source in sources if permission in permissions_of(source.role)]
    return Grant(permission, permission in held, None if permission in held else why, giving)


def _withheld(user: User, tenant: Tenant, asked: Actor) -> Withheld:
    if not user.is_active:
        return Withheld.INACTIVE
    if tenant.phase == TenantPhase.CLOSED:
        return Withheld.TENANT_CLOSED
    if asked.lacks_second_factor or tenant.pk in asked.closed_tenants:
        return Withheld.SECOND_FACTOR
    return Withheld.TOKEN_SCOPE


def _shares(user_id: UUID, tenant: Tenant, project: Project | None) -> list[Shared]:
    only = project.pk if project else None
    found = [one for ask in registries.shares.values() for one in ask(user_id, tenant.pk, only, MOST_SHARES)]
    return found[:MOST_SHARES]


def _tokens(user: User, tenant: Tenant, project: Project | None, held: frozenset[str]) -> list[TokenReach]:
    """Tokens that reach this place. One of another tenant or project reaches nothing of it."""
    here = Q(tenant=None) | Q(tenant=tenant, project=None)
    if project is not None:
        here |= Q(project=project)
    tokens = ApiToken.objects.filter(here, user=user).usable()
    return [TokenReach(token, sorted(held & token.scope)) for token in tokens.select_related("tenant", "project")]
