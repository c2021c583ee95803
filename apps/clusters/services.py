"""Acts on clusters and flavors, and what was seen of nodes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone

from apps.audit import services as audit
from apps.clusters.errors import ClusterKindUnsupported, FlavorInUse, LocalComputeOff
from apps.clusters.models import Cluster, ClusterKind, Flavor, FlavorKind, Health, Node
from apps.core.errors import NameTaken
from apps.core.outbox import publish
from apps.core.uniqueness import refused_when_taken
from apps.tenants.actor import Actor

# A cluster that only reports "still the same" is announced this often, so that its age on screens stays small.
ANNOUNCE_EVERY = timedelta(seconds=15)
_FLAVOR_FIELDS = ("description", "model", "unit_memory_bytes", "device_resource", "node_labels", "node_taints")
_CLUSTER_FIELDS = ("name", "zone", "labels")

NodeAmounts = Mapping[str, Mapping[str, int]]  # {"<flavor>": {"<resource>": int}}


@dataclass(frozen=True)
class NodeSeen:
    """A node as its cluster shows it. Amounts by flavor and resource; `used` as measured, {} where nothing measures."""

    name: str
    allocatable: NodeAmounts
    used: NodeAmounts = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    zone: str = ""
    health: Health = Health.HEALTHY
    health_message: str = ""
    schedulable: bool = True


@transaction.atomic
def register_local_cluster(*, actor: Actor, slug: str = "local", name: str = "This machine") -> Cluster:
    """Make this machine a cluster, with the flavor `cpu`; when it is one already, that."""
    known = Cluster.objects.filter(kind=ClusterKind.LOCAL).first()
    if known is not None:
        return known
    cluster = _create_cluster(actor=actor, slug=slug, name=name, kind=ClusterKind.LOCAL)
    create_flavor(actor=actor, cluster=cluster, name="cpu", kind=FlavorKind.CPU, description="Processor and memory.")
    return cluster


@transaction.atomic
def create_cluster(
    *, actor: Actor, slug: str, name: str, kind: str, zone: str = "", labels: Mapping[str, str] | None = None
) -> Cluster:
    """Register a cluster.

    Raises ClusterKindUnsupported for a kind without a back end, LocalComputeOff when this machine may not be one,
    NameTaken when the slug, or this machine, is registered.
    """
    if kind != ClusterKind.LOCAL:
        raise ClusterKindUnsupported("Clusters of the kind local can be registered; others come with their back ends.")
    if not settings.LOCAL_COMPUTE:
        raise LocalComputeOff("Start Hanse with HANSE_LOCAL_COMPUTE=1 in development mode; it is no isolation boundary.")
    known = Cluster.objects.filter(kind=ClusterKind.LOCAL).first()
    if known is not None:
        raise NameTaken(f"This machine is registered already, as {known.slug}.", cluster_id=str(known.pk))
    cluster = _create_cluster(actor=actor, slug=slug, name=name, kind=kind, zone=zone, labels=labels or {})
    create_flavor(actor=actor, cluster=cluster, name="cpu", kind=FlavorKind.CPU, description="Processor and memory.")
    return cluster


def _create_cluster(*, actor: Actor, slug: str, **fields: Any) -> Cluster:
    with refused_when_taken(NameTaken(f"There is a cluster {slug}.")):
        cluster = Cluster.objects.create(slug=slug, **fields)
    publish(op="added", subject=cluster)
    audit.record(
        actor=actor,
        action="cluster.register",
        kind="cluster",
        subject_id=cluster.pk,
        label=cluster.slug,
        after={"slug": slug, **fields},
    )
    return cluster


@transaction.atomic
def change_cluster(*, actor: Actor, cluster: Cluster, changes: Mapping[str, Any]) -> Cluster:
    """Change name, zone or labels."""
    before = _apply(cluster, changes, _CLUSTER_FIELDS)
    if before:
        publish(op="changed", subject=cluster)
        _record(actor, "cluster.change", "cluster", cluster, before)
    return cluster


@transaction.atomic
def create_flavor(*, actor: Actor, cluster: Cluster, name: str, kind: str, **fields: Any) -> Flavor:
    """Name a class of hardware of the cluster. Raises NameTaken."""
    with refused_when_taken(NameTaken(f"{cluster} has a flavor {name}.")):
        flavor = Flavor.objects.create(cluster=cluster, name=name, kind=kind, **fields)
    publish(op="added", subject=flavor)
    audit.record(
        actor=actor,
        action="flavor.create",
        kind="flavor",
        subject_id=flavor.pk,
        label=f"{cluster}/{name}",
        after={"cluster": cluster.slug, "name": name, "kind": str(kind), **fields},
    )
    return flavor


@transaction.atomic
def change_flavor(*, actor: Actor, flavor: Flavor, changes: Mapping[str, Any]) -> Flavor:
    """Change what a flavor says of its hardware. Its name and kind stay: quotas and workloads speak of them."""
    before = _apply(flavor, changes, _FLAVOR_FIELDS)
    if before:
        publish(op="changed", subject=flavor)
        _record(actor, "flavor.change", "flavor", flavor, before)
    return flavor


@transaction.atomic
def remove_flavor(*, actor: Actor, flavor: Flavor) -> None:
    """Forget a flavor. Raises FlavorInUse while a quota or a share speaks of it."""
    pk = flavor.pk
    try:
        with transaction.atomic():
            flavor.delete()
    except ProtectedError as error:
        raise FlavorInUse(
            f"Take {flavor.name} out of the quotas and shares of {flavor.cluster} first, then remove it.",
            references=len(error.protected_objects),
        ) from error
    flavor.pk = pk
    publish(op="removed", subject=flavor)
    audit.record(actor=actor, action="flavor.remove", kind="flavor", subject_id=pk, label=f"{flavor.cluster}/{flavor.name}")


def record_node(*, cluster: Cluster, node: NodeSeen, at: datetime | None = None) -> None:
    """Write down what was seen of one node; others stay as they are."""
    record_nodes(cluster=cluster, nodes=[node], complete=False, at=at)


@transaction.atomic
def record_nodes(*, cluster: Cluster, nodes: Sequence[NodeSeen], complete: bool = True, at: datetime | None = None) -> None:
    """Write down what was seen of nodes, and that the cluster was seen. `complete`: nodes not among them are gone.

    Late reports (`at` older than the last) change nothing.
    """
    at = at or timezone.now()
    locked = Cluster.objects.select_for_update().get(pk=cluster.pk)
    if locked.last_seen_at is not None and at < locked.last_seen_at:
        return
    before = {node.name: _facts(node) for node in Node.objects.filter(cluster=locked)}
    if complete:
        locked.nodes.exclude(name__in=[node.name for node in nodes]).delete()
    rows = [
        Node(
            cluster=locked,
            name=node.name,
            zone=node.zone,
            labels=dict(node.labels),
            allocatable=_plain(node.allocatable),
            used=_plain(node.used),
            health=node.health,
            health_message=node.health_message[:300],
            schedulable=node.schedulable,
            last_seen_at=at,
        )
        for node in nodes
    ]
    Node.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["cluster", "name"],
        update_fields=[
            "zone",
            "labels",
            "allocatable",
            "used",
            "health",
            "health_message",
            "schedulable",
            "last_seen_at",
        ],
    )
    after = {**({} if complete else before), **{row.name: _facts(row) for row in rows}}
    health, message = _health_of({name: facts["health"] for name, facts in after.items()})
    _seen(locked, at=at, health=health, message=message, changed=before != after)


@transaction.atomic
def record_health(
    *,
    cluster: Cluster,
    health: Health,
    message: str = "",
    versions: Mapping[str, str] | None = None,
    capabilities: Mapping[str, Any] | None = None,
    at: datetime | None = None,
) -> None:
    """Write down how the cluster as a whole is. One that is down was not seen: its age goes on growing."""
    at = at or timezone.now()
    locked = Cluster.objects.select_for_update().get(pk=cluster.pk)
    changed = False
    for name, value in (("versions", versions), ("capabilities", capabilities)):
        if value is not None and getattr(locked, name) != dict(value):
            setattr(locked, name, dict(value))
            changed = True
    _seen(locked, at=locked.last_seen_at if health == Health.DOWN else at, health=health, message=message, changed=changed)


def _seen(cluster: Cluster, *, at: datetime | None, health: Health, message: str, changed: bool) -> None:
    now = timezone.now()
    changed = changed or (cluster.health, cluster.health_message) != (health, message[:300]) or cluster.is_stale(now)
    cluster.health, cluster.health_message, cluster.last_seen_at = health, message[:300], at
    if changed or cluster.announced_at is None or now - cluster.announced_at >= ANNOUNCE_EVERY:
        cluster.announced_at = now
        publish(op="changed", subject=cluster)
    cluster.save(update_fields=["health", "health_message", "last_seen_at", "announced_at", "versions", "capabilities"])


def _health_of(nodes: Mapping[str, str]) -> tuple[Health, str]:
    """A cluster is as well as its nodes are."""
    ill = sorted(name for name, health in nodes.items() if health != Health.HEALTHY)
    if not nodes:
        return Health.DEGRADED, "It has no nodes."
    if not ill:
        return Health.HEALTHY, ""
    verb = "is" if len(ill) == 1 else "are"
    message = f"{len(ill)} of {len(nodes)} nodes {verb} not healthy: {', '.join(ill[:3])}"
    down = all(health == Health.DOWN for health in nodes.values())
    return (Health.DOWN if down else Health.DEGRADED), message


def _facts(node: Node) -> dict[str, Any]:
    """What admission and people go by; measured use is not among it."""
    return {
        "allocatable": node.allocatable,
        "health": str(node.health),
        "schedulable": node.schedulable,
        "labels": node.labels,
        "zone": node.zone,
    }


def _plain(amounts: NodeAmounts) -> dict[str, dict[str, int]]:
    return {flavor: dict(resources) for flavor, resources in amounts.items()}


def _apply(row: Cluster | Flavor, changes: Mapping[str, Any], allowed: Sequence[str]) -> dict[str, Any]:
    """Set what differs, raise the generation, save; the old values of what differed."""
    before = {name: getattr(row, name) for name in allowed if name in changes and changes[name] != getattr(row, name)}
    if before:
        for name in before:
            setattr(row, name, changes[name])
        row.generation += 1
        row.save(update_fields=[*before, "generation"])
    return before


def _record(actor: Actor, action: str, kind: str, row: Cluster | Flavor, before: dict[str, Any]) -> None:
    after = {name: getattr(row, name) for name in before}
    audit.record(actor=actor, action=action, kind=kind, subject_id=row.pk, label=str(row), before=before, after=after)
