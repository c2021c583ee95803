"""Code of jobs: archives that people uploaded, and trees that were fetched from git. Each is one object, by content."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from apps.accounts.models import User
from apps.core.models import Live
from apps.storage.models import StoredObject
from apps.tenants.models import Project, Tenant


class Origin(models.TextChoices):
    UPLOAD = "upload"
    GIT = "git"


class Code(Live):
    """One tree of files, never changed. The same bytes are kept once in a project, and so is the same commit."""

    live_kind: ClassVar[str] = "code"

    tenant = models.ForeignKey(Tenant, on_delete=models.CASCADE, related_name="+")
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="code", db_index=False)
    origin = models.CharField(max_length=6, choices=Origin.choices)
    name = models.CharField(max_length=200, help_text="Of the file that was uploaded, or of the repository.")
    format = models.CharField(max_length=6, help_text="tar.gz or zip")
    sha256 = models.CharField(max_length=64)
    size_bytes = models.PositiveBigIntegerField()
    files = models.PositiveIntegerField(help_text="How many files are in it.")
    unpacked_bytes = models.PositiveBigIntegerField()
    url = models.CharField(max_length=500, blank=True)
    commit = models.CharField(max_length=64, blank=True)
    path = models.CharField(max_length=500, blank=True, help_text="Of the repository, only what is below this.")
    stored = models.ForeignKey(StoredObject, on_delete=models.PROTECT, related_name="+")
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    used_at = models.DateTimeField(default=timezone.now, help_text="When it was last uploaded, fetched or submitted.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "sha256"], condition=Q(origin="upload"), name="one_upload_a_content"),
            models.UniqueConstraint(
                fields=["project", "url", "commit", "path"], condition=Q(origin="git"), name="one_tree_a_commit"
            ),
        ]
        indexes = [
            models.Index(fields=["project", "-id"], name="code_of_project"),
            models.Index(fields=["used_at"], name="code_by_use"),
        ]
