"""Addresses of network exceptions and of what limits them."""

from typing import Any

from django.urls import path

from apps.isolation.api.views import AskedViewSet, ExceptionsViewSet, ExceptionViewSet, IsolationViewSet

_row: dict[str, Any] = {"get": "retrieve", "patch": "partial_update", "delete": "destroy"}
_exceptions = "projects/<uuid:project_id>/network-exceptions/"

urlpatterns = [
    path(_exceptions, ExceptionsViewSet.as_view({"get": "list", "post": "create"})),
    path(f"{_exceptions}<uuid:exception_id>/", ExceptionViewSet.as_view(_row)),
    path("projects/<uuid:project_id>/network-requests/", AskedViewSet.as_view({"get": "retrieve"})),
    path("tenants/<uuid:tenant_id>/isolation/", IsolationViewSet.as_view({"get": "retrieve", "put": "update"})),
]
