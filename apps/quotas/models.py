"""Who may use how much: cohorts, quotas, shares of projects, caps of users, requests for more,
priorities, workloads, the ledger.

Amounts are integers: cpu in millicores, memory in bytes, devices in pieces.
"""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils import timezone

from apps.accounts.models import Group, User
from apps.clusters.models import Cluster, Flavor, tenants_seen
from apps.core.ids import new_id
from apps.core.models import Live, TenantRows
from apps.core.units import brief_amount
from apps.quotas.admission import Reclaim
from apps.tenants.actor import Actor
from apps.tenants.models import SLUG, Project, Tenant


class CohortQuerySet(models.QuerySet["Cohort"]):
    def permitted(self, actor: Actor) -> "CohortQuerySet":
        """All, for platform roles; else those in which a visible tenant lends and borrows."""
        if "quotas.view" in actor.on_platform:
            return self
        return self.filter(pk__in=Quota.objects.permitted(actor).values("cohort_id"))


class Cohort(models.Model):
    """A pool of one cluster in which tenants lend and borrow what they do not use (Kueue: Cohort)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    cluster = models.ForeignKey(Cluster, on_delete=models.PROTECT, related_name="cohorts")
    name = models.CharField(max_length=40, validators=[SLUG])
    description = models.CharField(max_length=300, blank=True)
    reclaim_within_cohort = models.CharField(
        max_length=14,
        choices=[(reclaim.value, reclaim.value) for reclaim in Reclaim],
        default=Reclaim.ANY.value,
        help_text="Whose work may be evicted by a tenant that takes back what it lent.",
    )
    generation = models.PositiveBigIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects: ClassVar[models.Manager["Cohort"]] = CohortQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["cluster", "name"], name="one_cohort_a_name")]

    def __str__(self) -> str:
        return self.name


class PriorityClassQuerySet(models.QuerySet["PriorityClass"]):
    def called(self, name: str) -> "PriorityClass | None":
        """In SQL as it is sent, for each submit asks it."""
        return next(iter(self.raw("SELECT * FROM quotas_priorityclass WHERE name = %s", [name])), None)


class PriorityClass(models.Model):
    """A named priority (Kueue: WorkloadPriorityClass). Larger values go first and may preempt smaller ones."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=40, unique=True, validators=[SLUG])
    value = models.IntegerField()
    description = models.CharField(max_length=300, blank=True)
    starts_within_seconds = models.PositiveIntegerField(
        null=True, blank=True, help_text="Inside its guarantee, work of this class starts within this time."
    )
    restricted = models.BooleanField(default=False, help_text="Only users whom the tenant allows may ask for it.")
    generation = models.PositiveBigIntegerField(default=1, editable=False)

    objects: ClassVar[PriorityClassQuerySet] = PriorityClassQuerySet.as_manager()  # type: ignore[assignment]

    def __str__(self) -> str:
        return self.name


class QuotaQuerySet(TenantRows["Quota"]):
    def permitted(self, actor: Actor) -> "QuotaQuerySet":
        """Quotas of the tenants in which the actor may see quotas, be it by a role on one project only."""
        if "quotas.view" in actor.on_platform:
            return self
        return self.filter(tenant_id__among=tenants_seen(actor, "quotas.view"))


class Quota(Live):
    """What one tenant may use of one cluster (Kueue: ClusterQueue)."""

    live_kind: ClassVar[str] = "quota"

    tenant = models.ForeignKey(Tenant, on_delete=models.CASCADE, related_name="quotas")
    cluster = models.ForeignKey(Cluster, on_delete=models.PROTECT, related_name="quotas")
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, null=True, blank=True, related_name="quotas")
    generation = models.PositiveBigIntegerField(default=1, editable=False)

    objects: ClassVar[models.Manager["Quota"]] = QuotaQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tenant", "cluster"], name="one_quota_a_cluster")]


class QuotaLine(models.Model):
    """One resource of one flavor in a quota. A limit of None is no limit."""

    id = models.BigAutoField(primary_key=True)
    quota = models.ForeignKey(Quota, on_delete=models.CASCADE, related_name="lines")
    flavor = models.ForeignKey(Flavor, on_delete=models.PROTECT, related_name="quota_lines")
    resource = models.CharField(max_length=10)
    nominal = models.PositiveBigIntegerField(help_text="Guaranteed.")
    borrowing_limit = models.PositiveBigIntegerField(null=True, blank=True, help_text="At most this much beyond nominal.")
    lending_limit = models.PositiveBigIntegerField(
        null=True, blank=True, help_text="At most this much of nominal to others."
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["quota", "flavor", "resource"], name="one_line_a_resource"),
            models.CheckConstraint(
                condition=Q(lending_limit=None) | Q(lending_limit__lte=models.F("nominal")), name="lends_of_its_nominal"
            ),
        ]


