"""Cordoning nodes, and ending that."""

from uuid import UUID

from apps.clusters.models import Node
from apps.core import operations
from apps.core.errors import NotVisible, Unavailable
from celery_workers.kubernetes.client import NotFound, Refused
from celery_workers.kubernetes.clusters import client_for


def run(operation_id: UUID) -> None:
    """Carry out the operation. The watch of nodes writes down what is then true."""
    operation = operations.pending(operation_id)
    if operation is None:
        return
    node = Node.objects.filter(pk=operation.subject_id).select_related("cluster").first()
    if node is None:
        operations.finish(operation_id=operation_id, problem=NotVisible("The node is gone."))
        return
    schedulable = bool(operation.arguments["schedulable"])
    try:
        client_for(node.cluster).patch(
            f"/api/v1/nodes/{node.name}", {"spec": {"unschedulable": None if schedulable else True}}
        )
    except NotFound:
        operations.finish(operation_id=operation_id, problem=NotVisible("The node is gone."))
    except Unavailable as problem:
        operations.finish(operation_id=operation_id, problem=problem)
    except Refused as refusal:
        operations.finish(operation_id=operation_id, problem=Unavailable(f"The cluster refuses: {refusal}"))
    else:
        operations.finish(operation_id=operation_id, result={"node": node.name, "schedulable": schedulable})
