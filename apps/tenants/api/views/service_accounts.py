"""Programs of a tenant, and their tokens."""

from uuid import UUID

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from apps.core.api.schema import describe
from apps.core.api.serializers import Input, Output
from apps.core.api.views import visible_or_404
from apps.tenants import services
from apps.tenants.api.base import TenantViewSet
from apps.tenants.api.serializers import (
    NewTokenOutput,
    RotationInput,
    ServiceTokenInput,
    SlugField,
    TokenOutput,
    in_project,
)
from apps.tenants.api.views.me import rotated, shown_once
from apps.tenants.models import ApiToken, ServiceAccount
from apps.tenants.permissions import PROGRAM_ROLE_NAMES, Role

TOKEN_EXAMPLE = {
    "name": "ci",
    "permissions": ["jobs.submit", "jobs.view", "projects.view"],
    "expires_at": "2027-01-31T00:00:00Z",
}


class ServiceAccountOutput(Output):
    id = serializers.UUIDField()
    tenant_id = serializers.UUIDField()
    user_id = serializers.UUIDField(help_text="As which it is a member, submits jobs, and is named in the trail.")
    name = serializers.CharField()
    description = serializers.CharField()
    version = serializers.IntegerField()
    generation = serializers.IntegerField()
    created_at = serializers.DateTimeField()


class ServiceAccountChange(Input):
    description = serializers.CharField(max_length=300, allow_blank=True)


class ServiceAccountInput(Input):
    name = SlugField()
    description = serializers.CharField(max_length=300, allow_blank=True, default="")
    role = serializers.ChoiceField(
        choices=PROGRAM_ROLE_NAMES,
        required=False,
        help_text="Its first role; more are given as to members.",
    )
    project = serializers.UUIDField(required=False, allow_null=True, help_text="The role holds on this project only.")

    def validate(self, attrs: dict[str, object]) -> dict[str, object]:
        project = in_project(self, attrs)
        attrs.pop("project", None)
        if project and "role" not in attrs:
            raise serializers.ValidationError({"role": "Say which role on that project."})
        return {**attrs, **project, **({"role": Role(str(attrs["role"]))} if "role" in attrs else {})}


class ServiceAccountsViewSet(TenantViewSet):
    permissions = {
        "list": "members.view",
        "create": "members.manage",
        "retrieve": "members.view",
        "partial_update": "members.manage",
        "destroy": "members.manage",
    }
    queryset = ServiceAccount.objects.all()
    orders = {"created": "pk", "name": "name"}

    @describe("List the service accounts of a tenant", gives=ServiceAccountOutput(many=True))
    def list(self, request: Request, tenant_id: UUID) -> Response:
        return self.page(ServiceAccountOutput, self.tenant.service_accounts.all())

    @describe(
        "Make a service account",
        takes=ServiceAccountInput,
        gives=ServiceAccountOutput,
        status=201,
        example={"name": "nightly", "description": "Trains every night.", "role": "developer"},
    )
    def create(self, request: Request, tenant_id: UUID) -> Response:
        given = self.given(ServiceAccountInput, tenant=self.tenant)
        account = services.create_service_account(actor=self.actor, tenant=self.tenant, **given)
        return self.answer(account, self.shown(ServiceAccountOutput, account), status=201)

    @describe("Read a service account", gives=ServiceAccountOutput)
    def retrieve(self, request: Request, tenant_id: UUID, account_id: UUID) -> Response:
        account = visible_or_404(self.tenant.service_accounts.all(), pk=account_id)
        return self.answer(account, self.shown(ServiceAccountOutput, account))

    @describe(
        "Describe a service account anew",
        takes=ServiceAccountChange,
        gives=ServiceAccountOutput,
        example={"description": "Trains every night."},
    )
    def partial_update(self, request: Request, tenant_id: UUID, account_id: UUID) -> Response:
        account = self.locked(self.tenant.service_accounts.all(), pk=account_id)
        account = services.change_service_account(actor=self.actor, account=account, **self.given(ServiceAccountChange))
        return self.answer(account, self.shown(ServiceAccountOutput, account))

    @describe(
        "Remove a service account with its roles and tokens",
        status=204,
        text="Its tokens are refused at once, what they hold open is closed within seconds; its jobs go on.",
    )
    def destroy(self, request: Request, tenant_id: UUID, account_id: UUID) -> Response:
        account = self.locked(self.tenant.service_accounts.all(), pk=account_id)
        services.remove_service_account(actor=self.actor, account=account)
        return Response(status=204)


class ServiceTokensViewSet(TenantViewSet):
    """Tokens of one service account."""

    permissions = {
        "list": "members.manage",
        "create": "members.manage",
        "destroy": "members.manage",
        "rotate": "members.manage",
    }
    unversioned = frozenset({"destroy"})
    secret_fields = frozenset({"token"})
    queryset = ApiToken.objects.all()
    account: ServiceAccount

    def authorize(self, permission: str) -> None:
        super().authorize(permission)
        rows = self.tenant.service_accounts.select_related("user")
        self.account = visible_or_404(rows, pk=self.kwargs["account_id"])

    @describe("List the tokens of a service account", gives=TokenOutput(many=True))
    def list(self, request: Request, tenant_id: UUID, account_id: UUID) -> Response:
        return self.page(TokenOutput, ApiToken.objects.of_account(self.account))

    @describe(
        "Make a token of a service account",
        takes=ServiceTokenInput,
        gives=NewTokenOutput,
        status=201,
        text="The token is in this answer and nowhere else. It never holds more than the account does.",
        example=TOKEN_EXAMPLE,
    )
    def create(self, request: Request, tenant_id: UUID, account_id: UUID) -> Response:
        services.require_session(self.actor)
        wanted = services.Wanted(**self.given(ServiceTokenInput, tenant=self.tenant))
        return shown_once(self, *services.create_service_token(actor=self.actor, account=self.account, wanted=wanted))

    @describe("Revoke a token of a service account", status=204)
    def destroy(self, request: Request, tenant_id: UUID, account_id: UUID, token_id: UUID) -> Response:
        token = visible_or_404(ApiToken.objects.of_account(self.account), pk=token_id)
        services.revoke_token(actor=self.actor, token=token)
        return Response(status=204)

    @describe(
        "Replace a token of a service account by a new one",
        takes=RotationInput,
        gives=NewTokenOutput,
        status=201,
        example={"overlap_hours": 24},
    )
    def rotate(self, request: Request, tenant_id: UUID, account_id: UUID, token_id: UUID) -> Response:
        token = visible_or_404(ApiToken.objects.of_account(self.account).select_related("user"), pk=token_id)
        return rotated(self, token)
