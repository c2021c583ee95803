"""Metrics and logs of subjects (today: jobs), keyed by (project, subject kind, subject id); what people are told."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, Self
from uuid import UUID

from django.db import models
from django.db.models import Avg, Count, F, Max, Min, Q, Sum
from django.utils import timezone

from apps.accounts.models import User
from apps.core.ids import Ids, new_id
from apps.core.models import Live
from apps.core.notifications import Delivery, NotificationKind, Severity, known_kinds
from apps.tenants.actor import Actor


class MetricPointQuerySet(models.QuerySet["MetricPoint"]):
    def within(
        self,
        *,
        subject_kind: str,
        subject_id: UUID,
        attempt: int | None = None,
        names: Sequence[str] = (),
        since: datetime | None = None,
        until: datetime | None = None,
    ) -> Self:
        """A subject's points, narrowed by what is given; `until` itself is not in the range."""
        narrowed = {"attempt": attempt, "name__in": names or None, "at__gte": since, "at__lt": until}
        given = {lookup: value for lookup, value in narrowed.items() if value is not None}
        return self.filter(subject_kind=subject_kind, subject_id=subject_id, **given)

    def summaries(self) -> list[dict[str, Any]]:
        """Of each series: attempt, rank, name, count, minimum, maximum, mean, first_at, last_at."""
        grouped = self.order_by("attempt", F("rank").asc(nulls_first=True), "name").values("attempt", "rank", "name")
        rows = grouped.annotate(
            count=Count("*"),
            minimum=Min("value"),
            maximum=Max("value"),
            mean=Avg("value"),
            first_at=Min("at"),
            last_at=Max("at"),
        )
        return [dict(row) for row in rows]


class MetricPoint(models.Model):
    """One value of one series. `rank` is None for what concerns the subject as a whole (loss, accuracy)."""

    id = models.BigAutoField(primary_key=True)
    tenant_id = models.UUIDField()
    project_id = models.UUIDField()
    subject_kind = models.CharField(max_length=20)
    subject_id = models.UUIDField()
    attempt = models.PositiveIntegerField()
    rank = models.PositiveIntegerField(null=True)
    name = models.CharField(max_length=80, help_text="With its unit: cpu_millicores, memory_bytes, or as the workload says.")
    at = models.DateTimeField()
    value = models.FloatField()

    objects: ClassVar[models.Manager["MetricPoint"]] = MetricPointQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject_kind", "subject_id", "attempt", "rank", "name", "at"],
                nulls_distinct=False,
                name="one_point_a_moment",
            )
        ]


@dataclass(frozen=True)
class Extent:
    """What there is of one replica's log; `lines` are fewer than the numbers span when its source lost some."""

    attempt: int
    rank: int
    first_number: int
    last_number: int
    lines: int


class LogChunkQuerySet(models.QuerySet["LogChunk"]):
    def of_subject(self, subject_kind: str, subject_id: UUID) -> Self:
        return self.filter(subject_kind=subject_kind, subject_id=subject_id)

    def newest(self, subject_id: UUID, attempt: int, rank: int) -> "LogChunk | None":
        """The chunk with the newest lines of a replica."""
        return self.filter(subject_id=subject_id, attempt=attempt, rank=rank).order_by("-first_number").first()

    def extents(self) -> list[Extent]:
        """What is archived of each replica."""
        grouped = self.values("attempt", "rank").order_by("attempt", "rank")
        rows = grouped.annotate(begin=Min("first_number"), end=Max("last_number"), lines=Sum("line_count"))
        return [Extent(row["attempt"], row["rank"], row["begin"], row["end"], row["lines"]) for row in rows]


class LogChunk(models.Model):
    """A run of consecutive lines of one replica, compressed in an object; with it the follower's checkpoint.

    A line's identity is (attempt, rank, number): numbers come from where the line was written, so a follower that
    starts again continues after the last chunk and can neither lose nor double a line.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tenant_id = models.UUIDField()
    project_id = models.UUIDField()
    subject_kind = models.CharField(max_length=20)
    subject_id = models.UUIDField()
    attempt = models.PositiveIntegerField()
    rank = models.PositiveIntegerField()
    first_number = models.PositiveBigIntegerField()
    last_number = models.PositiveBigIntegerField()
    line_count = models.PositiveIntegerField(help_text="Fewer than the numbers span when the source lost some.")
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    source_position = models.PositiveBigIntegerField(help_text="Where the source continues after the last line (bytes).")
    object_id = models.UUIDField()
    created_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[models.Manager["LogChunk"]] = LogChunkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject_id", "attempt", "rank", "first_number"], name="one_chunk_a_line")
        ]


class NotificationQuerySet(models.QuerySet["Notification"]):
    def visible(self, actor: Actor) -> Self:
        """What the actor's bell shows.

        A user has at most a thousand, so what is further asked of them needs no index.
        """
        return self.permitted(actor).filter(bell=True)

    def permitted(self, actor: Actor) -> Self:
        """The actor's own, as far as they may still see what it speaks of."""
        return self.filter(_visible(actor), user_id=actor.user_id)

    def unread(self) -> Self:
        return self.filter(read_at=None)


