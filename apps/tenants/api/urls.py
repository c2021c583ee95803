"""Addresses of tenants, projects, members, people, tokens and the trail; quotas, which onboards, routes /tenants/."""

from typing import Any

from django.urls import path

from apps.tenants.api.views.audit import AuditViewSet, TenantAuditViewSet
from apps.tenants.api.views.me import MeViewSet, PermissionsViewSet, SearchViewSet, TicketsViewSet, TokensViewSet
from apps.tenants.api.views.members import MembersViewSet, PlatformMembersViewSet
from apps.tenants.api.views.people import GroupsViewSet, UsersViewSet
from apps.tenants.api.views.tenants import (
    ProjectDetailViewSet,
    TenantDetailViewSet,
    TenantProjectsViewSet,
)

_row: dict[str, Any] = {"get": "retrieve", "patch": "partial_update", "delete": "destroy"}
_rows: dict[str, Any] = {"get": "list", "post": "create"}

urlpatterns = [
    path("me/", MeViewSet.as_view({"get": "retrieve", "patch": "partial_update"})),
    path("me/tokens/", TokensViewSet.as_view(_rows)),
    path("me/tokens/<uuid:token_id>/", TokensViewSet.as_view({"delete": "destroy"})),
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
    path("tenants/<uuid:tenant_id>/audit/", TenantAuditViewSet.as_view({"get": "list"})),
    path("audit/", AuditViewSet.as_view({"get": "list"})),
    path("users/", UsersViewSet.as_view(_rows)),
    path("users/<uuid:user_id>/", UsersViewSet.as_view({"get": "retrieve", "patch": "partial_update"})),
    path("users/<uuid:user_id>/reset-password/", UsersViewSet.as_view({"post": "reset_password"})),
    path("groups/", GroupsViewSet.as_view(_rows)),
    path("groups/<uuid:group_id>/", GroupsViewSet.as_view(_row)),
    path("groups/<uuid:group_id>/users/", GroupsViewSet.as_view({"post": "add_user"})),
    path("groups/<uuid:group_id>/users/<uuid:user_id>/", GroupsViewSet.as_view({"delete": "remove_user"})),
    path("platform/members/", PlatformMembersViewSet.as_view(_rows)),
    path("platform/members/<uuid:member_id>/", PlatformMembersViewSet.as_view({"delete": "destroy"})),
]
