"""/projects/{project_id}/network-exceptions/ and /tenants/{tenant_id}/isolation/."""

from typing import Any
from uuid import UUID

from rest_framework.request import Request
from rest_framework.response import Response

from apps.core.api.schema import describe
from apps.core.api.views import visible_or_404
from apps.isolation import services
from apps.isolation.api.serializers import (
    AskedListOutput,
    ExceptionChange,
    ExceptionInput,
    ExceptionOutput,
    IsolationInput,
    IsolationOutput,
)
from apps.isolation.models import Direction, NetworkException, TenantIsolation
from apps.tenants.api.base import ProjectViewSet, TenantViewSet

EXAMPLE = {
    "name": "registry",
    "description": "Where models are published.",
    "direction": "egress",
    "protocol": "TCP",
    "ports": ["443"],
    "cidr": "203.0.113.0/24",
}
MOST_ASKED = 100


class ExceptionsViewSet(ProjectViewSet):
    permissions = {"list": "networks.view", "create": "networks.manage"}
    queryset = NetworkException.objects.all()
    orders = {"name": "name", "created": "pk"}
    default_order = "name"

    @describe("List the exceptions of a project's closed network", gives=ExceptionOutput(many=True))
    def list(self, request: Request, project_id: UUID) -> Response:
        return self.page(ExceptionOutput, NetworkException.objects.filter(project=self.project).select_related("created_by"))

    @describe(
        "Open a project's network to a network outside, or to another project",
        takes=ExceptionInput,
        gives=ExceptionOutput,
        status=201,
        example=EXAMPLE,
        text="Between two projects it is open once both have an exception for the other, in opposite directions, with the "
        "same protocol and a port in common: nobody is reached who did not open.",
    )
    def create(self, request: Request, project_id: UUID) -> Response:
        row = services.create_exception(actor=self.actor, project=self.project, **self.given(ExceptionInput))
        response = self.answer(row, self.shown(ExceptionOutput, row), status=201)
        response["Location"] = f"/api/v1/projects/{project_id}/network-exceptions/{row.pk}/"
        return response


class ExceptionViewSet(ProjectViewSet):
    permissions = {
        "retrieve": "networks.view",
        "partial_update": "networks.manage",
        "destroy": "networks.manage",
    }

    @describe("Read a network exception", gives=ExceptionOutput)
    def retrieve(self, request: Request, project_id: UUID, exception_id: UUID) -> Response:
        row = visible_or_404(self._rows(), pk=exception_id)
        return self.answer(row, self.shown(ExceptionOutput, row))

    @describe(
        "Change a network exception: its ports, its protocol, what is said of it",
        takes=ExceptionChange,
        gives=ExceptionOutput,
        example={"ports": ["443", "8000-8100"]},
    )
    def partial_update(self, request: Request, project_id: UUID, exception_id: UUID) -> Response:
        row = self.locked(self._rows(), pk=exception_id)
        row = services.change_exception(actor=self.actor, row=row, changes=self.given(ExceptionChange))
        return self.answer(row, self.shown(ExceptionOutput, row))

    @describe("Close a network exception again", status=204)
    def destroy(self, request: Request, project_id: UUID, exception_id: UUID) -> Response:
        services.remove_exception(actor=self.actor, row=self.locked(self._rows(), pk=exception_id))
        return Response(status=204)

    def _rows(self) -> Any:
        return NetworkException.objects.filter(project=self.project).select_related("created_by")


class AskedViewSet(ProjectViewSet):
    permissions = {"retrieve": "networks.manage"}

    @describe(
        "List who asks to reach a project, or to be reached by it, and was not answered",
        gives=AskedListOutput,
        text=f"The newest {MOST_ASKED}. To answer one, create an exception in the direction that is named here.",
    )
    def retrieve(self, request: Request, project_id: UUID) -> Response:
        asking = NetworkException.objects.filter(peer_project=self.project, answered=False)
        rows = asking.order_by("-pk")[: MOST_ASKED + 1]
        found = [
            {
                "id": row.pk,
                "project": row.address,
                "description": row.description,
                "direction": Direction.INGRESS if row.direction == Direction.EGRESS else Direction.EGRESS,
                "protocol": row.protocol,
                "ports": row.ports,
                "created_at": row.created_at,
            }
            for row in rows
        ]
        return Response(AskedListOutput({"results": found[:MOST_ASKED], "more": len(found) > MOST_ASKED}).data)


class IsolationViewSet(TenantViewSet):
    permissions = {"retrieve": "tenants.view", "update": "networks.limit"}

    @describe("Read the limits of a tenant: networks, registries, sandbox", gives=IsolationOutput)
    def retrieve(self, request: Request, tenant_id: UUID) -> Response:
        row = services.isolation_of(self.tenant)
        return self.answer(row, self.shown(IsolationOutput, row))

    @describe(
        "Limit a tenant: its networks, its registries, its sandbox",
        takes=IsolationInput,
        gives=IsolationOutput,
        example={
            "networks": ["203.0.113.0/24", "10.20.0.0/16"],
            "registries": ["registry.example.org", "docker.io/library"],
        },
        text="What is open beyond them is closed at once, and says so. Without a list it may open what is public. "
        "Images from elsewhere are refused when a job is submitted, and by clusters that serve admission policies; so are "
        "pods outside a sandbox that is required.",
    )
    def update(self, request: Request, tenant_id: UUID) -> Response:
        TenantIsolation.objects.get_or_create(tenant=self.tenant)
        row = self.locked(TenantIsolation.objects.select_related("tenant"), pk=self.tenant.pk)
        row = services.limit_tenant(actor=self.actor, row=row, limits=self.given(IsolationInput))
        return self.answer(row, self.shown(IsolationOutput, row))
