"""Acts on datasets and their versions. Workers copy what a version holds (apps/storage/copies.py)."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from apps.audit.services import record
from apps.core import registries
from apps.core.errors import InvalidRequest, NameTaken
from apps.core.outbox import hint, publish
from apps.core.uniqueness import refused_when_taken
from apps.storage import s3
from apps.storage.errors import DatasetNotEmpty, VersionHeld, VersionUsed
from apps.storage.models import Bucket, Dataset, DatasetVersion, store_of_datasets
from apps.tenants.actor import Actor
from apps.tenants.models import Project


@transaction.atomic
def create_dataset(*, actor: Actor, project: Project, name: str, description: str = "", licence: str = "") -> Dataset:
    """Make a name for data. Raises NameTaken within the project."""
    dataset = Dataset(
        tenant_id=project.tenant_id,
        project=project,
        name=name,
        description=description,
        licence=licence,
        created_by_id=actor.user_id,
    )
    with refused_when_taken(NameTaken(f"This project has a dataset {name}.", at="/name")):
        dataset.save(force_insert=True)
    publish(op="added", subject=dataset)
    audit("create", dataset, actor=actor, after=_describe(dataset))
    return dataset


@transaction.atomic
def change_dataset(*, actor: Actor, dataset: Dataset, **changes: Any) -> Dataset:
    """Say otherwise what it is, or under which licence it may be used."""
    before = _describe(dataset)
    for name, value in changes.items():
        setattr(dataset, name, value)
    if _describe(dataset) == before:
        return dataset
    dataset.generation += 1
    dataset.save(update_fields=[*changes, "generation"])
    publish(op="changed", subject=dataset)
    audit("change", dataset, actor=actor, before=before, after=_describe(dataset))
    return dataset


@transaction.atomic
def remove_dataset(*, actor: Actor, dataset: Dataset) -> None:
    """Remove a dataset that has no versions. Raises DatasetNotEmpty."""
    if dataset.versions.exists():
        raise DatasetNotEmpty(f"{dataset.name} has versions, or some that are being deleted.")
    publish(op="removed", subject=dataset)
    audit("remove", dataset, actor=actor, before=_describe(dataset))
    dataset.delete()


@transaction.atomic
def add_version(
    *, actor: Actor, dataset: Dataset, bucket: str, prefix: str, note: str = "", job: UUID | None = None
) -> DatasetVersion:
    """Have a worker keep what lies below a prefix of a bucket of the project now; `job` is the one that wrote it.

    Raises InvalidRequest when there is no such bucket or job, or nothing below the prefix; Unavailable.
    """
    scope = registries.subject_scopes["job"](actor, job) if job else None
    if job and (scope is None or scope.project_id != dataset.project_id):
        raise InvalidRequest(errors=[{"pointer": "/job", "detail": "This project has no such job."}])
    row = Bucket.objects.filter(project_id=dataset.project_id, name=bucket).first()
    if row is None:
        raise InvalidRequest(errors=[{"pointer": "/bucket", "detail": f"This project has no bucket {bucket}."}])
    if not s3.page(row.store_name, prefix=prefix, most=10, folders=False).entries:
        raise InvalidRequest(errors=[{"pointer": "/prefix", "detail": "No file lies below it."}])
    dataset = Dataset.objects.select_for_update(no_key=True).get(pk=dataset.pk)
    dataset.newest += 1
    dataset.save(update_fields=["newest"])
    version = DatasetVersion.objects.create(
        tenant_id=dataset.tenant_id,
        project_id=dataset.project_id,
        dataset=dataset,
        number=dataset.newest,
        note=note,
        bucket=row,
        bucket_name=row.name,
        prefix=prefix,
        made_by_job=job,
        created_by_id=actor.user_id,
    )
    publish(op="changed", subject=dataset)
    publish(op="added", subject=version)
    made_of = {"version": version.number, "bucket": row.name, "prefix": prefix}
    audit("add-version", dataset, actor=actor, after=made_of)
    hint("storage.copy_version", version_id=version.pk)
    return version


@transaction.atomic
def change_version(*, actor: Actor, version: DatasetVersion, **changes: Any) -> DatasetVersion:
    """Note what is new in it, or why it must not be deleted. What it holds never changes."""
    before = {name: getattr(version, name) for name in changes}
    if before == changes:
        return version
    for name, value in changes.items():
        setattr(version, name, value)
    version.generation += 1
    version.save(update_fields=[*changes, "generation"])
    publish(op="changed", subject=version)
    named = {"version": version.number}
    audit("change-version", version.dataset, actor=actor, before=named | before, after=named | changes)
    return version


@transaction.atomic
def remove_version(*, actor: Actor, version: DatasetVersion) -> None:
    """Delete a version: it is gone for everybody at once, and its files a little later.

    Raises VersionHeld, VersionUsed.
    """
    if version.hold:
        raise VersionHeld(f"Version {version.number} of {version.dataset.name} is held: {version.hold}")
    if readers := sum(count(version.pk) for count in registries.version_readers.values()):
        raise VersionUsed(f"{readers} that are not over read version {version.number} of {version.dataset.name}.")
    _delete(DatasetVersion.objects.filter(pk=version.pk), actor=actor)


def forget_of_project(*, actor: Actor, project_id: UUID, most: int) -> None:
    """Delete the datasets of a project that is being removed, held or not; each goes when its last version has.

    Raises Unavailable.
    """
    with transaction.atomic():
        _delete(DatasetVersion.objects.filter(project_id=project_id, deleting_at=None)[:most], actor=actor)
        for dataset in Dataset.objects.filter(project_id=project_id, versions=None)[:most]:
            remove_dataset(actor=actor, dataset=dataset)
    if not Dataset.objects.filter(project_id=project_id).exists():
        s3.remove_bucket(store_of_datasets(project_id))


def _delete(versions: QuerySet[DatasetVersion], *, actor: Actor) -> None:
    for version in versions.select_related("dataset"):
        if version.deleting_at is not None:
            continue
        version.deleting_at = timezone.now()
        version.save(update_fields=["deleting_at"])
        publish(op="changed", subject=version)
        gone = {"version": version.number, "digest": version.digest, "files": version.files}
        audit("delete-version", version.dataset, actor=actor, before=gone)


def _describe(dataset: Dataset) -> dict[str, Any]:
    return {"name": dataset.name, "description": dataset.description, "licence": dataset.licence}


def audit(
    act: str,
    dataset: Dataset,
    *,
    actor: Actor,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> None:
    record(
        actor=actor,
        action=f"dataset.{act}",
        kind=Dataset.live_kind,
        subject_id=dataset.pk,
        label=dataset.name,
        tenant_id=dataset.tenant_id,
        project_id=dataset.project_id,
        before=before,
        after=after,
    )
