"""What secrets answer to questions of core."""

from collections.abc import Iterable
from operator import attrgetter
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from apps.core import live, registries, sentences
from apps.core.registries import Found, Toll
from apps.core.sentences import say
from apps.secrets.api.serializers import SecretOutput
from apps.secrets.models import Secret
from apps.tenants.actor import Actor
from apps.tenants.models import REMOVED, Project


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
    projects = Project.objects.permitted(actor, "secrets.view")
    rows = Secret.objects.filter(project__in=projects, name__begins=text.lower())
    return [
        Found(
            "secret",
            row.pk,
            row.name,
            f"{row.project.tenant.slug}/{row.project.slug}",
            f"/t/{row.project.tenant.slug}/p/{row.project.slug}/secrets",
        )
        for row in rows.select_related("project__tenant").order_by("name", "pk")[:limit]
    ]


def toll(tenant_id: UUID, project_id: UUID | None, phase: str) -> Toll | None:
    """What is removed takes its secrets along; no other change touches them."""
    if phase != REMOVED:
        return None
    return Toll("secret", say("effect-secret-destroyed"), _of(tenant_id, project_id), name=attrgetter("name"))


def _of(tenant_id: UUID, project_id: UUID | None) -> QuerySet[Secret]:
    rows = Secret.objects.filter(tenant_id=tenant_id)
    return rows if project_id is None else rows.filter(project_id=project_id)
