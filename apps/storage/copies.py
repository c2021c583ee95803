"""What workers tell of versions of datasets that they copy, and of those that they delete."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from apps.core.outbox import publish
from apps.storage.files import with_room
from apps.storage.models import Bucket, DatasetVersion

# Of a worker that tells of every batch; without a word for so long it is dead.
SILENT_FOR = timedelta(minutes=2)
_TOLD: list[Any] = ["phase", "why", "copied_files", "copied_bytes", "cursor", "parts", "suffixes", "preview", "digest"]


@transaction.atomic
def begin(*, pk: UUID, now: datetime) -> DatasetVersion | None:
    """Take it on, behind what was copied; None when it is over, or another worker is at it."""
    rows = DatasetVersion.objects.select_for_update(of=("self",), skip_locked=True).select_related("bucket", "dataset")
    row = rows.filter(_alone(now), pk=pk).first()
    if row is not None:
        row.attempt += 1
        row.seen_at, row.why = now, ""
        row.save(update_fields=["attempt", "seen_at", "why"])
    return row


@transaction.atomic
def take_room(*, row: DatasetVersion, files: int, size_bytes: int) -> bool:
    """It is counted: take its room of the bucket's before anything is copied. Raises BucketFull.

    False when it is not this worker's any more.
    """
    if row.bucket is None or not _mine(row).select_for_update().exists():
        return False
    bucket = with_room(bucket=row.bucket, size_bytes=size_bytes)
    Bucket.objects.filter(pk=bucket.pk).update(kept_bytes=F("kept_bytes") + size_bytes)
    publish(op="changed", subject=bucket)
    row.files, row.size_bytes, row.room_bytes, row.phase = files, size_bytes, size_bytes, DatasetVersion.Phase.COPYING
    row.save(update_fields=["files", "size_bytes", "room_bytes"])
    return note(row=row)


@transaction.atomic
def note(*, row: DatasetVersion) -> bool:
    """Tell how far it is; False when it is deleted, or another worker has taken it on."""
    if not _mine(row).select_for_update().exists():
        return False
    row.seen_at = timezone.now()
    row.save(update_fields=[*_TOLD, "seen_at", "ended_at"])
    publish(op="changed", subject=row)
    return True


def wait(*, row: DatasetVersion, why: str) -> None:
    """Leave it to the sweep, which goes on."""
    row.why = why
    note(row=row)


def end(*, row: DatasetVersion, why: str = "") -> None:
    """It is whole, or failed when there is a reason."""
    row.phase, row.why = (DatasetVersion.Phase.FAILED, why) if why else (DatasetVersion.Phase.READY, "")
    row.ended_at = timezone.now()
    note(row=row)


def left_alone(*, now: datetime) -> Sequence[UUID]:
    """Those that are to be copied, and no worker is at them."""
    return list(DatasetVersion.objects.filter(_alone(now)).values_list("pk", flat=True)[:100])


def to_clear(*, now: datetime, project_id: UUID | None = None) -> Sequence[DatasetVersion]:
    """Those, of a project or of all, whose copies are to go: they are deleted, or failed; and no worker is at them."""
    rows = DatasetVersion.objects.all() if project_id is None else DatasetVersion.objects.filter(project_id=project_id)
    quiet = Q(seen_at=None) | Q(seen_at__lt=now - SILENT_FOR) | Q(ended_at__isnull=False)
    deleted = Q(deleting_at__isnull=False) & quiet
    failed = Q(phase=DatasetVersion.Phase.FAILED, room_bytes__gt=0)
    return list(rows.filter(deleted | failed).order_by("pk")[:100])


@transaction.atomic
def cleared(*, pk: UUID) -> None:
    """Its copies are gone: the bucket has its room again, and what was deleted is no more. Twice changes nothing."""
    row = DatasetVersion.objects.select_for_update().filter(pk=pk).first()
    if row is None:
        return
    bucket = row.bucket_id and Bucket.objects.select_for_update(no_key=True).filter(pk=row.bucket_id).first()
    if bucket and row.room_bytes:
        Bucket.objects.filter(pk=bucket.pk).update(kept_bytes=F("kept_bytes") - row.room_bytes)
        publish(op="changed", subject=bucket)
    if row.deleting_at is not None:
        publish(op="removed", subject=row)
        row.delete()
        return
    row.room_bytes = 0
    row.save(update_fields=["room_bytes"])


def _mine(row: DatasetVersion) -> QuerySet[DatasetVersion]:
    """The row while it is this worker's."""
    return DatasetVersion.objects.filter(pk=row.pk, attempt=row.attempt, deleting_at=None, ended_at=None)


def _alone(now: datetime) -> Q:
    return Q(ended_at=None, deleting_at=None) & (Q(seen_at=None) | Q(seen_at__lt=now - SILENT_FOR))
