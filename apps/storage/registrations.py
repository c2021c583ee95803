"""What buckets answer to questions of core."""

from collections.abc import Iterable
from operator import attrgetter
from typing import Any
from uuid import UUID

from apps.core import live, registries, sentences
from apps.core.registries import Found, Toll, in_place
from apps.core.sentences import say
from apps.storage import objects
from apps.storage.api.dataset_serializers import DatasetOutput, DatasetVersionOutput
from apps.storage.api.serializers import BucketOutput, UnpackingOutput
from apps.storage.health import check_buckets, check_objects
from apps.storage.models import Bucket, Dataset, DatasetVersion, Unpacking
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
    registries.searches.register("bucket", search)
    registries.searches.register("dataset", search_datasets)
    registries.tolls.register("bucket", toll)
    registries.tolls.register("dataset", toll_of_datasets)
    sentences.register(
        {
            "effect-bucket-removed": "is removed with all its files",
            "effect-dataset-removed": "is removed with all its versions",
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
