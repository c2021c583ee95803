"""/projects/{id}/shares/, /tenants/{id}/caps/ and /priorities/."""

from typing import Any
from uuid import UUID

from rest_framework.request import Request
from rest_framework.response import Response

from apps.core.api.schema import describe
from apps.core.api.views import ResourceViewSet, visible_or_404
from apps.quotas import services
from apps.quotas.api.serializers import (
    CapChange,
    CapInput,
    CapOutput,
    PriorityChange,
    PriorityInput,
    PriorityOutput,
    SharesInput,
    SharesOutput,
)
from apps.quotas.api.views.quotas import CHANGING, Confirmable
from apps.quotas.models import PriorityClass, UserCap
from apps.quotas.services.dividing import describe_shares
from apps.tenants.api.base import ProjectViewSet, TenantViewSet
from apps.tenants.models import Project

SHARES_EXAMPLE = {
    "shares": [{"cluster": "harbour", "flavor": "a100", "resource": "gpu", "guaranteed": 4, "cap": 8}],
}
CAP_EXAMPLE = {"user": "ann@aurora.example", "running_workloads": 4, "gpus": 8, "may_use_restricted_priorities": True}
PRIORITY_EXAMPLE = {"name": "nightly", "value": 100, "description": "Reports that must be there by morning."}


class SharesViewSet(ProjectViewSet, Confirmable):
    permissions = {"retrieve": "quotas.view", "update": "quotas.divide"}

    @describe("Read the shares of a project", gives=SharesOutput)
    def retrieve(self, request: Request, project_id: UUID) -> Response:
        return self.answer(self.project, self._document(self.project))

    @describe(
        "Divide the tenant's quota: put a project's shares",
        takes=SharesInput,
        gives=SharesOutput,
        query=CHANGING,
        example={
            "shares": [{"cluster": "harbour", "flavor": "a100", "resource": "gpu", "guaranteed": 4, "cap": 8}],
        },
    )
    def update(self, request: Request, project_id: UUID) -> Response:
        project = self.locked(Project.objects.permitted(self.actor), pk=project_id)
        lines = self.given(SharesInput)["shares"]
        if self.dry_run:
            return self.hits(services.preview_shares(project=project, lines=lines))
        project = services.set_shares(actor=self.actor, project=project, lines=lines, confirm=self.confirm)
        return self.answer(project, self._document(project))

    def _document(self, project: Project) -> dict[str, Any]:
        return self.shown(
            SharesOutput,
            {
                "project_id": project.pk,
                "generation": project.generation,
                "shares": describe_shares(project),
                "can": sorted(self.actor.on_project(project.pk, project.tenant_id)),
            },
        )


class CapsViewSet(TenantViewSet, Confirmable):
    """Caps of the users of a tenant."""

    permissions = {"list": "quotas.view", "create": "quotas.divide"}
    queryset = UserCap.objects.all()
    orders = {"created": "pk"}

    @describe("List the caps of a tenant's users", gives=CapOutput(many=True))
    def list(self, request: Request, tenant_id: UUID) -> Response:
        return self.page(CapOutput, UserCap.objects.filter(tenant=self.tenant).select_related("user", "group"))

    @describe(
        "Cap a user, each one of a group, or everybody else",
        takes=CapInput,
        gives=CapOutput,
        status=201,
        query=CHANGING,
        example=CAP_EXAMPLE,
    )
    def create(self, request: Request, tenant_id: UUID) -> Response:
        given = self.given(CapInput, tenant=self.tenant)
        if self.dry_run:
            return self.hits(services.preview_cap(cap=UserCap(tenant=self.tenant, **given)))
        cap = services.create_cap(actor=self.actor, tenant=self.tenant, confirm=self.confirm, **given)
        return self.answer(cap, self.shown(CapOutput, cap), status=201)


class CapViewSet(Confirmable):
    permissions = {"retrieve": "", "partial_update": "", "destroy": ""}

    @describe("Read a cap", gives=CapOutput)
    def retrieve(self, request: Request, cap_id: UUID) -> Response:
        cap = visible_or_404(UserCap.objects.permitted(self.actor).select_related("user", "group"), pk=cap_id)
        return self.answer(cap, self.shown(CapOutput, cap))

    @describe("Change a cap", takes=CapChange, gives=CapOutput, query=CHANGING, example={"gpus": 4})
    def partial_update(self, request: Request, cap_id: UUID) -> Response:
        cap, given = self._locked(cap_id), self.given(CapChange)
        if self.dry_run:
            for name, value in given.items():
                setattr(cap, name, value)
            return self.hits(services.preview_cap(cap=cap))
        cap = services.change_cap(actor=self.actor, cap=cap, changes=given, confirm=self.confirm)
        return self.answer(cap, self.shown(CapOutput, cap))

    @describe("Remove a cap", status=204, query=CHANGING)
    def destroy(self, request: Request, cap_id: UUID) -> Response:
        cap = self._locked(cap_id)
        if self.dry_run:
            return self.hits(services.preview_cap(cap=cap, removed=True))
        services.remove_cap(actor=self.actor, cap=cap, confirm=self.confirm)
        return Response(status=204)

    def _locked(self, cap_id: UUID) -> UserCap:
        """The cap, once the actor is known to divide its tenant's quota."""
        rows = UserCap.objects.permitted(self.actor)
        self.actor.require("quotas.divide", tenant_id=visible_or_404(rows, pk=cap_id).tenant_id)
        cap: UserCap = self.locked(rows, pk=cap_id)
        return cap


class PrioritiesViewSet(ResourceViewSet):
    """Priorities, the highest first."""

    permissions = {"list": "", "create": "priorities.manage"}
    queryset = PriorityClass.objects.all()
    orders = {"value": "value", "name": "name", "created": "pk"}
    default_order = "-value"

    @describe("List priorities", gives=PriorityOutput(many=True))
    def list(self, request: Request) -> Response:
        return self.page(PriorityOutput, PriorityClass.objects.all())

    @describe("Name a priority", takes=PriorityInput, gives=PriorityOutput, status=201, example=PRIORITY_EXAMPLE)
    def create(self, request: Request) -> Response:
        priority = services.create_priority(actor=self.actor, **self.given(PriorityInput))
        return self.answer(priority, self.shown(PriorityOutput, priority), status=201)


class PriorityViewSet(ResourceViewSet):
    permissions = {"retrieve": "", "partial_update": "priorities.manage", "destroy": "priorities.manage"}

    @describe("Read a priority", gives=PriorityOutput)
    def retrieve(self, request: Request, priority_id: UUID) -> Response:
        priority = visible_or_404(PriorityClass.objects.all(), pk=priority_id)
        return self.answer(priority, self.shown(PriorityOutput, priority))

    @describe("Change a priority", takes=PriorityChange, gives=PriorityOutput, example={"starts_within_seconds": 120})
    def partial_update(self, request: Request, priority_id: UUID) -> Response:
        priority = self.locked(PriorityClass.objects.all(), pk=priority_id)
        priority = services.change_priority(actor=self.actor, priority=priority, changes=self.given(PriorityChange))
        return self.answer(priority, self.shown(PriorityOutput, priority))

    @describe("Remove a priority that no workload has", status=204)
    def destroy(self, request: Request, priority_id: UUID) -> Response:
        services.remove_priority(actor=self.actor, priority=self.locked(PriorityClass.objects.all(), pk=priority_id))
        return Response(status=204)