class Share(models.Model):
    """How a tenant divides its quota: one resource of one project (its queue, Kueue: LocalQueue)."""

    id = models.BigAutoField(primary_key=True)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="shares")
    quota = models.ForeignKey(Quota, on_delete=models.CASCADE, related_name="shares")
    flavor = models.ForeignKey(Flavor, on_delete=models.PROTECT, related_name="+")
    resource = models.CharField(max_length=10)
    guaranteed = models.PositiveBigIntegerField(default=0)
    cap = models.PositiveBigIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "flavor", "resource"], name="one_share_a_resource"),
            models.CheckConstraint(condition=Q(cap=None) | Q(cap__gte=models.F("guaranteed")), name="cap_covers_guarantee"),
        ]


class UserCapQuerySet(models.QuerySet["UserCap"]):
    def permitted(self, actor: Actor) -> "UserCapQuerySet":
        if "quotas.view" in actor.on_platform:
            return self
        return self.filter(tenant_id__among=tenants_seen(actor, "quotas.view"))

    def in_force(self, user_id: UUID) -> "list[UserCap]":
        """What holds for the user in a tenant: their own row, else those of their groups, else the one for everybody."""
        everybody = Q(user=None, group=None)
        rows = list(self.filter(Q(user_id=user_id) | Q(group__users=user_id) | everybody).distinct())
        own = [cap for cap in rows if cap.user_id]
        return own or [cap for cap in rows if cap.group_id] or rows


