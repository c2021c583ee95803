"""Building the Actor: from a session's user or from a token, in a constant number of queries."""

from collections import defaultdict
from datetime import timedelta
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from apps.accounts.models import User
from apps.tenants.actor import Actor
from apps.tenants.models import ApiToken, Member, TenantPhase
from apps.tenants.permissions import Role, permissions_of


def actor_of_user(user: User, *, session_key: str = "", request_id: str = "", address: str = "") -> Actor:
    return _actor(user, None, session_key=session_key, request_id=request_id, address=address)


def actor_of_token(digest: str, *, request_id: str = "", address: str = "") -> Actor | None:
    """None when the token is unknown, expired or revoked, or its owner is not active."""
    return _of_token(Q(digest=digest), request_id=request_id, address=address)


def actor_of_token_id(token_id: UUID, *, request_id: str = "", address: str = "") -> Actor | None:
    """The same for a token that proved itself earlier (a ticket was made with it)."""
    return _of_token(Q(pk=token_id), request_id=request_id, address=address)


def _of_token(which: Q, *, request_id: str, address: str) -> Actor | None:
    token = ApiToken.objects.usable().select_related("user", "project").filter(which).first()
    if token is None:
        return None
    now = timezone.now()
    if token.last_used_at is None or now - token.last_used_at > timedelta(minutes=1):
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=now)
    return _actor(token.user, token, request_id=request_id, address=address)


def _actor(user: User, token: ApiToken | None, *, session_key: str = "", request_id: str, address: str) -> Actor:
    on_platform: set[str] = set()
    on_tenants: dict[UUID, set[str]] = defaultdict(set)
    on_projects: dict[UUID, set[str]] = defaultdict(set)
    tenant_of_project: dict[UUID, UUID] = {}
    roles = (
        Member.objects.of_user(user).exclude(tenant__phase=TenantPhase.CLOSED).values_list("role", "tenant_id", "project_id")
    )
    for role, tenant_id, project_id in roles:
        held = permissions_of(Role(role))
        if token is not None:
            held &= token.scope
            if token.tenant_id and tenant_id not in (None, token.tenant_id):
                continue
        if tenant_id is None:
            on_platform |= held
        elif project_id is None:
            on_tenants[tenant_id] |= held
        else:
            on_projects[project_id] |= held
            tenant_of_project[project_id] = tenant_id
    if token is not None and (token.tenant_id or token.project_id):
        _narrow(token, on_platform, on_tenants, on_projects, tenant_of_project)
    return Actor(
        user_id=user.pk,
        label=user.email,
        on_platform=frozenset(on_platform),
        on_tenants={tenant: frozenset(held) for tenant, held in on_tenants.items()},
        on_projects={project: frozenset(held) for project, held in on_projects.items()},
        tenant_of_project=tenant_of_project,
        token_id=token.pk if token else None,
        token_label=token.name if token else "",
        session_key=session_key,
        expires_at=token.expires_at if token else None,
        access_version=user.access_version,
        request_id=request_id,
        address=address,
    )


def _narrow(
    token: ApiToken,
    on_platform: set[str],
    on_tenants: dict[UUID, set[str]],
    on_projects: dict[UUID, set[str]],
    tenant_of_project: dict[UUID, UUID],
) -> None:
    """Cut what the owner holds down to the token's tenant or project, in place."""
    if token.project is not None:
        project, tenant = token.project.pk, token.project.tenant_id
        held = on_platform | on_tenants.get(tenant, set()) | on_projects.get(project, set())
        on_tenants.clear()
        on_projects.clear()
        tenant_of_project.clear()
        if held:
            on_projects[project] = held
            tenant_of_project[project] = tenant
    elif token.tenant_id is not None:
        if on_platform:
            on_tenants[token.tenant_id] |= on_platform
        for other in [project for project, tenant in tenant_of_project.items() if tenant != token.tenant_id]:
            on_projects.pop(other)
            tenant_of_project.pop(other)
    on_platform.clear()
