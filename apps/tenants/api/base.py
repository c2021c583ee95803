"""Bases of the endpoints below one tenant or project: it is looked up once, and the permission is asked on it."""

from rest_framework.permissions import SAFE_METHODS

from apps.core.api.views import ResourceViewSet, visible_or_404
from apps.core.errors import SecondFactorNeeded
from apps.tenants.errors import BeingRemoved
from apps.tenants.models import Project, Tenant


def require_staying(method: str | None, place: Tenant | Project) -> None:
    """What is being removed is only read. Raises BeingRemoved."""
    if place.deleting_at is not None and method not in SAFE_METHODS:
        raise BeingRemoved(f"{place.name} is being removed.")


class TenantViewSet(ResourceViewSet):
    """Endpoints below /tenants/{tenant_id}/. `self.tenant` is one that the actor may see; others are 404."""

    tenant: Tenant

    def authorize(self, permission: str) -> None:
        if self.kwargs["tenant_id"] in self.actor.closed_tenants:
            raise SecondFactorNeeded("This tenant requires a second factor of its members.")
        self.tenant = visible_or_404(Tenant.objects.permitted(self.actor), pk=self.kwargs["tenant_id"])
        if permission:
            self.actor.require(permission, tenant_id=self.tenant.pk)
        require_staying(self.request.method, self.tenant)


class ProjectViewSet(ResourceViewSet):
    """Endpoints below /projects/{project_id}/. `self.project` (with its tenant) is one that the actor may see."""

    project: Project

    def authorize(self, permission: str) -> None:
        visible = Project.objects.select_related("tenant").permitted(self.actor)
        self.project = visible_or_404(visible, pk=self.kwargs["project_id"])
        if permission:
            self.actor.require(permission, tenant_id=self.project.tenant_id, project_id=self.project.pk)
        require_staying(self.request.method, self.project)
