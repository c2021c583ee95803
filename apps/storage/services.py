"""Keeping objects for their producers, and letting them go.

Order makes both safe to interrupt: an object is written before its row, so a row always has its object; it is deleted
before its row, so an interrupted deletion is found and repeated. What a producer left is only marked in the transaction
that removes the producer; a sweep carries it out.
"""

from collections.abc import Collection, Iterator
from pathlib import Path
from typing import IO, Literal
from uuid import UUID

from django.db import DatabaseError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from apps.core import registries
from apps.core.errors import Unavailable
from apps.core.ids import new_id
from apps.storage import locks, objects
from apps.storage.models import StoredObject

Purpose = Literal["artifact", "code", "log-chunk"]
DELETED_AT_ONCE = 500


def put(
    *,
    tenant_id: UUID,
    project_id: UUID,
    producer_kind: str,
    producer_id: UUID,
    purpose: Purpose,
    name: str,
    source: Path | bytes | IO[bytes],
    media_type: str = "application/octet-stream",
) -> StoredObject:
    """Store a file, or bytes, for its producer. When the row cannot be written the object goes again."""
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


@transaction.atomic
def let_go(*, producer_kind: str, producer_id: UUID) -> None:
    """Give up everything that a producer left (artifacts and log chunks), in the transaction that removes the producer.

    Nothing outside the database is touched: the objects go with the next `sweep`, after the commit.
    """
    _give_up(StoredObject.objects.filter(producer_kind=producer_kind, producer_id=producer_id))


@transaction.atomic
def let_go_of_place(*, tenant_id: UUID, project_id: UUID | None) -> None:
    """Give up everything of a tenant, or of one project of it, as `let_go` does."""
    rows = StoredObject.objects.filter(tenant_id=tenant_id)
    _give_up(rows if project_id is None else rows.filter(project_id=project_id))


def sweep() -> int:
    """Delete some of the objects that were given up; returns how many went, none while a backup runs.

    What somebody else still needs stays until they are gone too. Safe to interrupt, repeat and run twice.
    """
    given_up = StoredObject.objects.filter(given_up_at__isnull=False).exclude(needed())
    return _delete_some(given_up.order_by("given_up_at")) or 0


def needed() -> Q:
    """Objects that somebody needs who did not make them (registries.object_holds)."""
    by_any = Q()
    for ids in registries.object_holds.values():
        by_any |= Q(pk__in=ids())
    return by_any


def needed_among(ids: Collection[UUID]) -> set[UUID]:
    """Those of the objects that stay when whoever made them goes."""
    return set(StoredObject.objects.filter(needed(), pk__in=ids).values_list("pk", flat=True))


def held(ids: Collection[UUID]) -> dict[UUID, StoredObject]:
    """Those of the objects that were not given up; they are not before the transaction ends."""
    rows = StoredObject.objects.select_for_update(no_key=True).filter(pk__in=ids, given_up_at=None).order_by("pk")
    return {stored.pk: stored for stored in rows}


def sweep_project(*, tenant_id: UUID, project_id: UUID) -> int | None:
    """Give up all objects of a project, and delete some; None while a backup runs. Raises Unavailable.

    Unlike the sweep of all it does not wait for its turn behind what others gave up.
    """
    let_go_of_place(tenant_id=tenant_id, project_id=project_id)
    try:
        return _delete_some(StoredObject.objects.filter(project_id=project_id, tenant_id=tenant_id))
    except Exception as error:
        # Each kind of store has failures of its own; those of the database are not the store's.
        if isinstance(error, DatabaseError):
            raise
        raise Unavailable(f"{type(error).__name__}: {error}") from error


def _delete_some(rows: QuerySet[StoredObject]) -> int | None:
    with locks.deleting() as allowed:
        if not allowed:
            return None
        batch = list(rows[:DELETED_AT_ONCE])
        for stored in batch:
            objects.delete(stored.path)
        StoredObject.objects.filter(pk__in=[stored.pk for stored in batch]).delete()
        return len(batch)


def _give_up(rows: QuerySet[StoredObject]) -> None:
    rows.filter(given_up_at=None).update(given_up_at=timezone.now())
