"""Acts on nodes: each is for a worker to carry out, as an operation; the watch of nodes writes down what is then true."""

from django.db import transaction

from apps.audit import services as audit
from apps.clusters.models import ClusterKind, Node
from apps.core import operations
from apps.core.errors import Conflict
from apps.core.models import Operation
from apps.tenants.actor import Actor


@transaction.atomic
def set_schedulable(*, actor: Actor, node: Node, schedulable: bool) -> Operation:
    """Cordon a node (nothing new is placed there; what runs goes on), or end that. Raises Conflict for this machine."""
    _require_of_cluster(node)
    act = "uncordon" if schedulable else "cordon"
    operation = operations.begin(
        user_id=actor.user_id,
        kind=f"node.{act}",
        task="kubernetes.set_schedulable",
        subject_kind="node",
        subject_id=node.pk,
        schedulable=int(schedulable),
    )
    _record(actor, act, node)
    return operation


@transaction.atomic
def preview_drain(*, actor: Actor, node: Node) -> Operation:
    """Ask what draining the node would hit; nothing is changed. Raises Conflict for this machine."""
    _require_of_cluster(node)
    return operations.begin(
        user_id=actor.user_id,
        kind="node.drain-preview",
        task="kubernetes.preview_drain",
        subject_kind="node",
        subject_id=node.pk,
    )


@transaction.atomic
def drain_node(*, actor: Actor, node: Node, patience_seconds: int, unmanaged: bool) -> Operation:
    """Cordon a node and evict what runs there, as disruption budgets let it, for at most `patience_seconds`.

    unmanaged: also pods that nobody makes anew. Raises Conflict for this machine.
    """
    _require_of_cluster(node)
    operation = operations.begin(
        user_id=actor.user_id,
        kind="node.drain",
        task="kubernetes.drain",
        subject_kind="node",
        subject_id=node.pk,
        patience_seconds=patience_seconds,
        unmanaged=int(unmanaged),
    )
    _record(actor, "drain", node)
    return operation


def _require_of_cluster(node: Node) -> None:
    if node.cluster.kind != ClusterKind.KUBERNETES:
        raise Conflict("This node is the portal's machine, which cannot be cordoned or drained.")


def _record(actor: Actor, act: str, node: Node) -> None:
    label = f"{node.cluster.slug}/{node.name}"
    audit.record(actor=actor, action=f"node.{act}", kind="node", subject_id=node.pk, label=label)
