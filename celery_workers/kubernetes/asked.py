"""Operations that ask something of a cluster: whose they are, and how what hinders them is told."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import structlog

from apps.clusters.models import Cluster, Node
from apps.core import operations
from apps.core.errors import NotVisible, Problem, Unavailable
from apps.core.models import Operation
from celery_workers.kubernetes.client import Forbidden, NotAccepted, NotTrusted, Refused

# How long one turn works before others have theirs, and how often it looks.
TURN_SECONDS, ROUND_SECONDS = 15.0, 1.0
_log = structlog.get_logger(__name__)


@contextmanager
def failures_told(operation_id: UUID) -> Iterator[None]:
    """End the operation with what its cluster refuses in the block, or that it does not answer."""
    try:
        yield
    except (Unavailable, Refused) as failure:
        operations.finish(operation_id=operation_id, problem=as_problem(failure))


def as_problem(failure: Unavailable | Refused) -> Problem:
    return failure if isinstance(failure, Problem) else Unavailable(f"The cluster refuses: {failure}")


def in_turns(operation_id: UUID, look: Callable[[], dict[str, Any] | None]) -> None:
    """Work at what takes long for one turn, then ask for the next.

    look: does what can be done now, and says how far that is; None when it has ended the operation. An outage ends the
    turn: the operation is sent again after a while, and given up when that goes on.
    """
    turn_ends = time.monotonic() + TURN_SECONDS
    try:
        while (result := look()) is not None:
            over = time.monotonic() >= turn_ends
            if not operations.progress(operation_id=operation_id, result=result, again=over) or over:
                return
            time.sleep(ROUND_SECONDS)
    except (Forbidden, NotAccepted, NotTrusted, Refused) as failure:
        operations.finish(operation_id=operation_id, problem=as_problem(failure))
    except Unavailable as outage:
        _log.warning("turn-interrupted", operation_id=str(operation_id), error=str(outage))


def of_cluster(operation_id: UUID) -> tuple[Operation, Cluster] | None:
    """The operation that is still to be carried out, and its cluster; that of a cluster which is gone is over."""
    operation = operations.pending(operation_id)
    if operation is None:
        return None
    cluster = Cluster.objects.filter(pk=operation.subject_id).first()
    if cluster is None:
        operations.finish(operation_id=operation_id, problem=NotVisible("The cluster is gone."))
        return None
    return operation, cluster


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
