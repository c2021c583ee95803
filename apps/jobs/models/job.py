"""Jobs themselves: what is wanted, and what is known."""

from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.db.models.expressions import RawSQL

from apps.accounts.models import User
from apps.clusters.models import Cluster
from apps.core.fields import ListedJSONField
from apps.core.ids import Ids
from apps.core.models import Live, Reconciled, ReconciledRows, TenantRows
from apps.jobs.models.parts import JobShare, Replica
from apps.jobs.models.phases import ACTS, ENDED, JobPhase, acts_in
from apps.jobs.spec import JobSpec
from apps.tenants.actor import Actor
from apps.tenants.models import Project, Tenant

# A reader of more tenants and projects than this looks at so many of the newest jobs of all before asking each.
MANY_PLACES, STRETCH = 30, 2000


class JobQuerySet(TenantRows["Job"], ReconciledRows["Job"]):  # type: ignore[override]
    def permitted(self, actor: Actor, permission: str = "jobs.view") -> "JobQuerySet":
        """Jobs on whose project the actor holds `permission`."""
        if permission in actor.on_platform:
            return self
        return self.filter(
            Q(tenant_id__among=actor.tenants_with(permission)) | Q(project_id__among=actor.projects_with(permission))
        )

    def first_of(self, actor: Actor, *, limit: int, oldest: bool = False, beyond: UUID | None = None) -> "JobQuerySet":
        """Rows among which are the `limit` newest (or oldest) of these that are permitted, whatever the size of tenants.

        beyond: the id after which they begin, when these rows are cut off there.
        """
        if "jobs.view" in actor.on_platform:
            return self
        places = _places(actor)
        match sum(map(len, places.values())):
            case 1:
                return self.permitted(actor)
            case many if many > MANY_PLACES:
                horizon = RawSQL("SELECT jobs_horizon(%s, %s, %s)", [beyond, STRETCH, oldest], models.UUIDField())
                stretch = self.filter(**{"pk__lte" if oldest else "pk__gte": horizon}).permitted(actor)
                found = list(stretch.order_by("pk" if oldest else "-pk").values_list("pk", flat=True)[:limit])
                if len(found) == limit:
                    return Job.objects.filter(pk__in=found)
        return Job.objects.filter(pk__in=self.newest_of(places, limit=limit, oldest=oldest))

    def counted(self, actor: Actor, *, most: int) -> int:
        """How many of these are permitted, counted up to `most`."""
        if "jobs.view" in actor.on_platform:
            return self.order_by()[:most].count()
        return self.count_of(_places(actor), most=most)

    def readable(self, actor: Actor) -> "JobQuerySet":
        """Jobs of which the actor may read a single one: the permitted, and those shared with them.

        For finding one job by its id, never for lists. A token reads no shares: its scope speaks of tenants and projects.
        """
        if "jobs.view" in actor.on_platform:
            return self
        rows = Q(tenant_id__among=actor.tenants_with("jobs.view")) | Q(project_id__among=actor.projects_with("jobs.view"))
        if actor.token_id is None:
            address = User.objects.filter(pk=actor.user_id, is_active=True).values("email")
            of_groups = Q(group__users=actor.user_id)
            theirs = JobShare.objects.filter(Q(user_id=actor.user_id) | Q(user=None, email__in=address) | of_groups)
            rows |= Q(pk__in=theirs.values("content_object_id"))
        return self.filter(rows)

    def kept(self) -> "JobQuerySet":
        """Without those in the bin."""
        return self.filter(deleted_at=None)

    def going(self) -> "JobQuerySet":
        """What is not over, or over with replicas that still go; no drafts."""
        return self.filter(Q(phase__in=ACTS["cancel"]) | Q(quota_held=True))

    def in_bin(self) -> "JobQuerySet":
        return self.filter(deleted_at__isnull=False)


def _places(actor: Actor) -> dict[str, Ids]:
    """Where the actor may see jobs: whole tenants, and single projects of others."""
    tenants, projects = actor.tenants_with("jobs.view"), actor.projects_with("jobs.view")
    if tenants and projects:
        whole = frozenset(tenants.each)
        projects = Ids(pk for pk in projects.each if actor.tenant_of_project[pk] not in whole)
    return {"tenant_id": tenants, "project_id": projects}


def _listed(name: str, *columns: str, holds: list[str]) -> models.Index:
    """An index for lists of jobs that are not in the bin; `holds` columns besides."""
    return models.Index(fields=columns, include=holds, condition=Q(deleted_at=None), name=name)


