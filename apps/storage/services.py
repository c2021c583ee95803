"""Keeping objects for their producers, and letting them go.

Order makes both safe to interrupt: an object is written before its row, so a row always has its object; it is deleted
before its row, so an interrupted deletion is found and repeated.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Literal
from uuid import UUID

from django.db import transaction

from apps.core.ids import new_id
from apps.storage import objects
from apps.storage.models import StoredObject

Purpose = Literal["artifact", "log-chunk"]
DELETED_AT_ONCE = 500


def put(
    *,
    tenant_id: UUID,
    project_id: UUID,
    producer_kind: str,
    producer_id: UUID,
    purpose: Purpose,
    name: str,
    source: Path | bytes,
    media_type: str = "application/octet-stream",
) -> StoredObject:
    """Store a file or bytes for its producer. When the row cannot be written the object goes again."""
    object_id = new_id()
    path = objects.path_of(object_id, tenant_id=tenant_id, purpose=purpose)
    written = objects.write(path, source)
    try:
        with transaction.atomic():
            return StoredObject.objects.create(
                id=object_id,
                tenant_id=tenant_id,
                project_id=project_id,
                producer_kind=producer_kind,
                producer_id=producer_id,
                purpose=purpose,
                name=name,
                path=path,
                size_bytes=written.size_bytes,
                sha256=written.sha256,
                media_type=media_type,
            )
    except BaseException:
        objects.delete(path)
        raise


def read(*, stored: StoredObject) -> bytes:
    """The whole object; for what is known to be small. Raises ObjectMissing."""
    return objects.read(stored.path)


def stream(*, stored: StoredObject) -> Iterator[bytes]:
    """The object in blocks, for downloads. Raises ObjectMissing, before the first block."""
    return objects.stream(stored.path)


def delete(*, stored: StoredObject) -> None:
    objects.delete(stored.path)
    stored.delete()


def delete_of_producer(*, producer_kind: str, producer_id: UUID) -> int:
    """Delete everything that a producer left (artifacts and log chunks); returns how many objects went.

    May be interrupted and repeated; the producer's own row goes after this, never before.
    """
    deleted = 0
    rows = StoredObject.objects.filter(producer_kind=producer_kind, producer_id=producer_id)
    while batch := list(rows.order_by("id")[:DELETED_AT_ONCE]):
        for stored in batch:
            objects.delete(stored.path)
        StoredObject.objects.filter(pk__in=[stored.pk for stored in batch]).delete()
        deleted += len(batch)
    return deleted
