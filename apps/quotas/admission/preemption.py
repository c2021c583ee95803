"""Whom to evict so that a workload fits: as few as it takes, those that lose least first (Kueue: minimalPreemptions).

Elastic work is asked to go on with fewer pods before anything is evicted as a whole.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from apps.quotas.admission.book import Book, beyond, holding_of
from apps.quotas.admission.sizes import most_that, reduced
from apps.quotas.admission.values import Amounts, Blocked, Pending, Placement, Reason, Reclaim, Running


@dataclass(frozen=True)
class Step:
    """A running workload that goes (`after` is None), or goes on smaller."""

    before: Running
    after: Running | None
    reason: Reason


@dataclass(frozen=True)
class Chosen:
    """`victims` may be empty: what is already leaving is enough. `placements`: where the workload will then go."""

    victims: tuple[Step, ...]
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
    return _Choice(book, workload, amounts, cohorts, fits).choose(candidates)


class _Choice:
    def __init__(
        self,
        book: Book,
        workload: Pending,
        amounts: Amounts,
        cohorts: Mapping[str, Reclaim],
        fits: Callable[[], tuple[Placement, ...] | Blocked],
    ) -> None:
        self._book, self._workload, self._amounts, self._cohorts, self._fits = book, workload, amounts, cohorts, fits
        self._taken: list[Step] = []
        self._placements: tuple[Placement, ...] | Blocked = ()

    def choose(self, candidates: Iterable[Running]) -> Chosen | None:
        self._placements = self._fits()
        newest_first = sorted(candidates, key=lambda running: (running.admitted_at, running.id), reverse=True)
        by_cost = sorted(newest_first, key=lambda running: _cost(self._workload, running))
        self._take([one for one in by_cost if any(one.spare.values())], _smallest)
        shrunk = {step.before.id: step.after for step in self._taken}
        self._take([shrunk.get(one.id) or one for one in by_cost], lambda _: None)
        if isinstance(self._placements, Blocked):
            for step in self._taken:
                self._undo(step)
            return None
        needed = self._give_back()
        for step in needed:
            self._undo(step)
        gone = {step.before.id for step in needed if step.after is None}
        victims = tuple(step for step in reversed(needed) if step.after is None or step.before.id not in gone)
        return Chosen(victims, self._placements)

    def _take(self, left: list[Running], smaller: Callable[[Running], Running | None]) -> None:
        """Take what may be taken until it fits; who goes may open the way to somebody passed over before."""
        progress = True
        while isinstance(self._placements, Blocked) and progress:
            passed_over: list[Running] = []
            progress = False
            for candidate in left:
                reason = None
                if isinstance(self._placements, Blocked):
                    reason = _may_evict(self._book, self._workload, self._amounts, candidate, self._cohorts)
                if reason is None:
                    passed_over.append(candidate)
                    continue
                step = Step(candidate, smaller(candidate), reason)
                self._do(step)
                self._taken.append(step)
                self._placements, progress = self._fits(), True
            left = passed_over

    def _give_back(self) -> list[Step]:
        """What was not needed after all is given back, the dearest first; the steps that are left, the last first."""
        needed: list[Step] = []
        gone: set[str] = set()
        for step in reversed(self._taken):
            if step.before.id in gone:  # it goes as a whole: that it was to shrink before says nothing
                needed.append(step)
                continue
            self._undo(step)
            without = self._fits()
            if not isinstance(without, Blocked):
                self._placements = without
                continue
            if step.after is None:
                gone.add(step.before.id)
            else:
                step = self._least_shrunk(step)
            self._do(step)
            needed.append(step)
        return needed

    def _least_shrunk(self, step: Step) -> Step:
        """The same, with as many pods kept as still leaves room."""
        spare = step.before.spare
        steps = sum(spare.values())

        def enough(left_out: int) -> bool:
            tried = replace(step, after=step.before.with_only(reduced(step.before.counts, spare, left_out, steps)))
            self._do(tried)
            found = self._fits()
            self._undo(tried)
            if not isinstance(found, Blocked):
                self._placements = found
                return True
            return False

        kept = most_that(enough, steps)
        enough(kept)  # the placements that go with it
        return replace(step, after=step.before.with_only(reduced(step.before.counts, spare, kept, steps)))

    def _do(self, step: Step) -> None:
        self._book.give(holding_of(step.before) if step.after is None else beyond(step.before, step.after))

    def _undo(self, step: Step) -> None:
        self._book.take(holding_of(step.before) if step.after is None else beyond(step.before, step.after))


def _smallest(running: Running) -> Running:
    return running.with_only({name: count - running.spare.get(name, 0) for name, count in running.counts.items()})


def may_evict_any(
    book: Book, workload: Pending, amounts: Amounts, candidates: Iterable[Running], cohorts: Mapping[str, Reclaim]
) -> bool:
    """Whether there is anybody to evict at all, which is cheap to know."""
    return any(_may_evict(book, workload, amounts, candidate, cohorts) is not None for candidate in candidates)


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
