"""Building the Actor: from a session's user or from a token, in a constant number of queries.

Whoever comes in (`enter_as`, `actor_of_token`) has entered: until the end of the transaction the database shows what is
theirs, and nothing else. To know what somebody else may do (`actor_of_user`) opens nothing.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from django.utils import timezone

from apps.accounts.models import User
from apps.core import walls
from apps.core.errors import NotSignedIn
from apps.tenants.actor import NOTHING, Actor
from apps.tenants.models import ApiToken
from apps.tenants.permissions import Role, permissions_of

_ROLE = "role, tenant_id, project_id, closed"
NOWHERE: frozenset[UUID] = frozenset()


@dataclass(frozen=True)
class Roles:
    """Roles that count, as (role, tenant, project), and those that do not for want of a second factor."""

    counting: list[tuple[Role, UUID | None, UUID | None]]
    closed_tenants: frozenset[UUID] = NOWHERE
    lacks_second_factor: bool = False  # none counts, wherever it is


def enter_as(user: User, *, session_key: str, request_id: str = "", address: str = "") -> Actor:
    """The actor of a session of the user, who enters."""
    roles = enter(user.pk, session_key=session_key)
    return _actor(user, None, roles, session_key=session_key, request_id=request_id, address=address)


def actor_of_user(user: User, *, session_key: str = "", request_id: str = "", address: str = "") -> Actor:
    """What the user may do, whoever asks."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {_ROLE} FROM wall_roles_that_count(%s, %s, %s)", [user.pk, session_key, _policy()])  # noqa: S608
        roles = _read(cursor.fetchall())
    return _actor(user, None, roles, session_key=session_key, request_id=request_id, address=address)


def actors_of_users(users: Collection[User]) -> dict[UUID, Actor]:
    """What each of these users may do, in as many queries as for one."""
    rows: dict[UUID, list[Any]] = {user.pk: [] for user in users}
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT person.id, {_ROLE}"  # noqa: S608
            " FROM unnest(%s::uuid[]) AS person(id), LATERAL wall_roles_that_count(person.id, '', %s) AS held",
            [list(rows), _policy()],
        )
        for pk, *row in cursor.fetchall():
            rows[pk].append(row)
    return {user.pk: _actor(user, None, _read(rows[user.pk])) for user in users}


def actor_of_token(digest: str, *, request_id: str = "", address: str = "") -> Actor | None:
    """None when the token is unknown, expired or revoked, or its owner is not active."""
    walls.prove(digest)
    token = ApiToken.objects.usable().select_related("user").filter(digest=digest).first()
    if token is None:
        return None
    actor = _actor(token.user, token, enter(token.user_id, token.pk), request_id=request_id, address=address)
    now = timezone.now()
    if token.last_used_at is None or now - token.last_used_at > timedelta(minutes=1):
        # The row stays locked until the request ends; another that comes with the token meanwhile need not wait for that.
        free = ApiToken.objects.filter(pk=token.pk).select_for_update(skip_locked=True, no_key=True)
        ApiToken.objects.filter(pk__in=free.values("pk")).update(last_used_at=now)
    return actor


def actor_of_token_id(token_id: UUID, *, user_id: UUID, request_id: str = "", address: str = "") -> Actor | None:
    """The same for a token of the user that proved itself earlier (a ticket was made with it)."""
    roles = enter(user_id, token_id)
    token = ApiToken.objects.usable().select_related("user").filter(pk=token_id).first()
    return _actor(token.user, token, roles, request_id=request_id, address=address) if token else None


def again(actor: Actor) -> Actor:
    """The same actor, as they are now, who enters. Raises NotSignedIn when token, session or account are no more."""
    now: Actor | None = None
    circumstances = {"request_id": actor.request_id, "address": actor.address}
    if actor.token_id is not None:
        now = actor_of_token_id(actor.token_id, user_id=actor.user_id, **circumstances)
    elif SessionStore().exists(actor.session_key):
        user = User.objects.filter(pk=actor.user_id, is_active=True).first()
        now = enter_as(user, session_key=actor.session_key, **circumstances) if user else None
    if now is None:
        raise NotSignedIn
    return now


def issue_of_invitation(invitation_id: UUID) -> int | None:
    """The number of an invitation's newest link; None when there is no such invitation. Opens nothing."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT wall_invitation_issue(%s)", [invitation_id])
        issue: int | None = cursor.fetchone()[0]
        return issue


def enter_invited(invitation_id: UUID) -> None:
    """Show the tenant of an invitation until the end of the transaction, to whoever has proved to have its link."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT wall_enter_invitation(%s)", [invitation_id])


