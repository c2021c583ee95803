"""What tenants answer to questions of core: how their rows look to everybody alike, and what is called like this."""

from collections.abc import Callable, Iterable
from operator import attrgetter
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from apps.core import live, registries
from apps.core.api.serializers import Output
from apps.core.notifications import register as register_notifications
from apps.core.registries import Found, Toll
from apps.core.sentences import say
from apps.tenants import notifications, words
from apps.tenants.actor import Actor
from apps.tenants.api.serializers import MemberOutput, ProjectOutput, TenantOutput
from apps.tenants.api.views.invitations import InvitationOutput
from apps.tenants.api.views.service_accounts import ServiceAccountOutput
from apps.tenants.models import REMOVED, Invitation, Member, Project, ServiceAccount, Tenant


def register() -> None:
    live.register("tenant", _renderer(Tenant.objects.all, TenantOutput), seen_from_projects=True)
    live.register("project", _renderer(lambda: Project.objects.select_related("tenant"), ProjectOutput))
    live.register("member", _renderer(lambda: Member.objects.with_names(), MemberOutput))
    live.register("service-account", _renderer(ServiceAccount.objects.all, ServiceAccountOutput), permission="members.view")
    live.register(
        "invitation", _renderer(lambda: Invitation.objects.with_names(), InvitationOutput), permission="members.manage"
    )
    register_notifications(*notifications.KINDS)
    words.register()
    registries.searches.register("tenant", search_tenants)
    registries.searches.register("project", search_projects)
    registries.tolls.register("project", toll_of_projects)
    registries.tolls.register("invitation", toll_of_invitations)
    registries.tolls.register("service-account", toll_of_programs)


def toll_of_projects(tenant_id: UUID, project_id: UUID | None, phase: str) -> Toll | None:
    """A tenant that is removed takes its projects along."""
    if phase != REMOVED or project_id is not None:
        return None
    rows = Project.objects.filter(tenant_id=tenant_id).only("pk", "slug")
    return Toll("project", say("effect-project-removed"), rows, name=attrgetter("slug"))


def toll_of_invitations(tenant_id: UUID, project_id: UUID | None, phase: str) -> Toll | None:
    """Nobody can take up an invitation to what is removed."""
    if phase != REMOVED:
        return None
    rows = Invitation.objects.filter(tenant_id=tenant_id, accepted_at=None, revoked_at=None, expires_at__gt=timezone.now())
    rows = rows if project_id is None else rows.filter(project_id=project_id)
    return Toll("invitation", say("effect-revoked"), rows.only("pk", "email"), name=attrgetter("email"))


def toll_of_programs(tenant_id: UUID, project_id: UUID | None, phase: str) -> Toll | None:
    """Programs are members of a tenant, and end with it."""
    if phase != REMOVED or project_id is not None:
        return None
    rows = ServiceAccount.objects.filter(tenant_id=tenant_id).only("pk", "name")
    return Toll("service-account", say("effect-account-ends"), rows, name=attrgetter("name"))


def search_tenants(actor: Actor, text: str, limit: int) -> list[Found]:
    """Tenants with `text` in their slug or name."""
    rows = (
        Tenant.objects.permitted(actor).staying().filter(Q(slug__icontains=text) | Q(name__icontains=text)).order_by("slug")
    )
    return [Found("tenant", row.pk, row.name, row.phase, f"/t/{row.slug}") for row in rows[:limit]]


def search_projects(actor: Actor, text: str, limit: int) -> list[Found]:
    """Projects with `text` in their slug or name."""
    named = Project.objects.permitted(actor).staying().filter(Q(slug__icontains=text) | Q(name__icontains=text))
    rows = named.select_related("tenant").order_by("slug", "pk")[:limit]
    return [Found("project", row.pk, row.name, row.tenant.name, f"/t/{row.tenant.slug}/p/{row.slug}/jobs") for row in rows]


def _renderer(rows: Callable[[], QuerySet[Any]], output: type[Output]) -> live.Renderer:
    def render(ids: Iterable[UUID]) -> dict[UUID, dict[str, Any]]:
        return {row.pk: dict(output(row).data) for row in rows().filter(pk__in=list(ids))}

    return render