def _by_phase(name: str, place: str, *, holds: str) -> models.Index:
    """Of the bin as well: whoever tidies up a tenant or project asks this one."""
    return models.Index(fields=[place, "phase", "-id"], include=[holds, "deleted_at"], name=name)


class Job(Live, Reconciled):
    """A training run.

    draft -> queued -> admitted -> starting -> running -> succeeded | failed
    admitted | starting | running | restarting -> preempted -> queued
    admitted | starting | running -> restarting -> starting (the next attempt)
    queued | preempted | admitted ... running | restarting -> suspended -> queued
    anything that was submitted and has not ended -> cancelled ; failed | cancelled -> queued (retry)
    anything that was submitted and does not run -> failed, when its code or a secret cannot be given to it

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
    # What submitted it, when nobody did by hand. Kept as it was then, also when the schedule is gone.
    schedule_id = models.UUIDField(null=True)
    schedule_name = models.CharField(max_length=63, blank=True)
    spec = models.JSONField(help_text="A JobSpec (apps/jobs/spec.py).")
    # What lists show and filter by, taken from the spec so that they need not read it.
    # Compared by bytes, so that one index gives the order and how names begin.
    name = models.CharField(max_length=63, db_collation="C")
    description = models.CharField(max_length=2000, blank=True)
    labels = ListedJSONField(default=dict)
    framework = models.CharField(max_length=12)
    priority = models.CharField(max_length=40)
    phase = models.CharField(max_length=12, choices=JobPhase.choices, default=JobPhase.QUEUED)
    reason = models.CharField(max_length=60, blank=True, help_text="A code: why it is in this phase.")
    message = models.CharField(max_length=500, blank=True, help_text="The same as a sentence.")
    why = models.CharField(max_length=500, blank=True, help_text="What a queued job waits for, as a sentence.")
    said = ListedJSONField(default=list, help_text="The same, or else the message, as codes with arguments.")
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
            # Pages and counts are read from these alone, so they hold what the wall asks of a row as well.
            _listed("job_of_tenant", "tenant", "-id", holds=["project"]),
            _listed("job_of_project", "project", "-id", holds=["tenant"]),
            models.Index(
                fields=["tenant", "phase", "-id"], include=["project", "deleted_at"], name="job_of_tenant_by_phase"
            ),
            models.Index(fields=["project", "phase", "-id"], include=["tenant", "deleted_at"], name="job_by_phase"),
            _listed("job_of_tenant_by_user", "tenant", "submitted_by", "-id", holds=["project"]),
            _listed("job_by_user", "project", "submitted_by", "-id", holds=["tenant"]),
            _listed("job_by_framework", "project", "framework", "-id", holds=["tenant"]),
            _listed("job_by_priority", "project", "priority", "-id", holds=["tenant"]),
            _listed("job_of_tenant_by_name", "tenant", "name", "id", holds=["project"]),
            _listed("job_by_name", "project", "name", "id", holds=["tenant"]),
            _listed("job_by_name_anywhere", "name", "id", holds=["tenant", "project"]),
            models.Index(fields=["schedule_id", "-id"], condition=Q(schedule_id__isnull=False), name="job_of_schedule"),
            models.Index(fields=["project", "-id"], condition=Q(deleted_at__isnull=False), name="job_in_bin"),
            models.Index(fields=["id"], condition=Q(observed_generation__lt=models.F("generation")), name="job_changed"),
            models.Index(fields=["next_reconcile_at"], condition=Q(next_reconcile_at__isnull=False), name="job_due"),
            models.Index(fields=["purge_at"], condition=Q(purge_at__isnull=False), name="job_to_purge"),
        ]

    @property
    def ended(self) -> bool:
        return self.phase in ENDED

    @property
    def place(self) -> dict[str, UUID]:
        """To whom it belongs, as the rows of its parts say it too."""
        return {"tenant_id": self.tenant_id, "project_id": self.project_id}

    @property
    def acts(self) -> list[str]:
        return acts_in(self.phase, in_bin=self.deleted_at is not None)

    def parsed_spec(self) -> JobSpec:
        return JobSpec.model_validate(self.spec)

    def replicas_now(self) -> "models.QuerySet[Replica]":
        """The replicas of the newest attempt, by rank."""
        return Replica.objects.filter(job_id=self.pk, attempt=self.attempt).order_by("rank")
