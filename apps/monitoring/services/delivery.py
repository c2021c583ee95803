"""From what happened to what people are told: who gets it, folded, by bell and mail.

One delivery at a time, under one lock, so that folding needs no other; what it read is deleted in the transaction in which
it told of it, so nobody is told twice or not at all.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.db import connection, transaction
from django.db.models import Q

from apps.accounts.models import User
from apps.core import mail as mails
from apps.core.models import MailPhase, OutboxMail, OutboxNotification
from apps.core.notifications import Delivery, NotificationKind, kind_of
from apps.core.outbox import publish
from apps.monitoring.letters import letter_of
from apps.monitoring.models import Inbox, Mute, Notification
from apps.tenants.access import actor_of_user
from apps.tenants.models import Member, TenantPhase

AT_ONCE = 200
FOLDED_WITHIN = timedelta(minutes=1)
MAILS_AN_HOUR = 20
DIGEST_HOUR = 8
MAIL_PURPOSE = "notification"
_LOCK = 0x48414E53_4E4F5449  # any number that nobody else locks


def deliver_notifications(*, now: datetime) -> int:
    """Tell of everything that happened; returns how many that were. Safe to run twice, or by several at a time."""
    told = 0
    while done := _deliver_some(now):
        told += done
    return told


@transaction.atomic
def _deliver_some(now: datetime) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    rows = list(OutboxNotification.objects.order_by("id")[:AT_ONCE])
    if rows:
        _Delivery(now).run(rows)
        OutboxNotification.objects.filter(pk__in=[row.pk for row in rows]).delete()
    return len(rows)


class _Delivery:
    """One batch. What is asked of the database again and again is remembered for as long as it lasts."""

    def __init__(self, now: datetime) -> None:
        self._now = now
        self._members: dict[tuple[object, ...], set[UUID]] = {}
        self._newest: dict[tuple[UUID, str, UUID | None], Notification | None] = {}
        self._may_see: dict[tuple[UUID, str, UUID | None, UUID | None], bool] = {}
        self._changed: dict[UUID, Notification] = {}

    def run(self, rows: Iterable[OutboxNotification]) -> None:
        known = [(row, kind) for row in rows if (kind := kind_of(row.code))]
        wanted = [(row, kind, self._recipients(row, kind)) for row, kind in known]
        user_ids = {user_id for _, _, recipients in wanted for user_id in recipients}
        self._users = {user.pk: user for user in User.objects.people().filter(pk__in=user_ids, is_active=True)}
        self._inboxes = inboxes_of(self._users)
        self._mutes = set(Mute.objects.filter(user_id__in=self._users).values_list("user_id", "object_id"))
        touched: set[UUID] = set()
        for row, kind, recipients in wanted:
            for user_id in sorted(recipients & set(self._users)):
                if self._tell(self._users[user_id], row, kind):
                    touched.add(user_id)
        fields = ["count", "path", "last_at", "mail_id", "digest_at"]
        Notification.objects.bulk_update(self._changed.values(), fields, batch_size=500)
        for user_id in sorted(touched):
            publish(op="changed", subject=self._inboxes[user_id])

    def _recipients(self, row: OutboxNotification, kind: NotificationKind) -> set[UUID]:
        named = {UUID(user_id) for user_id in row.user_ids}
        if not kind.roles:
            return named
        key = (kind.roles, row.tenant_id, row.project_id)
        if key not in self._members:
            where = Q(tenant=None) if row.tenant_id is None else Q(tenant_id=row.tenant_id)
            if row.project_id is not None:
                where &= Q(project=None) | Q(project_id=row.project_id)
            members = Member.objects.filter(where, role__in=kind.roles).exclude(tenant__phase=TenantPhase.CLOSED)
            self._members[key] = members.user_ids()
        return named | self._members[key]

    def _tell(self, user: User, row: OutboxNotification, kind: NotificationKind) -> bool:
        """Write it into the user's notifications, as they want it; False when they do not."""
        bell, mail = self._inboxes[user.pk].choice(kind)
        if not mails.mail_is_configured():
            mail = Delivery.NEVER
        muted = {(user.pk, object_id) for object_id in (row.object_id, row.project_id)} & self._mutes
        if muted or not (bell or mail != Delivery.NEVER) or not self._sees(user, row, kind):
            return False
        key = (user.pk, kind.code, row.project_id)
        notification = self._to_fold_into(key, row, kind)
        if notification is None:
            notification = self._new(user, row, kind, bell=bell)
            self._send(user, notification, kind, mail)
            self._newest[key] = notification
            notification.save(force_insert=True)
            return True
        notification.count += 1
        notification.last_at = max(notification.last_at, row.created_at)
        notification.path = kind.many_path.format(
            tenant=row.arguments.get("tenant", ""), project=row.arguments.get("project", "")
        )
        self._changed[notification.pk] = notification
        self._rewrite_mail(user, notification, kind)
        return True

    def _sees(self, user: User, row: OutboxNotification, kind: NotificationKind) -> bool:
        """Nobody is told, by mail least of all, of what they may not see."""
        if not kind.permission:
            return True
        key = (user.pk, kind.permission, row.tenant_id, row.project_id)
        if key not in self._may_see:
            actor = actor_of_user(user)
            if row.tenant_id is None:
                held = actor.on_platform
            elif row.project_id is None:
                held = actor.in_tenant(row.tenant_id)
            else:
                held = actor.on_project(row.project_id, row.tenant_id)
            self._may_see[key] = kind.permission in held
        return self._may_see[key]

    def _to_fold_into(
        self, key: tuple[UUID, str, UUID | None], row: OutboxNotification, kind: NotificationKind
    ) -> Notification | None:
        if not kind.many_path:
            return None
        if key not in self._newest:
            user_id, code, project_id = key
            of_kind = Notification.objects.filter(user_id=user_id, code=code, project_id=project_id, read_at=None)
            self._newest[key] = of_kind.order_by("-pk").first()
        found = self._newest[key]
        return found if found is not None and row.created_at - found.created_at < FOLDED_WITHIN else None

    def _new(self, user: User, row: OutboxNotification, kind: NotificationKind, *, bell: bool) -> Notification:
        return Notification(
            user=user,
            code=kind.code,
            severity=kind.severity,
            tenant_id=row.tenant_id,
            project_id=row.project_id,
            object_kind=row.object_kind,
            object_id=row.object_id,
            path=row.path,
            arguments=row.arguments,
            bell=bell,
            created_at=row.created_at,
            last_at=row.created_at,
        )

    def _send(self, user: User, notification: Notification, kind: NotificationKind, how: Delivery) -> None:
        """Write the mail at once, or leave it to the daily one: so wanted, or because there were many within the hour.

        Of what may be folded the mail waits for the others.
        """
        if how == Delivery.NEVER:
            return
        if how == Delivery.DAILY or self._mails_within_the_hour(user) >= MAILS_AN_HOUR:
            notification.digest_at = next_digest(user, self._now)
            return
        mail = mails.send_mail(
            address=user.email,
            letter=letter_of(user, notification, kind),
            purpose=MAIL_PURPOSE,
            user_id=user.pk,
            due_at=notification.created_at + FOLDED_WITHIN if kind.many_path else None,
        )
        notification.mail_id = mail.pk if mail else None

    def _mails_within_the_hour(self, user: User) -> int:
        since = self._now - timedelta(hours=1)
        return OutboxMail.objects.filter(user_id=user.pk, purpose=MAIL_PURPOSE, created_at__gt=since).count()

    def _rewrite_mail(self, user: User, notification: Notification, kind: NotificationKind) -> None:
        if notification.mail_id is None:
            return
        unsent = OutboxMail.objects.filter(phase=MailPhase.WAITING, attempts=0).select_for_update(skip_locked=True)
        mail = unsent.filter(pk=notification.mail_id).first()
        if mail is not None:
            mails.write_letter(mail, letter_of(user, notification, kind))
            mail.save(update_fields=["subject", "text", "html"])


def inboxes_of(user_ids: Iterable[UUID]) -> dict[UUID, Inbox]:
    """The inboxes of the users, made where there are none yet."""
    wanted = set(user_ids)
    found = {inbox.user_id: inbox for inbox in Inbox.objects.filter(user_id__in=wanted)}
    if missing := wanted - set(found):
        Inbox.objects.bulk_create([Inbox(user_id=user_id) for user_id in sorted(missing)], ignore_conflicts=True)
        found |= {inbox.user_id: inbox for inbox in Inbox.objects.filter(user_id__in=missing)}
    return found


def next_digest(user: User, now: datetime) -> datetime:
    """The next eight o'clock where the user is."""
    here = now.astimezone(zone_of(user))
    due = here.replace(hour=DIGEST_HOUR, minute=0, second=0, microsecond=0)
    return due if due > here else due + timedelta(days=1)


def zone_of(user: User) -> ZoneInfo:
    try:
        return ZoneInfo(user.time_zone or "UTC")
    except (ZoneInfoNotFoundError, ValueError):  # a zone that this machine's data has no more
        return ZoneInfo("UTC")
