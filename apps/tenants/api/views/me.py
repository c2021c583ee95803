"""What concerns whoever asks: their profile, what they may do, their tokens, tickets and search."""

from collections import defaultdict
from datetime import timedelta
from typing import Any
from uuid import UUID
from zoneinfo import available_timezones

from django.conf import settings
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from apps.accounts import services as accounts
from apps.accounts.models import User
from apps.core import registries
from apps.core.api.schema import describe
from apps.core.api.serializers import Input, NoInput, Output
from apps.core.api.views import ResourceViewSet, visible_or_404
from apps.core.errors import InvalidRequest
from apps.tenants import access, services, tickets
from apps.tenants.api.serializers import NewTokenOutput, RotationInput, TokenInput, TokenOutput
from apps.tenants.models import ApiToken, Member, Project, Tenant
from apps.tenants.permissions import PERMISSIONS

# Enough for the switcher of the console; whoever sees more looks them up with /tenants/?q=.
MOST_TENANTS = 200
_words = serializers.ListField(child=serializers.CharField())


class ProfileOutput(Output):
    id = serializers.UUIDField()
    email = serializers.EmailField()
    name = serializers.CharField()
    language = serializers.CharField()
    time_zone = serializers.CharField()
    theme = serializers.CharField()
    last_project_id = serializers.UUIDField(allow_null=True, help_text="Where the console begins.")
    password_is_temporary = serializers.BooleanField()
    generation = serializers.IntegerField()


class Named(Output):
    id = serializers.UUIDField()
    slug = serializers.CharField()
    name = serializers.CharField()


class ProjectOfMe(Named):
    can = _words


class TenantOfMe(ProjectOfMe):
    phase = serializers.CharField()
    projects = ProjectOfMe(many=True)


class RoleOfMe(Output):
    role = serializers.CharField()
    tenant_id = serializers.UUIDField(allow_null=True)
    project_id = serializers.UUIDField(allow_null=True)
    group = serializers.CharField(source="group.name", default=None, allow_null=True)


class SecondFactorOfMe(Output):
    present = serializers.BooleanField()
    needed = serializers.BooleanField(help_text="Your roles count nowhere until you have one.")
    needed_in = Named(many=True, help_text="Tenants in which your roles do not count until you have one.")


class ViewerOfMe(Output):
    name = serializers.CharField(source="label")
    until = serializers.DateTimeField()


class MeOutput(Output):
    user = ProfileOutput()
    second_factor = SecondFactorOfMe()
    can = serializers.ListField(child=serializers.CharField(), help_text="Permissions that you hold everywhere.")
    roles = RoleOfMe(many=True)
    tenants = TenantOfMe(many=True)
    tenants_complete = serializers.BooleanField(help_text=f"False when you see more than {MOST_TENANTS}.")
    viewer = ViewerOfMe(allow_null=True, help_text="Who of support looks as you see it, in a session that does.")
    token = serializers.CharField(allow_null=True, help_text="Name of the token that asks; null in a session.")
    version = serializers.CharField(help_text="Version of Hanse.")
    local_compute = serializers.BooleanField(help_text="Jobs may run as processes of the portal's machine.")


class ProfileChange(Input):
    name = serializers.CharField(max_length=150, required=False)
    language = serializers.ChoiceField(choices=settings.LANGUAGES, required=False, allow_blank=True)
    time_zone = serializers.CharField(max_length=60, allow_blank=True, required=False)
    theme = serializers.ChoiceField(choices=["system", "light", "dark"], required=False)

    def validate_time_zone(self, name: str) -> str:
        if name and name not in available_timezones():
            raise serializers.ValidationError("This is no IANA time zone, such as Europe/Berlin.")
        return name


class PlaceInput(Input):
    project = serializers.UUIDField()


class MeViewSet(ResourceViewSet):
    permissions = {"retrieve": "", "partial_update": "", "place": ""}
    unversioned = frozenset({"place"})
    needs_second_factor = False

    @describe("Read who you are and what you may do", gives=MeOutput)
    def retrieve(self, request: Request) -> Response:
        return self._me()

    @describe("Change your profile", takes=ProfileChange, gives=MeOutput, example={"language": "zh-hans", "theme": "dark"})
    def partial_update(self, request: Request) -> Response:
        services.require_session(self.actor)
        user = self.locked(User.objects.all(), pk=self.actor.user_id)
        accounts.change_user(actor=self.actor, user=user, **self.given(ProfileChange))
        return self._me()

    @describe(
        "Say which project you work in, so that a fresh sign-in begins there",
        takes=PlaceInput,
        status=204,
        example={"project": "01999999-0000-7000-8000-000000000000"},
    )
    def place(self, request: Request) -> Response:
        services.require_session(self.actor)
        project = Project.objects.permitted(self.actor).filter(pk=self.given(PlaceInput)["project"]).first()
        if project is None:
            raise InvalidRequest(errors=[{"pointer": "/project", "detail": "There is no such project that you may see."}])
        accounts.remember_project(user_id=self.actor.user_id, project_id=project.pk)
        return Response(status=204)

    def _me(self) -> Response:
        user = User.objects.with_second_factor().get(pk=self.actor.user_id)
        visible = list(Tenant.objects.permitted(self.actor).order_by("slug")[: MOST_TENANTS + 1])
        shown = visible[:MOST_TENANTS]
        projects: dict[UUID, list[dict[str, Any]]] = defaultdict(list)
        for project in Project.objects.permitted(self.actor).staying().filter(tenant__in=shown).order_by("slug"):
            held = self.actor.on_project(project.pk, project.tenant_id)
            projects[project.tenant_id].append(_named(project, can=sorted(held)))
        document = {
            "user": user,
            "second_factor": {
                "present": user.has_second_factor,
                "needed": self.actor.lacks_second_factor,
                "needed_in": access.tenants_that_ask(self.actor) if self.actor.closed_tenants else [],
            },
            "can": sorted(self.actor.on_platform),
            "roles": Member.objects.of_user(user).select_related("group").order_by("pk"),
            "tenants": [
                _named(
                    tenant,
                    can=sorted(self.actor.on_tenant(tenant.pk)),
                    phase=tenant.phase,
                    projects=projects[tenant.pk],
                )
                for tenant in shown
            ],
            "tenants_complete": len(visible) <= MOST_TENANTS,
            "viewer": self.actor.viewer,
            "token": self.actor.token_label or None,
            "version": settings.VERSION,
            "local_compute": settings.LOCAL_COMPUTE,
        }
        return self.answer(user, self.shown(MeOutput, document))


