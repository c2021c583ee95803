"""Archives in buckets that are to be unpacked, and what their workers tell of them."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from apps.core.errors import InvalidRequest
from apps.core.outbox import hint, publish
from apps.storage import s3
from apps.storage.buckets import audit
from apps.storage.models import Bucket, Unpacking
from apps.tenants.actor import Actor

# Of a worker that tells of every batch; without a word for so long it is dead.
SILENT_FOR = timedelta(minutes=2)
KEPT = timedelta(days=30)
MOST_REFUSALS = 100
_UNDER_WAY = (Unpacking.Phase.WAITING, Unpacking.Phase.RUNNING)


@transaction.atomic
def ask_for(*, actor: Actor, bucket: Bucket, key: str, folder: str) -> Unpacking:
    """Have an archive unpacked. Raises InvalidRequest when the bucket has no such file, Unavailable."""
    if s3.entry(bucket.store_name, key) is None:
        raise InvalidRequest(errors=[{"pointer": "/key", "detail": "The bucket has no such file."}])
    row = Unpacking.objects.create(
        tenant_id=bucket.tenant_id,
        project_id=bucket.project_id,
        bucket=bucket,
        key=key,
        folder=folder,
        created_by_id=actor.user_id,
    )
    publish(op="added", subject=row)
    audit("unpack", bucket, actor=actor, after={"key": key, "folder": folder})
    hint("storage.unpack", unpacking_id=row.pk)
    return row


@transaction.atomic
def begin(*, pk: UUID, now: datetime) -> Unpacking | None:
    """Take it on, from the beginning; None when it is over, or another worker is at it."""
    rows = Unpacking.objects.select_for_update(of=("self",), skip_locked=True).select_related("bucket")
    row = rows.filter(_alone(now), pk=pk).first()
    if row is not None:
        row.phase, row.why, row.files, row.unpacked_bytes, row.refused, row.refusals = (
            Unpacking.Phase.RUNNING,
            "",
            0,
            0,
            0,
            [],
        )
        _told(row)
    return row


@transaction.atomic
def note(*, row: Unpacking) -> bool:
    """Tell how far it is; False when it is gone with its bucket."""
    if not Unpacking.objects.select_for_update().filter(pk=row.pk).exists():
        return False
    _told(row)
    return True


def wait(*, row: Unpacking, why: str) -> None:
    """Leave it to the sweep, which tries again."""
    row.why = why
    note(row=row)


def end(*, row: Unpacking, why: str = "") -> None:
    """It succeeded, or failed when there is a reason."""
    row.phase, row.why = (Unpacking.Phase.FAILED, why) if why else (Unpacking.Phase.SUCCEEDED, "")
    row.ended_at = timezone.now()
    note(row=row)


def left_alone(*, now: datetime) -> Sequence[UUID]:
    """Those that no worker is at. Forgets what ended long ago."""
    Unpacking.objects.filter(ended_at__lt=now - KEPT).delete()
    return list(Unpacking.objects.filter(_alone(now)).values_list("pk", flat=True)[:100])


def _alone(now: datetime) -> Q:
    silent = Q(seen_at=None) | Q(seen_at__lt=now - SILENT_FOR)
    return Q(ended_at=None, phase__in=_UNDER_WAY) & silent


def _told(row: Unpacking) -> None:
    row.seen_at = timezone.now()
    fields: list[Any] = ["phase", "why", "files", "unpacked_bytes", "refused", "refusals", "seen_at", "ended_at"]
    row.save(update_fields=fields)
    publish(op="changed", subject=row)
