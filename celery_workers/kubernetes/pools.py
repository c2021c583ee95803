"""Labels and taints of node pools: on the nodes that a pool has, and on no others.

The watch of nodes says what is on them; here is put right what differs. Labels are server-side applied by a manager of their
own, with the node's uid, so that no node is made. The taints of a node are one field to Kubernetes, which others write as
well: they are read and written whole, unless somebody was quicker.
"""

from collections.abc import Iterable
from uuid import UUID

import structlog
from django.utils import timezone

from apps.clusters import services as clusters
from apps.clusters.models import Cluster, ClusterKind, Node, NodePool, OnDrift
from apps.clusters.pools import is_marked, key_of, members, pool_on, taint_of
from apps.core.errors import Unavailable
from celery_workers.kubernetes.client import Client, Conflict, NotFound, Refused
from celery_workers.kubernetes.clusters import client_for

MANAGER = "hanse-node-pools"
_log = structlog.get_logger(__name__)


def write(cluster_id: UUID | None = None) -> None:
    """See to the pools of one cluster, or of all. Doing it twice changes nothing; what fails now the next sweep does."""
    rows = Cluster.objects.filter(kind=ClusterKind.KUBERNETES)
    for cluster in rows if cluster_id is None else rows.filter(pk=cluster_id):
        write_for(cluster)


def write_for(cluster: Cluster) -> None:
    """Put right what differs on the nodes of one cluster, and write down what was found."""
    pools = list(cluster.pools.all())
    nodes = list(cluster.nodes.only("name", "labels", "taints", "cluster_id"))
    of_node = members(pools, nodes)
    for node in nodes:
        if node.name not in of_node and is_marked(node):
            _put(cluster, node, None)
    for pool in pools:
        _see_to(cluster, pool, [node for node in nodes if of_node.get(node.name) == pool])


def _see_to(cluster: Cluster, pool: NodePool, nodes: Iterable[Node]) -> None:
    kept, drifted, failure = set(), [], ""
    for node in nodes:
        if pool_on(node) == pool.name:
            kept.add(node.name)
            continue
        was_kept = node.name in pool.kept
        left = was_kept and cluster.on_drift == OnDrift.LEAVE
        problem = "" if left else _put(cluster, node, pool)
        failure = failure or problem
        # What is put right now is seen at the next look; until then it is neither kept nor found changed again.
        if was_kept and not left:
            drifted.append({"node": node.name, "at": timezone.now().isoformat(), "repaired": not problem})
        elif left:
            kept.add(node.name)
            if not any(one["node"] == node.name and not one["repaired"] for one in pool.drifted):
                drifted.append({"node": node.name, "at": timezone.now().isoformat(), "repaired": False})
    clusters.record_pool(pool=pool, kept=kept, drifted=drifted, failure=failure)


def _put(cluster: Cluster, node: Node, pool: NodePool | None) -> str:
    """Give the node the label and taint of this pool, or of none. Returns what hinders it; empty when nothing does."""
    try:
        _write(client_for(cluster), cluster.pk, node.name, pool)
    except NotFound:
        return ""  # the node is gone, as will soon be known
    except Conflict:
        return ""  # somebody was quicker: the next look sees what they wrote
    except (Unavailable, Refused) as failure:
        _log.warning("node-pool-not-written", cluster=cluster.slug, node=node.name, error=str(failure))
        return str(failure)
    return ""


def _write(client: Client, cluster_id: UUID, name: str, pool: NodePool | None) -> None:
    path, key = f"/api/v1/nodes/{name}", key_of(cluster_id)
    found = client.get(path)
    taints = found["spec"].get("taints") or []
    wanted = [taint for taint in taints if taint["key"] != key] + ([taint_of(pool)] if pool else [])
    if _plain(taints) != _plain(wanted):
        version = found["metadata"]["resourceVersion"]
        client.patch(path, {"metadata": {"resourceVersion": version}, "spec": {"taints": wanted or None}})
    metadata = {"name": name, "uid": found["metadata"]["uid"], "labels": {key: pool.name} if pool else {}}
    client.apply(path, {"apiVersion": "v1", "kind": "Node", "metadata": metadata}, manager=MANAGER, force=True)
    if pool is None and key in found["metadata"].get("labels", {}):
        client.patch(path, {"metadata": {"labels": {key: None}}})  # whoever else put it there as well


def _plain(taints: Iterable[dict[str, str]]) -> list[tuple[str, str, str]]:
    return [(taint["key"], taint.get("value", ""), taint["effect"]) for taint in taints]
