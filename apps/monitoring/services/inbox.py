"""What a user does with their notifications: reading, choosing, muting; and what time does to them."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Count, QuerySet

from apps.accounts.models import User
from apps.core import mail as mails
from apps.core.errors import InvalidRequest
from apps.core.ids import first_id_at
from apps.core.notifications import Delivery, kind_of
from apps.core.outbox import publish
from apps.monitoring.letters import digest_of
from apps.monitoring.models import Inbox, Mute, Notification
from apps.monitoring.services.delivery import inboxes_of
from apps.tenants.access import actor_of_user
from apps.tenants.actor import Actor
from apps.tenants.services import require_session

KEPT_DAYS, KEPT_A_USER = 90, 1000
MOST_MUTES = 500
DIGESTS_AT_ONCE = 200


@transaction.atomic
def mark_read(*, actor: Actor, notifications: "QuerySet[Notification]", now: datetime) -> int:
    """Note that the actor has read these; returns how many were unread."""
    require_session(actor)
    unread = Notification.objects.filter(pk__in=notifications.values("pk"), user_id=actor.user_id, read_at=None)
    read = unread.update(read_at=now)
    if read:
        _changed(actor.user_id)
    return read


@transaction.atomic
def choose(*, actor: Actor, inbox: Inbox, choices: Sequence[Mapping[str, Any]]) -> Inbox:
    """Say for some kinds whether the bell shows them and how mail tells of them; the others stay as they are.

    Raises InvalidRequest for a kind that does not exist.
    """
    require_session(actor)
    chosen = dict(inbox.choices)
    for index, choice in enumerate(choices):
        code = choice["code"]
        kind = kind_of(code)
        if kind is None:
            raise InvalidRequest(errors=[{"pointer": f"/choices/{index}/code", "detail": "There is no such kind."}])
        bell, mail = inbox.choice(kind)
        chosen[code] = {"bell": choice.get("bell", bell), "mail": str(Delivery(choice.get("mail", mail)))}
        if chosen[code] == {"bell": kind.bell, "mail": str(kind.mail)}:
            del chosen[code]
    if chosen != inbox.choices:
        inbox.choices = chosen
        inbox.generation += 1
        inbox.save(update_fields=["choices", "generation"])
        publish(op="changed", subject=inbox)
    return inbox


@transaction.atomic
def mute(*, actor: Actor, notification: Notification, what: str) -> Mute:
    """Hear no more of a notification's `object`, or of its `project`. Doing it twice changes nothing.

    Raises InvalidRequest for a project where there is none, and when too much is muted.
    """
    require_session(actor)
    known = Mute.objects.filter(user_id=actor.user_id)
    if known.count() >= MOST_MUTES:
        raise InvalidRequest(f"You muted {MOST_MUTES} things; unmute some first.")
    arguments = notification.arguments
    place = f"{arguments.get('tenant', '')}/{arguments.get('project', '')}"
    if what == "object":
        object_kind, object_id = notification.object_kind, notification.object_id
        label = str(arguments.get("name") or notification.code)
    elif notification.project_id is not None:
        object_kind, object_id, label = "project", notification.project_id, place
    else:
        raise InvalidRequest(errors=[{"pointer": "/what", "detail": "This was not about a project."}])
    muted, _ = known.get_or_create(
        user_id=actor.user_id, object_id=object_id, defaults={"object_kind": object_kind, "label": label[:200]}
    )
    _changed(actor.user_id)
    return muted


@transaction.atomic
def unmute(*, actor: Actor, muted: Mute) -> None:
    require_session(actor)
    muted.delete()
    _changed(actor.user_id)


def send_digests(*, now: datetime) -> None:
    """Write the daily mails that are due; each user's is its own transaction."""
    due = Notification.objects.filter(digest_at__lte=now).order_by("user_id").values_list("user_id", flat=True)
    for user_id in due.distinct()[:DIGESTS_AT_ONCE]:
        _send_digest(user_id, now=now)


@transaction.atomic
def _send_digest(user_id: UUID, *, now: datetime) -> None:
    """Of what the user may still see."""
    waiting = Notification.objects.select_for_update(skip_locked=True).filter(user_id=user_id, digest_at__lte=now)
    notifications = list(waiting.order_by("pk"))
    if not notifications:
        return
    Notification.objects.filter(pk__in=[row.pk for row in notifications]).update(digest_at=None)
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if user is None:
        return
    seen = set(Notification.objects.permitted(actor_of_user(user)).values_list("pk", flat=True))
    shown = [row for row in notifications if row.pk in seen]
    if shown:
        mails.send_mail(address=user.email, letter=digest_of(user, shown), purpose="digest", user_id=user.pk)


def forget_old_notifications(*, now: datetime) -> None:
    """Delete what is older than ninety days, and of each user what is more than a thousand."""
    Notification.objects.filter(pk__lt=first_id_at(now - timedelta(days=KEPT_DAYS))).delete()
    with_many = Notification.objects.values("user_id").order_by("user_id").annotate(rows=Count("pk"))
    for row in with_many.filter(rows__gt=KEPT_A_USER):
        of_user = Notification.objects.filter(user_id=row["user_id"])
        oldest_kept = of_user.order_by("-pk").values_list("pk", flat=True)[KEPT_A_USER - 1]
        of_user.filter(pk__lt=oldest_kept).delete()


@transaction.atomic
def forget_notifications_of(*, object_id: UUID) -> None:
    """Delete what was told of an object that is gone for good; what was folded with others stays."""
    _forget(Notification.objects.filter(object_id=object_id, count=1))
    Mute.objects.filter(object_id=object_id).delete()


@transaction.atomic
def forget_notifications_in(*, tenant_id: UUID, project_id: UUID | None = None) -> None:
    """Delete all that was told of a project that is gone for good, or of a tenant."""
    where = {"tenant_id": tenant_id} if project_id is None else {"project_id": project_id}
    _forget(Notification.objects.filter(**where))
    Mute.objects.filter(object_id=project_id or tenant_id).delete()


def _forget(gone: "QuerySet[Notification]") -> None:
    user_ids = set(gone.values_list("user_id", flat=True))
    gone.delete()
    for user_id in sorted(user_ids):
        _changed(user_id)


def _changed(user_id: UUID) -> None:
    publish(op="changed", subject=inboxes_of([user_id])[user_id])
