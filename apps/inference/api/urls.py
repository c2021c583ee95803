"""Addresses of apps."""

from typing import Any

from django.urls import path

from apps.inference.api.views import (
    AppDetailViewSet,
    AppKeysViewSet,
    AppReplicasViewSet,
    AppsViewSet,
    AppTrafficViewSet,
    RevisionsViewSet,
)

_row: dict[str, Any] = {"get": "retrieve", "patch": "partial_update", "delete": "destroy"}
_apps = "projects/<uuid:project_id>/apps/"
_app = f"{_apps}<uuid:app_id>/"

urlpatterns = [
    path(_apps, AppsViewSet.as_view({"get": "list", "post": "create"})),
    path(_app, AppDetailViewSet.as_view(_row)),
    path(f"{_app}stop/", AppDetailViewSet.as_view({"post": "stop"})),
    path(f"{_app}start/", AppDetailViewSet.as_view({"post": "start"})),
    path(f"{_app}rollback/", AppDetailViewSet.as_view({"post": "roll_back"})),
    path(f"{_app}revisions/", RevisionsViewSet.as_view({"get": "list"})),
    path(f"{_app}replicas/", AppReplicasViewSet.as_view({"get": "list"})),
    path(f"{_app}traffic/", AppTrafficViewSet.as_view({"get": "retrieve"})),
    path(f"{_app}keys/", AppKeysViewSet.as_view({"get": "list", "post": "create"})),
    path(f"{_app}keys/<uuid:key_id>/", AppKeysViewSet.as_view({"delete": "destroy"})),
]
