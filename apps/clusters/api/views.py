"""/clusters/ and /flavors/."""

from typing import Any
from uuid import UUID

from django_filters import rest_framework as filters
from rest_framework.request import Request
from rest_framework.response import Response

from apps.clusters import services
from apps.clusters.api.serializers import (
    AccessManifestOutput,
    ClusterChange,
    ClusterInput,
    ClusterOutput,
    ConnectionChange,
    DriftInput,
    FlavorChange,
    FlavorInput,
    FlavorOutput,
)
from apps.clusters.documents import cluster_documents, flavor_document
from apps.clusters.models import Cluster, ClusterKind, Flavor, FlavorKind, Health
from apps.clusters.needs import NEEDS, access_manifest
from apps.core import operations
from apps.core.api.operations import OperationOutput
from apps.core.api.schema import describe
from apps.core.api.views import ResourceViewSet, visible_or_404
from apps.tenants.actor import Actor

CLUSTER_EXAMPLE = {
    "slug": "harbour",
    "name": "Harbour",
    "kind": "kubernetes",
    "connection": {
        "server": "https://harbour.example.org:6443",
        "ca_certificate": "-----BEGIN CERTIFICATE-----\n…\n-----END CERTIFICATE-----\n",
        "token": "eyJhbGciOiJSUzI1NiIs…",
    },
}
FLAVOR_EXAMPLE = {"name": "a100", "kind": "gpu", "model": "NVIDIA A100-SXM4-80GB", "unit_memory_bytes": 85899345920}
# Totals of a cluster tell a tenant what others have: they are for platform roles.
# So is how it is reached.
_OF_PLATFORM = (
    *("nodes", "capacity", "used", "requested", "proposals", "connection", "findings", "findings_at"),
    *("on_drift", "app_entry", "drifted", "compared_at"),
)


class ClusterFilter(filters.FilterSet):
    kind = filters.ChoiceFilter(choices=ClusterKind.choices)
    health = filters.ChoiceFilter(choices=Health.choices)

    class Meta:
        model = Cluster
        fields: tuple[str, ...] = ()


class FlavorFilter(filters.FilterSet):
    kind = filters.ChoiceFilter(choices=FlavorKind.choices)

    class Meta:
        model = Flavor
        fields: tuple[str, ...] = ()


class ClustersViewSet(ResourceViewSet):
    """Clusters: all for platform roles, else those in which a tenant of the reader has a quota."""

    permissions = {"list": "", "create": "clusters.manage"}
    queryset = Cluster.objects.all()
    filterset_class = ClusterFilter
    orders = {"created": "pk", "slug": "slug"}
    default_order = "slug"

    @describe("List clusters", gives=ClusterOutput(many=True))
    def list(self, request: Request) -> Response:
        rows = self.paginate_queryset(self.filter_queryset(Cluster.objects.permitted(self.actor))) or []
        documents = cluster_documents([row.pk for row in rows])
        shown = [for_reader(self.actor, documents[row.pk]) for row in rows if row.pk in documents]
        return self.get_paginated_response(ClusterOutput(shown, many=True, context=self.get_serializer_context()).data)

    @describe("Register a cluster", takes=ClusterInput, gives=ClusterOutput, status=201, example=CLUSTER_EXAMPLE)
    def create(self, request: Request) -> Response:
        cluster = services.create_cluster(actor=self.actor, **self.given(ClusterInput))
        return self.answer(cluster, self.shown(ClusterOutput, shown_to(self.actor, cluster)), status=201)


class ClusterViewSet(ResourceViewSet):
    """Endpoints of one cluster."""

    permissions = {"retrieve": "", "partial_update": "clusters.manage", "destroy": "clusters.manage"}

    @describe("Read a cluster", gives=ClusterOutput)
    def retrieve(self, request: Request, cluster_id: UUID) -> Response:
        cluster = visible_or_404(Cluster.objects.permitted(self.actor), pk=cluster_id)
        return self.answer(cluster, self.shown(ClusterOutput, shown_to(self.actor, cluster)))

    @describe("Change a cluster", takes=ClusterChange, gives=ClusterOutput, example={"name": "Harbour", "zone": "north"})
    def partial_update(self, request: Request, cluster_id: UUID) -> Response:
        cluster = self.locked(Cluster.objects.permitted(self.actor), pk=cluster_id)
        cluster = services.change_cluster(actor=self.actor, cluster=cluster, changes=self.given(ClusterChange))
        return self.answer(cluster, self.shown(ClusterOutput, shown_to(self.actor, cluster)))

    @describe("Forget a cluster that nothing refers to; what runs in it is not touched", status=204)
    def destroy(self, request: Request, cluster_id: UUID) -> Response:
        services.remove_cluster(actor=self.actor, cluster=self.locked(Cluster.objects.permitted(self.actor), pk=cluster_id))
        return Response(status=204)


class ClusterConnectionViewSet(ResourceViewSet):
    permissions = {"partial_update": "clusters.manage"}

    @describe(
        "Change how a cluster is reached",
        takes=ConnectionChange,
        gives=ClusterOutput,
        example={"connection": {"token": "eyJhbGciOiJSUzI1NiIs…"}},
        text="What is left out stays; with another server, CA or name the credential has to be given again.",
    )
    def partial_update(self, request: Request, cluster_id: UUID) -> Response:
        cluster = self.locked(Cluster.objects.permitted(self.actor), pk=cluster_id)
        changes = self.given(ConnectionChange)["connection"]
        cluster = services.change_connection(actor=self.actor, cluster=cluster, changes=changes)
        return self.answer(cluster, self.shown(ClusterOutput, shown_to(self.actor, cluster)))


