"""Acts on API tokens."""

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from apps.accounts import services as accounts
from apps.accounts.models import User
from apps.audit import services as audit
from apps.core.errors import InvalidRequest, NameTaken
from apps.core.uniqueness import refused_when_taken
from apps.tenants.actor import Actor
from apps.tenants.errors import NeedsSession
from apps.tenants.models import ApiToken, Project, Tenant

TOKEN_PREFIX = "hns_"  # noqa: S105 (found by secret scanners, by design)
LONGEST = timedelta(days=366)


def digest(token: str) -> str:
    """What is kept of a token: keyed, so that a copy of the database is no list of hashes to try."""
    return hmac.new(settings.TOKEN_KEY.encode(), token.encode(), hashlib.sha256).hexdigest()


@transaction.atomic
def create_token(
    *,
    actor: Actor,
    name: str,
    permissions: list[str],
    expires_at: datetime,
    tenant: Tenant | None = None,
    project: Project | None = None,
) -> tuple[ApiToken, str]:
    """Make a token of the actor; returns it with its secret, which is shown once and kept nowhere.

    Raises NeedsSession for a token that would make another, and InvalidRequest for a life longer than a year or a
    permission that the actor does not hold in that scope. What its owner loses later, it loses too.
    """
    require_session(actor)
    now = timezone.now()
    if not now < expires_at <= now + LONGEST:
        raise InvalidRequest(errors=[{"pointer": "/expires_at", "detail": f"Between now and {LONGEST.days} days from now."}])
    if project is not None:
        tenant, held = project.tenant, actor.on_project(project.pk, project.tenant_id)
    elif tenant is not None:
        held = actor.in_tenant(tenant.pk)
    else:
        held = actor.everywhere
    wrong = [
        {"pointer": f"/permissions/{index}", "detail": f"You do not hold {permission} there."}
        for index, permission in enumerate(permissions)
        if permission not in held
    ]
    if wrong:
        raise InvalidRequest(errors=wrong)
    secret = TOKEN_PREFIX + secrets.token_urlsafe(32)
    token = ApiToken(
        user=User(pk=actor.user_id),
        name=name,
        hint=secret[:8],
        digest=digest(secret),
        permissions=sorted(set(permissions)),
        tenant=tenant,
        project=project,
        expires_at=expires_at,
    )
    with refused_when_taken(NameTaken(f"You have a token called {name}.")):
        token.save(force_insert=True)
    audit.record(
        actor=actor,
        action="token.create",
        kind="token",
        subject_id=token.pk,
        label=name,
        tenant_id=tenant.pk if tenant else None,
        project_id=project.pk if project else None,
        after={"permissions": token.permissions, "expires_at": expires_at.isoformat()},
    )
    return token, secret


@transaction.atomic
def revoke_token(*, actor: Actor, token: ApiToken) -> None:
    """End a token, and whatever it holds open. A token may end itself, but no other."""
    if actor.token_id != token.pk:
        require_session(actor)
    if token.revoked_at is not None:
        return
    token.revoked_at = timezone.now()
    token.save(update_fields=["revoked_at"])
    accounts.raise_access([token.user_id])
    audit.record(
        actor=actor,
        action="token.revoke",
        kind="token",
        subject_id=token.pk,
        label=token.name,
        tenant_id=token.tenant_id,
        project_id=token.project_id,
    )


def require_session(actor: Actor) -> None:
    """Raise NeedsSession unless a person acts."""
    if actor.token_id is not None:
        raise NeedsSession("Sign in to the console for this; a token cannot do it.")
