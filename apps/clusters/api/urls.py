"""Addresses of clusters, nodes and flavors."""

from typing import Any

from django.urls import path

from apps.clusters.api.capacity import ClusterCapacityViewSet, ClusterFragmentationViewSet
from apps.clusters.api.kubeconfigs import KubeconfigsViewSet, OperationSecretViewSet
from apps.clusters.api.nodes import ClusterNodesViewSet, NodeDrainViewSet, NodeViewSet
from apps.clusters.api.views import (
    AccessManifestViewSet,
    ClusterConnectionViewSet,
    ClusterDriftViewSet,
    ClusterFlavorsViewSet,
    ClusterPreflightViewSet,
    ClustersViewSet,
    ClusterViewSet,
    FlavorViewSet,
)

_rows: dict[str, Any] = {"get": "list", "post": "create"}

urlpatterns = [
    path("clusters/", ClustersViewSet.as_view(_rows)),
    path(
        "clusters/<uuid:cluster_id>/",
        ClusterViewSet.as_view({"get": "retrieve", "patch": "partial_update", "delete": "destroy"}),
    ),
    path("clusters/<uuid:cluster_id>/connection/", ClusterConnectionViewSet.as_view({"patch": "partial_update"})),
    path("clusters/<uuid:cluster_id>/preflight/", ClusterPreflightViewSet.as_view({"post": "create"})),
    path("clusters/<uuid:cluster_id>/drift/", ClusterDriftViewSet.as_view({"post": "create"})),
    path("projects/<uuid:project_id>/kubeconfigs/", KubeconfigsViewSet.as_view({"post": "create"})),
    path("operations/<uuid:operation_id>/secret/", OperationSecretViewSet.as_view({"post": "create"})),
    path("cluster-access/", AccessManifestViewSet.as_view({"get": "retrieve"})),
    path("clusters/<uuid:cluster_id>/capacity/", ClusterCapacityViewSet.as_view({"get": "retrieve"})),
    path("clusters/<uuid:cluster_id>/fragmentation/", ClusterFragmentationViewSet.as_view({"get": "retrieve"})),
    path("clusters/<uuid:cluster_id>/nodes/", ClusterNodesViewSet.as_view({"get": "list"})),
    path("clusters/<uuid:cluster_id>/nodes/<uuid:node_id>/cordon/", NodeViewSet.as_view({"post": "cordon"})),
    path("clusters/<uuid:cluster_id>/nodes/<uuid:node_id>/uncordon/", NodeViewSet.as_view({"post": "uncordon"})),
    path("clusters/<uuid:cluster_id>/nodes/<uuid:node_id>/drain/", NodeDrainViewSet.as_view({"post": "create"})),
    path("clusters/<uuid:cluster_id>/nodes/<uuid:node_id>/drain/preview/", NodeDrainViewSet.as_view({"post": "preview"})),
    path("clusters/<uuid:cluster_id>/flavors/", ClusterFlavorsViewSet.as_view(_rows)),
    path(
        "flavors/<uuid:flavor_id>/",
        FlavorViewSet.as_view({"get": "retrieve", "patch": "partial_update", "delete": "destroy"}),
    ),
]
