"""Looking at the console as somebody else sees it, for support: read-only, for a while, in both trails.

The session holds whom it looks as, and until when. Whoever looks acts as nobody: every change is refused, but ending it,
which is their own act.
"""

from collections.abc import MutableMapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from apps.accounts import services as accounts
from apps.accounts.models import User
from apps.audit import services as audit
from apps.core.errors import Conflict
from apps.tenants.access import enter_as
from apps.tenants.actor import Actor, Viewer
from apps.tenants.errors import ViewIsOver, ViewIsReadOnly
from apps.tenants.models import Member
from apps.tenants.services.tokens import require_session

KEY = "view_as"
PERMISSION = "users.view-as"
LONGEST = timedelta(hours=2)
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
Session = MutableMapping[str, Any]


def actor_of_session(user: User, session: Session, *, session_key: str, request_id: str = "", address: str = "") -> Actor:
    """Who acts in a session of `user`: they themselves, or whom they look as. Raises ViewIsOver."""
    own = enter_as(user, session_key=session_key, request_id=request_id, address=address)
    if KEY not in session:
        return own
    until = datetime.fromisoformat(session[KEY]["until"])
    seen = User.objects.people().filter(pk=session[KEY]["user"], is_active=True).first()
    # What cannot be looked at any more is not quietly exchanged for what one may do oneself.
    if seen is None or until <= timezone.now() or PERMISSION not in own.on_platform:
        raise ViewIsOver("End it to go on as yourself.")
    actor = enter_as(seen, session_key="", request_id=request_id, address=address)
    viewer = Viewer(user.pk, user.label, user.access_version, until)
    return replace(actor, viewer=viewer, session_key=session_key)


def require_read_only(method: str | None, session: Session) -> None:
    """Raise ViewIsReadOnly for a change in a session that looks as somebody else."""
    if KEY in session and method not in SAFE:
        raise ViewIsReadOnly("End the view to act as yourself.")


@transaction.atomic
def start(*, actor: Actor, session: Session, user: User, reason: str, lasts: timedelta) -> None:
    """Look as `user` from now on. Raises NeedsSession, and Conflict for oneself."""
    require_session(actor)
    if user.pk == actor.user_id:
        raise Conflict("You see the console as yourself already.")
    until = timezone.now() + lasts
    session[KEY] = {"user": str(user.pk), "until": until.isoformat()}
    accounts.raise_access([actor.user_id])  # sockets of the session come back as whom it looks as
    _record(actor, "user.view-as", user, after={"reason": reason, "until": until.isoformat()})


@transaction.atomic
def end(*, actor: Actor, session: Session) -> None:
    """Go on as oneself; whom the session looked as is told in the trail. Without a view it changes nothing."""
    view = session.pop(KEY, None)
    if view is None:
        return
    accounts.raise_access([actor.user_id])
    if user := User.objects.filter(pk=view["user"]).first():
        _record(actor, "user.view-as-end", user)


def _record(actor: Actor, action: str, user: User, *, after: dict[str, Any] | None = None) -> None:
    """In the platform's trail, and in that of each tenant that was there to be seen."""
    both = replace(actor, on_behalf_of_id=user.pk, on_behalf_of_label=user.label)
    tenants = Member.objects.of_user(user).filter(tenant__isnull=False).order_by("tenant_id")
    for tenant_id in (None, *tenants.values_list("tenant_id", flat=True).distinct()):
        audit.record(
            actor=both,
            action=action,
            kind="user",
            subject_id=user.pk,
            label=user.label,
            tenant_id=tenant_id,
            after=after,
        )
