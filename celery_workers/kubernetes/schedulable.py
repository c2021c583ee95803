"""Cordoning nodes, and ending that."""

from uuid import UUID

from apps.core import operations
from celery_workers.kubernetes import asked
from celery_workers.kubernetes.client import NotFound
from celery_workers.kubernetes.clusters import client_for


def run(operation_id: UUID) -> None:
    """Carry out the operation. The watch of nodes writes down what is then true."""
    found = asked.of_node(operation_id)
    if found is None:
        return
    operation, node = found
    schedulable = bool(operation.arguments["schedulable"])
    with asked.failures_told(operation_id):
        try:
            client_for(node.cluster).patch(
                f"/api/v1/nodes/{node.name}", {"spec": {"unschedulable": None if schedulable else True}}
            )
        except NotFound:
            asked.node_is_gone(operation_id)
        else:
            operations.finish(operation_id=operation_id, result={"node": node.name, "schedulable": schedulable})