def revoked_of(token_ids: Collection[UUID]) -> set[UUID]:
    """Which of these tokens, whosever they are, were taken back."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM unnest(%s::uuid[]) AS token(id) WHERE wall_token_revoked(id)", [list(token_ids)])
        return {pk for (pk,) in cursor.fetchall()}


def enter(user_id: UUID, token_id: UUID | None = None, *, session_key: str = "") -> Roles:
    """Show what is the user's (by this token, in this session) until the end of the transaction; returns their roles.

    The roles are read anew, so it is what they may see now, whatever an actor that was built before holds. What roles
    would open that do not count for want of a second factor stays shut.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {_ROLE} FROM wall_enter(%s, %s, %s, %s)",  # noqa: S608
            [user_id, token_id, session_key, _policy()],
        )
        return _read(cursor.fetchall())


def enter_once_more(actor: Actor) -> None:
    """Show what is the actor's in this transaction too."""
    # Whom somebody looks as has no session here.
    enter(actor.user_id, actor.token_id, session_key="" if actor.viewer else actor.session_key)


def has_second_factor(user_id: UUID, session_key: str = "") -> bool:
    """Whether the account has one, or signs in by a provider that asks for one itself: this session, and tokens, did so."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT wall_proven(%s, %s)", [user_id, session_key])
        return bool(cursor.fetchone()[0])


def tenants_that_ask(actor: Actor) -> list[dict[str, Any]]:
    """Id, slug and name of those of the actor's tenants that ask for a second factor, by slug."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, slug, name FROM wall_tenants_that_ask() ORDER BY slug")
        named = [{"id": pk, "slug": slug, "name": name} for pk, slug, name in cursor.fetchall()]
    return [tenant for tenant in named if tenant["id"] in actor.closed_tenants]


def _policy() -> str:
    return str(settings.SECOND_FACTOR_REQUIRED)


def _read(rows: Iterable[Sequence[Any]]) -> Roles:
    """Rows of _ROLE, of which one without a role says that none counts."""
    given = list(rows)
    return Roles(
        counting=[(Role(role), tenant, project) for role, tenant, project, closed in given if role and not closed],
        closed_tenants=frozenset(tenant for _, tenant, _, closed in given if tenant and closed),
        lacks_second_factor=any(role is None for role, *_ in given),
    )


def _actor(
    user: User,
    token: ApiToken | None,
    roles: Roles,
    *,
    session_key: str = "",
    request_id: str = "",
    address: str = "",
) -> Actor:
    on_platform: frozenset[str] = NOTHING
    on_tenants: dict[UUID, frozenset[str]] = {}
    on_projects: dict[UUID, frozenset[str]] = {}
    tenant_of_project: dict[UUID, UUID] = {}
    # The same few sets for however many places.
    held_by = {role: permissions_of(role) for role in {role for role, *_ in roles.counting}}
    if token is not None:
        held_by = {role: held & token.scope for role, held in held_by.items()}
    for role, tenant_id, project_id in roles.counting:
        held = held_by[role]
        if token is not None and token.tenant_id and tenant_id not in (None, token.tenant_id):
            continue
        if tenant_id is None:
            on_platform |= held
        elif project_id is None:
            _add(on_tenants, tenant_id, held)
        else:
            _add(on_projects, project_id, held)
            tenant_of_project[project_id] = tenant_id
    if token is not None and (token.tenant_id or token.project_id):
        on_platform = _narrow(token, on_platform, on_tenants, on_projects, tenant_of_project)
    return Actor(
        user_id=user.pk,
        label=user.label,
        on_platform=on_platform,
        on_tenants=on_tenants,
        on_projects=on_projects,
        tenant_of_project=tenant_of_project,
        lacks_second_factor=roles.lacks_second_factor,
        closed_tenants=roles.closed_tenants,
        token_id=token.pk if token else None,
        token_label=token.name if token else "",
        session_key=session_key,
        expires_at=token.expires_at if token else None,
        access_version=user.access_version,
        request_id=request_id,
        address=address,
    )


def _add(on_places: dict[UUID, frozenset[str]], place: UUID, held: frozenset[str]) -> None:
    on_places[place] = on_places[place] | held if place in on_places else held


def _narrow(
    token: ApiToken,
    on_platform: frozenset[str],
    on_tenants: dict[UUID, frozenset[str]],
    on_projects: dict[UUID, frozenset[str]],
    tenant_of_project: dict[UUID, UUID],
) -> frozenset[str]:
    """Cut what the owner holds down to the token's tenant or project, in place; returns what is left on the platform."""
    if token.project_id is not None and token.tenant_id is not None:  # one of a project names its tenant too
        project, tenant = token.project_id, token.tenant_id
        held = on_platform | on_tenants.get(tenant, NOTHING) | on_projects.get(project, NOTHING)
        on_tenants.clear()
        on_projects.clear()
        tenant_of_project.clear()
        if held:
            on_projects[project] = held
            tenant_of_project[project] = tenant
    elif token.tenant_id is not None:
        if on_platform:
            _add(on_tenants, token.tenant_id, on_platform)
        for other in [project for project, tenant in tenant_of_project.items() if tenant != token.tenant_id]:
            on_projects.pop(other)
            tenant_of_project.pop(other)
    return NOTHING
