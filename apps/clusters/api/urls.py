"""Addresses of clusters, nodes and flavors."""

from typing import Any

from django.urls import path

from apps.clusters.api.views import (
    ClusterFlavorsViewSet,
    ClusterNodesViewSet,
    ClustersViewSet,
    ClusterViewSet,
    FlavorViewSet,
)

_rows: dict[str, Any] = {"get": "list", "post": "create"}

urlpatterns = [
    path("clusters/", ClustersViewSet.as_view(_rows)),
    path("clusters/<uuid:cluster_id>/", ClusterViewSet.as_view({"get": "retrieve", "patch": "partial_update"})),
    path("clusters/<uuid:cluster_id>/nodes/", ClusterNodesViewSet.as_view({"get": "list"})),
    path("clusters/<uuid:cluster_id>/flavors/", ClusterFlavorsViewSet.as_view(_rows)),
    path(
        "flavors/<uuid:flavor_id>/",
        FlavorViewSet.as_view({"get": "retrieve", "patch": "partial_update", "delete": "destroy"}),
    ),
]
