"""Files that replicas leave behind."""

import mimetypes
from pathlib import Path
from uuid import UUID

from django.db import transaction

from apps.core.outbox import publish
from apps.jobs.models import Artifact, Job
from apps.storage import services as storage

LONGEST_NAME = 300


def add_artifact(*, job_id: UUID, attempt: int, rank: int, name: str, source: Path) -> Artifact | None:
    """Keep a file of a replica under its name below the artifacts' directory. None when the job is gone.

    Idempotent: what is kept under (job, attempt, rank, name) stays. Raises ValueError for a name that leaves the
    directory, OSError for a source that is no regular file.
    """
    _check_name(name)
    key = {"job_id": job_id, "attempt": attempt, "rank": rank, "name": name}
    if known := Artifact.objects.filter(**key).first():
        return known
    job = Job.objects.filter(pk=job_id).first()
    if job is None:
        return None
    stored = storage.put(
        tenant_id=job.tenant_id,
        project_id=job.project_id,
        producer_kind=Job.live_kind,
        producer_id=job.pk,
        purpose="artifact",
        name=name,
        source=source,
        media_type=mimetypes.guess_type(name)[0] or "application/octet-stream",
    )
    with transaction.atomic():
        artifact, made = Artifact.objects.get_or_create(**key, defaults={"stored": stored})
        if made:
            publish(op="changed", subject=job)
    if not made:
        storage.delete(stored=stored)
    return artifact


def _check_name(name: str) -> None:
    parts = name.split("/")
    if not name.isprintable() or len(name) > LONGEST_NAME or any(part in ("", ".", "..") for part in parts):
        raise ValueError(f"{name!r} is no name of an artifact")
