"""What was seen of clusters and their nodes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from apps.clusters.models import Cluster, Health, Node
from apps.clusters.services.capacity import record_capacity
from apps.core.notifications import notify
from apps.core.outbox import publish
from apps.core.sentences import Said, as_json, in_english, say

# A cluster that only reports "still the same" is announced this often, so that its age on screens stays small.
ANNOUNCE_EVERY = timedelta(seconds=15)

NodeAmounts = Mapping[str, Mapping[str, int]]  # {"<flavor>": {"<resource>": int}}


@dataclass(frozen=True)
class NodeSeen:
    """A node as its cluster shows it. Amounts by flavor and resource; `used` as measured, {} where nothing measures.

    ours: what of `requested` is Hanse's work; lost: devices that it has, and that fell ill.
    """

    name: str
    allocatable: NodeAmounts
    used: NodeAmounts = field(default_factory=dict)
    requested: NodeAmounts = field(default_factory=dict)
    ours: NodeAmounts = field(default_factory=dict)
    lost: NodeAmounts = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    taints: Sequence[Mapping[str, str]] = ()
    about: Mapping[str, str | int] = field(default_factory=dict)
    zone: str = ""
    health: Health = Health.HEALTHY
    health_said: Sequence[Said] = ()
    schedulable: bool = True


def record_node(*, cluster: Cluster, node: NodeSeen, at: datetime | None = None) -> None:
    """Write down what was seen of one node; others stay as they are."""
    record_nodes(cluster=cluster, nodes=[node], complete=False, at=at)


@transaction.atomic
def record_nodes(*, cluster: Cluster, nodes: Sequence[NodeSeen], complete: bool = True, at: datetime | None = None) -> bool:
    """Write down what was seen of nodes, and that the cluster was seen. `complete`: nodes not among them are gone.

    Late reports (`at` older than the last) change nothing; whether this was none.
    """
    at = at or timezone.now()
    locked = Cluster.objects.select_for_update().get(pk=cluster.pk)
    if locked.last_seen_at is not None and at < locked.last_seen_at:
        return False
    names = [node.name for node in nodes]
    before = {node.name: _facts(node) for node in locked.nodes.filter(name__in=names)}
    gone = locked.nodes.exclude(name__in=names).delete()[0] if complete else 0
    rows = [
        Node(
            cluster=locked,
            name=node.name,
            zone=node.zone,
            labels=dict(node.labels),
            allocatable=_plain(node.allocatable),
            requested=_plain(node.requested),
            ours=_plain(node.ours),
            lost=_plain(node.lost),
            used=_plain(node.used),
            taints=[dict(taint) for taint in node.taints],
            about=dict(node.about),
            health=node.health,
            health_message=in_english(node.health_said)[:300],
            health_said=as_json(node.health_said),
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
            "requested",
            "ours",
            "lost",
            "used",
            "taints",
            "about",
            "health",
            "health_message",
            "health_said",
            "schedulable",
            "last_seen_at",
        ],
    )
    record_capacity(cluster=locked, at=at)
    health, said = _health_of(dict(locked.nodes.values_list("name", "health")))
    changed = bool(gone) or before != {row.name: _facts(row) for row in rows}
    _seen(locked, at=at, health=health, said=said, changed=changed)
    return True


@transaction.atomic
def record_health(
    *,
    cluster: Cluster,
    health: Health,
    said: Sequence[Said] = (),
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
    _seen(locked, at=locked.last_seen_at if health == Health.DOWN else at, health=health, said=said, changed=changed)


@transaction.atomic
def record_served(
    *,
    cluster: Cluster,
    versions: Mapping[str, str],
    capabilities: Mapping[str, Any],
    storage_classes: Sequence[Mapping[str, Any]] | None = None,
) -> None:
    """Write down what the cluster is and serves; how it is, its nodes say. None: who tells knows nothing of classes."""
    locked = Cluster.objects.select_for_update().get(pk=cluster.pk)
    wanted: dict[str, Any] = {"versions": {**locked.versions, **versions}, "capabilities": dict(capabilities)}
    if storage_classes is not None:
        wanted["storage_classes"] = [dict(one) for one in storage_classes]
    if any(getattr(locked, name) != value for name, value in wanted.items()):
        for name, value in wanted.items():
            setattr(locked, name, value)
        locked.save(update_fields=list(wanted))
        publish(op="changed", subject=locked)


@transaction.atomic
def record_proposals(*, cluster: Cluster, proposals: list[dict[str, Any]]) -> None:
    """Write down which flavors the hardware would need that are not named yet."""
    locked = Cluster.objects.select_for_update().get(pk=cluster.pk)
    if locked.proposals != proposals:
        locked.proposals = proposals
        locked.save(update_fields=["proposals"])
        publish(op="changed", subject=locked)


@transaction.atomic
def record_drift(*, cluster: Cluster, drifted: list[dict[str, Any]]) -> None:
    """Write down what was found changed in the namespaces of projects; what was found before is forgotten."""
    locked = Cluster.objects.select_for_update().get(pk=cluster.pk)
    locked.compared_at = timezone.now()
    changed = locked.drifted != drifted
    locked.drifted = drifted
    locked.save(update_fields=["drifted", "compared_at"])
    if changed:
        publish(op="changed", subject=locked)


@transaction.atomic
def record_findings(*, cluster: Cluster, findings: list[dict[str, Any]], at: datetime | None = None) -> None:
    """Write down what a preflight found; the newest stays."""
    locked = Cluster.objects.select_for_update().get(pk=cluster.pk)
    locked.findings, locked.findings_at = findings, at or timezone.now()
    locked.save(update_fields=["findings", "findings_at"])
    publish(op="changed", subject=locked)


def _seen(cluster: Cluster, *, at: datetime | None, health: Health, said: Sequence[Said], changed: bool) -> None:
    now = timezone.now()
    message = in_english(said)
    changed = changed or (cluster.health, cluster.health_said) != (health, as_json(said)) or cluster.is_stale(now)
    if (cluster.health == Health.DOWN) != (health == Health.DOWN):
        _tell(cluster, health, message)
    cluster.health, cluster.last_seen_at = health, at
    cluster.health_message, cluster.health_said = message[:300], as_json(said)
    if changed or cluster.announced_at is None or now - cluster.announced_at >= ANNOUNCE_EVERY:
        cluster.announced_at = now
        publish(op="changed", subject=cluster)
    seen = ["health", "health_message", "health_said", "last_seen_at"]
    cluster.save(update_fields=[*seen, "announced_at", "versions", "capabilities"])


def _tell(cluster: Cluster, health: Health, message: str) -> None:
    """Tell those who run clusters that this one went down, or is back."""
    notify(
        "cluster.down" if health == Health.DOWN else "cluster.up",
        object_kind=Cluster.live_kind,
        object_id=cluster.pk,
        path=f"/clusters/{cluster.slug}",
        name=cluster.name,
        health=health,
        message=message,
    )


def _health_of(nodes: Mapping[str, str]) -> tuple[Health, Sequence[Said]]:
    """A cluster is as well as its nodes are."""
    ill = sorted(name for name, health in nodes.items() if health != Health.HEALTHY)
    if not nodes:
        return Health.DEGRADED, [say("cluster-without-nodes")]
    if not ill:
        return Health.HEALTHY, ()
    code = "cluster-node-ill" if len(ill) == 1 else "cluster-nodes-ill"
    said = say(code, count=len(ill), total=len(nodes), names=", ".join(ill[:3]))
    down = all(health == Health.DOWN for health in nodes.values())
    return (Health.DOWN if down else Health.DEGRADED), [said]


def _facts(node: Node) -> dict[str, Any]:
    """What admission and people go by; measured use is not among it."""
    return {
        "requested": node.requested,
        "taints": node.taints,
        "allocatable": node.allocatable,
        "health": str(node.health),
        "schedulable": node.schedulable,
        "labels": node.labels,
        "zone": node.zone,
    }


def _plain(amounts: NodeAmounts) -> dict[str, dict[str, int]]:
    return {flavor: dict(resources) for flavor, resources in amounts.items()}
