"""/tenants/ and /projects/ (POST /tenants/, the onboarding, is quotas')."""

from uuid import UUID

from rest_framework.request import Request
from rest_framework.response import Response

from apps.core.api.schema import describe
from apps.core.api.serializers import PreviewOutput
from apps.core.api.views import PAGED, ResourceViewSet
from apps.core.errors import InvalidRequest
from apps.core.tolls import page_of_tolls
from apps.tenants import services
from apps.tenants.api.base import ProjectViewSet, TenantViewSet
from apps.tenants.api.filters import ProjectFilter, TenantFilter
from apps.tenants.api.serializers import (
    Confirmation,
    ProjectForReader,
    ProjectInput,
    Reason,
    TenantChange,
    TenantForReader,
)
from apps.tenants.models import Project, Tenant
from apps.tenants.services.tenants import PREVIEWS

PROJECT_EXAMPLE = {"slug": "vision", "name": "Vision", "description": "Cameras of the harbour."}


class TenantsViewSet(ResourceViewSet):
    """The tenants that the reader may see. Quotas adds onboarding to it and gives it its address."""

    permissions = {"list": ""}
    queryset = Tenant.objects.all()
    filterset_class = TenantFilter
    orders = {"created": "pk", "slug": "slug"}

    @describe("List tenants", gives=TenantForReader(many=True))
    def list(self, request: Request) -> Response:
        return self.page(TenantForReader, Tenant.objects.permitted(self.actor))


class TenantDetailViewSet(TenantViewSet):
    permissions = {
        "retrieve": "tenants.view",
        "partial_update": "tenants.change",
        "destroy": "tenants.remove",
        "preview": "tenants.view",
        "suspend": "tenants.suspend",
        "resume": "tenants.suspend",
        "drain": "tenants.suspend",
        "close": "tenants.suspend",
    }

    @describe("Read a tenant", gives=TenantForReader)
    def retrieve(self, request: Request, tenant_id: UUID) -> Response:
        return self.answer(self.tenant, self.shown(TenantForReader, self.tenant))

    @describe("Change a tenant", takes=TenantChange, gives=TenantForReader, example={"name": "Aurora Robotics"})
    def partial_update(self, request: Request, tenant_id: UUID) -> Response:
        tenant = self.locked(Tenant.objects.permitted(self.actor), pk=tenant_id)
        tenant = services.change_tenant(actor=self.actor, tenant=tenant, **self.given(TenantChange))
        return self.answer(tenant, self.shown(TenantForReader, tenant))

    @describe(
        "Remove a tenant that is draining or closed",
        takes=Confirmation,
        gives=TenantForReader,
        status=202,
        example={"confirm": "aurora"},
        text="It is closed at once, and goes when all that belongs to it is gone: `removal` says how far that is.",
    )
    def destroy(self, request: Request, tenant_id: UUID) -> Response:
        tenant = self.locked(Tenant.objects.permitted(self.actor), pk=tenant_id)
        tenant = services.remove_tenant(actor=self.actor, tenant=tenant, **self.given(Confirmation))
        return self.answer(tenant, self.shown(TenantForReader, tenant), status=202)

    @describe(
        "Preview what an act would stop or delete",
        gives=PreviewOutput,
        query={"act": "suspend, drain, close or remove.", **PAGED},
    )
    def preview(self, request: Request, tenant_id: UUID) -> Response:
        act = request.query_params.get("act", "")
        if act not in PREVIEWS:
            raise InvalidRequest(errors=[{"pointer": "?act", "detail": f"One of {', '.join(PREVIEWS)}."}])
        return self.previewed(page_of_tolls, services.preview(tenant=self.tenant, act=act))

    @describe("Suspend a tenant: nothing new starts", takes=Reason, gives=TenantForReader, example={"reason": "Unpaid."})
    def suspend(self, request: Request, tenant_id: UUID) -> Response:
        return self._act("suspend")

    @describe(
        "Resume a suspended tenant",
        takes=Reason,
        gives=TenantForReader,
        example={"reason": "Paid."},
    )
    def resume(self, request: Request, tenant_id: UUID) -> Response:
        return self._act("resume")

    @describe(
        "Drain a tenant: what runs is stopped",
        takes=Reason,
        gives=TenantForReader,
        example={"reason": "The contract ends."},
    )
    def drain(self, request: Request, tenant_id: UUID) -> Response:
        return self._act("drain")

    @describe(
        "Close a drained tenant",
        takes=Reason,
        gives=TenantForReader,
        example={"reason": "The contract has ended."},
    )
    def close(self, request: Request, tenant_id: UUID) -> Response:
        return self._act("close")

    def _act(self, act: str) -> Response:
        tenant = services.change_phase(actor=self.actor, tenant=self.tenant, act=act, **self.given(Reason))
        return self.answer(tenant, self.shown(TenantForReader, tenant))


class TenantProjectsViewSet(TenantViewSet):
    permissions = {"list": "", "create": "projects.create"}
    queryset = Project.objects.all()
    filterset_class = ProjectFilter
    orders = {"created": "pk", "slug": "slug"}

    @describe("List the projects of a tenant", gives=ProjectForReader(many=True))
    def list(self, request: Request, tenant_id: UUID) -> Response:
        rows = Project.objects.permitted(self.actor).filter(tenant=self.tenant).select_related("tenant")
        return self.page(ProjectForReader, rows)

    @describe("Make a project", takes=ProjectInput, gives=ProjectForReader, status=201, example=PROJECT_EXAMPLE)
    def create(self, request: Request, tenant_id: UUID) -> Response:
        project = services.create_project(actor=self.actor, tenant=self.tenant, **self.given(ProjectInput))
        return self.answer(project, self.shown(ProjectForReader, project), status=201)


class ProjectDetailViewSet(ProjectViewSet):
    permissions = {
        "retrieve": "projects.view",
        "partial_update": "projects.change",
        "destroy": "projects.remove",
        "preview": "projects.view",
    }

    @describe("Read a project", gives=ProjectForReader)
    def retrieve(self, request: Request, project_id: UUID) -> Response:
        return self.answer(self.project, self.shown(ProjectForReader, self.project))

    @describe("Change a project", takes=TenantChange, gives=ProjectForReader, example={"name": "Vision"})
    def partial_update(self, request: Request, project_id: UUID) -> Response:
        project = self.locked(Project.objects.permitted(self.actor), pk=project_id)
        project = services.change_project(actor=self.actor, project=project, **self.given(TenantChange))
        return self.answer(project, self.shown(ProjectForReader, project))

    @describe(
        "Remove a project",
        takes=Confirmation,
        gives=ProjectForReader,
        status=202,
        example={"confirm": "vision"},
        text="What runs in it is stopped, and it goes when all that belongs to it is gone: `removal` says how far that is.",
    )
    def destroy(self, request: Request, project_id: UUID) -> Response:
        project = self.locked(Project.objects.permitted(self.actor), pk=project_id)
        project = services.remove_project(actor=self.actor, project=project, **self.given(Confirmation))
        return self.answer(project, self.shown(ProjectForReader, project), status=202)

    @describe("Preview what removing the project would delete", gives=PreviewOutput, query=PAGED)
    def preview(self, request: Request, project_id: UUID) -> Response:
        return self.previewed(page_of_tolls, services.preview_project_removal(project=self.project))
