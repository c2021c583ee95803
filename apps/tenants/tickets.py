"""One-time tickets with which a browser or program opens the WebSocket, so that no token is ever in an address."""

import hashlib
import secrets
from uuid import UUID

from django.contrib.sessions.backends.db import SessionStore
from django.core.cache import caches

from apps.accounts.models import User
from apps.tenants import access
from apps.tenants.actor import Actor

LIFETIME_SECONDS = 30


def issue(actor: Actor) -> str:
    """A ticket that stands for `actor`, with the scope of its token, once and for 30 seconds."""
    ticket = secrets.token_urlsafe(32)
    bound_to = {"user": str(actor.user_id), "token": str(actor.token_id or ""), "session": actor.session_key}
    caches["strict"].set(_key(ticket), bound_to, timeout=LIFETIME_SECONDS)
    return ticket


def redeem(ticket: str, *, request_id: str = "", address: str = "") -> Actor | None:
    """The actor of the ticket, as they are now; None when it is unknown, used, too old, or its owner is gone."""
    if not ticket or len(ticket) > 100:
        return None
    bound_to = caches["strict"].get(_key(ticket))
    # Of two that come with the same ticket, the one whose delete found it is let in.
    if bound_to is None or not caches["strict"].delete(_key(ticket)):
        return None
    if bound_to["token"]:
        return access.actor_of_token_id(
            UUID(bound_to["token"]), user_id=UUID(bound_to["user"]), request_id=request_id, address=address
        )
    user = User.objects.filter(pk=bound_to["user"], is_active=True).first()
    if user is None or not SessionStore().exists(bound_to["session"]):
        return None
    return access.enter_as(user, session_key=bound_to["session"], request_id=request_id, address=address)


def _key(ticket: str) -> str:
    return f"ticket:{hashlib.sha256(ticket.encode()).hexdigest()}"