class UserCap(models.Model):
    """What one user of a tenant may have running, or each one of a group.

    A user's own row goes before those of their groups (of several, the most generous number of each holds), and these
    before the row of neither, which is for everybody else.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.CASCADE, related_name="user_caps")
    user = models.ForeignKey(User, on_delete=models.CASCADE, null=True, blank=True)
    group = models.ForeignKey(Group, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    running_workloads = models.PositiveIntegerField(null=True, blank=True)
    gpus = models.PositiveIntegerField(null=True, blank=True)
    may_use_restricted_priorities = models.BooleanField(default=False)
    generation = models.PositiveBigIntegerField(default=1, editable=False)

    objects: ClassVar[models.Manager["UserCap"]] = UserCapQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "user", "group"], nulls_distinct=False, name="one_cap_a_principal"),
            models.CheckConstraint(condition=Q(user=None) | Q(group=None), name="cap_is_of_user_or_group"),
        ]

    @property
    def whose(self) -> str:
        """For whom it holds, as trails call them."""
        if self.group is not None:
            return f"each of group {self.group.name}"
        return self.user.email if self.user else "everybody"


class WorkloadState(models.TextChoices):
    PENDING = "pending"
    ADMITTED = "admitted"
    FINISHED = "finished"


class WorkloadQuerySet(TenantRows["Workload"]):
    def pending(self) -> "WorkloadQuerySet":
        """What waits, in the order in which it is considered: priority, then age."""
        return self.filter(state=WorkloadState.PENDING, active=True).order_by("-priority_value", "queued_at", "id")

    def holding(self) -> "WorkloadQuerySet":
        """What holds quota, also what was told to go and is not gone yet."""
        return self.filter(state=WorkloadState.ADMITTED)

    def of_others(self, cluster_id: UUID) -> "list[Workload]":
        """What runs and waits in a cluster beside what the reader may see: amounts, without names; never to be saved.

        None of it for whoever sees everything. See the migration `walls` of quotas.
        """
        rows = list(self.raw("SELECT * FROM quotas_work_of_others(ARRAY[%s]::uuid[])", [cluster_id]))
        models.prefetch_related_objects(rows, "priority_class")
        return rows


class Workload(models.Model):
    """What asks for quota (Kueue: Workload). pending -> admitted -> finished; admitted -> pending when preempted.

    asked: what was asked for, as PodRequest documents; needs such as "a GPU with 32 GiB" are resolved per cluster.
    pod_sets: [{"name", "count", "min_count", "requests": {"<flavor>": {"<resource>": int of one pod}}}], as resolved in
    `cluster`; of a workload for any cluster, in the last one considered.
    Without `gang` its pods are independent: each is admitted by itself, and gives its quota back when it has ended.
    With it, one with fewer pods than it asked for is elastic: it grows into what is idle, and shrinks for others' claims.
    An inactive workload (suspended by its user) asks for nothing and keeps its place by its age.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.CASCADE, related_name="workloads")
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="workloads")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    cluster = models.ForeignKey(
        Cluster, on_delete=models.PROTECT, null=True, related_name="workloads", help_text="None: any, not resolved yet."
    )
    subject_kind = models.CharField(max_length=20)
    subject_id = models.UUIDField()
    subject_name = models.CharField(max_length=100)
    priority_class = models.ForeignKey(PriorityClass, on_delete=models.PROTECT, related_name="+")
    priority_value = models.IntegerField()
    gang = models.BooleanField(default=True)
    asked = models.JSONField(default=list)
    any_cluster = models.BooleanField(default=False, help_text="Goes back to no cluster when it is queued again.")
    pod_sets = models.JSONField(default=list)
    resolved = models.JSONField(default=list, help_text='What needs were resolved to: [{"pod_set", "need", "flavor"}].')
    admitted_counts = models.JSONField(default=dict, help_text="Pods admitted by pod set; fewer than asked when elastic.")
    ended_counts = models.JSONField(
        default=dict, help_text="Of independent pods: how many ended since it was admitted, and hold nothing any more."
    )
    shrinking_to = models.JSONField(
        null=True, help_text='{"counts", "placements"}: told to go on with so few; it holds the others until they are gone.'
    )
    resized_at = models.DateTimeField(null=True, help_text="When its size last changed; it grows no sooner than `pause`.")
    resize_pause_seconds = models.PositiveIntegerField(default=300)
    placements = models.JSONField(default=list, help_text='[{"pod_set", "index", "node"}] where the portal itself places.')
    state = models.CharField(max_length=10, choices=WorkloadState.choices, default=WorkloadState.PENDING)
    active = models.BooleanField(default=True)
    reason = models.CharField(max_length=40, blank=True, help_text="Why pending or evicted: Kueue's reason codes.")
    message = models.CharField(max_length=500, blank=True, help_text="The same as a sentence.")
    said = models.JSONField(default=list, help_text="The same as codes with arguments, for readers of every language.")
    waiting_for = models.JSONField(default=dict, help_text="What the last admission round found, for the explanation.")
    evicting_since = models.DateTimeField(null=True, help_text="Told to go; its quota is held until its replicas are gone.")
    reserved_since = models.DateTimeField(null=True, help_text="Since when capacity is kept free for it.")
    handed_at = models.DateTimeField(null=True, help_text="Since when the Kueue of its cluster decides on it.")
    asking = models.PositiveIntegerField(default=0, help_text="How often it was handed over; each time is an object there.")
    queued_at = models.DateTimeField(default=timezone.now)
    admitted_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager["Workload"]] = WorkloadQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subject_kind", "subject_id"], name="one_workload_a_subject")]
        indexes = [
            models.Index(fields=["cluster", "state", "-priority_value", "queued_at"], name="workload_queue"),
            models.Index(fields=["tenant", "state"], name="workload_of_tenant"),
            models.Index(fields=["project", "state"], name="workload_of_project"),
        ]


class Asks(models.TextChoices):
    """The limit that a quota request wants raised."""

    QUOTA = "quota"  # what the tenant is guaranteed of one resource
    GUARANTEE = "guarantee"  # what one project is guaranteed of it
    CAP = "cap"  # what one project may at most use of it
    USER_RUNNING = "user-running"  # how much of whoever asks may run at a time
    USER_GPUS = "user-gpus"  # how many GPUs whoever asks may hold

    @property
    def decided_with(self) -> str:
        """The permission of those who decide."""
        return "quotas.manage" if self is Asks.QUOTA else "quotas.divide"


class RequestState(models.TextChoices):
    REQUESTED = "requested"
    APPROVED = "approved"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    ENDED = "ended"


