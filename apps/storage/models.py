"""Objects: files that the portal keeps for somebody (artifacts, log chunks), wherever HANSE_OBJECTS_URL points."""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from apps.core.ids import new_id
from apps.core.models import TenantRows


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
