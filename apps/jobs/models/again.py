"""What jobs begin with and are submitted by: templates and schedules."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from apps.accounts.models import User
from apps.clusters.models import tenants_seen
from apps.core.ids import new_id
from apps.core.models import Live
from apps.tenants.actor import Actor
from apps.tenants.models import Project, Tenant


class TemplateQuerySet(models.QuerySet["Template"]):
    def permitted(self, actor: Actor) -> "TemplateQuerySet":
        """The platform's gallery, and those of the tenants in which the actor may see templates."""
        if "templates.view" in actor.on_platform:
            return self
        return self.filter(Q(tenant=None) | Q(tenant_id__among=tenants_seen(actor, "templates.view")))


class Template(Live):
    """A job specification to start from: of one tenant, or of the platform's gallery (no tenant)."""

    live_kind: ClassVar[str] = "template"

    tenant = models.ForeignKey(Tenant, on_delete=models.CASCADE, null=True, blank=True, related_name="templates")
    name = models.CharField(max_length=63)
    description = models.CharField(max_length=500, blank=True)
    spec = models.JSONField()
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    generation = models.PositiveBigIntegerField(default=1, editable=False)

    objects: ClassVar[TemplateQuerySet] = TemplateQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tenant", "name"], nulls_distinct=False, name="one_template_a_name")]


class ScheduleState(models.TextChoices):
    ACTIVE = "active"
    PAUSED = "paused"
    STOPPED = "stopped"


class Overlap(models.TextChoices):
    """What happens when a job of the schedule is not over when the next is due."""

    ALLOW = "allow"
    FORBID = "forbid"
    REPLACE = "replace"


class Missed(models.TextChoices):
    """What becomes of due times at which nobody looked."""

    CATCH_UP = "catch-up"
    SKIP = "skip"


class Schedule(Live):
    """Submits the same job again and again, when its cron expression is due, as its owner.

    active <-> paused (by a user) ; active -> stopped (its owner is gone or may not submit any more) -> active (resumed)
    """

    live_kind: ClassVar[str] = "schedule"

    tenant = models.ForeignKey(Tenant, on_delete=models.CASCADE, related_name="+", db_index=False)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="schedules", db_index=False)
    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", help_text="Whoever wrote it last.")
    name = models.CharField(max_length=63)
    cron = models.CharField(max_length=100)
    time_zone = models.CharField(max_length=60, default="UTC")
    spec = models.JSONField(null=True, help_text="A JobSpec; without one, that of the template as it is when it is due.")
    template = models.ForeignKey(Template, on_delete=models.SET_NULL, null=True, related_name="+")
    overlap = models.CharField(max_length=10, choices=Overlap.choices, default=Overlap.FORBID)
    missed = models.CharField(max_length=10, choices=Missed.choices, default=Missed.CATCH_UP)
    starting_deadline_seconds = models.PositiveIntegerField(default=3600, help_text="How late a missed one is caught up.")
    state = models.CharField(max_length=10, choices=ScheduleState.choices, default=ScheduleState.ACTIVE)
    state_reason = models.CharField(max_length=60, blank=True, help_text="Why it was stopped, as a code.")
    next_run_at = models.DateTimeField(null=True, help_text="None unless it is active.")
    last_due_at = models.DateTimeField(null=True)
    last_outcome = models.CharField(max_length=10, blank=True)
    last_reason = models.CharField(max_length=60, blank=True)
    last_job_id = models.UUIDField(null=True)
    generation = models.PositiveBigIntegerField(default=1, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["project", "name"], name="one_schedule_a_name")]
        indexes = [
            models.Index(fields=["project", "-id"], name="schedule_of_project"),
            models.Index(fields=["next_run_at"], condition=Q(state="active"), name="schedule_due"),
        ]


class RunOutcome(models.TextChoices):
    SUBMITTED = "submitted"
    FAILED = "failed"
    SKIPPED = "skipped"


class ScheduleRun(models.Model):
    """What became of one due time of a schedule. Its uniqueness is what makes a due time come once."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tenant_id = models.UUIDField()
    schedule = models.ForeignKey(Schedule, on_delete=models.CASCADE, related_name="runs", db_index=False)
    due_at = models.DateTimeField()
    by_hand = models.BooleanField(default=False)
    outcome = models.CharField(max_length=10, choices=RunOutcome.choices)
    reason = models.CharField(max_length=60, blank=True, help_text="A code: why it failed or was skipped.")
    message = models.CharField(max_length=500, blank=True, help_text="The same as a sentence.")
    job_id = models.UUIDField(null=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["schedule", "due_at"], name="one_run_a_due_time")]
        indexes = [models.Index(fields=["schedule", "-id"], name="run_of_schedule")]