class QuotaRequestQuerySet(TenantRows["QuotaRequest"]):
    def permitted(self, actor: Actor) -> "QuotaRequestQuerySet":
        """Those of a project for who sees its quota; those of no project for who sees the tenant's, by any role in it."""
        if "quotas.view" in actor.on_platform:
            return self
        return self.filter(
            Q(tenant_id__among=actor.tenants_with("quotas.view"))
            | Q(project_id__among=actor.projects_with("quotas.view"))
            | Q(project=None, tenant_id__among=tenants_seen(actor, "quotas.view"))
        )

    def with_names(self) -> "QuotaRequestQuerySet":
        return self.select_related("tenant", "project", "flavor__cluster", "requested_by", "decided_by")

    def decidable(self, actor: Actor) -> "QuotaRequestQuerySet":
        """What waits for a decision that the actor may take."""
        waiting = self.filter(state=RequestState.REQUESTED)
        of_quota = Q(asks=Asks.QUOTA)
        mine = Q(pk__in=[])
        if Asks.QUOTA.decided_with in actor.on_platform:
            mine |= of_quota
        if Asks.CAP.decided_with in actor.on_platform:
            mine |= ~of_quota
        return waiting.filter(mine | ~of_quota & Q(tenant_id__among=actor.tenants_with(Asks.CAP.decided_with)))

    def ending(self, now: datetime, until: datetime) -> "QuotaRequestQuerySet":
        """What was granted and ends between the two, of which nobody was told yet."""
        return self.filter(state=RequestState.APPROVED, until__gt=now, until__lte=until, end_told_at=None)

    def over(self, now: datetime) -> "QuotaRequestQuerySet":
        """What was granted until a moment that has passed."""
        return self.filter(state=RequestState.APPROVED, until__lte=now)


class QuotaRequest(Live):
    """Somebody asks that a limit be raised by `amount`.

    requested -> approved | declined | withdrawn ; approved with an end -> ended, when the limit goes back.
    """

    live_kind: ClassVar[str] = "quota-request"

    tenant = models.ForeignKey(Tenant, on_delete=models.CASCADE, related_name="quota_requests")
    project = models.ForeignKey(Project, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    requested_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asks = models.CharField(max_length=12, choices=Asks.choices)
    flavor = models.ForeignKey(Flavor, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    resource = models.CharField(max_length=10, blank=True, help_text="Empty for what runs at a time.")
    amount = models.PositiveBigIntegerField(help_text="By how much the limit is to grow.")
    reason = models.CharField(max_length=500)
    until = models.DateTimeField(null=True, blank=True, help_text="When the limit goes back; null: never.")
    state = models.CharField(max_length=10, choices=RequestState.choices, default=RequestState.REQUESTED)
    granted = models.PositiveBigIntegerField(null=True, help_text="By how much it grew.")
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decision_reason = models.CharField(max_length=500, blank=True)
    ended_at = models.DateTimeField(null=True)
    returned = models.PositiveBigIntegerField(null=True, help_text="By how much it went back.")
    end_told_at = models.DateTimeField(null=True, editable=False, help_text="When people were told that it ends soon.")
    generation = models.PositiveBigIntegerField(default=1, editable=False)

    objects: ClassVar[models.Manager["QuotaRequest"]] = QuotaRequestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="asks_for_something"),
            models.CheckConstraint(
                condition=Q(asks__in=("guarantee", "cap"), project__isnull=False) | ~Q(asks__in=("guarantee", "cap")),
                name="shares_are_of_a_project",
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "state", "id"], name="quota_request_of_tenant"),
            models.Index(fields=["until"], condition=Q(state="approved"), name="quota_request_to_end"),
        ]

    @property
    def decided_with(self) -> str:
        return Asks(self.asks).decided_with

    @property
    def brief(self) -> str:
        """How much of what, such as "+2 GPU a100": the same in every language, for what is written down or sent."""
        resource = self.resource or ("gpu" if self.asks == Asks.USER_GPUS else "")
        amount = self.amount if self.granted is None else self.granted
        return f"+{brief_amount(resource, amount, self.flavor.name if self.flavor else '')}"

    @property
    def acts(self) -> list[str]:
        """Acts that its state allows now."""
        if self.state == RequestState.REQUESTED:
            return ["approve", "decline", "withdraw"]
        return ["end"] if self.state == RequestState.APPROVED and self.until is not None else []


class LedgerEntry(models.Model):
    """Quota that one workload held from `since` until `until` (None: still does).

    Ids and names without foreign keys, so that it outlives what it speaks of; enough to recount everything.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tenant_id = models.UUIDField()
    project_id = models.UUIDField()
    user_id = models.UUIDField()
    cluster_id = models.UUIDField()
    workload_id = models.UUIDField()
    subject_kind = models.CharField(max_length=20)
    subject_id = models.UUIDField()
    subject_name = models.CharField(max_length=100)
    amounts = models.JSONField(help_text='{"<flavor>": {"<resource>": int}}')
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workload_id"], condition=Q(until=None), name="one_open_ledger_entry")
        ]
        indexes = [models.Index(fields=["tenant_id", "since"])]
