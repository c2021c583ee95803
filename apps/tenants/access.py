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
from apps.core.errors import NotSignedIn
from apps.tenants.actor import NOTHING, Actor
from apps.tenants.models import ApiToken
from apps.tenants.permissions import Role, permissions_of

# Roles with the ids of all places where somebody has them: a thousand rows take much longer to read than three.
_HELD = """
    role, closed, CASE WHEN tenant_id IS NULL THEN 'platform' WHEN project_id IS NULL THEN 'tenant' ELSE 'project' END,
    array_agg(tenant_id), array_agg(project_id)
"""
# Of a token and its owner, in the order of their tables.
_OF_TOKEN = ("id", "user_id", "name", "permissions", "tenant_id", "project_id", "expires_at", "last_used_at")
_OF_OWNER = ("id", "email", "name", "kind", "access_version")
NOWHERE: frozenset[UUID] = frozenset()


@dataclass(frozen=True)
class Roles:
    """Roles that count, with where they are held, and those that do not for want of a second factor."""

    on_platform: Sequence[Role]
    on_tenants: Sequence[tuple[Role, list[UUID]]]
    on_projects: Sequence[tuple[Role, list[tuple[UUID, UUID]]]]  # (project, its tenant)
    closed_tenants: frozenset[UUID] = NOWHERE
    lacks_second_factor: bool = False  # none counts, wherever it is


def enter_as(user: User, *, session_key: str, request_id: str = "", address: str = "") -> Actor:
    """The actor of a session of the user, who enters."""
    roles = enter(user.pk, session_key=session_key)
    return _actor(user, None, roles, session_key=session_key, request_id=request_id, address=address)


def actor_of_user(user: User, *, session_key: str = "", request_id: str = "", address: str = "") -> Actor:
    """What the user may do, whoever asks."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {_HELD} FROM wall_roles_that_count(%s, %s, %s) GROUP BY 1, 2, 3",  # noqa: S608
            [user.pk, session_key, _policy()],
        )
        roles = _read(cursor.fetchall())
    return _actor(user, None, roles, session_key=session_key, request_id=request_id, address=address)


def actors_of_users(users: Collection[User]) -> dict[UUID, Actor]:
    """What each of these users may do, in as many queries as for one."""
    rows: dict[UUID, list[Any]] = {user.pk: [] for user in users}
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT person.id, {_HELD}"  # noqa: S608
            " FROM unnest(%s::uuid[]) AS person(id), LATERAL wall_roles_that_count(person.id, '', %s) AS held"
            " GROUP BY 1, 2, 3, 4",
            [list(rows), _policy()],
        )
        for pk, *row in cursor.fetchall():
            rows[pk].append(row)
    return {user.pk: _actor(user, None, _read(rows[user.pk])) for user in users}


def actor_of_token(digest: str, *, request_id: str = "", address: str = "") -> Actor | None:
    """None when the token is unknown, expired or revoked, or its owner is not active."""
    now = timezone.now()
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            SELECT token_id, user_id, token_name, permissions, shown.tenant_id, shown.project_id, expires_at, last_used_at,
                email, user_name, kind, access_version, held.*
            FROM wall_token_shown(%s, %s) AS shown
            LEFT JOIN LATERAL (SELECT {_HELD} FROM wall_enter(user_id, token_id, '', %s) GROUP BY 1, 2, 3) AS held ON true
            """,  # noqa: S608
            [digest, now, _policy()],
        )
        rows = cursor.fetchall()
    if not rows:
        return None
    found, held = rows[0], len(_OF_TOKEN) + len(_OF_OWNER) - 1
    token = ApiToken.from_db(connection.alias, _OF_TOKEN, found[: len(_OF_TOKEN)])
    owner = User.from_db(connection.alias, _OF_OWNER, (token.user_id, *found[len(_OF_TOKEN) : held]))
    roles = _read(row[held:] for row in rows if row[held + 2])
    actor = _actor(owner, token, roles, request_id=request_id, address=address)
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
            f"SELECT {_HELD} FROM wall_enter(%s, %s, %s, %s) GROUP BY 1, 2, 3",  # noqa: S608
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
    """Rows of _HELD, of which one without a role says that none counts."""
    given = list(rows)
    counting = [
        (Role(role), place, tenants, projects) for role, closed, place, tenants, projects in given if role and not closed
    ]
    return Roles(
        on_platform=[role for role, place, *_ in counting if place == "platform"],
        on_tenants=[(role, tenants) for role, place, tenants, _ in counting if place == "tenant"],
        on_projects=[
            (role, list(zip(projects, tenants, strict=True)))
            for role, place, tenants, projects in counting
            if place == "project"
        ],
        closed_tenants=frozenset(
            tenant for _, closed, place, tenants, _ in given if closed and place != "platform" for tenant in tenants
        ),
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
    # One set for however many places.
    def held(role: Role) -> frozenset[str]:
        return permissions_of(role) & token.scope if token else permissions_of(role)

    on_platform = NOTHING.union(*map(held, roles.on_platform))
    on_tenants: dict[UUID, frozenset[str]] = {}
    on_projects: dict[UUID, frozenset[str]] = {}
    for role, tenants in roles.on_tenants:
        _add(on_tenants, tenants, held(role))
    for role, projects in roles.on_projects:
        _add(on_projects, [project for project, _ in projects], held(role))
    tenant_of_project = {project: tenant for _, projects in roles.on_projects for project, tenant in projects}
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


def _add(on_places: dict[UUID, frozenset[str]], places: Collection[UUID], held: frozenset[str]) -> None:
    if on_places:
        on_places |= {place: on_places.get(place, NOTHING) | held for place in places}
    else:
        on_places |= dict.fromkeys(places, held)


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
            _add(on_tenants, [token.tenant_id], on_platform)
        for other_tenant in on_tenants.keys() - {token.tenant_id}:
            on_tenants.pop(other_tenant)
        for other in [project for project, tenant in tenant_of_project.items() if tenant != token.tenant_id]:
            on_projects.pop(other)
            tenant_of_project.pop(other)
    return NOTHING
