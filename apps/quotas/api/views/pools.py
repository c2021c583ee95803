"""/clusters/{id}/node-pools/: nodes that are kept for some tenants."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from apps.clusters import services as clusters
from apps.clusters.api.serializers import LabelsField
from apps.clusters.models import Cluster, NodePool
from apps.clusters.pools import members, pool_on
from apps.core.api.schema import describe
from apps.core.api.serializers import Input, Output
from apps.core.api.views import visible_or_404
from apps.quotas import services
from apps.quotas.api.references import TenantReference
from apps.quotas.api.serializers import NamedOutput
from apps.quotas.api.views.quotas import Confirmable
from apps.tenants.models import SLUG

EXAMPLE = {"name": "aurora", "description": "Bought by Aurora.", "node_names": ["gpu-7", "gpu-8"], "tenants": ["aurora"]}
MOST_NODES, MOST_TENANTS, MOST_LISTED = 1000, 50, 50
_SHOWN = ("id", "generation", "name", "description", "node_names", "node_labels", "drifted", "failure", "created_at")


class PoolChange(Input):
    description = serializers.CharField(max_length=300, allow_blank=True, required=False)
    node_names = serializers.ListField(
        child=serializers.CharField(max_length=253), max_length=MOST_NODES, required=False, help_text="These nodes,"
    )
    node_labels = LabelsField(required=False, help_text="and those that have all of these labels, now or later.")


class PoolInput(PoolChange):
    name = serializers.CharField(max_length=20, validators=[SLUG])
    tenants = serializers.ListField(
        child=TenantReference(),
        max_length=MOST_TENANTS,
        default=list,
        help_text="Each is guaranteed an equal part of what the nodes have, by its quota; that can be changed there.",
    )


class PoolNodeOutput(Output):
    name = serializers.CharField()
    kept = serializers.BooleanField(help_text="Label and taint are on it.")
    schedulable = serializers.BooleanField()


class PoolDriftOutput(Output):
    node = serializers.CharField()
    at = serializers.DateTimeField(help_text="When it was found.")
    repaired = serializers.BooleanField(help_text="Label and taint were put back.")


class PoolOutput(Output):
    id = serializers.UUIDField()
    generation = serializers.IntegerField(help_text="The ETag.")
    name = serializers.CharField()
    description = serializers.CharField()
    node_names = serializers.ListField(child=serializers.CharField())
    node_labels = serializers.DictField(child=serializers.CharField())
    nodes = PoolNodeOutput(many=True, help_text=f"That it has now, {MOST_LISTED} of them at most.")
    node_count = serializers.IntegerField()
    kept_count = serializers.IntegerField(help_text="Of so many nodes label and taint are there.")
    flavors = serializers.ListField(child=serializers.CharField(), help_text="Whoever has quota of them may use the nodes.")
    tenants = NamedOutput(many=True, help_text="Who has quota of them.")
    drifted = PoolDriftOutput(many=True, help_text="What somebody else took from nodes, the newest first.")
    failure = serializers.CharField(help_text="Why the cluster does not take label and taint; empty when it does.")
    created_at = serializers.DateTimeField()


class NodePoolsViewSet(Confirmable):
    permissions = {"list": "", "create": "quotas.manage"}
    queryset = NodePool.objects.all()
    orders = {"name": "name", "created": "pk"}
    default_order = "name"

    @describe("List the node pools of a cluster", gives=PoolOutput(many=True))
    def list(self, request: Request, cluster_id: UUID) -> Response:
        cluster = visible_or_404(Cluster.objects.permitted(self.actor), pk=cluster_id)
        self.actor.require("clusters.view")
        rows = self.paginate_queryset(self.filter_queryset(cluster.pools.all())) or []
        shown = _documents(cluster, [row.pk for row in rows])
        return self.get_paginated_response(PoolOutput(shown, many=True, context=self.get_serializer_context()).data)

    @describe(
        "Keep nodes of a cluster for some tenants",
        takes=PoolInput,
        gives=PoolOutput,
        status=201,
        example=EXAMPLE,
        text="Of each flavor that the nodes have, the pool gets one of its own, such as v100-aurora; whoever has quota of "
        "these may use the nodes, nobody else. The nodes get a label and a taint, which are put back when somebody takes "
        "them away. What runs on the nodes goes on; drain a node to have it free at once.",
    )
    def create(self, request: Request, cluster_id: UUID) -> Response:
        cluster = visible_or_404(Cluster.objects.permitted(self.actor), pk=cluster_id)
        pool = services.give_nodes(actor=self.actor, cluster=cluster, **self.given(PoolInput))
        return self.answer(pool, self.shown(PoolOutput, _document(pool)), status=201)


class NodePoolViewSet(Confirmable):
    permissions = {"retrieve": "", "partial_update": "quotas.manage", "destroy": "quotas.manage"}

    @describe("Read a node pool", gives=PoolOutput)
    def retrieve(self, request: Request, cluster_id: UUID, pool_id: UUID) -> Response:
        visible_or_404(Cluster.objects.permitted(self.actor), pk=cluster_id)
        self.actor.require("clusters.view")
        pool = visible_or_404(self._rows(cluster_id), pk=pool_id)
        return self.answer(pool, self.shown(PoolOutput, _document(pool)))

    @describe(
        "Change which nodes a pool has, or what is said of it",
        takes=PoolChange,
        gives=PoolOutput,
        example={"node_names": ["gpu-7", "gpu-8", "gpu-9"]},
        text="Whom it is for is changed by quotas of its flavors.",
    )
    def partial_update(self, request: Request, cluster_id: UUID, pool_id: UUID) -> Response:
        pool = self.locked(self._rows(cluster_id), pk=pool_id)
        pool = clusters.change_pool(actor=self.actor, pool=pool, changes=self.given(PoolChange))
        return self.answer(pool, self.shown(PoolOutput, _document(pool)))

    @describe(
        "Let the nodes of a pool be everybody's again",
        status=204,
        query={"confirm": "true: also when it hits work. Nothing is killed: see the problem quota-in-use."},
        text="The pool is taken out of all quotas, and label and taint off its nodes.",
    )
    def destroy(self, request: Request, cluster_id: UUID, pool_id: UUID) -> Response:
        pool = self.locked(self._rows(cluster_id), pk=pool_id)
        services.take_back_nodes(actor=self.actor, pool=pool, confirm=self.confirm)
        return Response(status=204)

    def _rows(self, cluster_id: UUID) -> Any:
        return NodePool.objects.filter(cluster__in=Cluster.objects.permitted(self.actor), cluster_id=cluster_id)


def _documents(cluster: Cluster, ids: Sequence[UUID]) -> list[dict[str, Any]]:
    """In the order of `ids`."""
    pools = list(cluster.pools.prefetch_related("flavors").order_by("name"))
    nodes = {node.name: node for node in cluster.nodes.only("name", "labels", "taints", "schedulable", "cluster_id")}
    of_pool: dict[Any, list[dict[str, Any]]] = {pool.pk: [] for pool in pools}
    for name, pool in sorted(members(pools, nodes.values()).items()):
        kept = pool_on(nodes[name]) == pool.name
        of_pool[pool.pk].append({"name": name, "kept": kept, "schedulable": nodes[name].schedulable})
    of_tenants = services.tenants_of(pools)
    found = {
        pool.pk: {
            **{name: getattr(pool, name) for name in _SHOWN},
            "nodes": of_pool[pool.pk][:MOST_LISTED],
            "node_count": len(of_pool[pool.pk]),
            "kept_count": sum(node["kept"] for node in of_pool[pool.pk]),
            "flavors": sorted(flavor.name for flavor in pool.flavors.all()),
            "tenants": of_tenants[pool.pk],
        }
        for pool in pools
    }
    return [found[pk] for pk in ids]


def _document(pool: NodePool) -> dict[str, Any]:
    return _documents(pool.cluster, [pool.pk])[0]
