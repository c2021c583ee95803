"""One-time tickets with which a browser or program opens a WebSocket, so that no token is ever in an address.

A ticket opens one door: the socket of live data, or a shell in one replica (then it says in which, and whatever else was
decided when it was issued). Only its digest is kept.
"""

import hashlib
import secrets
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any
from uuid import UUID

from django.contrib.sessions.backends.db import SessionStore
from django.core.cache import caches

from apps.accounts.models import User
from apps.tenants import access
from apps.tenants.actor import Actor

LIFETIME_SECONDS = 30
LIVE, EXEC = "live", "exec"
NOTHING: Mapping[str, Any] = MappingProxyType({})


def issue(actor: Actor, *, door: str = LIVE, about: Mapping[str, Any] = NOTHING) -> str:
    """A ticket that stands for `actor`, with the scope of its token, once and for 30 seconds. `about`: what it is for."""
    ticket = secrets.token_urlsafe(32)
    bound_to = {
        "user": str(actor.user_id),
        "token": str(actor.token_id or ""),
        "session": actor.session_key,
        "request_id": actor.request_id,
        "address": actor.address,
        "about": dict(about),
    }
    caches["strict"].set(_key(door, ticket), bound_to, timeout=LIFETIME_SECONDS)
    return ticket


def redeem(ticket: str) -> Actor | None:
    """The actor of a ticket for live data, as they are now; None when it is unknown, used, too old, or its owner is gone."""
    actor, _ = redeem_at(LIVE, ticket)
    return actor


def redeem_at(door: str, ticket: str) -> tuple[Actor | None, Mapping[str, Any]]:
    """The same at any door, with what the ticket is about."""
    if not ticket or len(ticket) > 100:
        return None, NOTHING
    bound_to = caches["strict"].get(_key(door, ticket))
    # Of two that come with the same ticket, the one whose delete found it is let in.
    if bound_to is None or not caches["strict"].delete(_key(door, ticket)):
        return None, NOTHING
    return _owner(bound_to), bound_to["about"]


def _owner(bound_to: Mapping[str, Any]) -> Actor | None:
    came_from = {"request_id": bound_to["request_id"], "address": bound_to["address"]}
    if bound_to["token"]:
        return access.actor_of_token_id(UUID(bound_to["token"]), user_id=UUID(bound_to["user"]), **came_from)
    user = User.objects.filter(pk=bound_to["user"], is_active=True).first()
    if user is None or not SessionStore().exists(bound_to["session"]):
        return None
    return access.enter_as(user, session_key=bound_to["session"], **came_from)


def _key(door: str, ticket: str) -> str:
    return f"ticket:{door}:{hashlib.sha256(ticket.encode()).hexdigest()}"
