"""/clusters/{id}/nodes/: what is seen of them, and acts on them."""

from typing import Any
from uuid import UUID

from django.utils import timezone
from django_filters import rest_framework as filters
from rest_framework.request import Request
from rest_framework.response import Response

from apps.clusters import services
from apps.clusters.api.serializers import DrainInput, NodeOutput
from apps.clusters.documents import amount_rows
from apps.clusters.models import Cluster, Health, Node
from apps.core import operations
from apps.core.api.operations import OperationOutput
from apps.core.api.schema import describe
from apps.core.api.views import ResourceViewSet, visible_or_404
from apps.tenants.actor import Actor


class NodeFilter(filters.FilterSet):
    health = filters.ChoiceFilter(choices=Health.choices)

    class Meta:
        model = Node
        fields: tuple[str, ...] = ()


class ClusterNodesViewSet(ResourceViewSet):
    """Nodes of a cluster, for platform roles."""

    permissions = {"list": ""}
    queryset = Node.objects.all()
    orders = {"name": "name"}
    default_order = "name"
    filterset_class = NodeFilter

    @describe("List the nodes of a cluster", gives=NodeOutput(many=True))
    def list(self, request: Request, cluster_id: UUID) -> Response:
        cluster = visible_or_404(Cluster.objects.permitted(self.actor), pk=cluster_id)
        self.actor.require("clusters.view")
        rows = self.paginate_queryset(self.filter_queryset(cluster.nodes.all())) or []
        stale = cluster.is_stale(timezone.now())
        shown = [_node_document(node, stale=stale) for node in rows]
        return self.get_paginated_response(NodeOutput(shown, many=True, context=self.get_serializer_context()).data)


class NodeViewSet(ResourceViewSet):
    permissions = {"cordon": "clusters.manage", "uncordon": "clusters.manage"}

    @describe("Cordon a node: nothing new is placed there, what runs goes on", gives=OperationOutput, status=202)
    def cordon(self, request: Request, cluster_id: UUID, node_id: UUID) -> Response:
        return self._set(cluster_id, node_id, schedulable=False)

    @describe("Let new work be placed on a node again", gives=OperationOutput, status=202)
    def uncordon(self, request: Request, cluster_id: UUID, node_id: UUID) -> Response:
        return self._set(cluster_id, node_id, schedulable=True)

    def _set(self, cluster_id: UUID, node_id: UUID, *, schedulable: bool) -> Response:
        node = _node_of(self.actor, cluster_id, node_id)
        operation = services.set_schedulable(actor=self.actor, node=node, schedulable=schedulable)
        return Response(self.shown(OperationOutput, operations.document(operation)), status=202)


class NodeDrainViewSet(ResourceViewSet):
    permissions = {"create": "clusters.manage", "preview": "clusters.manage"}

    @describe(
        "See what draining a node would hit",
        gives=OperationOutput,
        status=202,
        text="`result.pods` of the operation has every pod that runs there: whose it is, of which job and what that does "
        "then by its fault policy, which disruption budgets guard it, and what stays. Nothing is changed.",
    )
    def preview(self, request: Request, cluster_id: UUID, node_id: UUID) -> Response:
        operation = services.preview_drain(actor=self.actor, node=_node_of(self.actor, cluster_id, node_id))
        return Response(self.shown(OperationOutput, operations.document(operation)), status=202)

    @describe(
        "Drain a node: cordon it, then evict what runs there",
        takes=DrainInput,
        gives=OperationOutput,
        status=202,
        example={"patience_seconds": 900},
        text="Disruption budgets are honoured. While it is pending, `result` says how many have left and what waits. "
        "To end it, uncordon the node.",
    )
    def create(self, request: Request, cluster_id: UUID, node_id: UUID) -> Response:
        node = _node_of(self.actor, cluster_id, node_id)
        operation = services.drain_node(actor=self.actor, node=node, **self.given(DrainInput))
        return Response(self.shown(OperationOutput, operations.document(operation)), status=202)


def _node_of(actor: Actor, cluster_id: UUID, node_id: UUID) -> Node:
    visible = Node.objects.filter(cluster__in=Cluster.objects.permitted(actor)).select_related("cluster")
    node: Node = visible_or_404(visible, pk=node_id, cluster_id=cluster_id)
    return node


def _node_document(node: Node, *, stale: bool) -> dict[str, Any]:
    return {
        "id": node.pk,
        "name": node.name,
        "zone": node.zone,
        "labels": node.labels,
        "allocatable": amount_rows(node.allocatable),
        "requested": amount_rows(node.requested),
        "used": amount_rows(node.used),
        "taints": node.taints,
        "about": node.about,
        "health": node.health,
        "health_message": node.health_message,
        "health_said": node.health_said,
        "schedulable": node.schedulable,
        "last_seen_at": node.last_seen_at,
        "stale": stale,
    }
