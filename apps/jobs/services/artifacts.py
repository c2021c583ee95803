"""Files that replicas leave behind."""

import mimetypes
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import transaction

from apps.core.outbox import publish
from apps.jobs.models import Artifact, Job
from apps.storage import services as storage
from apps.storage.models import StoredObject

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
    place = Job.objects.filter(pk=job_id).values("tenant_id", "project_id").first()
    if place is None:
        return None
    stored = storage.put(
        **place,
        producer_kind=Job.live_kind,
        producer_id=job_id,
        purpose="artifact",
        name=name,
        source=source,
        media_type=mimetypes.guess_type(name)[0] or "application/octet-stream",
    )
    with transaction.atomic():
        job = Job.objects.select_for_update(of=("self",)).filter(pk=job_id).first()
        artifact, made = _kept(job, key, stored) if job is not None else (None, False)
    if not made:  # somebody else kept it meanwhile, or the job was removed
        storage.delete(stored=stored)
    return artifact


def _kept(job: Job, key: dict[str, Any], stored: StoredObject) -> tuple[Artifact, bool]:
    artifact, made = Artifact.objects.get_or_create(**key, defaults={"stored": stored, **job.place})
    if made:
        publish(op="changed", subject=job)
    return artifact, made


def _check_name(name: str) -> None:
    parts = name.split("/")
    if not name.isprintable() or len(name) > LONGEST_NAME or any(part in ("", ".", "..") for part in parts):
        raise ValueError(f"{name!r} is no name of an artifact")
