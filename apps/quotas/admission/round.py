"""One round of admission: who starts, who must go, who waits and for what. Pure, and the same for the same snapshot.

Order. Within a tenant: priority, then work inside its project's guarantee, then age. Between tenants, as in Kueue: what
stays within nominal before what borrows, then priority, then age. The best of the tenants' heads is considered next.

Starting. A workload starts when its tenant's quota, its project's cap, its user's caps and the nodes all hold the whole of
it. Otherwise it may evict: work of lower priority of its tenant; work of equal or lower priority of a project above its
guarantee, when its own stays within; and, while its tenant stays within nominal, what other tenants of the cohort
borrowed, as the cohort's `Reclaim` allows. Only when that makes it fit, and no more than that takes; elastic work is
shrunk before anything is evicted as a whole. Then, if it is elastic, it is tried with fewer pods.

Growing. Independent pods that are not started yet wait in line like any workload, and start by as many as fit. Elastic
work takes what is idle when all who wait have had their turn: never while room is being made, nor while anything of its
priority or above waits for the same resources, nor of a place kept. That, and that it must not have changed its size
lately, keeps it from growing and shrinking in turns.

Places kept. A workload that evicted others, or that has waited longer than its patience, has a place kept: quota and room
on chosen nodes. Whoever comes after it may only use what is left beside that place; so nothing of the same or a lower
priority can hold it up for ever. A place that would be borrowed is never kept against another tenant's nominal, but room
that a workload made by evictions is its own. Where several nodes would do, those are taken that no place is kept on.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from apps.quotas.admission.book import Book, beyond, holding_of, leaving
from apps.quotas.admission.packing import never_fits
from apps.quotas.admission.places import Places, holding_for
from apps.quotas.admission.preemption import may_evict_any, victims
from apps.quotas.admission.sizes import as_many_as_fit, most_that, reduced
from apps.quotas.admission.turns import Turns, order_of
from apps.quotas.admission.values import (
    Admission,
    Blocked,
    Bound,
    Decisions,
    Eviction,
    Key,
    Lack,
    Pending,
    Placement,
    PodSet,
    Reason,
    Running,
    Shrink,
    Snapshot,
    Waiting,
    total,
)


def decide(snapshot: Snapshot) -> Decisions:
    """Decide one round. Input order does not matter; ids and times do."""
    return _Round(snapshot).decide()


class _Round:
    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._book = Book(snapshot)
        self._running = sorted(snapshot.running, key=lambda workload: workload.id)
        # What will be given back by those that were told to go, or to shrink.
        self._leaving = {one.id: holding for one in self._running if (holding := leaving(one)) is not None}
        self._pending = {workload.id: workload for workload in snapshot.pending}
        self._turns = Turns(self._book)
        self._places = Places(snapshot, self._book, self._turns, self._leaving)
        self._admissions: list[Admission] = []
        self._growths: list[Admission] = []
        self._evictions: list[Eviction] = []
        self._shrinks: list[Shrink] = []
        self._waiting: list[Waiting] = []
        self._ahead: dict[str, int] = defaultdict(int)
        self._refused: dict[object, Blocked] = {}

    def decide(self) -> Decisions:
        for workload in sorted(self._snapshot.pending, key=lambda one: (not one.made_room, order_of(one))):
            if workload.reserved or self._out_of_patience(workload):
                self._places.keep(workload)
        for workload in self._turns.each(self._snapshot.pending):
            self._places.give_up(workload)
            if workload.id in self._leaving:  # the rest of independent pods whose workload was told to go this very round
                continue
            blocked = self._start(workload)
            if blocked is not None:
                self._waiting.append(
                    Waiting(workload.id, blocked, workload.id in self._places, self._ahead[workload.owner.tenant])
                )
                self._ahead[workload.owner.tenant] += 1
        for running in sorted(self._running, key=lambda one: (-one.priority, one.admitted_at, one.id)):
            if running.may_grow:
                self._grow(running)
        return Decisions(
            tuple(self._admissions),
            tuple(self._evictions),
            tuple(self._waiting),
            tuple(self._growths),
            tuple(self._shrinks),
        )

    # -- starting one workload

    def _start(self, workload: Pending) -> Blocked | None:
        """Admit the workload, or evict others for it, or say why it waits."""
        shape = (workload.owner, workload.priority, workload.independent, workload.grows, _shape(workload.pod_sets))
        if shape in self._refused and not workload.reserved and not self._out_of_patience(workload):
            return self._refused[shape]
        elastic = workload.counts != workload.least_counts
        if workload.independent and self._try_fewer(workload):
            return None
        whole = self._try(workload, workload.counts)
        if whole is None:
            return None
        if elastic and workload.made_room:
            going = self._await_or_take_fewer(workload)
            if going is not None:
                return replace(whole, reason=Reason.WAITING_FOR_PREEMPTED) if going else None
        if not whole.never and self._evict_for(workload, workload.counts):
            return replace(whole, reason=Reason.WAITING_FOR_PREEMPTED)
        if elastic:
            if not workload.independent and self._try_fewer(workload):
                return None
            whole = self._try(workload, workload.least_counts) or whole
            if not whole.never and self._evict_for(workload, workload.least_counts):
                return replace(whole, reason=Reason.WAITING_FOR_PREEMPTED)
        if workload.reserved or self._out_of_patience(workload):
            self._places.keep(workload)
        self._refused[shape] = whole
        return whole

    def _await_or_take_fewer(self, workload: Pending) -> bool | None:
        """Of elastic work that others were told to go for, before more are: True when what goes will do, for all of it or
        for the least; False when it starts with fewer pods; None when neither."""
        if self._evict_for(workload, workload.counts, candidates=()):
            return True
        if self._try_fewer(workload):
            return False
        return True if self._evict_for(workload, workload.least_counts, candidates=()) else None

    def _try(self, workload: Pending, counts: Mapping[str, int]) -> Blocked | None:
        blocked = self._blocked_by_quota(workload, total(workload.pod_sets, counts))
        if blocked is not None:  # also without the places that others have
            return blocked
        with self._book.taken(self._places.against(workload)):
            placements = self._fit(workload, counts)
        if isinstance(placements, Blocked):
            return placements
        (self._growths if workload.grows else self._admissions).append(Admission(workload.id, dict(counts), placements))
        self._book.take(holding_for(workload, counts, placements))
        return None

    def _try_fewer(self, workload: Pending) -> bool:
        """Admit an elastic workload, or independent pods, with as many as fit.

        Beside all places kept, so that what was evicted for others is not taken by who needs less; else as all do.
        """
        for kept in (self._places.of_others(workload), self._places.against(workload)):
            with self._book.taken(kept):
                counts = self._most_counts(workload)
            if any(counts.values()):
                return self._try(workload, counts) is None
        return False

    def _most_counts(self, workload: Pending) -> dict[str, int]:
        """As many pods as fit now; none when not even the least do."""

        def fits(counts: Mapping[str, int]) -> bool:
            return not isinstance(self._fit(workload, counts), Blocked)

        if workload.independent:
            return as_many_as_fit(workload.pod_sets, fits)
        if not fits(workload.least_counts):
            return {}
        spare = {pods.name: pods.count - pods.min_count for pods in workload.pod_sets}
        steps = sum(spare.values())
        left_out = most_that(lambda parts: fits(reduced(workload.counts, spare, parts, steps)), steps)
        return reduced(workload.counts, spare, left_out, steps)

    def _blocked_by_quota(self, workload: Pending, amounts: Mapping[Key, int]) -> Blocked | None:
        return self._book.blocked_by_quota(workload.owner, amounts, workloads=0 if workload.grows else 1)

    def _fit(self, workload: Pending, counts: Mapping[str, int]) -> tuple[Placement, ...] | Blocked:
        blocked = self._blocked_by_quota(workload, total(workload.pod_sets, counts))
        if blocked is not None:
            return blocked
        placements = self._places.pack_beside(workload, counts)
        if placements is not None:
            return placements
        never = never_fits(workload.pod_sets, counts, self._snapshot.nodes) is not None
        return Blocked(Reason.TOPOLOGY_PLACEMENT_FAILED, Bound.NODES, self._lacks_on_nodes(workload, counts), never)

    def _lacks_on_nodes(self, workload: Pending, counts: Mapping[str, int]) -> tuple[Lack, ...]:
        """Per resource: asked for, and free on usable nodes in all; free may exceed asked when it lies too scattered."""
        lacks = []
        for (flavor, resource), asked in sorted(total(workload.pod_sets, counts).items()):
            key = (flavor, resource)
            free = sum(max(0, amounts[key]) for name, amounts in self._book.free.items() if name in self._places.usable)
            most = sum(node.allocatable.get(key, 0) for node in self._snapshot.nodes)
            lacks.append(Lack(flavor, resource, asked, free, most))
        return tuple(lacks)

    # -- evicting for one workload

    def _evict_for(
        self, workload: Pending, counts: Mapping[str, int], *, candidates: Sequence[Running] | None = None
    ) -> bool:
        """Make room by evictions, or find that those under way will do; keep the place for the workload then.

        candidates: who may be evicted at most; whoever runs when left out.
        """
        amounts = total(workload.pod_sets, counts)
        if candidates is None:
            candidates = [candidate for candidate in self._running if candidate.id not in self._leaving]
        hopeless = not self._leaving and not may_evict_any(self._book, workload, amounts, candidates, self._snapshot.cohorts)
        if hopeless or not workload.claims:
            return False
        soon_free = list(self._leaving.values())
        for holding in soon_free:
            self._book.give(holding)
        # Asked as things will be then: what borrows now may not, and is bound by fewer places.
        with self._book.taken(self._places.against(workload, amounts)):
            chosen = victims(
                self._book,
                workload,
                amounts,
                candidates,
                self._snapshot.cohorts,
                fits=lambda: self._fit(workload, counts),
            )
        for holding in soon_free:
            self._book.take(holding)
        if chosen is None:
            return False
        for step in chosen.victims:
            victim, smaller = step.before, step.after
            if smaller is None:
                whole = next(one for one in candidates if one.id == victim.id)
                self._evictions.append(Eviction(victim.id, step.reason, workload.id))
                self._leaving[victim.id] = holding_of(whole)
            else:
                self._shrinks.append(Shrink(victim.id, smaller.counts, smaller.placements, step.reason, workload.id))
                self._leaving[victim.id] = beyond(victim, smaller)
        if chosen.victims:
            self._refused.clear()
        self._places.put(workload, counts, chosen.placements, made_room=True)
        return True

    def _out_of_patience(self, workload: Pending) -> bool:
        return workload.claims and self._snapshot.now - workload.queued_at >= workload.patience

    # -- growing what runs and is elastic

    def _grow(self, running: Running) -> None:
        if self._leaving or any(self._goes_before(one, running) for one in self._waiting):
            return
        lacking = {pods.name: pods.count - running.counts.get(pods.name, 0) for pods in running.pod_sets}
        more = Pending(
            id=running.id,
            owner=running.owner,
            priority=running.priority,
            queued_at=running.admitted_at,
            pod_sets=tuple(replace(pods, count=lacking[pods.name], min_count=0) for pods in running.pod_sets),
            claims=False,
            grows=True,
        )
        self._try_fewer(more)

    def _goes_before(self, waiting: Waiting, running: Running) -> bool:
        """Whether something waits that should have what is idle rather than one that runs already."""
        workload = self._pending[waiting.id]
        could = not waiting.blocked.never and waiting.blocked.bound in (Bound.TENANT_QUOTA, Bound.NODES)
        return could and workload.priority >= running.priority and not workload.total.keys().isdisjoint(running.total)


def _shape(pod_sets: tuple[PodSet, ...]) -> tuple[tuple[str, int, int, tuple[tuple[Key, int], ...]], ...]:
    return tuple((pods.name, pods.count, pods.min_count, tuple(sorted(pods.per_pod.items()))) for pods in pod_sets)
