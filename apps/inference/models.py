"""Apps: servers that answer requests, what is wanted of them, and what is known."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from apps.accounts.models import User
from apps.clusters.entry import AppEntry
from apps.clusters.models import Cluster
from apps.core.fields import ListedJSONField
from apps.core.ids import new_id
from apps.core.models import Live, Reconciled, ReconciledRows, TenantRows
from apps.inference.spec import AppSpec
from apps.storage.models import StoredObject
from apps.tenants.actor import Actor
from apps.tenants.models import Project, Tenant


class AppPhase(models.TextChoices):
    DEPLOYING = "deploying"
    READY = "ready"
    DEGRADED = "degraded"
    FAILED = "failed"
    STOPPED = "stopped"


class AppAccess(models.TextChoices):
    """Who may call an app: everybody who reaches its address, whoever may see it in the portal, or holders of its keys."""

    PUBLIC = "public"
    TENANT = "tenant"
    KEY = "key"


# As readers see it: one that is being removed has no other phase.
SHOWN_PHASES = [*AppPhase.values, "deleting"]


class AppQuerySet(TenantRows["App"], ReconciledRows["App"]):  # type: ignore[override]
    def permitted(self, actor: Actor, permission: str = "apps.view") -> "AppQuerySet":
        """Apps on whose project the actor holds `permission`."""
        if permission in actor.on_platform:
            return self
        return self.filter(
            Q(tenant_id__among=actor.tenants_with(permission)) | Q(project_id__among=actor.projects_with(permission))
        )

    def kept(self) -> "AppQuerySet":
        """Without those that are being removed."""
        return self.filter(deleting_at=None)


class App(Live, Reconciled):
    """A server that answers requests at an address of its own.

    deploying -> ready <-> degraded (some of what is wanted does not serve) | failed (nothing does)
    any -> stopped (by a user) -> deploying ; a new revision: any -> deploying

    `revision` is what is wanted; `serving_revision` what last had all its replicas ready. Until the new one has, the old
    one goes on serving.
    """

    live_kind: ClassVar[str] = "app"

    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, related_name="+")
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="apps", db_index=False)
    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", help_text="Whoever deployed it last.")
    cluster = models.ForeignKey(Cluster, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=40)
    description = models.CharField(max_length=2000, blank=True)
    priority = models.CharField(max_length=40)
    replicas = models.PositiveIntegerField(help_text="How many are wanted; with an autoscaler: at least.")
    max_replicas = models.PositiveIntegerField(
        null=True, help_text="Up to as many an autoscaler may want; null: there is none."
    )
    cpu_percent = models.PositiveIntegerField(default=70, help_text="Of the processors asked for: what it keeps in use.")
    desired = models.PositiveIntegerField(null=True, help_text="How many the autoscaler wants.")
    scaling = models.JSONField(null=True, help_text='What it last said: {"current", "desired", "percent", "said"}.')
    access = models.CharField(max_length=10, choices=AppAccess.choices, default=AppAccess.TENANT)
    stopped = models.BooleanField(default=False, help_text="The stop switch: none is wanted, whatever `replicas` says.")
    revision = models.PositiveIntegerField(default=1)
    serving_revision = models.PositiveIntegerField(null=True)
    phase = models.CharField(max_length=10, choices=AppPhase.choices, default=AppPhase.DEPLOYING)
    said = ListedJSONField(default=list, help_text="Why it is in this phase, as codes with arguments.")
    message = models.CharField(max_length=1000, blank=True, help_text="The same as a sentence.")
    replicas_ready = models.PositiveIntegerField(default=0)
    replicas_made = models.PositiveIntegerField(default=0, help_text="Number of the newest replica.")
    # Of the wanted revision: how many replicas ended by themselves in a row, and until when none is made anew.
    failures = models.PositiveIntegerField(default=0)
    restart_at = models.DateTimeField(null=True)
    blocked = ListedJSONField(default=list, help_text="Why no replica can be asked for now, as codes with arguments.")
    deleting_at = models.DateTimeField(null=True, editable=False)

    objects: ClassVar[AppQuerySet] = AppQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [models.UniqueConstraint(fields=["project", "name"], name="one_app_a_name")]
        indexes = [
            models.Index(fields=["project", "-id"], name="app_of_project"),
            models.Index(fields=["next_reconcile_at"], name="app_due", condition=Q(next_reconcile_at__isnull=False)),
        ]

    def begin_anew(self) -> None:
        """Hold nothing against it that became of it before."""
        self.failures, self.restart_at, self.blocked = 0, None, []

    @property
    def wanted(self) -> int:
        if self.stopped or self.deleting_at:
            return 0
        return self.within_bounds(self.desired or 0) if self.max_replicas else self.replicas

    def within_bounds(self, count: int) -> int:
        """As many of an autoscaler's replicas as there may be."""
        return max(self.replicas, min(count, self.max_replicas or self.replicas))


