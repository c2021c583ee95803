"""Whom to evict so that a workload fits: as few as it takes, those that lose least first (Kueue: minimalPreemptions)."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from apps.quotas.admission.book import Book, holding_of
from apps.quotas.admission.values import Amounts, Blocked, Pending, Placement, Reason, Reclaim, Running


@dataclass(frozen=True)
class Chosen:
    """`victims` may be empty: what is already leaving is enough. `placements`: where the workload will then go."""

    victims: tuple[tuple[Running, Reason], ...]
    placements: tuple[Placement, ...]


def victims(
    book: Book,
    workload: Pending,
    amounts: Amounts,
    candidates: Iterable[Running],
    cohorts: Mapping[str, Reclaim],
    *,
    fits: Callable[[], tuple[Placement, ...] | Blocked],
) -> Chosen | None:
    """Choose victims; None when evicting all that may be evicted would not help. `book` is left as it was."""
    taken: list[tuple[Running, Reason]] = []
    placements = fits()
    newest_first = sorted(candidates, key=lambda running: (running.admitted_at, running.id), reverse=True)
    left = sorted(newest_first, key=lambda running: _cost(workload, running))
    progress = True
    while isinstance(placements, Blocked) and progress:  # who goes may open the way to somebody passed over before
        passed_over: list[Running] = []
        progress = False
        for candidate in left:
            reason = _may_evict(book, workload, amounts, candidate, cohorts) if isinstance(placements, Blocked) else None
            if reason is None:
                passed_over.append(candidate)
                continue
            book.give(holding_of(candidate))
            taken.append((candidate, reason))
            placements, progress = fits(), True
        left = passed_over
    if isinstance(placements, Blocked):
        _restore(book, taken)
        return None
    needed: list[tuple[Running, Reason]] = []
    for candidate, reason in reversed(taken):  # who need not go after all, the dearest first
        book.take(holding_of(candidate))
        without = fits()
        if isinstance(without, Blocked):
            book.give(holding_of(candidate))
            needed.append((candidate, reason))
        else:
            placements = without
    _restore(book, needed)
    return Chosen(tuple(reversed(needed)), placements)


def may_evict_any(
    book: Book, workload: Pending, amounts: Amounts, candidates: Iterable[Running], cohorts: Mapping[str, Reclaim]
) -> bool:
    """Whether there is anybody to evict at all, which is cheap to know."""
    return any(_may_evict(book, workload, amounts, candidate, cohorts) is not None for candidate in candidates)


def _restore(book: Book, taken: Iterable[tuple[Running, Reason]]) -> None:
    for running, _ in taken:
        book.take(holding_of(running))


def _cost(workload: Pending, candidate: Running) -> tuple[bool, int]:
    """Borrowers first, then the lowest priority; of those alike, who started last."""
    return (candidate.owner.tenant == workload.owner.tenant, candidate.priority)


def _may_evict(
    book: Book, workload: Pending, amounts: Amounts, candidate: Running, cohorts: Mapping[str, Reclaim]
) -> Reason | None:
    """The reason for which the workload may evict the candidate as things now stand in `book`; None: it may not."""
    shared = [key for key in candidate.total if key in amounts]
    if not shared:
        return None
    ours, theirs = workload.owner, candidate.owner
    if ours.tenant == theirs.tenant:
        if candidate.priority < workload.priority:
            return Reason.IN_CLUSTER_QUEUE
        takes_back = (
            candidate.priority == workload.priority
            and ours.project != theirs.project
            and not book.share_exceeded(ours, amounts)
            and book.project_over(theirs.project, shared)
        )
        return Reason.IN_CLUSTER_QUEUE if takes_back else None
    queue, other = book.queues.get(ours.tenant), book.queues.get(theirs.tenant)
    if queue is None or other is None or queue.cohort is None or queue.cohort != other.cohort:
        return None
    policy = cohorts.get(queue.cohort, Reclaim.ANY)
    if policy is Reclaim.NEVER or (policy is Reclaim.LOWER_PRIORITY and candidate.priority >= workload.priority):
        return None
    if book.would_borrow(ours.tenant, amounts) or not any(book.borrowed(theirs.tenant, key) for key in shared):
        return None
    return Reason.IN_COHORT_RECLAMATION
