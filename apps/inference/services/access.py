"""Keys of apps, and who may call one."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from apps.core.errors import InvalidRequest, NameTaken
from apps.core.uniqueness import refused_when_taken
from apps.inference.models import App, AppAccess, AppKey
from apps.inference.services._life import audit
from apps.tenants.access import actor_of_token
from apps.tenants.actor import Actor
from apps.tenants.services.tokens import digest

KEY_PREFIX = "hnk_"
_HINT_LENGTH = 10


@dataclass(frozen=True)
class Caller:
    """Who may call an app: the consumer of a key, or somebody of the portal by their name."""

    name: str
    key_id: UUID | None = None
    requests_per_minute: int | None = None
    expires_at: datetime | None = None


@dataclass(frozen=True)
class Uses:
    passed: int
    held_back: int
    last_at: datetime


@transaction.atomic
def create_key(
    *,
    actor: Actor,
    app: App,
    consumer: str,
    requests_per_minute: int | None = None,
    expires_at: datetime | None = None,
) -> tuple[AppKey, str]:
    """Make a key of the app for a consumer; returns it with its secret, which is shown once and kept nowhere.

    Raises NameTaken while the consumer has another, and InvalidRequest for an end that is over.
    """
    if expires_at is not None and expires_at <= timezone.now():
        raise InvalidRequest(errors=[{"pointer": "/expires_at", "detail": "This moment is over."}])
    secret = KEY_PREFIX + secrets.token_urlsafe(32)
    key = AppKey(
        tenant_id=app.tenant_id,
        app=app,
        consumer=consumer,
        hint=secret[:_HINT_LENGTH],
        digest=digest(secret),
        requests_per_minute=requests_per_minute,
        created_by_id=actor.user_id,
        expires_at=expires_at,
    )
    taken = f"{consumer} has a key of this app already; revoke it first, or name the new one differently."
    with refused_when_taken(NameTaken(taken, at="/consumer")):
        key.save(force_insert=True)
    after = {"consumer": consumer, "requests_per_minute": requests_per_minute, "expires_at": expires_at}
    audit(app, "create-key", actor=actor, before=None, after={**after, "expires_at": expires_at and expires_at.isoformat()})
    return key, secret


@transaction.atomic
def revoke_key(*, actor: Actor, app: App, key: AppKey) -> None:
    """Let nobody call with this key any more, within seconds. Doing it twice changes nothing."""
    if AppKey.objects.filter(pk=key.pk, revoked_at=None).update(revoked_at=timezone.now()):
        audit(app, "revoke-key", actor=actor, before={"consumer": key.consumer}, after=None)


@transaction.atomic
def caller_of(*, app_id: UUID, shown: str) -> Caller | None:
    """Who calls an app with a key or an API token; None for whoever may not."""
    access = App.objects.kept().filter(pk=app_id).values_list("access", flat=True).first()
    if access is None or not shown:
        return None
    if shown.startswith(KEY_PREFIX):
        key = AppKey.objects.usable().filter(app_id=app_id, digest=digest(shown)).first()
        return Caller(key.consumer, key.pk, key.requests_per_minute, key.expires_at) if key else None
    actor = actor_of_token(digest(shown)) if access == AppAccess.TENANT else None
    if actor is None or not App.objects.permitted(actor).filter(pk=app_id).exists():
        return None
    return Caller(f"token:{actor.token_id}")


@transaction.atomic
def note_uses(*, uses: Mapping[UUID, Uses]) -> None:
    """Add what keys were used for since the last time."""
    for key_id, one in sorted(uses.items()):
        AppKey.objects.filter(pk=key_id).update(
            passed=F("passed") + one.passed, held_back=F("held_back") + one.held_back, last_used_at=one.last_at
        )
