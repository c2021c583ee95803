"""What secrets answer to questions of core."""

from collections.abc import Iterable
from operator import attrgetter
from typing import Any
from uuid import UUID

from apps.core import live, registries, sentences
from apps.core.registries import Found, Toll, in_place
from apps.core.sentences import say
from apps.secrets.api.serializers import SecretOutput
from apps.secrets.models import Secret
from apps.tenants.actor import Actor
from apps.tenants.models import REMOVED
from apps.tenants.search import named_in_projects


def register() -> None:
    live.register("secret", render)
    registries.searches.register("secret", search)
    registries.tolls.register("secret", toll)
    sentences.register({"effect-secret-destroyed": "is destroyed"})


def render(ids: Iterable[UUID]) -> dict[UUID, dict[str, Any]]:
    rows = Secret.objects.select_related("created_by").filter(pk__in=list(ids))
    return {row.pk: dict(SecretOutput(row).data) for row in rows}


def search(actor: Actor, text: str, limit: int) -> list[Found]:
    """Secrets whose name begins with `text`."""
    return named_in_projects(
        Secret.objects.all(),
        kind="secret",
        actor=actor,
        permission="secrets.view",
        text=text,
        limit=limit,
        page="secrets",
    )


def toll(tenant_id: UUID, project_id: UUID | None, phase: str) -> Toll | None:
    """What is removed takes its secrets along; no other change touches them."""
    if phase != REMOVED:
        return None
    rows = in_place(Secret.objects.all(), tenant_id, project_id)
    return Toll("secret", say("effect-secret-destroyed"), rows, name=attrgetter("name"))