class Revision(models.Model):
    """What an app ran, or runs, from one deployment to the next. It never changes.

    pinned: {name: {"secret_id", "version"}}, the versions of secrets that all its replicas are given.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.CASCADE, related_name="+")
    app = models.ForeignKey(App, on_delete=models.CASCADE, related_name="revisions", db_index=False)
    number = models.PositiveIntegerField()
    spec = models.JSONField(help_text="An AppSpec (apps/inference/spec.py).")
    pinned = models.JSONField(default=dict)
    note = models.CharField(max_length=300, blank=True)
    rolled_back_to = models.PositiveIntegerField(null=True, help_text="The revision whose specification this one repeats.")
    deployed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["app", "number"], name="one_revision_a_number")]

    def parsed_spec(self) -> AppSpec:
        return AppSpec.model_validate(self.spec)


class RevisionFile(models.Model):
    """A file that the replicas of a revision are given. Its object is kept as long as the app is there.

    What a job left is that very object. What lies in a bucket is copied once, before the first replica starts; until then
    `stored` is null. Revisions with the same file share its object.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    app = models.ForeignKey(App, on_delete=models.CASCADE, related_name="+", db_index=False)
    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="files", db_index=False)
    path = models.CharField(max_length=1300, help_text="Below $HANSE_FILES.")
    size_bytes = models.PositiveBigIntegerField()
    stored = models.ForeignKey(StoredObject, on_delete=models.CASCADE, null=True, related_name="+")
    # Of one in a bucket: its place in the store, and its content when the revision was made.
    store_name = models.CharField(max_length=63, blank=True)
    key = models.CharField(max_length=900, blank=True)
    etag = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["revision", "path"], name="one_revision_file_a_path")]
        indexes = [models.Index(fields=["app", "etag"], name="revision_file_of_app")]

    @property
    def content(self) -> tuple[str, ...]:
        """What tells it from a file with another content, or elsewhere."""
        return (self.path, self.store_name, self.key, self.etag) if self.etag else (self.path, str(self.stored_id))


class ReplicaPhase(models.TextChoices):
    WAITING = "waiting"
    STARTING = "starting"
    READY = "ready"
    UNREADY = "unready"
    DRAINING = "draining"
    STOPPED = "stopped"
    FAILED = "failed"


# Counts as one of those that are wanted; and: has a process, or is about to.
LIVE = frozenset({ReplicaPhase.WAITING, ReplicaPhase.STARTING, ReplicaPhase.READY, ReplicaPhase.UNREADY})
ADMITTED = LIVE - {ReplicaPhase.WAITING}
RUNS = ADMITTED | {ReplicaPhase.DRAINING}
OVER = frozenset({ReplicaPhase.STOPPED, ReplicaPhase.FAILED})


