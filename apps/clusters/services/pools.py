"""Acts on node pools. A worker puts their label and taint on nodes, and takes them away again."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError

from apps.audit import services as audit
from apps.clusters.errors import NodePoolInUse
from apps.clusters.models import Cluster, ClusterKind, Flavor, Node, NodePool
from apps.clusters.pools import chooses, flavor_in, members
from apps.clusters.services._changes import write_queues
from apps.core.errors import Conflict, InvalidRequest, NameTaken
from apps.core.outbox import hint, publish
from apps.core.uniqueness import refused_when_taken
from apps.tenants.actor import Actor

MOST_DRIFTED = 20
_FIELDS = ("description", "node_names", "node_labels")
_OF_HARDWARE = ("name", "kind", "description", "model", "unit_memory_bytes", "device_resource", "node_labels", "node_taints")


@transaction.atomic
def create_pool(
    *,
    actor: Actor,
    cluster: Cluster,
    name: str,
    description: str = "",
    node_names: Sequence[str] = (),
    node_labels: Mapping[str, str] | None = None,
) -> NodePool:
    """Keep nodes for whoever gets quota of the pool's flavors: of each flavor that these nodes have, one of its own.

    Raises Conflict for this machine, NameTaken, InvalidRequest for nodes that are not there, or in another pool.
    """
    if cluster.kind != ClusterKind.KUBERNETES:
        raise Conflict("This cluster is this machine, which is one node.")
    pool = NodePool(
        cluster=cluster,
        name=name,
        description=description,
        node_names=sorted(set(node_names)),
        node_labels=dict(node_labels or {}),
    )
    flavors = _flavors_on(_require_nodes(pool))
    with refused_when_taken(NameTaken(f"{cluster.slug} has a node pool {name}.", at="/name")):
        pool.save(force_insert=True)
    _write_flavors(pool, flavors)
    _tell(cluster)
    _audit(actor, "create", pool, after=_as_audited(pool))
    return pool


@transaction.atomic
def change_pool(*, actor: Actor, pool: NodePool, changes: Mapping[str, Any]) -> NodePool:
    """Change which nodes it has, or what is said of it. What runs on nodes goes on. Raises InvalidRequest as create_pool."""
    before = _as_audited(pool)
    for name in _FIELDS:
        if name in changes:
            setattr(pool, name, changes[name])
    pool.node_names = sorted(set(pool.node_names))
    after = _as_audited(pool)
    if before == after:
        return pool
    if {name: before[name] for name in _FIELDS[1:]} != {name: after[name] for name in _FIELDS[1:]}:
        _write_flavors(pool, _flavors_on(_require_nodes(pool)))
    pool.generation += 1
    pool.save(update_fields=[*_FIELDS, "generation"])
    _tell(pool.cluster)
    _audit(actor, "change", pool, before=before, after=after)
    return pool


@transaction.atomic
def remove_pool(*, actor: Actor, pool: NodePool) -> None:
    """Let its nodes be everybody's again. Raises NodePoolInUse while quotas or shares speak of its flavors."""
    try:
        with transaction.atomic():
            pool.flavors.all().delete()
    except ProtectedError as error:
        raise NodePoolInUse(
            f"Take the flavors of {pool.name} out of the quotas and shares of {pool.cluster} first, then remove it.",
            references=len(error.protected_objects),
        ) from error
    _audit(actor, "remove", pool, before=_as_audited(pool))
    cluster = pool.cluster
    pool.delete()
    _tell(cluster)


@transaction.atomic
def record_pool(
    *, pool: NodePool, kept: Collection[str], drifted: Sequence[Mapping[str, Any]] = (), failure: str = ""
) -> None:
    """Write down on which nodes label and taint of a pool are, and what somebody else had taken from them."""
    row = NodePool.objects.select_for_update().filter(pk=pool.pk).select_related("cluster").first()
    if row is None:
        return
    found = sorted(kept), [*map(dict, drifted), *row.drifted][:MOST_DRIFTED], failure[:300]
    if found == (row.kept, row.drifted, row.failure):
        return
    row.kept, row.drifted, row.failure = found
    row.save(update_fields=["kept", "drifted", "failure"])
    publish(op="changed", subject=row.cluster)


def _require_nodes(pool: NodePool) -> list[Node]:
    """The nodes that it chooses now; that there is one, or that labels say which will come."""
    nodes = list(pool.cluster.nodes.order_by("name"))
    missing = sorted(set(pool.node_names) - {node.name for node in nodes} - set(pool.kept))
    if missing:
        detail = f"{pool.cluster.slug} has no node {', '.join(missing[:3])}."
        raise InvalidRequest(errors=[{"pointer": "/node_names", "detail": detail}])
    if not pool.node_names and not pool.node_labels:
        raise InvalidRequest(errors=[{"pointer": "/node_names", "detail": "Name nodes, or labels by which they are known."}])
    chosen = [node for node in nodes if chooses(pool, node.name, node.labels)]
    elsewhere = members(pool.cluster.pools.exclude(pk=pool.pk), chosen)
    if elsewhere:
        node, other = next(iter(sorted(elsewhere.items())))
        field = "node_names" if node in pool.node_names else "node_labels"
        raise InvalidRequest(errors=[{"pointer": f"/{field}", "detail": f"{node} is in the pool {other.name}."}])
    if not chosen:
        detail = "No node has these labels: of which hardware would its flavors be?"
        raise InvalidRequest(errors=[{"pointer": "/node_labels", "detail": detail}])
    return chosen


def _flavors_on(nodes: Sequence[Node]) -> list[Flavor]:
    """The cluster's flavors that these nodes have; on a node that was in a pool before, those are of that pool."""
    names = {name for node in nodes for name, amounts in node.allocatable.items() if any(amounts.values())}
    return list(Flavor.objects.filter(cluster=nodes[0].cluster, name__in=names, pool=None).order_by("name"))


def _write_flavors(pool: NodePool, flavors: Sequence[Flavor]) -> None:
    """Of each that the pool has none of yet, one of its own. Raises InvalidRequest where its name is taken, or too long."""
    for flavor in flavors:
        fields = flavor_in(pool, {name: getattr(flavor, name) for name in _OF_HARDWARE})
        if pool.flavors.filter(name=fields["name"]).exists():
            continue
        taken = Flavor.objects.filter(cluster=pool.cluster, name=fields["name"]).exists()
        if taken or len(fields["name"]) > 40:
            detail = f"Its flavor would be called {fields['name']}, which is {'taken' if taken else 'too long'}."
            raise InvalidRequest(errors=[{"pointer": "/name", "detail": detail}])
        publish(op="added", subject=Flavor.objects.create(cluster=pool.cluster, pool=pool, **fields))
    write_queues(pool.cluster_id)


def _tell(cluster: Cluster) -> None:
    """Workers, who put the label and the taint where they belong; and pages."""
    hint("kubernetes.write_pools", cluster_id=cluster.pk)
    publish(op="changed", subject=cluster)


def _as_audited(pool: NodePool) -> dict[str, Any]:
    return {"cluster": pool.cluster.slug, "name": pool.name, **{name: getattr(pool, name) for name in _FIELDS}}


def _audit(actor: Actor, act: str, pool: NodePool, **states: Any) -> None:
    label = f"{pool.cluster.slug}/{pool.name}"
    audit.record(actor=actor, action=f"node-pool.{act}", kind="node-pool", subject_id=pool.pk, label=label, **states)
