"""Bases of the endpoints below one tenant or project: it is looked up once, and the permission is asked on it."""

from apps.core.api.views import ResourceViewSet, visible_or_404
from apps.tenants.models import Project, Tenant


class TenantViewSet(ResourceViewSet):
    """Endpoints below /tenants/{tenant_id}/. `self.tenant` is one that the actor may see; others are 404."""

    tenant: Tenant

    def authorize(self, permission: str) -> None:
        self.tenant = visible_or_404(Tenant.objects.permitted(self.actor), pk=self.kwargs["tenant_id"])
        if permission:
            self.actor.require(permission, tenant_id=self.tenant.pk)


class ProjectViewSet(ResourceViewSet):
    """Endpoints below /projects/{project_id}/. `self.project` (with its tenant) is one that the actor may see."""

    project: Project

    def authorize(self, permission: str) -> None:
        visible = Project.objects.select_related("tenant").permitted(self.actor)
        self.project = visible_or_404(visible, pk=self.kwargs["project_id"])
        if permission:
            self.actor.require(permission, tenant_id=self.project.tenant_id, project_id=self.project.pk)
