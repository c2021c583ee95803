from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

import structlog
from django.utils import timezone

from apps.core.errors import Unavailable
from apps.storage import buckets, copies, files, services, unpackings
from apps.storage.models import Bucket, FileRemoval, Volume
from celery_workers import compute, copying, unpacking
from portal.celery import app

MOST_BATCHES, MOST_MEASURED, MOST_VOLUMES = 20, 50, 200
_TAKEN_UP_EXPIRES_SECONDS = 60
_log = structlog.get_logger(__name__)


@app.task(name="storage.sweep", acks_late=True)
def sweep(**_newer_arguments: object) -> None:
    """Delete objects that were given up."""
    for _ in range(MOST_BATCHES):
        if not services.sweep():
            return


@app.task(name="storage.delete_files", acks_late=True)
def delete_files(**_newer_arguments: object) -> None:
    """Delete files whose time to be taken back is over."""
    for removal in FileRemoval.objects.select_related("bucket").filter(due_at__lte=timezone.now()).order_by("due_at"):
        with _others_go_on(removal.bucket):
            files.carry_out(removal=removal)


@app.task(name="storage.measure_buckets", acks_late=True)
def measure_buckets(**_newer_arguments: object) -> None:
    """Count what is in buckets, and delete what they keep no longer."""
    for bucket in Bucket.objects.filter(measure_at__lte=timezone.now()).order_by("measure_at")[:MOST_MEASURED]:
        with _others_go_on(bucket):
            buckets.measure(bucket=bucket)


@app.task(name="storage.unpack", acks_late=True)
def unpack(*, unpacking_id: str, **_newer_arguments: object) -> None:
    """Unpack an archive that lies in a bucket."""
    unpacking.unpack(UUID(unpacking_id))


@app.task(name="storage.unpack_waiting", acks_late=True)
def unpack_waiting(**_newer_arguments: object) -> None:
    """Go on with archives that no worker is at: it died, or the store was away."""
    for pk in unpackings.left_alone(now=timezone.now()):
        unpack.apply_async(kwargs={"unpacking_id": str(pk)}, expires=_TAKEN_UP_EXPIRES_SECONDS)


@app.task(name="storage.copy_version", acks_late=True)
def copy_version(*, version_id: str, **_newer_arguments: object) -> None:
    """Copy what a version of a dataset keeps."""
    copying.copy_version(UUID(version_id))


@app.task(name="storage.copy_waiting", acks_late=True)
def copy_waiting(**_newer_arguments: object) -> None:
    """Go on with versions of datasets that no worker is at: it died, or the store was away."""
    for pk in copies.left_alone(now=timezone.now()):
        copy_version.apply_async(kwargs={"version_id": str(pk)}, expires=_TAKEN_UP_EXPIRES_SECONDS)


@app.task(name="storage.clear_versions", acks_late=True)
def clear_versions(**_newer_arguments: object) -> None:
    """Delete copies of versions of datasets that were deleted, or failed."""
    for version in copies.to_clear(now=timezone.now()):
        try:
            copying.clear_version(version)
        except Unavailable as outage:
            _log.warning("version-not-cleared", version=str(version.pk), error=outage.detail)


@app.task(name="storage.reconcile_volume", acks_late=True)
def reconcile_volume(*, volume_id: str, **_newer_arguments: object) -> None:
    """Make what is there of a volume be what is wanted."""
    compute.reconcile_volume(UUID(volume_id))


@app.task(name="storage.sweep_volumes", acks_late=True)
def sweep_volumes(**_newer_arguments: object) -> None:
    """Look again at volumes whose hint may have been lost, that are to be measured, or that changed elsewhere."""
    for pk in Volume.objects.due().order_by("?").values_list("pk", flat=True)[:MOST_VOLUMES]:
        reconcile_volume.apply_async(kwargs={"volume_id": str(pk)}, expires=_TAKEN_UP_EXPIRES_SECONDS)


@contextmanager
def _others_go_on(bucket: Bucket) -> Iterator[None]:
    """What the store refuses of one bucket holds up no other; the next sweep tries again."""
    try:
        yield
    except Unavailable as outage:
        _log.warning("bucket-not-swept", bucket=str(bucket.pk), error=outage.detail)
