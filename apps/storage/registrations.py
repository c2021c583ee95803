"""What buckets answer to questions of core."""

from collections.abc import Iterable
from operator import attrgetter
from typing import Any
from uuid import UUID

from apps.core import live, registries, sentences
from apps.core.registries import Found, Toll, in_place
from apps.core.sentences import say
from apps.storage import objects
from apps.storage.api.serializers import BucketOutput, UnpackingOutput
from apps.storage.health import check_buckets, check_objects
from apps.storage.models import Bucket, Unpacking
from apps.tenants.actor import Actor
from apps.tenants.models import REMOVED
from apps.tenants.search import named_in_projects


def register() -> None:
    registries.health_checks.register("objects", check_objects)
    registries.health_checks.register("buckets", check_buckets)
    registries.ready_checks.register("objects", objects.answers)
    live.register("bucket", render)
    live.register("unpacking", render_unpackings, permission="buckets.view")
    registries.searches.register("bucket", search)
    registries.tolls.register("bucket", toll)
    sentences.register({"effect-bucket-removed": "is removed with all its files"})


def render(ids: Iterable[UUID]) -> dict[UUID, dict[str, Any]]:
    rows = Bucket.objects.select_related("created_by").filter(pk__in=list(ids))
    return {row.pk: dict(BucketOutput(row).data) for row in rows}


def render_unpackings(ids: Iterable[UUID]) -> dict[UUID, dict[str, Any]]:
    rows = Unpacking.objects.select_related("created_by").filter(pk__in=list(ids))
    return {row.pk: dict(UnpackingOutput(row).data) for row in rows}


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
