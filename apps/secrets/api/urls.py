"""Addresses of secrets."""

from typing import Any

from django.urls import path

from apps.secrets.api.views import SecretDetailViewSet, SecretsViewSet, SecretVersionsViewSet

_row: dict[str, Any] = {"get": "retrieve", "patch": "partial_update", "delete": "destroy"}
_secrets = "projects/<uuid:project_id>/secrets/"
_secret = f"{_secrets}<uuid:secret_id>/"

urlpatterns = [
    path(_secrets, SecretsViewSet.as_view({"get": "list", "post": "create"})),
    path(_secret, SecretDetailViewSet.as_view(_row)),
    path(f"{_secret}rotate/", SecretDetailViewSet.as_view({"post": "rotate"})),
    path(f"{_secret}uses/", SecretDetailViewSet.as_view({"get": "uses"})),
    path(f"{_secret}versions/", SecretVersionsViewSet.as_view({"get": "list"})),
    path(f"{_secret}versions/<int:number>/", SecretVersionsViewSet.as_view({"delete": "destroy"})),
]
