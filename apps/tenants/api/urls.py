"""Addresses of tenants, projects, members, people, tokens and the trail; quotas, which onboards, routes /tenants/."""

from typing import Any

from django.urls import path

from apps.tenants.api.views.access import AccessViewSet
from apps.tenants.api.views.audit import AuditViewSet, TenantAuditViewSet
from apps.tenants.api.views.health import HealthViewSet
from apps.tenants.api.views.invitations import InvitationsViewSet, OffersViewSet
from apps.tenants.api.views.leavers import HandoversViewSet, LeaversViewSet
from apps.tenants.api.views.me import MeViewSet, PermissionsViewSet, SearchViewSet, TicketsViewSet, TokensViewSet
from apps.tenants.api.views.members import MembersViewSet, PlatformMembersViewSet
from apps.tenants.api.views.people import GroupsViewSet, UsersViewSet
from apps.tenants.api.views.providers import ProvidersViewSet
from apps.tenants.api.views.service_accounts import ServiceAccountsViewSet, ServiceTokensViewSet
from apps.tenants.api.views.sessions import SessionsViewSet
from apps.tenants.api.views.signing_in import PasswordResetsViewSet, WaysInViewSet
from apps.tenants.api.views.tenants import (
    ProjectDetailViewSet,
    TenantDetailViewSet,
    TenantProjectsViewSet,
)
from apps.tenants.api.views.view_as import ViewAsViewSet

_row: dict[str, Any] = {"get": "retrieve", "patch": "partial_update", "delete": "destroy"}
_rows: dict[str, Any] = {"get": "list", "post": "create"}

