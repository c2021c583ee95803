"""Whose turn it is: the order of one tenant's work, and of the heads of the tenants. See round.py."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from apps.quotas.admission.book import Book
from apps.quotas.admission.values import Amounts, Pending

Rank = tuple[int, float, str]
RankInTenant = tuple[int, bool, float, str]


def order_of(workload: Pending) -> tuple[int, float, str]:
    """Priority, then age; the id settles what is left."""
    return (-workload.priority, workload.queued_at, workload.id)


class Turns:
    """Ranks by what the book holds at the moment of asking."""

    def __init__(self, book: Book) -> None:
        self._book = book

    def each(self, pending: Iterable[Pending]) -> Iterator[Pending]:
        """Pending workloads, each once; what was admitted meanwhile counts in the choice of the next."""
        queues: dict[str, dict[str, list[Pending]]] = defaultdict(lambda: defaultdict(list))
        for workload in sorted(pending, key=order_of, reverse=True):
            queues[workload.owner.tenant][workload.owner.project].append(workload)
        heads = {tenant: self._head(queue) for tenant, queue in queues.items()}
        while heads:
            tenant, (_, workload) = min(heads.items(), key=lambda item: item[1][0])
            projects = queues[tenant]
            projects[workload.owner.project].pop()
            if not projects[workload.owner.project]:
                del projects[workload.owner.project]
            yield workload
            if projects:
                heads[tenant] = self._head(projects)
            else:
                del heads[tenant]

    def _head(self, projects: Mapping[str, list[Pending]]) -> tuple[tuple[bool, int, float, str], Pending]:
        """The next workload of one tenant, with its rank among the tenants'."""
        workload = min((queue[-1] for queue in projects.values()), key=self.in_tenant)
        return (self.borrows(workload), *order_of(workload)), workload

    def in_tenant(self, workload: Pending) -> tuple[int, bool, float, str]:
        beyond = self._book.share_exceeded(workload.owner, workload.total)
        return (-workload.priority, beyond, workload.queued_at, workload.id)

    def borrows(self, workload: Pending, amounts: Amounts | None = None) -> bool:
        """Whether it borrows when it takes `amounts`: all it asks for when left out."""
        return self._book.would_borrow(workload.owner.tenant, workload.total if amounts is None else amounts)
