"""/me/notifications/: what the reader was told, and how they want to be; /platform/mail/: the outbox of mail."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from django_filters import rest_framework as filters
from rest_framework.request import Request
from rest_framework.response import Response

from apps.accounts.models import User
from apps.core.api.schema import describe
from apps.core.api.serializers import NoInput
from apps.core.api.views import ResourceViewSet, visible_or_404
from apps.core.mail import mail_is_configured
from apps.core.models import MailPhase, OutboxMail
from apps.core.notifications import NotificationKind, Severity, known_kinds
from apps.monitoring import services
from apps.monitoring.api.inbox_serializers import (
    ChoicesInput,
    ChoicesOutput,
    MailOutput,
    MuteInput,
    MuteOutput,
    NotificationOutput,
    ReadAllInput,
    ReadOutput,
    UnreadOutput,
)
from apps.monitoring.models import Inbox, Mute, Notification
from apps.monitoring.services.delivery import DIGEST_HOUR, zone_of
from apps.tenants.actor import Actor
from apps.tenants.models import Member
from apps.tenants.services import require_session

COUNTED = 99


class NotificationFilter(filters.FilterSet):
    unread = filters.TypedChoiceFilter(
        choices=[("true", "true"), ("false", "false")], coerce="true".__eq__, method="is_unread", label="Only unread ones."
    )
    severity = filters.MultipleChoiceFilter(choices=[(str(severity), str(severity)) for severity in Severity])
    code = filters.CharFilter(label="Only of this kind.")
    project = filters.UUIDFilter(field_name="project_id")

    class Meta:
        model = Notification
        fields: tuple[str, ...] = ()

    def is_unread(self, rows: QuerySet[Any], name: str, value: bool) -> QuerySet[Any]:
        return rows.filter(read_at=None) if value else rows


class NotificationsViewSet(ResourceViewSet):
    permissions = {"list": "", "unread": "", "read": "", "read_all": "", "mute": ""}
    queryset = Notification.objects.all()
    filterset_class = NotificationFilter

    @describe(
        "List what you were told",
        gives=NotificationOutput(many=True),
        text="What speaks of something that you may no longer see is not shown.",
    )
    def list(self, request: Request) -> Response:
        return self.page(NotificationOutput, Notification.objects.visible(self.actor))

    @describe("Count your unread notifications", gives=UnreadOutput)
    def unread(self, request: Request) -> Response:
        found = Notification.objects.visible(self.actor).unread()[: COUNTED + 1].count()
        return Response(self.shown(UnreadOutput, {"unread": min(found, COUNTED), "more": found > COUNTED}))

    @describe("Mark a notification as read", takes=NoInput, gives=ReadOutput)
    def read(self, request: Request, notification_id: UUID) -> Response:
        self.given(NoInput)
        return self._read(Notification.objects.filter(pk=self._mine(notification_id).pk))

    @describe(
        "Mark all your notifications as read",
        takes=ReadAllInput,
        gives=ReadOutput,
        example={"until": "0192f7c1-8a40-7c3e-a1f0-5d9a3f1c2b44"},
    )
    def read_all(self, request: Request) -> Response:
        until = self.given(ReadAllInput).get("until")
        rows = Notification.objects.visible(self.actor)
        return self._read(rows.filter(pk__lte=until) if until else rows)

    @describe(
        "Hear no more of a notification's object, or of its project",
        takes=MuteInput,
        gives=MuteOutput,
        status=HTTPStatus.CREATED,
        example={"what": "project"},
    )
    def mute(self, request: Request, notification_id: UUID) -> Response:
        notification = self._mine(notification_id)
        muted = services.mute(actor=self.actor, notification=notification, what=self.given(MuteInput)["what"])
        return Response(self.shown(MuteOutput, muted), status=HTTPStatus.CREATED)

    def _mine(self, notification_id: UUID) -> Notification:
        found: Notification = visible_or_404(Notification.objects.visible(self.actor), pk=notification_id)
        return found

    def _read(self, rows: QuerySet[Notification]) -> Response:
        read = services.mark_read(actor=self.actor, notifications=rows, now=timezone.now())
        return Response(self.shown(ReadOutput, {"read": read}))


class MutesViewSet(ResourceViewSet):
    permissions = {"list": "", "destroy": ""}
    unversioned = frozenset({"destroy"})
    queryset = Mute.objects.all()

    @describe("List what you muted", gives=MuteOutput(many=True))
    def list(self, request: Request) -> Response:
        require_session(self.actor)
        return self.page(MuteOutput, Mute.objects.filter(user_id=self.actor.user_id))

    @describe("Hear of something again", status=HTTPStatus.NO_CONTENT)
    def destroy(self, request: Request, mute_id: UUID) -> Response:
        muted = visible_or_404(Mute.objects.filter(user_id=self.actor.user_id), pk=mute_id)
        services.unmute(actor=self.actor, muted=muted)
        return Response(status=HTTPStatus.NO_CONTENT)


class ChoicesViewSet(ResourceViewSet):
    permissions = {"retrieve": "", "partial_update": ""}

    @describe("Read how you are told of what", gives=ChoicesOutput)
    def retrieve(self, request: Request) -> Response:
        return self._shown(Inbox.objects.filter(user_id=self.actor.user_id).first() or Inbox(user_id=self.actor.user_id))

    @describe(
        "Choose how you are told of what",
        takes=ChoicesInput,
        gives=ChoicesOutput,
        example={"choices": [{"code": "job.succeeded", "bell": True, "mail": "daily"}]},
    )
    def partial_update(self, request: Request) -> Response:
        require_session(self.actor)
        services.inboxes_of([self.actor.user_id])
        inbox = self.locked(Inbox.objects.filter(user_id=self.actor.user_id), user_id=self.actor.user_id)
        return self._shown(services.choose(actor=self.actor, inbox=inbox, **self.given(ChoicesInput)))

    def _shown(self, inbox: Inbox) -> Response:
        user = User.objects.get(pk=self.actor.user_id)
        roles = set(Member.objects.of_user(user).values_list("role", flat=True))
        document = {
            "kinds": [_kind(inbox, kind) for kind in known_kinds() if _concerns(self.actor, roles, kind)],
            "mail_is_configured": mail_is_configured(),
            "address": user.email,
            "digest_hour": DIGEST_HOUR,
            "time_zone": zone_of(user).key,
            "generation": inbox.generation,
        }
        return self.answer(inbox, self.shown(ChoicesOutput, document))


def _concerns(actor: Actor, roles: set[str], kind: NotificationKind) -> bool:
    """Whether the actor could ever get it: by a role, or because it may be about something of theirs."""
    return bool(roles & kind.roles) or (kind.names_people and (not kind.permission or kind.permission in actor.everywhere))


def _kind(inbox: Inbox, kind: NotificationKind) -> dict[str, Any]:
    bell, mail = inbox.choice(kind)
    return {
        "code": kind.code,
        "severity": kind.severity,
        "about": kind.about,
        "for_roles": sorted(kind.roles),
        "bell": bell,
        "mail": str(mail),
        "is_default": kind.code not in inbox.choices,
    }


class MailFilter(filters.FilterSet):
    phase = filters.ChoiceFilter(choices=MailPhase.choices)

    class Meta:
        model = OutboxMail
        fields: tuple[str, ...] = ()


class MailViewSet(ResourceViewSet):
    permissions = {"list": "mail.view", "retry": "mail.manage"}
    queryset = OutboxMail.objects.all()
    filterset_class = MailFilter

    @describe("List mail of the last thirty days, without what it says", gives=MailOutput(many=True))
    def list(self, request: Request) -> Response:
        return self.page(MailOutput, OutboxMail.objects.defer("text", "html"))

    @describe("Try a failed mail again", takes=NoInput, gives=MailOutput)
    def retry(self, request: Request, mail_id: UUID) -> Response:
        self.given(NoInput)
        mail = visible_or_404(OutboxMail.objects.all(), pk=mail_id)
        return Response(self.shown(MailOutput, services.retry_mail(actor=self.actor, mail=mail, now=timezone.now())))