class AppReplica(models.Model):
    """One process or pod of an app, with a workload of its own: it draws on the same quota as jobs do.

    In a Kubernetes cluster it is a place for one pod: the cluster makes and ends pods within the places that were admitted,
    and when a pod gives way to one of another revision, that one has its place.

    waiting (for quota) -> starting -> ready <-> unready (does not answer its probe)
    starting | ready | unready -> draining (no new requests) -> stopped
    starting | ready | unready -> failed (it ended by itself, or did not come up; in a Kubernetes cluster: starting)
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.CASCADE, related_name="+")
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="+", db_index=False)
    app = models.ForeignKey(App, on_delete=models.CASCADE, related_name="instances", db_index=False)
    number = models.PositiveIntegerField(help_text="Grows with each replica that the app ever had.")
    revision = models.PositiveIntegerField()
    phase = models.CharField(max_length=10, choices=ReplicaPhase.choices, default=ReplicaPhase.WAITING)
    said = models.JSONField(default=list, help_text="What it waits for, or how it ended, as codes with arguments.")
    node = models.CharField(max_length=253, blank=True)
    pod = models.CharField(max_length=253, blank=True, help_text="What runs in its place, in a cluster that makes pods.")
    port = models.PositiveIntegerField(null=True, help_text="Where it listens, on this machine.")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    admitted_at = models.DateTimeField(null=True)
    ready_at = models.DateTimeField(null=True, help_text="When it answered its probe last after it did not.")
    draining_at = models.DateTimeField(null=True)
    off_gate_at = models.DateTimeField(null=True, help_text="Since when no new request is sent to it.")
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["app", "number"], name="one_app_replica_a_number")]
        indexes = [
            models.Index(fields=["app", "-number"], name="replica_of_app"),
            models.Index(fields=["phase"], name="app_replica_that_runs", condition=Q(finished_at=None)),
        ]


class AppKeyQuerySet(models.QuerySet["AppKey"]):
    def usable(self) -> "AppKeyQuerySet":
        """Neither revoked nor expired."""
        return self.filter(Q(expires_at=None) | Q(expires_at__gt=timezone.now()), revoked_at=None)


class AppKey(models.Model):
    """What one consumer of an app shows with its requests. What it may do never changes; another key takes its place."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.CASCADE, related_name="+")
    app = models.ForeignKey(App, on_delete=models.CASCADE, related_name="keys", db_index=False)
    consumer = models.CharField(max_length=40, help_text="Who calls with it; the app is told.")
    hint = models.CharField(max_length=20, help_text="The first characters, to recognise it by.")
    digest = models.CharField(max_length=64, unique=True, help_text="Keyed SHA-256; the key itself is nowhere.")
    requests_per_minute = models.PositiveIntegerField(null=True, help_text="Null: as many as there are.")
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField(null=True)
    passed = models.PositiveBigIntegerField(default=0, help_text="Requests that came with it and were sent on.")
    held_back = models.PositiveBigIntegerField(default=0, help_text="Those that were over its rate.")

    objects: ClassVar[AppKeyQuerySet] = AppKeyQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["app", "consumer"], condition=Q(revoked_at=None), name="one_live_key_a_consumer")
        ]
        indexes = [models.Index(fields=["app", "-id"], name="key_of_app")]


class AppTraffic(models.Model):
    """What came to an app within a minute: to one of its endpoints ("": to none that is described), from one consumer.

    latency: counts of answers by how long they took (apps/inference/latency.py).
    """

    id = models.BigAutoField(primary_key=True)
    tenant = models.ForeignKey(Tenant, on_delete=models.CASCADE, related_name="+", db_index=False)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="+", db_index=False)
    app = models.ForeignKey(App, on_delete=models.CASCADE, related_name="+", db_index=False)
    minute = models.DateTimeField(db_index=True)
    endpoint = models.CharField(max_length=40)
    consumer = models.CharField(max_length=40, help_text="Of its keys; `token`: people of the portal.")
    requests = models.PositiveBigIntegerField(default=0)
    refused = models.PositiveBigIntegerField(default=0, help_text="Answered with a status of 400 to 499.")
    failed = models.PositiveBigIntegerField(default=0, help_text="With 500 or above, or not at all.")
    latency = ArrayField(models.BigIntegerField())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["app", "minute", "endpoint", "consumer"], name="one_app_traffic_a_minute")
        ]


class TrafficRead(models.Model):
    """How far the log of the server before apps was read."""

    log = models.CharField(primary_key=True, max_length=200)
    inode = models.PositiveBigIntegerField(default=0)
    offset = models.PositiveBigIntegerField(default=0)


def place_of(app: App, namespace: str) -> str:
    """The app's part of the address: unique among all apps of the portal."""
    return f"/{namespace}/{app.name}/"


def entry_of(app: App) -> AppEntry | None:
    """What leads to it from outside of its cluster: to public ones alone, for nobody there asks for a key."""
    entry = app.cluster.app_entry
    return AppEntry.model_validate(entry) if entry and app.access == AppAccess.PUBLIC else None


def host_label_of(app: App) -> str:
    """Its name below the domain of its cluster's apps: unique among all apps of the portal."""
    return f"{app.name}-{app.project_id.hex[-10:]}"


def service_of(app_name: str) -> str:
    """How an app is called in its namespace, and what is made there for it: its name is its own, and stays."""
    return f"app-{app_name}"
