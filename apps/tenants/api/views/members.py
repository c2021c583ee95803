"""Roles on a tenant and its projects, and on the platform."""

from uuid import UUID

from rest_framework.request import Request
from rest_framework.response import Response

from apps.core.api.schema import describe
from apps.core.api.views import ResourceViewSet
from apps.core.errors import PermissionRefused
from apps.tenants import services
from apps.tenants.api.base import TenantViewSet
from apps.tenants.api.filters import MemberFilter
from apps.tenants.api.serializers import MemberInput, MemberOutput, PlatformMemberInput
from apps.tenants.models import Member

EXAMPLE = {"email": "ann@aurora.example", "role": "developer"}


class SomewhereInTenantViewSet(TenantViewSet):
    """Who manages members of one project only may do so here for that project: the service asks where the role lies."""

    def authorize(self, permission: str) -> None:
        super().authorize("")
        if permission not in self.actor.in_tenant(self.tenant.pk):
            raise PermissionRefused(f"This needs the permission {permission}.", permission=permission)


class MembersViewSet(SomewhereInTenantViewSet):
    permissions = {"list": "members.view", "create": "members.manage", "destroy": "members.manage"}
    queryset = Member.objects.all()
    filterset_class = MemberFilter

    @describe("List who has which role", gives=MemberOutput(many=True))
    def list(self, request: Request, tenant_id: UUID) -> Response:
        return self.page(MemberOutput, Member.objects.permitted(self.actor).filter(tenant=self.tenant).with_names())

    @describe("Give a role on the tenant or a project", takes=MemberInput, gives=MemberOutput, status=201, example=EXAMPLE)
    def create(self, request: Request, tenant_id: UUID) -> Response:
        given = self.given(MemberInput, tenant=self.tenant)
        member = services.add_member(actor=self.actor, tenant=self.tenant, **given)
        return self.answer(member, self.shown(MemberOutput, member), status=201)

    @describe("Take a role", status=204)
    def destroy(self, request: Request, tenant_id: UUID, member_id: UUID) -> Response:
        visible = Member.objects.permitted(self.actor).filter(tenant=self.tenant)
        services.remove_member(actor=self.actor, member=self.locked(visible, pk=member_id))
        return Response(status=204)


class PlatformMembersViewSet(ResourceViewSet):
    permissions = {"list": "platform.view", "create": "roles.appoint", "destroy": "roles.appoint"}
    queryset = Member.objects.all()
    filterset_class = MemberFilter

    @describe("List who has which role on the platform", gives=MemberOutput(many=True))
    def list(self, request: Request) -> Response:
        return self.page(MemberOutput, Member.objects.filter(tenant=None).with_names())

    @describe(
        "Give a role on the platform",
        takes=PlatformMemberInput,
        gives=MemberOutput,
        status=201,
        example={"email": "iris@hanse.example", "role": "auditor"},
    )
    def create(self, request: Request) -> Response:
        member = services.add_member(actor=self.actor, **self.given(PlatformMemberInput))
        return self.answer(member, self.shown(MemberOutput, member), status=201)

    @describe("Take a role on the platform", status=204)
    def destroy(self, request: Request, member_id: UUID) -> Response:
        member = self.locked(Member.objects.filter(tenant=None), pk=member_id)
        services.remove_member(actor=self.actor, member=member)
        return Response(status=204)
