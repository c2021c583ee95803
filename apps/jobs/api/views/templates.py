"""/templates/: the platform's gallery and those of tenants."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from rest_framework.request import Request
from rest_framework.response import Response

from apps.core.api.schema import describe
from apps.core.api.serializers import sparse
from apps.core.api.views import ResourceViewSet, visible_or_404
from apps.jobs import services
from apps.jobs.api.bodies import parse_spec
from apps.jobs.api.serializers import TemplateChangeInput, TemplateInput, TemplateOutput
from apps.jobs.documents import template_document
from apps.jobs.models import Template
from apps.jobs.presets import preset
from apps.jobs.spec import Framework
from apps.tenants.actor import Actor
from apps.tenants.api.base import TenantViewSet

EXAMPLE = {
    "name": "Two PyTorch workers",
    "description": "Data-parallel training to start from.",
    "spec": preset(Framework.PYTORCH).as_short_json(),
}


def shown_template(actor: Actor, template: Template) -> dict[str, Any]:
    submits = template.tenant_id is not None and "jobs.submit" in actor.in_tenant(template.tenant_id)
    return {**template_document(template, values=submits), "can": _permissions_on(actor, template)}


def _permissions_on(actor: Actor, template: Template) -> list[str]:
    if template.tenant_id is None:
        held = actor.on_platform & {"platform-templates.manage"}
    else:
        held = actor.on_tenant(template.tenant_id) & {"templates.manage"}
    return sorted({"templates.view", *held})


class TemplatesViewSet(ResourceViewSet):
    """All that the reader may start from; the gallery is written by platform admins."""

    permissions = {"list": "", "create": "platform-templates.manage"}
    queryset = Template.objects.all()
    orders = {"created": "pk", "name": "name"}

    @describe("List templates", gives=TemplateOutput(many=True))
    def list(self, request: Request) -> Response:
        wanted = self.get_serializer_context()["fields"]
        rows = Template.objects.permitted(self.actor).select_related("tenant", "created_by")
        page = self.paginate_queryset(self.filter_queryset(rows)) or []
        return self.get_paginated_response([sparse(shown_template(self.actor, template), wanted) for template in page])

    @describe(
        "Add a template to the platform's gallery",
        takes=TemplateInput,
        gives=TemplateOutput,
        status=HTTPStatus.CREATED,
        example=EXAMPLE,
    )
    def create(self, request: Request) -> Response:
        return created(self, tenant_id=None)


class TenantTemplatesViewSet(TenantViewSet):
    permissions = {"create": "templates.manage"}

    @describe(
        "Add a template to a tenant",
        takes=TemplateInput,
        gives=TemplateOutput,
        status=HTTPStatus.CREATED,
        example=EXAMPLE,
    )
    def create(self, request: Request, tenant_id: UUID) -> Response:
        return created(self, tenant_id=self.tenant.pk)


class TemplateDetailViewSet(ResourceViewSet):
    permissions = {
        "retrieve": "templates.view",
        "partial_update": "templates.manage",
        "destroy": "templates.manage",
    }

    def authorize(self, permission: str) -> None:
        template: Template = visible_or_404(Template.objects.permitted(self.actor), pk=self.kwargs["template_id"])
        if permission == "templates.view":
            return
        if template.tenant_id is None:
            self.actor.require("platform-templates.manage")
        else:
            self.actor.require(permission, tenant_id=template.tenant_id)

    @describe("Read a template", gives=TemplateOutput)
    def retrieve(self, request: Request, template_id: UUID) -> Response:
        template = Template.objects.select_related("tenant", "created_by").get(pk=template_id)
        return self.answer(template, sparse(shown_template(self.actor, template), self.get_serializer_context()["fields"]))

    @describe("Change a template", takes=TemplateChangeInput, gives=TemplateOutput, example={"name": "Two workers"})
    def partial_update(self, request: Request, template_id: UUID) -> Response:
        template = self.locked(Template.objects.permitted(self.actor), pk=template_id)
        given = self.given(TemplateChangeInput)
        if "spec" in given:
            given["spec"] = parse_spec(given["spec"], at="/spec")
        template = services.change_template(actor=self.actor, template=template, **given)
        return self.answer(template, shown_template(self.actor, template))

    @describe("Remove a template", status=HTTPStatus.NO_CONTENT)
    def destroy(self, request: Request, template_id: UUID) -> Response:
        template = self.locked(Template.objects.permitted(self.actor), pk=template_id)
        services.delete_template(actor=self.actor, template=template)
        return Response(status=HTTPStatus.NO_CONTENT)


def created(view: ResourceViewSet, *, tenant_id: UUID | None) -> Response:
    given = view.given(TemplateInput)
    given["spec"] = parse_spec(given["spec"], at="/spec")
    template = services.create_template(actor=view.actor, tenant_id=tenant_id, **given)
    response = view.answer(template, shown_template(view.actor, template), status=HTTPStatus.CREATED)
    response["Location"] = f"/api/v1/templates/{template.pk}/"
    return response
