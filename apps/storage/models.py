"""Objects: files that the portal keeps for somebody (artifacts, log chunks), wherever HANSE_OBJECTS_URL points.

Buckets: what projects keep for themselves, in the store that HANSE_S3_URL names.
Volumes: file systems of projects in a cluster, which jobs mount.
"""

from typing import ClassVar
from uuid import UUID

from django.db import models
from django.utils import timezone

from apps.accounts.models import User
from apps.clusters.models import Cluster
from apps.core.fields import EncryptedTextField, ListedJSONField
from apps.core.ids import new_id
from apps.core.models import Live, Reconciled, ReconciledRows, TenantRows
from apps.core.sentences import in_english, read_said
from apps.tenants.models import Project, Tenant


class StoredObject(models.Model):
    """One object with its producer. No foreign keys: log chunks outlive their job's cluster and pods."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tenant_id = models.UUIDField()
    project_id = models.UUIDField()
    producer_kind = models.CharField(max_length=20)
    producer_id = models.UUIDField()
    purpose = models.CharField(max_length=20, help_text="artifact, code or log-chunk")
    name = models.CharField(max_length=300)
    path = models.CharField(max_length=500, unique=True, help_text="Below the objects' URL.")
    size_bytes = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    media_type = models.CharField(max_length=100, default="application/octet-stream")
    created_at = models.DateTimeField(default=timezone.now)
    given_up_at = models.DateTimeField(null=True, help_text="Nobody's any more since; deleted by the sweep.")

    objects: ClassVar[models.Manager["StoredObject"]] = TenantRows.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["producer_kind", "producer_id", "purpose", "id"], name="object_of_producer"),
            models.Index(fields=["tenant_id", "project_id"], name="object_of_place"),
            models.Index(fields=["given_up_at"], condition=models.Q(given_up_at__isnull=False), name="object_given_up"),
        ]


class Bucket(Live):
    """A bucket of a project. Usage is what the store said when it was last measured."""

    live_kind: ClassVar[str] = "bucket"

    tenant = models.ForeignKey(Tenant, on_delete=models.CASCADE, related_name="+")
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="buckets", db_index=False)
    name = models.CharField(max_length=40)
    store_name = models.CharField(max_length=63, unique=True, help_text="What it is called in the store.")
    quota_bytes = models.PositiveBigIntegerField()
    expire_after_days = models.PositiveIntegerField(null=True, help_text="Older files are deleted.")
    used_bytes = models.PositiveBigIntegerField(default=0)
    files = models.PositiveBigIntegerField(default=0)
    kept_bytes = models.PositiveBigIntegerField(default=0, help_text="What versions of datasets take that were made of it.")
    measured_at = models.DateTimeField(null=True)
    measure_at = models.DateTimeField(default=timezone.now, db_index=True, help_text="When it is to be measured again.")
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    generation = models.PositiveBigIntegerField(default=1, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["project", "name"], name="one_bucket_a_name")]

    @property
    def taken_bytes(self) -> int:
        """What counts against its quota: files in it, and versions of datasets that were made of it."""
        return self.used_bytes + self.kept_bytes


class UploadGrant(models.Model):
    """Room that was promised to uploads. It counts until the bucket is measured after the addresses have expired."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    bucket = models.ForeignKey(Bucket, on_delete=models.CASCADE, related_name="grants")
    size_bytes = models.PositiveBigIntegerField()
    expires_at = models.DateTimeField()


