"""Operations that ask something of a cluster: whose they are, and how what hinders them is told."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from apps.clusters.models import Node
from apps.core import operations
from apps.core.errors import NotVisible, Problem, Unavailable
from apps.core.models import Operation
from celery_workers.kubernetes.client import Refused


@contextmanager
def failures_told(operation_id: UUID) -> Iterator[None]:
    """End the operation with what its cluster refuses in the block, or that it does not answer."""
    try:
        yield
    except (Unavailable, Refused) as failure:
        operations.finish(operation_id=operation_id, problem=as_problem(failure))


def as_problem(failure: Unavailable | Refused) -> Problem:
    return failure if isinstance(failure, Problem) else Unavailable(f"The cluster refuses: {failure}")


def of_node(operation_id: UUID) -> tuple[Operation, Node] | None:
    """The operation that is still to be carried out, and its node; that of a node which is gone is over."""
    operation = operations.pending(operation_id)
    if operation is None:
        return None
    node = Node.objects.filter(pk=operation.subject_id).select_related("cluster").first()
    if node is None:
        node_is_gone(operation_id)
        return None
    return operation, node


def node_is_gone(operation_id: UUID) -> None:
    operations.finish(operation_id=operation_id, problem=NotVisible("The node is gone."))
