"""Acts on buckets themselves. The store is asked within the transaction: what it refuses has not happened here either."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from apps.audit.services import record
from apps.core.errors import NameTaken
from apps.core.ids import new_id
from apps.core.outbox import publish
from apps.core.uniqueness import refused_when_taken
from apps.storage import s3
from apps.storage.errors import BucketNotEmpty
from apps.storage.models import Bucket
from apps.tenants.actor import Actor
from apps.tenants.models import Project

# Measuring takes the store's time: never more than this share of it.
_SHARE_OF_MEASURING, _LEAST_PAUSE, _MOST_PAUSE = 20, timedelta(minutes=2), timedelta(hours=1)


@transaction.atomic
def create_bucket(
    *, actor: Actor, project: Project, name: str, quota_bytes: int, expire_after_days: int | None = None
) -> Bucket:
    """Make a bucket. Raises NameTaken within the project, Unavailable when the store cannot make it."""
    pk = new_id()
    bucket = Bucket(
        id=pk,
        tenant_id=project.tenant_id,
        project=project,
        name=name,
        store_name=f"{name}-{pk.hex[-16:]}",
        quota_bytes=quota_bytes,
        expire_after_days=expire_after_days,
        created_by_id=actor.user_id,
    )
    with refused_when_taken(NameTaken(f"This project has a bucket {name}.", at="/name")):
        bucket.save(force_insert=True)
    publish(op="added", subject=bucket)
    audit("create", bucket, actor=actor, after=describe(bucket))
    s3.make_bucket(bucket.store_name)
    return bucket


@transaction.atomic
def change_bucket(*, actor: Actor, bucket: Bucket, **changes: Any) -> Bucket:
    """Change its quota, or how long files stay. A quota below what it holds keeps files out, and deletes none."""
    before = describe(bucket)
    for name, value in changes.items():
        setattr(bucket, name, value)
    if describe(bucket) == before:
        return bucket
    bucket.generation += 1
    bucket.save(update_fields=[*changes, "generation"])
    publish(op="changed", subject=bucket)
    audit("change", bucket, actor=actor, before=before, after=describe(bucket))
    return bucket


@transaction.atomic
def remove_bucket(*, actor: Actor, bucket: Bucket) -> None:
    """Remove an empty bucket of which no dataset was made. Raises BucketNotEmpty."""
    if bucket.kept_bytes:
        raise BucketNotEmpty(f"Versions of datasets that were made of it take {bucket.kept_bytes:,} bytes.")
    publish(op="removed", subject=bucket)
    audit("remove", bucket, actor=actor, before=describe(bucket))
    s3.remove_bucket(bucket.store_name)
    bucket.delete()


def forget_of_project(*, actor: Actor, project_id: UUID, most: int) -> None:
    """Empty and remove some of the buckets of a project that is being removed. Raises Unavailable."""
    for bucket in Bucket.objects.filter(project_id=project_id)[:most]:
        listing = s3.page(bucket.store_name, prefix="", most=s3.MOST_DELETED_AT_ONCE, folders=False)
        s3.delete(bucket.store_name, [entry.key for entry in listing.entries])
        if not listing.next:
            remove_bucket(actor=actor, bucket=bucket)


def measure(*, bucket: Bucket) -> None:
    """Count what the store holds, and delete what is older than the bucket keeps. Raises Unavailable."""
    began = timezone.now()
    oldest = began - timedelta(days=bucket.expire_after_days) if bucket.expire_after_days else None
    files = used = 0
    expired: list[str] = []
    for entry in s3.everything(bucket.store_name):
        if oldest and entry.modified_at < oldest:
            expired.append(entry.key)
        else:
            files, used = files + 1, used + entry.size_bytes
        if len(expired) == s3.MOST_DELETED_AT_ONCE:
            s3.delete(bucket.store_name, expired)
            expired = []
    s3.delete(bucket.store_name, expired)
    _measured(bucket, began=began, files=files, used_bytes=used)


@transaction.atomic
def _measured(bucket: Bucket, *, began: Any, files: int, used_bytes: int) -> None:
    row = Bucket.objects.select_for_update().filter(pk=bucket.pk).first()
    if row is None:
        return
    took = timezone.now() - began
    changed = (row.files, row.used_bytes) != (files, used_bytes)
    row.files, row.used_bytes, row.measured_at = files, used_bytes, began
    row.measure_at = began + min(max(_SHARE_OF_MEASURING * took, _LEAST_PAUSE), _MOST_PAUSE)
    row.save(update_fields=["files", "used_bytes", "measured_at", "measure_at"])
    # Whatever was written with their addresses was there when counting began.
    row.grants.filter(expires_at__lt=began).delete()
    if changed:
        publish(op="changed", subject=row)


def describe(bucket: Bucket) -> dict[str, Any]:
    """A bucket as the audit trail keeps it."""
    return {
        "name": bucket.name,
        "quota_bytes": bucket.quota_bytes,
        "expire_after_days": bucket.expire_after_days,
    }


def audit(
    act: str,
    bucket: Bucket,
    *,
    actor: Actor,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> None:
    record(
        actor=actor,
        action=f"bucket.{act}",
        kind=Bucket.live_kind,
        subject_id=bucket.pk,
        label=bucket.name,
        tenant_id=bucket.tenant_id,
        project_id=bucket.project_id,
        before=before,
        after=after,
    )
