"""Objects: files that the portal keeps for somebody (artifacts, log chunks), wherever HANSE_OBJECTS_URL points.

Buckets: what projects keep for themselves, in the store that HANSE_S3_URL names.
"""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from apps.accounts.models import User
from apps.core.fields import EncryptedTextField
from apps.core.ids import new_id
from apps.core.models import Live, TenantRows
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
    measured_at = models.DateTimeField(null=True)
    measure_at = models.DateTimeField(default=timezone.now, db_index=True, help_text="When it is to be measured again.")
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    generation = models.PositiveBigIntegerField(default=1, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["project", "name"], name="one_bucket_a_name")]


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