def _visible(actor: Actor) -> Q:
    codes: dict[str, list[str]] = {}
    for kind in known_kinds():
        codes.setdefault(kind.permission, []).append(kind.code)
    # What concerns only its reader is for them, not for a token that was cut to a few permissions.
    seen = Q(code__in=codes.pop("", []) if actor.token_id is None else [])
    for permission, of_permission in codes.items():
        if permission in actor.everywhere:
            seen |= Q(code__in=of_permission) & _where(actor, permission)
    return seen


def _where(actor: Actor, permission: str) -> Q:
    """Where the actor holds `permission`; of what is the whole tenant's, a role on one of its projects is enough."""
    if permission in actor.on_platform:
        return Q()
    projects = actor.projects_with(permission)
    tenants = actor.tenants_with(permission)
    inside = Ids({actor.tenant_of_project[project] for project in projects.each})
    return Q(tenant_id__among=tenants) | Q(project_id__among=projects) | Q(tenant_id__among=inside, project_id=None)


class Notification(models.Model):
    """Something that one user was told, or several of its kind within a minute (`count`).

    `code` names its kind (apps/core/notifications.py), which composes the text from `arguments` in the reader's language.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="notifications", db_index=False)
    code = models.CharField(max_length=60)
    severity = models.CharField(max_length=10, choices=[(severity, severity) for severity in Severity])
    tenant_id = models.UUIDField(null=True)
    project_id = models.UUIDField(null=True)
    object_kind = models.CharField(max_length=40)
    object_id = models.UUIDField(help_text="Of several folded into one: the first.")
    path = models.CharField(max_length=300, help_text="Where the console shows it.")
    arguments = models.JSONField(default=dict)
    count = models.PositiveIntegerField(default=1)
    bell = models.BooleanField(default=True, help_text="False: by mail only.")
    mail_id = models.UUIDField(null=True, help_text="The mail that tells of it.")
    digest_at = models.DateTimeField(null=True, help_text="When the daily mail that is to tell of it is due.")
    read_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=timezone.now)
    last_at = models.DateTimeField(default=timezone.now, help_text="When the last of those folded into it happened.")

    objects: ClassVar[NotificationQuerySet] = NotificationQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = [
            models.Index(fields=["user", "-id"], name="notification_of_user"),
            models.Index(fields=["user"], condition=Q(read_at=None, bell=True), name="notification_unread"),
            models.Index(fields=["digest_at"], condition=Q(digest_at__isnull=False), name="notification_for_digest"),
            models.Index(fields=["object_id"], name="notification_of_object"),
        ]


class Inbox(Live):
    """How one user is told, and the live object of their notifications: its version grows whenever any of them changes.

    `choices`: {"<code>": {"bell": bool, "mail": "never" | "daily" | "at-once"}}, where they differ from the kind's own.
    """

    live_kind: ClassVar[str] = "inbox"

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="inbox")
    choices = models.JSONField(default=dict)
    generation = models.PositiveBigIntegerField(default=1, editable=False)

    @property
    def live_user_id(self) -> UUID:
        return self.user_id

    def choice(self, kind: NotificationKind) -> tuple[bool, Delivery]:
        """Whether the bell shows this kind, and how mail tells of it."""
        chosen = self.choices.get(kind.code, {})
        return chosen.get("bell", kind.bell), Delivery(chosen.get("mail", kind.mail))


class Mute(models.Model):
    """A project or an object of which one user does not want to hear."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="mutes", db_index=False)
    object_kind = models.CharField(max_length=40)
    object_id = models.UUIDField()
    label = models.CharField(max_length=200)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "object_id"], name="one_mute_an_object")]
