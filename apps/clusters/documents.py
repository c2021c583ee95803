"""How clusters and flavors look to every reader alike: for events, and as the core of REST answers."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from apps.clusters.models import STALE_AFTER, Cluster, ClusterConnection, Flavor, Health, Node

Row = dict[str, str | int]
# What a cluster says of its nodes, of which there may be thousands, at every event.
_OF_NODES = ("cluster", "health", "schedulable", "allocatable", "used", "requested")


def cluster_documents(ids: Iterable[UUID]) -> dict[UUID, dict[str, Any]]:
    """Documents of the clusters, in three queries however many."""
    clusters = list(Cluster.objects.filter(pk__in=list(ids)))
    nodes: dict[UUID, list[Node]] = {cluster.pk: [] for cluster in clusters}
    for node in Node.objects.filter(cluster__in=clusters).only(*_OF_NODES):
        nodes[node.cluster_id].append(node)
    connections = ClusterConnection.objects.in_bulk([cluster.pk for cluster in clusters])
    return {cluster.pk: cluster_document(cluster, nodes[cluster.pk], connections.get(cluster.pk)) for cluster in clusters}


def cluster_document(cluster: Cluster, nodes: Sequence[Node], connection: ClusterConnection | None) -> dict[str, Any]:
    """A cluster with what its nodes come to. Only platform roles may see what follows `created_at`."""
    ready = [node for node in nodes if node.schedulable and node.health != Health.DOWN]
    return {
        "id": cluster.pk,
        "version": cluster.version,
        "generation": cluster.generation,
        "slug": cluster.slug,
        "name": cluster.name,
        "kind": cluster.kind,
        "zone": cluster.zone,
        "labels": cluster.labels,
        "admission": cluster.admission,
        "health": cluster.health,
        "health_message": cluster.health_message,
        "health_said": cluster.health_said,
        "versions": cluster.versions,
        "capabilities": cluster.capabilities,
        **age(cluster, timezone.now()),
        "created_at": cluster.created_at,
        "nodes": {"total": len(nodes), "ready": len(ready)},
        "capacity": _sum(node.allocatable for node in nodes),
        "used": _sum(node.used for node in nodes),
        "requested": _sum(node.requested for node in nodes),
        "proposals": cluster.proposals,
        "findings": cluster.findings,
        "findings_at": cluster.findings_at,
        "on_drift": cluster.on_drift,
        "app_entry": cluster.app_entry,
        "drifted": cluster.drifted,
        "compared_at": cluster.compared_at,
        "connection": connection and _connection_document(connection),
    }


def _connection_document(connection: ClusterConnection) -> dict[str, Any]:
    fields = ("server", "tls_server_name", "ca_certificate", "auth", "expires_at", "given_at")
    return {name: getattr(connection, name) for name in fields}


def age(cluster: Cluster, now: datetime) -> dict[str, Any]:
    """How old what is known of it is. Figures of a stale cluster are the last that were seen, never empty ones."""
    seen_ago = cluster.seen_ago(now)
    return {
        "last_seen_at": cluster.last_seen_at,
        "seen_seconds_ago": None if seen_ago is None else max(0, int(seen_ago.total_seconds())),
        "stale": cluster.is_stale(now),
        "stale_after_seconds": int(STALE_AFTER.total_seconds()),
    }


def flavor_documents(ids: Iterable[UUID]) -> dict[UUID, dict[str, Any]]:
    rows = Flavor.objects.filter(pk__in=list(ids)).select_related("cluster", "pool")
    return {flavor.pk: flavor_document(flavor) for flavor in rows}


def flavor_document(flavor: Flavor) -> dict[str, Any]:
    return {
        "id": flavor.pk,
        "version": flavor.version,
        "generation": flavor.generation,
        "cluster_id": flavor.cluster_id,
        "cluster_slug": flavor.cluster.slug,
        "name": flavor.name,
        "kind": flavor.kind,
        "description": flavor.description,
        "model": flavor.model,
        "unit_memory_bytes": flavor.unit_memory_bytes,
        "device_resource": flavor.device_resource,
        "node_labels": flavor.node_labels,
        "node_taints": flavor.node_taints,
        "resources": list(flavor.resources),
        "pool": flavor.pool and flavor.pool.name,
    }


def amount_rows(amounts: Mapping[str, Mapping[str, int]]) -> list[Row]:
    return [
        {"flavor": flavor, "resource": resource, "amount": amount}
        for flavor, resources in sorted(amounts.items())
        for resource, amount in sorted(resources.items())
    ]


def _sum(parts: Iterable[Mapping[str, Mapping[str, int]]]) -> list[Row]:
    whole: dict[str, dict[str, int]] = {}
    for part in parts:
        for flavor, resources in part.items():
            of_flavor = whole.setdefault(flavor, {})
            for resource, amount in resources.items():
                of_flavor[resource] = of_flavor.get(resource, 0) + amount
    return amount_rows(whole)
