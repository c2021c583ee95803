"""Every act that changes a cluster or a flavor, and what was seen of nodes."""

from apps.clusters.services._changes import write_queues
from apps.clusters.services.capacity import record_capacity
from apps.clusters.services.flavors import change_flavor, create_flavor, remove_flavor
from apps.clusters.services.kubeconfigs import begin_kubeconfig
from apps.clusters.services.nodes import drain_node, preview_drain, set_schedulable
from apps.clusters.services.observe import (
    NodeSeen,
    record_drift,
    record_findings,
    record_health,
    record_node,
    record_nodes,
    record_proposals,
    record_served,
)
from apps.clusters.services.pools import change_pool, create_pool, record_pool, remove_pool
from apps.clusters.services.register import (
    begin_comparison,
    begin_preflight,
    change_admission,
    change_cluster,
    change_connection,
    create_cluster,
    register_local_cluster,
    remove_cluster,
)

__all__ = [
    "NodeSeen",
    "begin_comparison",
    "begin_kubeconfig",
    "begin_preflight",
    "change_admission",
    "change_cluster",
    "change_connection",
    "change_flavor",
    "change_pool",
    "create_cluster",
    "create_flavor",
    "create_pool",
    "drain_node",
    "preview_drain",
    "record_capacity",
    "record_drift",
    "record_findings",
    "record_health",
    "record_node",
    "record_nodes",
    "record_pool",
    "record_proposals",
    "record_served",
    "register_local_cluster",
    "remove_cluster",
    "remove_flavor",
    "remove_pool",
    "set_schedulable",
    "write_queues",
]