class ClusterPreflightViewSet(ResourceViewSet):
    permissions = {"create": "clusters.manage"}

    @describe(
        "Look what a cluster has and lacks",
        gives=OperationOutput,
        status=202,
        text="Versions, permissions, Kueue, operators, devices, metrics, storage, network and ingress. `result.findings` of "
        "the operation, and `findings` of the cluster, have evidence and what to do for each.",
    )
    def create(self, request: Request, cluster_id: UUID) -> Response:
        cluster = visible_or_404(Cluster.objects.permitted(self.actor), pk=cluster_id)
        operation = services.begin_preflight(actor=self.actor, cluster=cluster)
        return Response(self.shown(OperationOutput, operations.document(operation)), status=202)


class ClusterDriftViewSet(ResourceViewSet):
    permissions = {"create": "clusters.manage"}

    @describe(
        "Compare the namespaces of projects with what they should be",
        takes=DriftInput,
        gives=OperationOutput,
        status=202,
        example={"repair": True},
        text="`drifted` of the cluster says what somebody else changed, with both values. With `repair` it is put right, "
        "whatever `on_drift` says.",
    )
    def create(self, request: Request, cluster_id: UUID) -> Response:
        cluster = visible_or_404(Cluster.objects.permitted(self.actor), pk=cluster_id)
        operation = services.begin_comparison(actor=self.actor, cluster=cluster, **self.given(DriftInput))
        return Response(self.shown(OperationOutput, operations.document(operation)), status=202)


class AccessManifestViewSet(ResourceViewSet):
    permissions = {"retrieve": "clusters.manage"}

    @describe(
        "Read the manifest of the account that Hanse needs in a cluster",
        gives=AccessManifestOutput,
        text="Least privilege: what is in it is used, and why is said in the reference of permissions.",
    )
    def retrieve(self, request: Request) -> Response:
        return Response(self.shown(AccessManifestOutput, {"manifest": access_manifest(), "needs": NEEDS}))


class ClusterFlavorsViewSet(ResourceViewSet):
    """Flavors of one cluster."""

    permissions = {"list": "", "create": "flavors.manage"}
    queryset = Flavor.objects.all()
    filterset_class = FlavorFilter
    orders = {"name": "name", "created": "pk"}
    default_order = "name"

    @describe("List the flavors of a cluster", gives=FlavorOutput(many=True))
    def list(self, request: Request, cluster_id: UUID) -> Response:
        cluster = visible_or_404(Cluster.objects.permitted(self.actor), pk=cluster_id)
        rows = self.paginate_queryset(self.filter_queryset(_flavors_of(self.actor, cluster))) or []
        shown = [_flavor_for(self.actor, flavor) for flavor in rows]
        return self.get_paginated_response(FlavorOutput(shown, many=True, context=self.get_serializer_context()).data)

    @describe("Name a class of hardware", takes=FlavorInput, gives=FlavorOutput, status=201, example=FLAVOR_EXAMPLE)
    def create(self, request: Request, cluster_id: UUID) -> Response:
        cluster = visible_or_404(Cluster.objects.permitted(self.actor), pk=cluster_id)
        flavor = services.create_flavor(actor=self.actor, cluster=cluster, **self.given(FlavorInput))
        return self.answer(flavor, self.shown(FlavorOutput, _flavor_for(self.actor, flavor)), status=201)


class FlavorViewSet(ResourceViewSet):
    permissions = {"retrieve": "", "partial_update": "flavors.manage", "destroy": "flavors.manage"}

    @describe("Read a flavor", gives=FlavorOutput)
    def retrieve(self, request: Request, flavor_id: UUID) -> Response:
        flavor = visible_or_404(Flavor.objects.permitted(self.actor).select_related("cluster", "pool"), pk=flavor_id)
        return self.answer(flavor, self.shown(FlavorOutput, _flavor_for(self.actor, flavor)))

    @describe("Change a flavor", takes=FlavorChange, gives=FlavorOutput, example={"description": "Eight to a node."})
    def partial_update(self, request: Request, flavor_id: UUID) -> Response:
        flavor = self.locked(Flavor.objects.permitted(self.actor), pk=flavor_id)
        flavor = services.change_flavor(actor=self.actor, flavor=flavor, changes=self.given(FlavorChange))
        return self.answer(flavor, self.shown(FlavorOutput, _flavor_for(self.actor, flavor)))

    @describe("Remove a flavor of which no quota speaks", status=204)
    def destroy(self, request: Request, flavor_id: UUID) -> Response:
        services.remove_flavor(actor=self.actor, flavor=self.locked(Flavor.objects.permitted(self.actor), pk=flavor_id))
        return Response(status=204)


def for_reader(actor: Actor, document: dict[str, Any]) -> dict[str, Any]:
    """The document, without what is the platform's for those who see the cluster through a tenant only."""
    shown = {**document, "can": _can(actor)}
    return shown if "clusters.view" in actor.on_platform else {**shown, **dict.fromkeys(_OF_PLATFORM)}


def shown_to(actor: Actor, cluster: Cluster) -> dict[str, Any]:
    return for_reader(actor, cluster_documents([cluster.pk])[cluster.pk])


def _flavor_for(actor: Actor, flavor: Flavor) -> dict[str, Any]:
    return {**flavor_document(flavor), "can": _can(actor)}


def _flavors_of(actor: Actor, cluster: Cluster) -> Any:
    return Flavor.objects.permitted(actor).filter(cluster=cluster).select_related("cluster", "pool")


def _can(actor: Actor) -> list[str]:
    return sorted({"clusters.view"} | (actor.on_platform & {"clusters.manage", "flavors.manage"}))