class FileRemoval(models.Model):
    """Files that somebody deleted: hidden at once, taken back until `due_at`, deleted by a sweep after it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    bucket = models.ForeignKey(Bucket, on_delete=models.CASCADE, related_name="removals")
    keys = models.JSONField(default=list)
    folders = models.JSONField(default=list, help_text="Prefixes that end with a slash.")
    requested_at = models.DateTimeField(default=timezone.now, help_text="What was written later stays.")
    due_at = models.DateTimeField(db_index=True)

    def names(self, key: str) -> bool:
        """Whether it speaks of this file, be it by a folder."""
        return key in self.keys or key.startswith(tuple(self.folders))


class Unpacking(Live):
    """An archive in a bucket that a worker unpacks into files beside it: WAITING -> RUNNING -> SUCCEEDED | FAILED.

    A worker that died is followed by another, which begins anew: writing the same files twice changes nothing.
    """

    live_kind: ClassVar[str] = "unpacking"

    class Phase(models.TextChoices):
        WAITING = "waiting"
        RUNNING = "running"
        SUCCEEDED = "succeeded"
        FAILED = "failed"

    tenant = models.ForeignKey(Tenant, on_delete=models.CASCADE, related_name="+")
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="+")
    bucket = models.ForeignKey(Bucket, on_delete=models.CASCADE, related_name="unpackings")
    key = models.CharField(max_length=900, help_text="The archive.")
    folder = models.CharField(max_length=901, blank=True, help_text="Where its files go; it ends with a slash.")
    phase = models.CharField(max_length=10, choices=Phase, default=Phase.WAITING)
    why = models.TextField(blank=True, help_text="Why it failed, or what it waits for.")
    files = models.PositiveBigIntegerField(default=0)
    unpacked_bytes = models.PositiveBigIntegerField(default=0)
    refused = models.PositiveBigIntegerField(default=0)
    refusals = models.JSONField(default=list, help_text="The first of them, as {name, why}.")
    seen_at = models.DateTimeField(null=True, help_text="When its worker last told of it.")
    ended_at = models.DateTimeField(null=True)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["bucket", "-id"], name="unpacking_of_bucket"),
            models.Index(fields=["seen_at"], condition=models.Q(ended_at=None), name="unpacking_under_way"),
        ]


class Dataset(Live):
    """A name for data of a project, under which versions are kept that never change."""

    live_kind: ClassVar[str] = "dataset"

    tenant = models.ForeignKey(Tenant, on_delete=models.CASCADE, related_name="+")
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="datasets", db_index=False)
    name = models.CharField(max_length=40)
    description = models.TextField(blank=True)
    licence = models.CharField(max_length=100, blank=True, help_text="Under which it may be used, such as CC-BY-4.0.")
    newest = models.PositiveIntegerField(default=0, help_text="Number of the newest version, be it ready or not.")
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    generation = models.PositiveBigIntegerField(default=1, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["project", "name"], name="one_dataset_a_name")]


class DatasetVersion(Live):
    """What lay below a prefix of a bucket at one time, copied to where nobody writes.

        WAITING -> COPYING -> READY | FAILED

    A worker that died is followed by another, which goes on behind the last batch that was told of (`cursor`, `parts`).
    `attempt` keeps out what the one before still says. What failed and what is deleted gives its room back once its copies
    are gone.
    """

    live_kind: ClassVar[str] = "dataset-version"

    class Phase(models.TextChoices):
        WAITING = "waiting"
        COPYING = "copying"
        READY = "ready"
        FAILED = "failed"

    tenant = models.ForeignKey(Tenant, on_delete=models.CASCADE, related_name="+")
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="+")
    dataset = models.ForeignKey(Dataset, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    note = models.CharField(max_length=300, blank=True, help_text="What is new in it.")
    hold = models.CharField(max_length=300, blank=True, help_text="Why it must not be deleted; empty: it may.")
    bucket = models.ForeignKey(Bucket, null=True, on_delete=models.SET_NULL, related_name="versions")
    bucket_name = models.CharField(max_length=40)
    prefix = models.CharField(max_length=901, blank=True)
    # No foreign key: jobs lie above, and who made it is told after the job was deleted.
    made_by_job = models.UUIDField(null=True, db_index=True, help_text="The job that wrote what it was made of.")
    phase = models.CharField(max_length=10, choices=Phase, default=Phase.WAITING)
    why = models.TextField(blank=True, help_text="Why it failed, or what it waits for.")
    files = models.PositiveBigIntegerField(null=True, help_text="As they were counted before copying.")
    size_bytes = models.PositiveBigIntegerField(null=True)
    copied_files = models.PositiveBigIntegerField(default=0)
    copied_bytes = models.PositiveBigIntegerField(default=0)
    room_bytes = models.PositiveBigIntegerField(default=0, help_text="What of the bucket's room it takes.")
    cursor = models.CharField(max_length=900, blank=True, help_text="The last file of the last batch.")
    parts = models.PositiveIntegerField(default=0, help_text="So many parts of the manifest are written.")
    suffixes = models.JSONField(default=dict, help_text="{suffix: [files, bytes]}")
    preview = models.JSONField(null=True, help_text="The first table in it: {path, columns, rows}.")
    digest = models.CharField(max_length=64, blank=True, help_text="SHA-256 of the manifest.")
    attempt = models.PositiveIntegerField(default=0)
    seen_at = models.DateTimeField(null=True, help_text="When its worker last told of it.")
    ended_at = models.DateTimeField(null=True)
    deleting_at = models.DateTimeField(null=True)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    generation = models.PositiveBigIntegerField(default=1, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["dataset", "number"], name="one_number_a_dataset")]
        indexes = [
            models.Index(fields=["seen_at"], condition=models.Q(ended_at=None), name="version_under_way"),
            models.Index(fields=["deleting_at"], condition=models.Q(deleting_at__isnull=False), name="version_deleted"),
            models.Index(fields=["id"], condition=models.Q(phase="failed", room_bytes__gt=0), name="version_failed"),
        ]

    @property
    def store_name(self) -> str:
        """The bucket of the store where it lies: of the project, with a key that no person and no job writes with."""
        return store_of_datasets(self.project_id)

    @property
    def place(self) -> str:
        """Below which it lies there."""
        return f"{self.pk.hex}/"

    @property
    def place_of_files(self) -> str:
        return f"{self.place}files/"

    @property
    def manifest(self) -> str:
        return f"{self.place}manifest.jsonl"

    def part(self, number: int) -> str:
        """A part of the manifest, from 1 on: as much as is copied, and read, at once."""
        return f"{self.place}parts/{number:08}.jsonl"


def store_of_datasets(project_id: UUID) -> str:
    """What the store calls the bucket in which a project's versions lie; names of buckets end with their own ids."""
    return f"datasets-{project_id.hex[-16:]}"


