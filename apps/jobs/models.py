"""Training jobs: what is wanted, what is known, and everything that happened on the way."""

from typing import ClassVar
from uuid import UUID

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Q
from django.utils import timezone
from guardian.models import UserObjectPermissionBase

from apps.accounts.models import User
from apps.clusters.models import Cluster
from apps.core.fields import ListedJSONField
from apps.core.ids import new_id
from apps.core.models import Live, Reconciled, ReconciledRows, TenantRows
from apps.jobs.spec import JobSpec
from apps.storage.models import StoredObject
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
# Phases in which replicas may exist, beside those that are told to go.
PLACED = frozenset({JobPhase.ADMITTED, JobPhase.STARTING, JobPhase.RUNNING, JobPhase.RESTARTING})
# Phases in which replicas are wanted.
WANTED = PLACED - {JobPhase.RESTARTING}
UNDER_WAY = PLACED | {JobPhase.QUEUED, JobPhase.PREEMPTED}

# act of a user -> phases in which it is possible. In the bin only `restore` is.
ACTS: dict[str, frozenset[JobPhase]] = {
    "submit": frozenset({JobPhase.DRAFT}),
    "cancel": UNDER_WAY | {JobPhase.SUSPENDED},
    "suspend": UNDER_WAY,
    "resume": frozenset({JobPhase.SUSPENDED}),
    "retry": frozenset({JobPhase.FAILED, JobPhase.CANCELLED}),
    "clone": frozenset(JobPhase),
    "delete": ENDED | {JobPhase.DRAFT},
}
_ACTS_IN = {phase: [act for act, phases in ACTS.items() if phase in phases] for phase in JobPhase}


def acts_in(phase: str, *, in_bin: bool) -> list[str]:
    """What a user may do to a job in this phase."""
    return ["restore"] if in_bin else _ACTS_IN[JobPhase(phase)]


class JobQuerySet(TenantRows["Job"], ReconciledRows["Job"]):  # type: ignore[override]
    def permitted(self, actor: Actor, permission: str = "jobs.view") -> "JobQuerySet":
        """Jobs on whose project the actor holds `permission`."""
        if permission in actor.on_platform:
            return self
        return self.filter(
            Q(tenant_id__in=actor.tenants_with(permission)) | Q(project_id__in=actor.projects_with(permission))
        )

    def readable(self, actor: Actor) -> "JobQuerySet":
        """Jobs of which the actor may read a single one: the permitted, and those shared with them.

        For finding one job by its id, never for lists. A token reads no shares: its scope speaks of tenants and projects.
        """
        if "jobs.view" in actor.on_platform:
            return self
        rows = Q(tenant_id__in=actor.tenants_with("jobs.view")) | Q(project_id__in=actor.projects_with("jobs.view"))
        if actor.token_id is None:
            rows |= Q(pk__in=JobShare.objects.filter(user_id=actor.user_id).values("content_object_id"))
        return self.filter(rows)

    def kept(self) -> "JobQuerySet":
        """Without those in the bin."""
        return self.filter(deleted_at=None)

    def in_bin(self) -> "JobQuerySet":
        return self.filter(deleted_at__isnull=False)


