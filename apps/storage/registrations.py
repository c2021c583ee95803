"""What buckets answer to questions of core."""

from collections.abc import Iterable
from operator import attrgetter
from typing import Any
from uuid import UUID

from apps.core import live, registries, sentences
from apps.core.notifications import register as register_notifications
from apps.core.registries import Found, Toll, in_place
from apps.core.sentences import say
from apps.storage import objects
from apps.storage.api.dataset_serializers import DatasetOutput, DatasetVersionOutput
from apps.storage.api.serializers import BucketOutput, UnpackingOutput
from apps.storage.api.volume_serializers import VolumeOutput
from apps.storage.health import check_buckets, check_objects
from apps.storage.models import Bucket, Dataset, DatasetVersion, Unpacking, Volume
from apps.storage.notifications import KINDS
from apps.tenants.actor import Actor
from apps.tenants.models import REMOVED
from apps.tenants.search import named_in_projects


def register() -> None:
    registries.health_checks.register("objects", check_objects)
    registries.health_checks.register("buckets", check_buckets)
    registries.ready_checks.register("objects", objects.answers)
    live.register("bucket", render)
    live.register("unpacking", render_unpackings, permission="buckets.view")
    live.register("dataset", render_datasets)
    live.register("dataset-version", render_versions, permission="datasets.view")
    live.register("volume", render_volumes)
    register_notifications(*KINDS)
    registries.searches.register("bucket", search)
    registries.searches.register("volume", search_volumes)
    registries.tolls.register("volume", toll_of_volumes)
    registries.searches.register("dataset", search_datasets)
    registries.tolls.register("bucket", toll)
    registries.tolls.register("dataset", toll_of_datasets)
    sentences.register(
        {
            "effect-bucket-removed": "is removed with all its files",
            "effect-dataset-removed": "is removed with all its versions",
            "effect-volume-removed": "is deleted, with its files unless they are to be retained",
            "volume-blocked": "{problem} It is tried again by itself.",
            "volume-waits": "The cluster has not made it yet.",
            "volume-waits-because": "The cluster has not made it yet: {reason}",
            "volume-waits-mount": "It is made where the first job that mounts it runs.",
            "volume-grows": "The cluster is enlarging it.",
            "volume-goes": "The cluster is deleting it.",
            "volume-lost": "Somebody deleted in the cluster what it was of; its files are gone, or were laid aside there.",
        }
    )


def render(ids: Iterable[UUID]) -> dict[UUID, dict[str, Any]]:
    rows = Bucket.objects.select_related("created_by").filter(pk__in=list(ids))
    return {row.pk: dict(BucketOutput(row).data) for row in rows}


def render_unpackings(ids: Iterable[UUID]) -> dict[UUID, dict[str, Any]]:
    rows = Unpacking.objects.select_related("created_by").filter(pk__in=list(ids))
    return {row.pk: dict(UnpackingOutput(row).data) for row in rows}


def render_datasets(ids: Iterable[UUID]) -> dict[UUID, dict[str, Any]]:
    rows = Dataset.objects.select_related("created_by").filter(pk__in=list(ids))
    return {row.pk: dict(DatasetOutput(row).data) for row in rows}


def render_versions(ids: Iterable[UUID]) -> dict[UUID, dict[str, Any]]:
    rows = DatasetVersion.objects.select_related("created_by").filter(pk__in=list(ids))
    return {row.pk: dict(DatasetVersionOutput(row).data) for row in rows}


def search(actor: Actor, text: str, limit: int) -> list[Found]:
    """Buckets whose name begins with `text`."""
    return named_in_projects(
        Bucket.objects.all(),
        kind="bucket",
        actor=actor,
        permission="buckets.view",
        text=text,
        limit=limit,
        page="buckets/{id}",
    )


def toll(tenant_id: UUID, project_id: UUID | None, phase: str) -> Toll | None:
    """What is removed takes its buckets along; no other change touches them."""
    if phase != REMOVED:
        return None
    rows = in_place(Bucket.objects.all(), tenant_id, project_id)
    return Toll("bucket", say("effect-bucket-removed"), rows, name=attrgetter("name"))


def search_datasets(actor: Actor, text: str, limit: int) -> list[Found]:
    """Datasets whose name begins with `text`."""
    return named_in_projects(
        Dataset.objects.all(),
        kind="dataset",
        actor=actor,
        permission="datasets.view",
        text=text,
        limit=limit,
        page="datasets/{id}",
    )


def toll_of_datasets(tenant_id: UUID, project_id: UUID | None, phase: str) -> Toll | None:
    """What is removed takes its datasets along; no other change touches them."""
    if phase != REMOVED:
        return None
    rows = in_place(Dataset.objects.all(), tenant_id, project_id)
    return Toll("dataset", say("effect-dataset-removed"), rows, name=attrgetter("name"))


def render_volumes(ids: Iterable[UUID]) -> dict[UUID, dict[str, Any]]:
    rows = Volume.objects.select_related("created_by", "cluster").filter(pk__in=list(ids))
    return {row.pk: dict(VolumeOutput(row).data) for row in rows}


def search_volumes(actor: Actor, text: str, limit: int) -> list[Found]:
    """Volumes whose name begins with `text`."""
    return named_in_projects(
        Volume.objects.all(),
        kind="volume",
        actor=actor,
        permission="volumes.view",
        text=text,
        limit=limit,
        page="volumes/{id}",
    )


def toll_of_volumes(tenant_id: UUID, project_id: UUID | None, phase: str) -> Toll | None:
    """What is removed takes its volumes along; no other change touches them."""
    if phase != REMOVED:
        return None
    rows = in_place(Volume.objects.all(), tenant_id, project_id)
    return Toll("volume", say("effect-volume-removed"), rows, name=attrgetter("name"))
