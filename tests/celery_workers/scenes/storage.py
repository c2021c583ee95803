"""Of objects, buckets, datasets and volumes."""

import hashlib
import io
import zipfile
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from apps.storage import datasets, files, s3, unpackings, volumes
from apps.storage import services as storage
from apps.storage.models import Bucket, DatasetVersion, FileRemoval, StoredObject, Volume
from celery_workers import compute, copying
from tests.celery_workers.conftest import Portal
from tests.celery_workers.scenes.jobs import a_bucket_with_files
from tests.celery_workers.scenes.scene import FOREVER, Scene
from tests.factories import (
    make_dataset,
    make_volume,
)


def objects_given_up(portal: Portal) -> dict[str, Any]:
    place = {"tenant_id": portal.project.tenant_id, "project_id": portal.project.pk}
    job = portal.submit(*FOREVER)
    for name in ("kept", "old", "older"):
        stored = storage.put(
            **place, producer_kind="job", producer_id=job.pk, purpose="artifact", name=name, source=name.encode()
        )
        if name != "kept":
            StoredObject.objects.filter(pk=stored.pk).update(given_up_at=timezone.now())
    return {}


def files_to_delete(portal: Portal) -> dict[str, Any]:
    removal = files.remove_files(
        actor=portal.actor, bucket=a_bucket_with_files(portal), keys=["b", "not-there"], folders=["a/"]
    )
    FileRemoval.objects.filter(pk=removal.pk).update(
        due_at=timezone.now(), requested_at=timezone.now() + timedelta(seconds=2)
    )
    return {}


def buckets_to_measure(portal: Portal) -> dict[str, Any]:
    a_bucket_with_files(portal)
    Bucket.objects.update(measure_at=timezone.now())
    return {}


def an_archive_to_unpack(portal: Portal) -> dict[str, Any]:
    bucket = a_bucket_with_files(portal)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("digits/0.txt", "zero")
        archive.writestr("../1.txt", "one")
    content = packed.getvalue()
    s3.put(
        bucket.store_name,
        "digits.zip",
        io.BytesIO(content),
        size_bytes=len(content),
        sha256=hashlib.sha256(content).digest(),
    )
    row = unpackings.ask_for(actor=portal.actor, bucket=bucket, key="digits.zip", folder="out/")
    return {"unpacking_id": str(row.pk)}


def archives_left_alone(portal: Portal) -> dict[str, Any]:
    an_archive_to_unpack(portal)
    return {}


def a_version_to_copy(portal: Portal) -> dict[str, Any]:
    a_bucket_with_files(portal)
    dataset = make_dataset(portal.project)
    version = datasets.add_version(actor=portal.actor, dataset=dataset, bucket="images", prefix="a/")
    return {"version_id": str(version.pk)}


def versions_left_alone(portal: Portal) -> dict[str, Any]:
    a_version_to_copy(portal)
    return {}


def a_version_to_clear(portal: Portal) -> dict[str, Any]:
    copying.copy_version(UUID(a_version_to_copy(portal)["version_id"]))
    datasets.remove_version(actor=portal.actor, version=DatasetVersion.objects.get())
    return {}


def a_volume_to_make(portal: Portal) -> dict[str, Any]:
    return {"volume_id": str(make_volume(portal.project).pk)}


def volumes_due(portal: Portal) -> dict[str, Any]:
    """And one that is to go."""
    a_volume_to_make(portal)
    gone = make_volume(portal.project, "gone")
    compute.reconcile_volume(gone.pk)
    volumes.remove_volume(actor=portal.actor, volume=Volume.objects.get(pk=gone.pk))
    return {}


SCENES: dict[str, Scene] = {
    "storage.delete_files": files_to_delete,
    "storage.measure_buckets": buckets_to_measure,
    "storage.copy_version": a_version_to_copy,
    "storage.copy_waiting": versions_left_alone,
    "storage.clear_versions": a_version_to_clear,
    "storage.reconcile_volume": a_volume_to_make,
    "storage.sweep": objects_given_up,
    "storage.sweep_volumes": volumes_due,
    "storage.unpack": an_archive_to_unpack,
    "storage.unpack_waiting": archives_left_alone,
}