urlpatterns = [
    path("me/", MeViewSet.as_view({"get": "retrieve", "patch": "partial_update"})),
    path("me/place/", MeViewSet.as_view({"put": "place"})),
    path("me/tokens/", TokensViewSet.as_view(_rows)),
    path("me/tokens/<uuid:token_id>/", TokensViewSet.as_view({"delete": "destroy"})),
    path("me/tokens/<uuid:token_id>/rotate/", TokensViewSet.as_view({"post": "rotate"})),
    path("me/sessions/", SessionsViewSet.as_view({"get": "list"})),
    path("me/sessions/end-others/", SessionsViewSet.as_view({"post": "end_others"})),
    path("me/sessions/<uuid:session_id>/", SessionsViewSet.as_view({"delete": "destroy"})),
    path("sign-in/", WaysInViewSet.as_view({"get": "retrieve"})),
    path("password-resets/", PasswordResetsViewSet.as_view({"post": "create"})),
    path("password-resets/redeem/", PasswordResetsViewSet.as_view({"post": "redeem"})),
    path("tickets/", TicketsViewSet.as_view({"post": "create"})),
    path("search/", SearchViewSet.as_view({"get": "retrieve"})),
    path("permissions/", PermissionsViewSet.as_view({"get": "retrieve"})),
    path("tenants/<uuid:tenant_id>/", TenantDetailViewSet.as_view(_row)),
    path("tenants/<uuid:tenant_id>/preview/", TenantDetailViewSet.as_view({"get": "preview"})),
    *(
        path(f"tenants/<uuid:tenant_id>/{act}/", TenantDetailViewSet.as_view({"post": act}))
        for act in ("suspend", "resume", "drain", "close")
    ),
    path("tenants/<uuid:tenant_id>/projects/", TenantProjectsViewSet.as_view(_rows)),
    path("projects/<uuid:project_id>/", ProjectDetailViewSet.as_view(_row)),
    path("projects/<uuid:project_id>/preview/", ProjectDetailViewSet.as_view({"get": "preview"})),
    path("tenants/<uuid:tenant_id>/members/", MembersViewSet.as_view(_rows)),
    path("tenants/<uuid:tenant_id>/members/<uuid:member_id>/", MembersViewSet.as_view({"delete": "destroy"})),
    path("tenants/<uuid:tenant_id>/access/me/", AccessViewSet.as_view({"get": "own"})),
    path("tenants/<uuid:tenant_id>/access/<uuid:user_id>/", AccessViewSet.as_view({"get": "retrieve"})),
    path("tenants/<uuid:tenant_id>/invitations/", InvitationsViewSet.as_view(_rows)),
    path("tenants/<uuid:tenant_id>/invitations/<uuid:invitation_id>/", InvitationsViewSet.as_view({"delete": "destroy"})),
    path(
        "tenants/<uuid:tenant_id>/invitations/<uuid:invitation_id>/resend/", InvitationsViewSet.as_view({"post": "resend"})
    ),
    path("invitations/open/", OffersViewSet.as_view({"post": "open"})),
    path("invitations/accept/", OffersViewSet.as_view({"post": "accept"})),
    path("tenants/<uuid:tenant_id>/service-accounts/", ServiceAccountsViewSet.as_view(_rows)),
    path("tenants/<uuid:tenant_id>/service-accounts/<uuid:account_id>/", ServiceAccountsViewSet.as_view(_row)),
    path("tenants/<uuid:tenant_id>/service-accounts/<uuid:account_id>/tokens/", ServiceTokensViewSet.as_view(_rows)),
    path(
        "tenants/<uuid:tenant_id>/service-accounts/<uuid:account_id>/tokens/<uuid:token_id>/",
        ServiceTokensViewSet.as_view({"delete": "destroy"}),
    ),
    path(
        "tenants/<uuid:tenant_id>/service-accounts/<uuid:account_id>/tokens/<uuid:token_id>/rotate/",
        ServiceTokensViewSet.as_view({"post": "rotate"}),
    ),
    path("tenants/<uuid:tenant_id>/audit/", TenantAuditViewSet.as_view({"get": "list"})),
    path("tenants/<uuid:tenant_id>/audit/export/", TenantAuditViewSet.as_view({"get": "export"})),
    path("audit/", AuditViewSet.as_view({"get": "list"})),
    path("audit/export/", AuditViewSet.as_view({"get": "export"})),
    path("view-as/", ViewAsViewSet.as_view({"post": "create", "delete": "destroy"})),
    path("users/", UsersViewSet.as_view(_rows)),
    path("users/<uuid:user_id>/", UsersViewSet.as_view({"get": "retrieve", "patch": "partial_update"})),
    path("users/<uuid:user_id>/reset-password/", UsersViewSet.as_view({"post": "reset_password"})),
    path("users/<uuid:user_id>/end-sessions/", UsersViewSet.as_view({"post": "end_sessions"})),
    path("users/<uuid:user_id>/remove-second-factors/", UsersViewSet.as_view({"post": "remove_second_factors"})),
    path("users/<uuid:user_id>/leaving/", LeaversViewSet.as_view({"get": "retrieve"})),
    *(
        path(f"users/<uuid:user_id>/{act}/", LeaversViewSet.as_view({"post": act}))
        for act in ("deactivate", "reactivate", "transfer")
    ),
    path("tenants/<uuid:tenant_id>/ownership/", HandoversViewSet.as_view({"post": "ownership"})),
    path("tenants/<uuid:tenant_id>/handover/", HandoversViewSet.as_view({"post": "own"})),
    path("groups/", GroupsViewSet.as_view(_rows)),
    path("groups/<uuid:group_id>/", GroupsViewSet.as_view(_row)),
    path("groups/<uuid:group_id>/users/", GroupsViewSet.as_view({"post": "add_user"})),
    path("groups/<uuid:group_id>/users/<uuid:user_id>/", GroupsViewSet.as_view({"delete": "remove_user"})),
    path("sign-in-providers/", ProvidersViewSet.as_view(_rows)),
    path("sign-in-providers/<uuid:provider_id>/", ProvidersViewSet.as_view(_row)),
    path("platform/health/", HealthViewSet.as_view({"get": "retrieve"})),
    path("platform/members/", PlatformMembersViewSet.as_view(_rows)),
    path("platform/members/<uuid:member_id>/", PlatformMembersViewSet.as_view({"delete": "destroy"})),
]
