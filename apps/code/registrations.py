"""What code answers to questions of core."""

from collections.abc import Iterable
from operator import attrgetter
from typing import Any
from uuid import UUID

from apps.code.api.serializers import CodeOutput
from apps.code.models import Code
from apps.core import live, registries, sentences
from apps.core.registries import Toll
from apps.core.sentences import say
from apps.tenants.models import REMOVED


def register() -> None:
    live.register("code", render, permission="jobs.view")
    registries.tolls.register("code", toll)
    sentences.register({"effect-code-deleted": "is deleted"})


def render(ids: Iterable[UUID]) -> dict[UUID, dict[str, Any]]:
    return {row.pk: dict(CodeOutput(row).data) for row in Code.objects.select_related("created_by").filter(pk__in=list(ids))}


def toll(tenant_id: UUID, project_id: UUID | None, phase: str) -> Toll | None:
    """What is removed takes its code along; no other change touches it."""
    if phase != REMOVED:
        return None
    rows = Code.objects.filter(tenant_id=tenant_id)
    rows = rows if project_id is None else rows.filter(project_id=project_id)
    return Toll(Code.live_kind, say("effect-code-deleted"), rows.only("pk", "name"), name=attrgetter("name"))