class StoreKey(models.Model):
    """A key that one attempt of a job was given for buckets; the store has a user of this name until it is ended.

    The row is written before the user is made, so that what a worker leaves behind that dies is found and ended.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tenant_id = models.UUIDField()
    project_id = models.UUIDField()
    job_id = models.UUIDField()
    attempt = models.PositiveIntegerField()
    access_key = models.CharField(max_length=128, blank=True, help_text="Empty until the store has made it.")
    secret_key = EncryptedTextField(blank=True)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["job_id", "attempt"], name="one_key_an_attempt")]

    @property
    def user(self) -> str:
        """What the store calls who has the key."""
        return f"job-{self.job_id.hex}-{self.attempt}"


class AccessMode(models.TextChoices):
    """From where a volume is mounted at once, in Kubernetes' words."""

    READ_WRITE_ONCE = "ReadWriteOnce"  # one node
    READ_WRITE_ONCE_POD = "ReadWriteOncePod"  # one pod
    READ_ONLY_MANY = "ReadOnlyMany"
    READ_WRITE_MANY = "ReadWriteMany"


class ReclaimPolicy(models.TextChoices):
    """What becomes of the files when the volume is deleted."""

    DELETE = "Delete"
    RETAIN = "Retain"


class VolumePhase(models.TextChoices):
    PENDING = "pending"
    BOUND = "bound"
    LOST = "lost"


# As readers see it: one that is being removed has no other phase.
SHOWN_VOLUME_PHASES = [*VolumePhase.values, "deleting"]


class Volume(Live, Reconciled):
    """A file system of a project in one cluster: there a PersistentVolumeClaim, on this machine a directory.

        PENDING -> BOUND -> LOST (somebody else took away what it is of)

    What is wanted is name, size, class and modes; what was last seen is capacity and use. The row goes when the volume has.
    """

    live_kind: ClassVar[str] = "volume"

    tenant = models.ForeignKey(Tenant, on_delete=models.CASCADE, related_name="+")
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="volumes", db_index=False)
    cluster = models.ForeignKey(Cluster, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=40)
    size_bytes = models.PositiveBigIntegerField()
    access_mode = models.CharField(max_length=16, choices=AccessMode.choices, default=AccessMode.READ_WRITE_ONCE)
    storage_class = models.CharField(max_length=253, blank=True, help_text="Empty: a directory of this machine.")
    reclaim_policy = models.CharField(max_length=6, choices=ReclaimPolicy.choices, default=ReclaimPolicy.DELETE)
    phase = models.CharField(max_length=7, choices=VolumePhase.choices, default=VolumePhase.PENDING)
    said = ListedJSONField(default=list, help_text="What it waits for, as codes with arguments.")
    capacity_bytes = models.PositiveBigIntegerField(null=True, help_text="What it was given; null: nothing yet.")
    size_enforced = models.BooleanField(null=True, help_text="Whether it cannot hold more; null: not known yet.")
    used_bytes = models.PositiveBigIntegerField(null=True, help_text="null: nobody measures it.")
    files = models.PositiveBigIntegerField(null=True)
    measured_at = models.DateTimeField(null=True)
    told_percent = models.PositiveSmallIntegerField(default=0, help_text="People were told that it is filled so far.")
    deleting_at = models.DateTimeField(null=True, editable=False)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[ReconciledRows["Volume"]] = ReconciledRows.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [models.UniqueConstraint(fields=["project", "name"], name="one_volume_a_name")]
        indexes = [
            models.Index(
                fields=["next_reconcile_at"], name="volume_due", condition=models.Q(next_reconcile_at__isnull=False)
            )
        ]

    @property
    def claim(self) -> str:
        """What a cluster calls it: what members make there by kubectl has other names."""
        return f"{self.name}-{self.pk.hex[-10:]}"

    @property
    def shown_phase(self) -> str:
        return "deleting" if self.deleting_at else self.phase

    @property
    def why(self) -> str:
        return in_english(read_said(self.said))

    @property
    def full(self) -> bool:
        return self.used_bytes is not None and self.used_bytes >= self.size_bytes


class VolumeLimit(models.Model):
    """What all volumes of a tenant may be together. Without a row, or with null: as the clusters give."""

    tenant = models.OneToOneField(Tenant, on_delete=models.CASCADE, primary_key=True, related_name="volume_limit")
    most_bytes = models.PositiveBigIntegerField(null=True)
    most_volumes = models.PositiveIntegerField(null=True)
    generation = models.PositiveBigIntegerField(default=1, editable=False)
