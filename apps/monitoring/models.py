"""Metrics and logs of subjects (today: jobs), keyed by (project, subject kind, subject id)."""

from django.db import models
from django.utils import timezone

from apps.core.ids import new_id


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

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject_kind", "subject_id", "attempt", "rank", "name", "at"],
                nulls_distinct=False,
                name="one_point_a_moment",
            )
        ]


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
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    source_position = models.PositiveBigIntegerField(help_text="Where the source continues after the last line (bytes).")
    object_id = models.UUIDField()
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject_kind", "subject_id", "attempt", "rank", "first_number"], name="one_chunk_a_line"
            )
        ]