class Job(Live, Reconciled):
    """A training run.

    draft -> queued -> admitted -> starting -> running -> succeeded | failed
    admitted | starting | running | restarting -> preempted -> queued
    admitted | starting | running -> restarting -> starting (the next attempt)
    queued | preempted | admitted ... running | restarting -> suspended -> queued
    anything that was submitted and has not ended -> cancelled ; failed | cancelled -> queued (retry)

    Leaving a phase in which replicas are wanted takes effect at once; the quota stays held (`quota_held`) until every
    replica is seen gone. Only then does a suspended job give back its quota, a preempted one queue again, and a
    restarting one count its back-off.
    """

    live_kind: ClassVar[str] = "job"

    # Where an index below begins with the key, Django's own would only make every write dearer.
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, related_name="jobs", db_index=False)
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="jobs", db_index=False)
    submitted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    cluster = models.ForeignKey(Cluster, on_delete=models.PROTECT, null=True, related_name="jobs")
    spec = models.JSONField(help_text="A JobSpec (apps/jobs/spec.py).")
    # What lists show and filter by, taken from the spec so that they need not read it.
    name = models.CharField(max_length=63)
    description = models.CharField(max_length=2000, blank=True)
    labels = ListedJSONField(default=dict)
    framework = models.CharField(max_length=12)
    priority = models.CharField(max_length=40)
    phase = models.CharField(max_length=12, choices=JobPhase.choices, default=JobPhase.QUEUED)
    reason = models.CharField(max_length=60, blank=True, help_text="A code: why it is in this phase.")
    message = models.CharField(max_length=500, blank=True, help_text="The same as a sentence.")
    why = models.CharField(max_length=500, blank=True, help_text="What a queued job waits for, as a sentence.")
    queue_position = models.PositiveIntegerField(null=True)
    resources = ListedJSONField(default=list, help_text='[{"flavor", "resource", "amount"}] of all replicas together.')
    resolved = models.JSONField(default=list, help_text="What each need of the spec was resolved to.")
    quota_held = models.BooleanField(default=False)
    attempt = models.PositiveIntegerField(default=0, help_text="Number of the newest attempt; 0 before the first.")
    restarts = models.PositiveIntegerField(default=0, help_text="Restarts that count against the back-off limit.")
    replicas_wanted = models.PositiveIntegerField(default=0)
    replicas_running = models.PositiveIntegerField(default=0)
    progress = models.FloatField(null=True, help_text="0..1, as the workload says.")
    eta_seconds = models.FloatField(null=True)
    metrics = ListedJSONField(default=dict, help_text="Newest value of each metric of the workload.")
    progress_at = models.DateTimeField(null=True, help_text="When the workload said so.")
    queued_at = models.DateTimeField(null=True)
    admitted_at = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    deadline_at = models.DateTimeField(null=True, help_text="From its admission; anew after suspension or preemption.")
    restart_at = models.DateTimeField(null=True, help_text="When the back-off ends.")
    deleted_at = models.DateTimeField(null=True, help_text="In the bin since; undone until `purge_at`.")
    purge_at = models.DateTimeField(
        null=True, help_text="When it goes for good: retention after its end, or after deletion."
    )

    objects: ClassVar[JobQuerySet] = JobQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        permissions = [("read_job", "Read one job of another tenant")]
        default_permissions = ()
        indexes = [
            models.Index(fields=["tenant", "-id"], name="job_of_tenant"),
            models.Index(fields=["tenant", "phase", "-id"], name="job_of_tenant_by_phase"),
            models.Index(fields=["tenant", "submitted_by", "-id"], name="job_of_tenant_by_user"),
            models.Index(fields=["project", "-id"], name="job_of_project"),
            models.Index(fields=["project", "phase", "-id"], name="job_by_phase"),
            models.Index(fields=["project", "framework", "-id"], name="job_by_framework"),
            models.Index(fields=["project", "priority", "-id"], name="job_by_priority"),
            models.Index(fields=["project", "submitted_by", "-id"], name="job_by_user"),
            models.Index(fields=["project", "name", "id"], name="job_by_name"),
            models.Index("project", OpClass("name", "varchar_pattern_ops"), name="job_by_name_prefix"),
            models.Index("tenant", OpClass("name", "varchar_pattern_ops"), name="job_of_tenant_by_prefix"),
            GinIndex(OpClass("labels", "jsonb_path_ops"), name="job_by_label"),
            models.Index(fields=["project", "-id"], condition=Q(deleted_at__isnull=False), name="job_in_bin"),
            models.Index(fields=["id"], condition=Q(observed_generation__lt=models.F("generation")), name="job_changed"),
            models.Index(fields=["next_reconcile_at"], condition=Q(next_reconcile_at__isnull=False), name="job_due"),
            models.Index(fields=["purge_at"], condition=Q(purge_at__isnull=False), name="job_to_purge"),
        ]

    @property
    def ended(self) -> bool:
        return self.phase in ENDED

    @property
    def acts(self) -> list[str]:
        return acts_in(self.phase, in_bin=self.deleted_at is not None)

    def parsed_spec(self) -> JobSpec:
        return JobSpec.model_validate(self.spec)

    def replicas_now(self) -> "models.QuerySet[Replica]":
        """The replicas of the newest attempt, by rank."""
        return Replica.objects.filter(job_id=self.pk, attempt=self.attempt).order_by("rank")


class ReplicaPhase(models.TextChoices):
    WAITING = "waiting"
    STARTING = "starting"
    RUNNING = "running"
    LOST = "lost"
    STOPPED = "stopped"
    SUCCEEDED = "succeeded"
    FAILED = "failed"


class Replica(models.Model):
    """One rank of one attempt: a process or pod.

    waiting -> starting -> running -> succeeded | failed | lost (its machine went) | stopped (because it was told to)
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="replicas", db_index=False)
    attempt = models.PositiveIntegerField()
    role = models.CharField(max_length=40)
    index = models.PositiveIntegerField(help_text="Within its role.")
    rank = models.PositiveIntegerField(help_text="Within the job.")
    node = models.CharField(max_length=253, blank=True)
    phase = models.CharField(max_length=12, choices=ReplicaPhase.choices, default=ReplicaPhase.WAITING)
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
    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="timeline", db_index=False)
    at = models.DateTimeField(default=timezone.now)
    attempt = models.PositiveIntegerField(default=0)
    phase = models.CharField(max_length=12)
    reason = models.CharField(max_length=60, blank=True)
    message = models.CharField(max_length=500, blank=True)
    actor_id = models.UUIDField(null=True)
    actor_label = models.CharField(max_length=254, blank=True)

    class Meta:
        indexes = [models.Index(fields=["job", "id"], name="timeline_of_job")]


class Artifact(models.Model):
    """A file that a replica left behind."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="artifacts", db_index=False)
    attempt = models.PositiveIntegerField()
    rank = models.PositiveIntegerField()
    name = models.CharField(max_length=300, help_text="Its path below the artifacts' directory, as the workload named it.")
    stored = models.ForeignKey(StoredObject, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["job", "attempt", "rank", "name"], name="one_artifact_a_name")]


class JobShare(UserObjectPermissionBase):
    """Somebody of elsewhere may read this one job (an object permission of django-guardian, `read_job`)."""

    content_object = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="shares")

    class Meta(UserObjectPermissionBase.Meta):
        abstract = False


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

    objects: ClassVar[TemplateQuerySet] = TemplateQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tenant", "name"], nulls_distinct=False, name="one_template_a_name")]
