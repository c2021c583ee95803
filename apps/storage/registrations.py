"""What buckets, volumes and datasets answer to questions of core."""

from collections.abc import Callable
from operator import attrgetter
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from apps.core import live, registries, sentences
from apps.core.api.serializers import Output
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
    live.register("bucket", _rendered(Bucket.objects.select_related("created_by"), BucketOutput))
    unpackings = Unpacking.objects.select_related("created_by")
    live.register("unpacking", _rendered(unpackings, UnpackingOutput), permission="buckets.view")
    live.register("dataset", _rendered(Dataset.objects.select_related("created_by"), DatasetOutput))
    versions = DatasetVersion.objects.select_related("created_by")
    live.register("dataset-version", _rendered(versions, DatasetVersionOutput), permission="datasets.view")
    live.register("volume", _rendered(Volume.objects.select_related("created_by", "cluster"), VolumeOutput))
    register_notifications(*KINDS)
    for kind, rows in (
        ("bucket", Bucket.objects.all()),
        ("volume", Volume.objects.all()),
        ("dataset", Dataset.objects.all()),
    ):
        registries.searches.register(kind, _named(kind, rows))
        registries.tolls.register(kind, _taken_along(kind, rows))
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


def _rendered(rows: QuerySet[Any], output: type[Output]) -> live.Renderer:
    return lambda ids: {row.pk: dict(output(row).data) for row in rows.filter(pk__in=list(ids))}


def _named(kind: str, rows: QuerySet[Any]) -> Callable[[Actor, str, int], list[Found]]:
    """Those of which the name begins with a text."""
    return lambda actor, text, limit: named_in_projects(
        rows, kind=kind, actor=actor, permission=f"{kind}s.view", text=text, limit=limit, page=f"{kind}s/{{id}}"
    )


def _taken_along(kind: str, rows: QuerySet[Any]) -> Callable[[UUID, UUID | None, str], Toll | None]:
    """What is removed takes them along; no other change touches them."""

    def toll(tenant_id: UUID, project_id: UUID | None, phase: str) -> Toll | None:
        if phase != REMOVED:
            return None
        return Toll(kind, say(f"effect-{kind}-removed"), in_place(rows, tenant_id, project_id), name=attrgetter("name"))

    return toll
