"""Which nodes belong to which pool, and by what they are known in their cluster."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from apps.clusters.models import Node, NodePool

# Labels below this domain are the control plane's: no kubelet may give its own node one.
_DOMAIN = "hanse.dev.node-restriction.kubernetes.io"
EFFECT = "NoSchedule"


def key_of(cluster_id: UUID) -> str:
    """Key of the label and of the taint; its value is the pool's name. Two portals in one cluster keep theirs apart."""
    return f"{_DOMAIN}/pool-{cluster_id.hex[-10:]}"


def taint_of(pool: NodePool) -> dict[str, str]:
    return {"key": key_of(pool.cluster_id), "value": pool.name, "effect": EFFECT}


def chooses(pool: NodePool, node: str, labels: Mapping[str, str]) -> bool:
    by_labels = bool(pool.node_labels) and pool.node_labels.items() <= labels.items()
    return node in pool.node_names or by_labels


def members(pools: Iterable[NodePool], nodes: Iterable[Node]) -> dict[str, NodePool]:
    """Node -> its pool. A node that several choose belongs to the oldest of them."""
    oldest_first = sorted(pools, key=lambda pool: (pool.created_at, pool.pk))
    found: dict[str, NodePool] = {}
    for node in nodes:
        pool = next((one for one in oldest_first if chooses(one, node.name, node.labels)), None)
        if pool is not None:
            found[node.name] = pool
    return found


def pool_on(node: Node) -> str:
    """Name of the pool whose label and taint the node has, both of them; empty when it lacks one."""
    key = key_of(node.cluster_id)
    name = node.labels.get(key, "")
    tainted = any((taint["key"], taint.get("value"), taint["effect"]) == (key, name, EFFECT) for taint in node.taints)
    return name if tainted else ""


def is_marked(node: Node) -> bool:
    """Whether there is a label or a taint of a pool on it."""
    key = key_of(node.cluster_id)
    return key in node.labels or any(taint["key"] == key for taint in node.taints)


def flavor_in(pool: NodePool, fields: Mapping[str, Any]) -> dict[str, Any]:
    """A flavor of the cluster as the pool's own: `fields` with the label and the taint of its nodes."""
    return {
        **fields,
        "name": f"{fields['name']}-{pool.name}",
        "node_labels": {**fields["node_labels"], key_of(pool.cluster_id): pool.name},
        "node_taints": [*fields["node_taints"], taint_of(pool)],
    }
