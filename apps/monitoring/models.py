"""Metrics and logs of subjects (today: jobs), keyed by (project, subject kind, subject id)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, Self
from uuid import UUID

from django.db import models
from django.db.models import Avg, Count, F, Max, Min, Sum
from django.utils import timezone

from apps.core.ids import new_id


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
