"""What could start at all."""

from collections.abc import Mapping
from dataclasses import replace

from apps.quotas.admission.book import Book
from apps.quotas.admission.packing import never_fits
from apps.quotas.admission.values import Blocked, Bound, Lack, Pending, Reason, Snapshot, total


class Reach:
    """What could start at all, were nothing else running, nodes that are down repaired and tenants active."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._nodes = snapshot.nodes
        queues = tuple(replace(queue, active=True) for queue in snapshot.queues)
        self._book = Book(replace(snapshot, running=(), pending=(), nodes=(), queues=queues))

    def refusal(self, workload: Pending) -> Blocked | None:
        """Why the workload could not start even with its fewest pods; None when it could.

        A cluster without nodes was not looked at yet, and its nodes refuse nothing.
        """
        needed = [workload.least_counts]
        if workload.independent:
            needed = [{pods.name: 1} for pods in workload.pod_sets if pods.count]
        return next((blocked for counts in needed if (blocked := self._refusal(workload, counts)) is not None), None)

    def _refusal(self, workload: Pending, counts: Mapping[str, int]) -> Blocked | None:
        least = total(workload.pod_sets, counts)
        blocked = self._book.blocked_by_quota(workload.owner, least)
        if blocked is not None:
            return blocked
        if not self._nodes or never_fits(workload.pod_sets, counts, self._nodes) is None:
            return None
        lacks = tuple(
            Lack(*key, asked, most := sum(node.allocatable.get(key, 0) for node in self._nodes), most)
            for key, asked in sorted(least.items())
        )
        return Blocked(Reason.TOPOLOGY_PLACEMENT_FAILED, Bound.NODES, lacks, never=True)
