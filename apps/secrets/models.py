"""Secrets of projects: named values that jobs use and nobody reads again."""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from apps.accounts.models import User
from apps.core.fields import EncryptedTextField
from apps.core.ids import new_id
from apps.core.models import Live
from apps.tenants.models import Project, Tenant


class SecretKind(models.TextChoices):
    """As Kubernetes' types of secrets; it says which keys there must be."""

    OPAQUE = "opaque"
    BASIC_AUTH = "basic-auth"
    SSH_AUTH = "ssh-auth"
    REGISTRY = "registry"


class Secret(Live):
    """A name for values that are rotated. The values themselves are in its versions, and in no answer."""

    live_kind: ClassVar[str] = "secret"

    tenant = models.ForeignKey(Tenant, on_delete=models.CASCADE, related_name="+")
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="secrets", db_index=False)
    name = models.CharField(max_length=63)
    kind = models.CharField(max_length=12, choices=SecretKind.choices, default=SecretKind.OPAQUE)
    description = models.CharField(max_length=500, blank=True)
    newest = models.PositiveIntegerField(default=1, help_text="Number of the newest version.")
    keys = models.JSONField(default=list, help_text="Names of the newest version's entries.")
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    rotated_at = models.DateTimeField(default=timezone.now, help_text="When the newest version was written.")
    last_used_at = models.DateTimeField(null=True, help_text="When a version was last given to a job.")
    generation = models.PositiveBigIntegerField(default=1, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["project", "name"], name="one_secret_a_name")]


class SecretVersion(models.Model):
    """One set of values. What is destroyed keeps its row, so that what used it can still be told."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.CASCADE, related_name="+")
    secret = models.ForeignKey(Secret, on_delete=models.CASCADE, related_name="versions", db_index=False)
    number = models.PositiveIntegerField()
    keys = models.JSONField(default=list)
    size_bytes = models.PositiveIntegerField()
    data = EncryptedTextField(help_text="The entries as JSON, each value in base64; empty once destroyed.")
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    destroyed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["secret", "number"], name="one_version_a_number")]
