"""What tenants answer to questions of core: how their rows look to everybody alike, and what is called like this."""

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from apps.core import live, registries
from apps.core.api.serializers import Output
from apps.core.registries import Found
from apps.tenants.actor import Actor
from apps.tenants.api.serializers import MemberOutput, ProjectOutput, TenantOutput
from apps.tenants.models import Member, Project, Tenant


def register() -> None:
    live.register("tenant", _renderer(Tenant.objects.all, TenantOutput), seen_from_projects=True)
    live.register("project", _renderer(lambda: Project.objects.select_related("tenant"), ProjectOutput))
    live.register("member", _renderer(lambda: Member.objects.with_names(), MemberOutput))
    registries.searches.register("tenant", search_tenants)
    registries.searches.register("project", search_projects)


def search_tenants(actor: Actor, text: str, limit: int) -> list[Found]:
    """Tenants with `text` in their slug or name."""
    rows = Tenant.objects.permitted(actor).filter(Q(slug__icontains=text) | Q(name__icontains=text)).order_by("slug")
    return [Found("tenant", row.pk, row.name, row.phase, f"/t/{row.slug}") for row in rows[:limit]]


def search_projects(actor: Actor, text: str, limit: int) -> list[Found]:
    """Projects with `text` in their slug or name."""
    named = Project.objects.permitted(actor).filter(Q(slug__icontains=text) | Q(name__icontains=text))
    rows = named.select_related("tenant").order_by("slug", "pk")[:limit]
    return [Found("project", row.pk, row.name, row.tenant.name, f"/t/{row.tenant.slug}/p/{row.slug}/jobs") for row in rows]


def _renderer(rows: Callable[[], QuerySet[Any]], output: type[Output]) -> live.Renderer:
    def render(ids: Iterable[UUID]) -> dict[UUID, dict[str, Any]]:
        return {row.pk: dict(output(row).data) for row in rows().filter(pk__in=list(ids))}

    return render
