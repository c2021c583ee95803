"""What somebody may do here, and why."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from apps.accounts.models import User
from apps.core.api.schema import describe
from apps.core.api.serializers import Output
from apps.core.api.views import visible_or_404
from apps.core.errors import InvalidRequest
from apps.tenants.api.base import TenantViewSet
from apps.tenants.api.serializers import PersonOutput
from apps.tenants.explaining import Explanation, Place, TokenReach, Withheld, explain_access
from apps.tenants.models import Member, Project
from apps.tenants.permissions import ROLE_NAMES

_words = serializers.ListField(child=serializers.CharField())
_PROJECT = {"project": "Id of a project of the tenant; without it, the tenant as a whole."}


class SourceOutput(Output):
    role = serializers.ChoiceField(choices=ROLE_NAMES)
    place = serializers.ChoiceField(choices=[str(place) for place in Place], help_text="On what the role is given.")
    group = serializers.CharField(allow_null=True, help_text="By which group; null: by themselves.")


class GrantOutput(Output):
    permission = serializers.CharField()
    held = serializers.BooleanField()
    withheld = serializers.ChoiceField(
        choices=[str(why) for why in Withheld], allow_null=True, help_text="Why it is not held although a role gives it."
    )
    sources = SourceOutput(many=True)


class SharedOutput(Output):
    kind = serializers.CharField()
    id = serializers.UUIDField()
    name = serializers.CharField()
    group = serializers.CharField(allow_null=True)
    permissions = serializers.SerializerMethodField()

    @extend_schema_field(_words)
    def get_permissions(self, row: Any) -> list[str]:
        return sorted(row.permissions)


class TokenReachOutput(Output):
    id = serializers.UUIDField(source="token.pk")
    name = serializers.CharField(source="token.name")
    hint = serializers.CharField(source="token.hint")
    tenant = serializers.CharField(source="token.tenant.slug", default=None, allow_null=True)
    project = serializers.CharField(source="token.project.slug", default=None, allow_null=True)
    permissions = serializers.ListField(child=serializers.CharField(), help_text="What it keeps of those held here.")


class AccessOutput(Output):
    user = PersonOutput()
    tenant_id = serializers.UUIDField(source="tenant.pk")
    project_id = serializers.UUIDField(source="project.pk", default=None, allow_null=True)
    roles = SourceOutput(many=True)
    grants = GrantOutput(many=True, help_text="Permissions that a role gives here; others are not held.")
    shares = SharedOutput(many=True, help_text="Single things here that are shared with them, of those that you see.")
    tokens = serializers.SerializerMethodField(help_text="Of oneself and of service accounts; null of other people.")

    @extend_schema_field(TokenReachOutput(many=True, allow_null=True))
    def get_tokens(self, row: Explanation) -> Any:
        reach: list[TokenReach] | None = row.tokens
        return None if reach is None else TokenReachOutput(reach, many=True, context=self.context).data


class AccessViewSet(TenantViewSet):
    """Of oneself whoever is in the tenant may ask; of others, who manages its members, and auditors."""

    permissions = {"own": "", "retrieve": "members.manage"}

    def authorize(self, permission: str) -> None:
        super().authorize("" if "audit.view" in self.actor.on_platform else permission)

    @describe("Read what you may do in a tenant or project, and why", gives=AccessOutput, query=_PROJECT)
    def own(self, request: Request, tenant_id: UUID) -> Response:
        return self._explained(User.objects.get(pk=self.actor.user_id))

    @describe(
        "Read what somebody may do in a tenant or project, and why",
        gives=AccessOutput,
        query=_PROJECT,
        text="Somebody who has a role in the tenant, a person or a service account; platform roles may ask of anybody.",
    )
    def retrieve(self, request: Request, tenant_id: UUID, user_id: UUID) -> Response:
        people = User.objects.all()
        if "platform.view" not in self.actor.on_platform:
            people = people.filter(pk__in=Member.objects.filter(tenant=self.tenant).user_ids())
        return self._explained(visible_or_404(people, pk=user_id))

    def _explained(self, user: User) -> Response:
        found = explain_access(reader=self.actor, user=user, tenant=self.tenant, project=self._project())
        return Response(self.shown(AccessOutput, found))

    def _project(self) -> Project | None:
        given = self.request.query_params.get("project", "")
        if not given:
            return None
        try:
            pk = UUID(given)
        except ValueError as error:
            raise InvalidRequest(errors=[{"pointer": "?project", "detail": "This is no id."}]) from error
        project: Project = visible_or_404(Project.objects.permitted(self.actor).filter(tenant=self.tenant), pk=pk)
        return project
