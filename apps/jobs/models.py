"""Training jobs: what is wanted, what is known, and everything that happened on the way."""

from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils import timezone

from apps.accounts.models import User
from apps.clusters.models import Cluster
from apps.core.ids import new_id
from apps.core.models import Live, Reconciled, ReconciledRows, TenantRows
from apps.tenants.actor import Actor
from apps.tenants.models import Project, Tenant


class JobPhase(models.TextChoices):
    DRAFT = "draft"
    QUEUED = "queued"
    ADMITTED = "admitted"
    STARTING = "starting"
    RUNNING = "running"
    SUSPENDED = "suspended"
    PREEMPTED = "preempted"
    RESTARTING = "restarting"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELLED = "cancelled"


ENDED = frozenset({JobPhase.SUCCEEDED, JobPhase.FAILED, JobPhase.CANCELLED})
# Phases in which replicas may exist.
PLACED = frozenset({JobPhase.ADMITTED, JobPhase.STARTING, JobPhase.RUNNING, JobPhase.RESTARTING})


class JobQuerySet(TenantRows["Job"], ReconciledRows["Job"]):
    def permitted(self, actor: Actor, permission: str = "jobs.view") -> "JobQuerySet":
        """Jobs on whose project the actor holds `permission`."""
        if permission in actor.on_platform:
            return self
        return self.filter(
            Q(tenant_id__in=actor.tenants_with(permission)) | Q(project_id__in=actor.projects_with(permission))
        )

    def kept(self) -> "JobQuerySet":
        """Without those in the bin."""
        return self.filter(deleted_at=None)


class Job(Live, Reconciled):
    """A training run.

    draft -> queued -> admitted -> starting -> running -> succeeded | failed
    admitted | starting | running -> preempted -> queued ; running -> restarting -> starting (the next attempt)
    queued ... running -> suspended -> queued ; anything not ended -> cancelled
    """

    live_kind: ClassVar[str] = "job"

    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, related_name="jobs")
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="jobs")
    submitted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    cluster = models.ForeignKey(Cluster, on_delete=models.PROTECT, null=True, related_name="jobs")
    name = models.CharField(max_length=63)
    spec = models.JSONField(help_text="A JobSpec (apps/jobs/spec.py).")
    phase = models.CharField(max_length=12, choices=JobPhase.choices, default=JobPhase.QUEUED)
    reason = models.CharField(max_length=60, blank=True, help_text="A code: why it is in this phase.")
    message = models.CharField(max_length=500, blank=True, help_text="The same as a sentence.")
    attempt = models.PositiveIntegerField(default=0, help_text="Number of the newest attempt; 0 before the first.")
    restarts = models.PositiveIntegerField(default=0, help_text="Restarts that count against the back-off limit.")
    progress = models.FloatField(null=True, help_text="0..1, as the workload says.")
    eta_seconds = models.FloatField(null=True)
    metrics = models.JSONField(default=dict, help_text="Newest value of each metric of the workload.")
    queued_at = models.DateTimeField(null=True)
    admitted_at = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    deleted_at = models.DateTimeField(null=True, help_text="In the bin since; undone until `purge_at`.")
    purge_at = models.DateTimeField(
        null=True, help_text="When it goes for good: retention after its end, or after deletion."
    )

    objects: ClassVar[models.Manager["Job"]] = JobQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["tenant", "-id"], name="job_of_tenant"),
            models.Index(fields=["project", "-id"], name="job_of_project"),
            models.Index(fields=["project", "phase", "-id"], name="job_by_phase"),
            models.Index(fields=["project", "name", "id"], name="job_by_name"),
            models.Index(fields=["id"], condition=Q(observed_generation__lt=models.F("generation")), name="job_changed"),
            models.Index(fields=["next_reconcile_at"], condition=Q(next_reconcile_at__isnull=False), name="job_due"),
        ]

    @property
    def ended(self) -> bool:
        return self.phase in ENDED


class Replica(models.Model):
    """One rank of one attempt: a process or pod."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="replicas")
    attempt = models.PositiveIntegerField()
    role = models.CharField(max_length=40)
    index = models.PositiveIntegerField(help_text="Within its role.")
    rank = models.PositiveIntegerField(help_text="Within the job.")
    node = models.CharField(max_length=253, blank=True)
    phase = models.CharField(
        max_length=12, default="waiting", help_text="waiting, starting, running, succeeded, failed, lost, stopped"
    )
    exit_code = models.IntegerField(null=True)
    signal = models.PositiveSmallIntegerField(null=True)
    reason = models.CharField(max_length=60, blank=True, help_text="out-of-memory, deadline, lost, ...")
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["job", "attempt", "rank"], name="one_replica_a_rank")]


class TimelineEntry(models.Model):
    """One change of a job's life, with its reason and who or what made it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="timeline")
    at = models.DateTimeField(default=timezone.now)
    attempt = models.PositiveIntegerField(default=0)
    phase = models.CharField(max_length=12)
    reason = models.CharField(max_length=60, blank=True)
    message = models.CharField(max_length=500, blank=True)
    actor_id = models.UUIDField(null=True)
    actor_label = models.CharField(max_length=254, blank=True)

    class Meta:
        indexes = [models.Index(fields=["job", "id"], name="timeline_of_job")]


class TemplateQuerySet(models.QuerySet["Template"]):
    def permitted(self, actor: Actor) -> "TemplateQuerySet":
        """The platform's gallery, and those of the tenants in which the actor may see templates."""
        if "templates.view" in actor.on_platform:
            return self
        visible: set[UUID] = {*actor.tenants_with("templates.view")}
        visible |= {actor.tenant_of_project[project] for project in actor.projects_with("templates.view")}
        return self.filter(Q(tenant=None) | Q(tenant_id__in=visible))


class Template(Live):
    """A job specification to start from: of one tenant, or of the platform's gallery (no tenant)."""

    live_kind: ClassVar[str] = "template"

    tenant = models.ForeignKey(Tenant, on_delete=models.CASCADE, null=True, blank=True, related_name="templates")
    name = models.CharField(max_length=63)
    description = models.CharField(max_length=500, blank=True)
    spec = models.JSONField()
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    generation = models.PositiveBigIntegerField(default=1, editable=False)

    objects: ClassVar[models.Manager["Template"]] = TemplateQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tenant", "name"], nulls_distinct=False, name="one_template_a_name")]
