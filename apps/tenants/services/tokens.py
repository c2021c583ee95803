"""Acts on API tokens."""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from apps.accounts import services as accounts
from apps.audit import services as audit
from apps.core.errors import Conflict, InvalidRequest, NameTaken
from apps.core.notifications import notify
from apps.core.uniqueness import refused_when_taken
from apps.tenants.access import actor_of_user
from apps.tenants.actor import Actor
from apps.tenants.errors import NeedsSession
from apps.tenants.models import ApiToken, Project, ServiceAccount, Tenant
from apps.tenants.services.members import require_grantable

TOKEN_PREFIX = "hns_"  # noqa: S105 (found by secret scanners, by design)
LONGEST = timedelta(days=366)
TOLD_BEFORE, TOLD_AT_ONCE = timedelta(days=7), 500


def digest(token: str) -> str:
    """What is kept of a token: keyed, so that a copy of the database is no list of hashes to try."""
    return hmac.new(settings.TOKEN_KEY.encode(), token.encode(), hashlib.sha256).hexdigest()


@dataclass(frozen=True)
class Wanted:
    """What a token is to hold: permissions, in a tenant or project or wherever its owner may, until it expires."""

    name: str
    permissions: list[str]
    expires_at: datetime
    tenant: Tenant | None = None
    project: Project | None = None


@transaction.atomic
def create_token(*, actor: Actor, wanted: Wanted) -> tuple[ApiToken, str]:
    """Make a token of the actor; returns it with its secret, which is shown once and kept nowhere.

    Raises NeedsSession for a token that would make another, and InvalidRequest for a life longer than a year or a
    permission that the actor does not hold in that scope. What its owner loses later, it loses too.
    """
    require_session(actor)
    return _make(actor, wanted, owner=actor)


@transaction.atomic
def create_service_token(*, actor: Actor, account: ServiceAccount, wanted: Wanted) -> tuple[ApiToken, str]:
    """Make a token of a service account. Raises as create_token does, and GrantsTooMuch.

    Whoever has its token can do what the account can: nobody makes one who does not hold all of that.
    """
    require_session(actor)
    require_grantable(actor, account.user.roles.all())
    return _make(actor, wanted, owner=actor_of_user(account.user))


@transaction.atomic
def rotate_token(
    *, actor: Actor, token: ApiToken, overlap: timedelta, expires_at: datetime | None = None
) -> tuple[ApiToken, str]:
    """Make a token in the place of another, which goes on working for `overlap` while programs take up the new one.

    Without `expires_at` the successor lives as long as the token was made for.
    Raises NeedsSession, GrantsTooMuch, and Conflict when the token is over or was replaced before.
    """
    require_session(actor)
    require_grantable(actor, token.user.roles.all() if token.user_id != actor.user_id else ())
    now = timezone.now()
    token = ApiToken.objects.select_for_update(of=("self",)).select_related("user", "tenant", "project").get(pk=token.pk)
    if token.revoked_at or token.replaced_at or token.expires_at <= now:
        raise Conflict("This token is over or has a successor; make a new one.")
    expires_at = expires_at or now + (token.expires_at - token.created_at)
    token.replaced_at, token.expires_at = now, min(token.expires_at, now + overlap)
    token.save(update_fields=["replaced_at", "expires_at"])
    successor, secret = _save(
        Wanted(token.name, token.permissions, _checked_expiry(expires_at), token.tenant, token.project), token.user_id
    )
    # Whoever holds a socket with the old one is asked again, and closed in time.
    accounts.raise_access([token.user_id])
    _record(actor, "token.rotate", token, after={"successor": str(successor.pk), "ends": token.expires_at.isoformat()})
    return successor, secret


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
    _record(actor, "token.revoke", token)


@transaction.atomic
def tell_of_ends(*, now: datetime) -> None:
    """Tell the owners of tokens that end within a week, each once."""
    ending = ApiToken.objects.filter(
        end_told_at=None, revoked_at=None, expires_at__gt=now, expires_at__lte=now + TOLD_BEFORE
    )
    for token in ending.select_for_update(skip_locked=True).order_by("pk")[:TOLD_AT_ONCE]:
        token.end_told_at = now
        token.save(update_fields=["end_told_at"])
        notify(
            "token.expiring",
            object_kind="token",
            object_id=token.pk,
            path="/me/tokens",
            to=[token.user_id],
            name=token.name,
            date=token.expires_at.date().isoformat(),
        )


def require_session(actor: Actor) -> None:
    """Raise NeedsSession unless a person acts."""
    if actor.token_id is not None:
        raise NeedsSession("Sign in to the console for this; a token cannot do it.")


def _make(actor: Actor, wanted: Wanted, *, owner: Actor) -> tuple[ApiToken, str]:
    _checked_expiry(wanted.expires_at)
    if wanted.project is not None:
        held = owner.on_project(wanted.project.pk, wanted.project.tenant_id)
    elif wanted.tenant is not None:
        held = owner.in_tenant(wanted.tenant.pk)
    else:
        held = owner.everywhere
    who = "You do" if owner is actor else "It does"
    wrong = [
        {"pointer": f"/permissions/{index}", "detail": f"{who} not hold {permission} there."}
        for index, permission in enumerate(wanted.permissions)
        if permission not in held
    ]
    if wrong:
        raise InvalidRequest(errors=wrong)
    token, secret = _save(wanted, owner.user_id)
    _record(
        actor, "token.create", token, after={"permissions": token.permissions, "expires_at": token.expires_at.isoformat()}
    )
    return token, secret


def _save(wanted: Wanted, owner_id: UUID) -> tuple[ApiToken, str]:
    secret = TOKEN_PREFIX + secrets.token_urlsafe(32)
    token = ApiToken(
        user_id=owner_id,
        name=wanted.name,
        hint=secret[:8],
        digest=digest(secret),
        permissions=sorted(set(wanted.permissions)),
        tenant=wanted.project.tenant if wanted.project else wanted.tenant,
        project=wanted.project,
        expires_at=wanted.expires_at,
    )
    with refused_when_taken(NameTaken(f"There is a token called {wanted.name} already.", at="/name")):
        token.save(force_insert=True)
    return token, secret


def _checked_expiry(expires_at: datetime) -> datetime:
    now = timezone.now()
    if not now < expires_at <= now + LONGEST:
        raise InvalidRequest(errors=[{"pointer": "/expires_at", "detail": f"Between now and {LONGEST.days} days from now."}])
    return expires_at


def _record(actor: Actor, action: str, token: ApiToken, *, after: dict[str, Any] | None = None) -> None:
    audit.record(
        actor=actor,
        action=action,
        kind="token",
        subject_id=token.pk,
        label=token.name,
        tenant_id=token.tenant_id,
        project_id=token.project_id,
        after=after,
    )
