"""Invitations, as those who invite keep them, and as those who are invited take them up."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from apps.accounts.models import User
from apps.core.api.schema import describe
from apps.core.api.serializers import Input, Output
from apps.core.api.views import ResourceViewSet, visible_or_404
from apps.core.mail import mail_is_configured
from apps.tenants import services
from apps.tenants.api.serializers import in_project
from apps.tenants.api.views.members import SomewhereInTenantViewSet
from apps.tenants.models import Invitation, InvitationState
from apps.tenants.permissions import TENANT_ROLE_NAMES, Role
from apps.tenants.services import invitations

_DAYS: dict[str, Any] = {"min_value": 1, "max_value": invitations.LONGEST.days, "default": invitations.LASTS.days}


class InvitationOutput(Output):
    id = serializers.UUIDField()
    tenant_id = serializers.UUIDField()
    project_id = serializers.UUIDField(allow_null=True)
    project_slug = serializers.CharField(source="project.slug", default=None, allow_null=True)
    email = serializers.EmailField()
    role = serializers.CharField()
    state = serializers.SerializerMethodField(help_text="What accepting it would find; void: who invited may no longer.")
    invited_by = serializers.CharField(source="invited_by.name")
    expires_at = serializers.DateTimeField()
    accepted_at = serializers.DateTimeField(allow_null=True)
    version = serializers.IntegerField()
    generation = serializers.IntegerField()
    created_at = serializers.DateTimeField()

    @extend_schema_field(serializers.ChoiceField(choices=InvitationState.choices))
    def get_state(self, invitation: Invitation) -> InvitationState:
        known = self.context.get("standings")
        return known[invitation.pk] if known else invitations.standing(invitation)


class NewInvitationOutput(InvitationOutput):
    mailed = serializers.BooleanField(help_text="The link goes to the address by mail.")
    link = serializers.CharField(
        allow_null=True,
        help_text="In this answer only; works once, for whoever opens it. null when the mail is the only way to it.",
    )


class InvitationInput(Input):
    email = serializers.EmailField()
    role = serializers.ChoiceField(choices=TENANT_ROLE_NAMES)
    project = serializers.UUIDField(required=False, allow_null=True, help_text="On this project only.")
    days = serializers.IntegerField(**_DAYS, help_text="How long it can be accepted.")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        project = in_project(self, attrs)
        attrs.pop("project", None)
        lasts = timedelta(days=attrs.pop("days"))
        return {**attrs, **project, "role": Role(attrs["role"]), "lasts": lasts}


class ResendInput(Input):
    days = serializers.IntegerField(**_DAYS, help_text="How long it can be accepted from now.")


class InvitationsViewSet(SomewhereInTenantViewSet):
    permissions = {
        "list": "members.manage",
        "create": "members.manage",
        "destroy": "members.manage",
        "resend": "members.manage",
    }
    secret_fields = frozenset({"link"})
    queryset = Invitation.objects.all()

    @describe("List invitations", gives=InvitationOutput(many=True))
    def list(self, request: Request, tenant_id: UUID) -> Response:
        page = self.paginate_queryset(self.filter_queryset(self._visible())) or []
        context = {**self.get_serializer_context(), "standings": invitations.standings(page)}
        return self.get_paginated_response(InvitationOutput(page, many=True, context=context).data)

    @describe(
        "Invite somebody to a role on the tenant or a project",
        takes=InvitationInput,
        gives=NewInvitationOutput,
        status=201,
        text="Whether the address has an account is not told. The invitation is void when you may no longer give the role.",
        example={"email": "nell@aurora.example", "role": "developer"},
    )
    def create(self, request: Request, tenant_id: UUID) -> Response:
        given = self.given(InvitationInput, tenant=self.tenant)
        return self._issued(services.invite(actor=self.actor, tenant=self.tenant, **given), status=201)

    @describe("Issue an invitation anew", takes=ResendInput, gives=NewInvitationOutput, example={"days": 7})
    def resend(self, request: Request, tenant_id: UUID, invitation_id: UUID) -> Response:
        lasts = timedelta(days=self.given(ResendInput)["days"])
        invitation = visible_or_404(self._visible(), pk=invitation_id)
        return self._issued(services.resend(actor=self.actor, invitation=invitation, lasts=lasts))

    @describe("Revoke an invitation", status=204)
    def destroy(self, request: Request, tenant_id: UUID, invitation_id: UUID) -> Response:
        services.revoke_invitation(actor=self.actor, invitation=self.locked(self._visible(), pk=invitation_id))
        return Response(status=204)

    def _visible(self) -> Any:
        return Invitation.objects.permitted(self.actor).filter(tenant=self.tenant).with_names()

    def _issued(self, invitation: Invitation, *, status: int = 200) -> Response:
        document = {**self.shown(InvitationOutput, invitation), "link": invitations.link_for(self.actor, invitation)}
        document["mailed"] = mail_is_configured()
        return self.answer(invitation, document, status=status)


class Opened(Input):
    secret = serializers.CharField(max_length=200, help_text="What follows the # of the link.")


class Acceptance(Opened):
    name = serializers.CharField(max_length=150, required=False, help_text="Of a new account; not when signed in.")
    password = serializers.CharField(max_length=1000, required=False, trim_whitespace=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if self.context["actor"] is None and not {"name", "password"} <= set(attrs):
            raise serializers.ValidationError("Send `name` and `password` for a new account, or sign in first.")
        return attrs


class OfferOutput(Output):
    tenant = serializers.CharField(source="tenant.name")
    tenant_slug = serializers.CharField(source="tenant.slug")
    project = serializers.CharField(source="project.name", default=None, allow_null=True)
    project_slug = serializers.CharField(source="project.slug", default=None, allow_null=True)
    role = serializers.CharField()
    email = serializers.EmailField()
    invited_by = serializers.CharField(source="invited_by.name")
    expires_at = serializers.DateTimeField()
    signed_in_as = serializers.SerializerMethodField(help_text="Address of the session that asks; null without one.")

    def get_signed_in_as(self, _: Invitation) -> str | None:
        actor = self.context["actor"]
        return User.objects.get(pk=actor.user_id).email if actor else None


class OffersViewSet(ResourceViewSet):
    """For whoever has a link. The secret travels in the body, never in an address."""

    permissions = {"open": "", "accept": ""}
    permission_classes = [AllowAny]

    @describe("Read what an invitation offers", takes=Opened, gives=OfferOutput, example={"secret": "hni_..."})
    def open(self, request: Request) -> Response:
        return Response(self.shown(OfferOutput, invitations.opened(self.given(Opened)["secret"])))

    @describe(
        "Accept an invitation",
        takes=Acceptance,
        gives=OfferOutput,
        text="In a session, as the account that is signed in; without one, with a new account of that name and password.",
        example={"secret": "hni_...", "name": "Nell", "password": "correct-horse-battery"},
    )
    def accept(self, request: Request) -> Response:
        given = self.given(Acceptance)
        if self.actor is not None:
            services.require_session(self.actor)
            invitation = services.accept_with_account(actor=self.actor, secret=given["secret"])
        else:
            meta = request._request.META
            circumstances = {"request_id": meta.get("hanse.request_id", ""), "address": meta.get("hanse.address", "")}
            invitation = services.accept_with_new_account(**given, **circumstances)
        return Response(self.shown(OfferOutput, invitation))