def _named(row: Tenant | Project, **further: Any) -> dict[str, Any]:
    return {"id": row.pk, "slug": row.slug, "name": row.name, **further}


class TokensViewSet(ResourceViewSet):
    permissions = {"list": "", "create": "", "destroy": "", "rotate": ""}
    unversioned = frozenset({"destroy"})
    secret_fields = frozenset({"token"})
    queryset = ApiToken.objects.all()

    @describe("List your API tokens", gives=TokenOutput(many=True))
    def list(self, request: Request) -> Response:
        return self.page(TokenOutput, ApiToken.objects.of_actor(self.actor))

    @describe(
        "Make an API token",
        takes=TokenInput,
        gives=NewTokenOutput,
        status=201,
        text="The token is in this answer and nowhere else. It never holds more than you do, and ends with its time.",
        example={"name": "nightly", "permissions": ["jobs.submit", "jobs.view"], "expires_at": "2027-01-31T00:00:00Z"},
    )
    def create(self, request: Request) -> Response:
        services.require_session(self.actor)
        made = services.create_token(actor=self.actor, wanted=services.Wanted(**self.given(TokenInput)))
        return shown_once(self, *made)

    @describe("Revoke an API token", status=204)
    def destroy(self, request: Request, token_id: UUID) -> Response:
        token = visible_or_404(ApiToken.objects.of_actor(self.actor), pk=token_id)
        services.revoke_token(actor=self.actor, token=token)
        return Response(status=204)

    @describe(
        "Replace an API token by a new one",
        takes=RotationInput,
        gives=NewTokenOutput,
        status=201,
        text="The successor has its name and permissions. The old one goes on working for `overlap_hours`.",
        example={"overlap_hours": 24},
    )
    def rotate(self, request: Request, token_id: UUID) -> Response:
        token = visible_or_404(ApiToken.objects.of_actor(self.actor).select_related("user"), pk=token_id)
        return rotated(self, token)


def rotated(view: ResourceViewSet, token: ApiToken) -> Response:
    """The answer to the rotation of a token that the view's actor may see."""
    given = view.given(RotationInput)
    overlap = timedelta(hours=given.pop("overlap_hours"))
    return shown_once(view, *services.rotate_token(actor=view.actor, token=token, overlap=overlap, **given))


def shown_once(view: ResourceViewSet, token: ApiToken, secret: str) -> Response:
    """A token that was just made, with its secret."""
    token.token = secret  # type: ignore[attr-defined]
    return Response(view.shown(NewTokenOutput, token), status=201)


class TicketOutput(Output):
    ticket = serializers.CharField()
    expires_in = serializers.IntegerField(help_text="Seconds.")


class TicketsViewSet(ResourceViewSet):
    permissions = {"create": ""}
    secret_fields = frozenset({"ticket"})

    @describe("Get a one-time ticket for the WebSocket", takes=NoInput, gives=TicketOutput, status=201)
    def create(self, request: Request) -> Response:
        self.given(NoInput)
        ticket = {"ticket": tickets.issue(self.actor), "expires_in": tickets.LIFETIME_SECONDS}
        return Response(self.shown(TicketOutput, ticket), status=201)


class FoundOutput(Output):
    kind = serializers.CharField()
    id = serializers.UUIDField()
    title = serializers.CharField()
    subtitle = serializers.CharField()
    path = serializers.CharField(help_text="Where the console shows it.")


class FoundEverywhere(Output):
    results = FoundOutput(many=True)


class SearchViewSet(ResourceViewSet):
    permissions = {"retrieve": ""}
    most_of_a_kind = 6

    @describe("Search everything that you may see", gives=FoundEverywhere, query={"q": "At least two characters of a name."})
    def retrieve(self, request: Request) -> Response:
        text = request.query_params.get("q", "").strip()
        if not 2 <= len(text) <= 100:
            raise InvalidRequest(errors=[{"pointer": "?q", "detail": "2 to 100 characters."}])
        asked = registries.searches.values()
        results = [found for ask in asked for found in ask(self.actor, text, self.most_of_a_kind)]
        return Response(self.shown(FoundEverywhere, {"results": results}))


class PermissionOutput(Output):
    permission = serializers.CharField()
    roles = serializers.SerializerMethodField()

    @extend_schema_field(_words)
    def get_roles(self, row: dict[str, Any]) -> list[str]:
        return sorted(row["roles"])


class PermissionsOutput(Output):
    results = PermissionOutput(many=True)


class PermissionsViewSet(ResourceViewSet):
    permissions = {"retrieve": ""}

    @describe("Read which role holds which permission", gives=PermissionsOutput)
    def retrieve(self, request: Request) -> Response:
        rows = [{"permission": name, "roles": roles} for name, roles in PERMISSIONS.items()]
        return Response(self.shown(PermissionsOutput, {"results": rows}))
