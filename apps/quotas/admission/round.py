"""One round of admission: who starts, who must go, who waits and for what. Pure, and the same for the same snapshot.

Order. Within a tenant: priority, then work inside its project's guarantee, then age. Between tenants, as in Kueue: what
stays within nominal before what borrows, then priority, then age. The best of the tenants' heads is considered next.

Starting. A workload starts when its tenant's quota, its project's cap, its user's caps and the nodes all hold the whole of
it. Otherwise it may evict: work of lower priority of its tenant; work of equal or lower priority of a project above its
guarantee, when its own stays within; and, while its tenant stays within nominal, what other tenants of the cohort
borrowed, as the cohort's `Reclaim` allows. Only when that makes it fit, and no more than that takes. Then, if it is
elastic, it is tried with fewer pods.

Places kept. A workload that evicted others, or that has waited longer than its patience, has a place kept: quota and room
on chosen nodes. Whoever comes after it may only use what is left beside that place; so nothing of the same or a lower
priority can hold it up for ever. A place that would be borrowed is never kept against another tenant's nominal, but room
that a workload made by evictions is its own. Where several nodes would do, those are taken that no place is kept on.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from apps.quotas.admission.book import Book, Holding, holding_of
from apps.quotas.admission.packing import never_fits, pack, pods_that_fit
from apps.quotas.admission.preemption import may_evict_any, victims
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
    Snapshot,
    Waiting,
    on_nodes,
    total,
)

MOST_PLACES_KEPT = 4  # a tenant


@dataclass(frozen=True)
class _Place:
    """Capacity that is kept free for a workload."""

    workload: Pending
    borrows: bool
    made_room: bool
    holding: Holding


def decide(snapshot: Snapshot) -> Decisions:
    """Decide one round. Input order does not matter; ids and times do."""
    return _Round(snapshot).decide()


def order_of(workload: Pending) -> tuple[int, float, str]:
    """Priority, then age; the id settles what is left."""
    return (-workload.priority, workload.queued_at, workload.id)


class _Round:
    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._book = Book(snapshot)
        self._usable = frozenset(node.name for node in snapshot.nodes if node.usable)
        self._running = sorted(snapshot.running, key=lambda workload: workload.id)
        self._evicting = {workload.id for workload in self._running if workload.evicting}
        self._places: dict[str, _Place] = {}
        self._admissions: list[Admission] = []
        self._evictions: list[Eviction] = []
        self._waiting: list[Waiting] = []
        self._ahead: dict[str, int] = defaultdict(int)
        self._refused: dict[object, Blocked] = {}

    def decide(self) -> Decisions:
        for workload in sorted(self._snapshot.pending, key=lambda one: (not one.made_room, order_of(one))):
            if workload.reserved or self._out_of_patience(workload):
                self._keep_place(workload)
        for workload in self._in_turn():
            self._places.pop(workload.id, None)
            blocked = self._start(workload)
            if blocked is not None:
                self._waiting.append(
                    Waiting(workload.id, blocked, workload.id in self._places, self._ahead[workload.owner.tenant])
                )
                self._ahead[workload.owner.tenant] += 1
        return Decisions(tuple(self._admissions), tuple(self._evictions), tuple(self._waiting))

    # -- the order

    def _in_turn(self) -> Iterator[Pending]:
        """Pending workloads, each once; what was admitted meanwhile counts in the choice of the next."""
        queues: dict[str, dict[str, list[Pending]]] = defaultdict(lambda: defaultdict(list))
        for workload in sorted(self._snapshot.pending, key=order_of, reverse=True):
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
        workload = min((queue[-1] for queue in projects.values()), key=self._order_in_tenant)
        return (self._borrows(workload), *order_of(workload)), workload

    def _order_in_tenant(self, workload: Pending) -> tuple[int, bool, float, str]:
        beyond = self._book.share_exceeded(workload.owner, workload.total)
        return (-workload.priority, beyond, workload.queued_at, workload.id)

    def _borrows(self, workload: Pending) -> bool:
        return self._book.would_borrow(workload.owner.tenant, workload.total)

    # -- starting one workload

    def _start(self, workload: Pending) -> Blocked | None:
        """Admit the workload, or evict others for it, or say why it waits."""
        shape = (workload.owner, workload.priority, _shape(workload.pod_sets))
        if shape in self._refused and not workload.reserved and not self._out_of_patience(workload):
            return self._refused[shape]
        elastic = workload.counts != workload.least_counts
        whole = self._try(workload, workload.counts)
        if whole is None:
            return None
        if not whole.never and self._evict_for(workload, workload.counts):
            return replace(whole, reason=Reason.WAITING_FOR_PREEMPTED)
        if elastic:
            if self._try_fewer(workload):
                return None
            whole = self._try(workload, workload.least_counts) or whole
            if not whole.never and self._evict_for(workload, workload.least_counts):
                return replace(whole, reason=Reason.WAITING_FOR_PREEMPTED)
        if workload.reserved or self._out_of_patience(workload):
            self._keep_place(workload)
        self._refused[shape] = whole
        return whole

    def _try(self, workload: Pending, counts: Mapping[str, int]) -> Blocked | None:
        blocked = self._book.blocked_by_quota(workload.owner, total(workload.pod_sets, counts))
        if blocked is not None:  # also without the places that others have
            return blocked
        with self._book.taken(self._kept_against(workload)):
            placements = self._fit(workload, counts)
        if isinstance(placements, Blocked):
            return placements
        self._admissions.append(Admission(workload.id, dict(counts), placements))
        self._book.take(_holding(workload, counts, placements))
        return None

    def _try_fewer(self, workload: Pending) -> bool:
        """Admit an elastic workload with as many pods as fit, its sets reduced in proportion (Kueue: PodSetReducer)."""
        spare = {pods.name: pods.count - pods.min_count for pods in workload.pod_sets}
        steps = sum(spare.values())
        with self._book.taken(self._kept_against(workload)):
            low, high = 1, steps  # the fewest pods to leave out lies in here, if any
            if isinstance(self._fit(workload, workload.least_counts), Blocked):
                return False
            while low < high:
                middle = (low + high) // 2
                if isinstance(self._fit(workload, _reduced(workload, spare, middle, steps)), Blocked):
                    low = middle + 1
                else:
                    high = middle
        return self._try(workload, _reduced(workload, spare, high, steps)) is None

    def _fit(self, workload: Pending, counts: Mapping[str, int]) -> tuple[Placement, ...] | Blocked:
        amounts = total(workload.pod_sets, counts)
        blocked = self._book.blocked_by_quota(workload.owner, amounts)
        if blocked is not None:
            return blocked
        placements = self._pack_beside_places(workload, counts)
        if placements is not None:
            return placements
        never = never_fits(workload.pod_sets, counts, self._snapshot.nodes) is not None
        return Blocked(Reason.TOPOLOGY_PLACEMENT_FAILED, Bound.NODES, self._lacks_on_nodes(workload, counts), never)

    def _pack_beside_places(self, workload: Pending, counts: Mapping[str, int]) -> tuple[Placement, ...] | None:
        """Nodes as free as they are now; those on which nothing is kept for others, when they will do."""
        free = {name: amounts for name, amounts in self._book.free.items() if name in self._usable}
        kept = {
            node for place in self._places.values() if place.workload.id != workload.id for node in place.holding.on_nodes
        }
        untouched = {name: amounts for name, amounts in free.items() if name not in kept}
        if len(untouched) < len(free):
            placements = pack(workload.pod_sets, counts, untouched)
            if placements is not None:
                return placements
        return pack(workload.pod_sets, counts, free)

    def _lacks_on_nodes(self, workload: Pending, counts: Mapping[str, int]) -> tuple[Lack, ...]:
        """Per resource: asked for, and free on usable nodes in all; free may exceed asked when it lies too scattered."""
        lacks = []
        for (flavor, resource), asked in sorted(total(workload.pod_sets, counts).items()):
            key = (flavor, resource)
            free = sum(max(0, amounts[key]) for name, amounts in self._book.free.items() if name in self._usable)
            most = sum(node.allocatable.get(key, 0) for node in self._snapshot.nodes)
            lacks.append(Lack(flavor, resource, asked, free, most))
        return tuple(lacks)

    # -- evicting for one workload

    def _evict_for(self, workload: Pending, counts: Mapping[str, int]) -> bool:
        """Make room by evictions, or find that those under way will do; keep the place for the workload then."""
        amounts = total(workload.pod_sets, counts)
        candidates = [candidate for candidate in self._running if candidate.id not in self._evicting]
        hopeless = not self._evicting and not may_evict_any(
            self._book, workload, amounts, candidates, self._snapshot.cohorts
        )
        if hopeless or not workload.claims:
            return False
        leaving = [holding_of(gone) for gone in self._running if gone.id in self._evicting]
        with self._book.taken(self._kept_against(workload)):
            for holding in leaving:
                self._book.give(holding)
            chosen = victims(
                self._book,
                workload,
                amounts,
                candidates,
                self._snapshot.cohorts,
                fits=lambda: self._fit(workload, counts),
            )
            for holding in leaving:
                self._book.take(holding)
        if chosen is None:
            return False
        for victim, reason in chosen.victims:
            self._evictions.append(Eviction(victim.id, reason, workload.id))
            self._evicting.add(victim.id)
        if chosen.victims:
            self._refused.clear()
        holding = _holding(workload, counts, chosen.placements)
        self._places[workload.id] = _Place(workload, self._borrows(workload), made_room=True, holding=holding)
        return True

    # -- places kept

    def _out_of_patience(self, workload: Pending) -> bool:
        return workload.claims and self._snapshot.now - workload.queued_at >= workload.patience

    def _keep_place(self, workload: Pending) -> None:
        """Keep a place for the least that the workload can start with, if it is capacity alone that it waits for."""
        tenant = workload.owner.tenant
        if sum(place.workload.owner.tenant == tenant for place in self._places.values()) >= MOST_PLACES_KEPT:
            return
        blocked = self._book.blocked_by_quota(workload.owner, workload.least)
        if blocked is not None and (blocked.never or blocked.bound is not Bound.TENANT_QUOTA):
            return
        placements = self._plan(workload)
        if placements is not None:
            holding = _holding(workload, workload.least_counts, placements)
            self._places[workload.id] = _Place(workload, self._borrows(workload), workload.made_room, holding)

    def _plan(self, workload: Pending) -> tuple[Placement, ...] | None:
        """Nodes for a workload: beside other places kept, such as will do when what is leaving is gone.

        Else such as would do if all that runs were gone, the emptiest first; at last, if also no other place were kept.
        """
        kept = self._kept_against(workload)
        leaving = [holding_of(gone) for gone in self._running if gone.id in self._evicting]
        with self._book.taken(kept):
            for holding in leaving:
                self._book.give(holding)
            soon = {name: dict(amounts) for name, amounts in self._book.free.items() if name in self._usable}
            for holding in leaving:
                self._book.take(holding)

        def free_now(name: str, per_pod: Mapping[Key, int]) -> int:
            return pods_that_fit(per_pod, self._book.free[name])

        return (
            pack(workload.pod_sets, workload.least_counts, soon)
            or pack(workload.pod_sets, workload.least_counts, self._empty_nodes(beside=kept), prefer=free_now)
            or pack(workload.pod_sets, workload.least_counts, self._empty_nodes(beside=()), prefer=free_now)
        )

    def _empty_nodes(self, *, beside: Iterable[Holding]) -> dict[str, dict[Key, int]]:
        room = {node.name: dict(node.allocatable) for node in self._snapshot.nodes if node.usable}
        for holding in beside:
            for name, amounts in holding.on_nodes.items():
                for key, amount in amounts.items():
                    if name in room:
                        room[name][key] = room[name].get(key, 0) - amount
        return room

    def _kept_against(self, workload: Pending) -> list[Holding]:
        """The places that this workload must leave alone."""
        borrows, order, in_tenant = self._borrows(workload), order_of(workload), self._order_in_tenant(workload)
        return [
            kept
            for place in self._places.values()
            if place.workload.id != workload.id
            and (kept := self._binding(place, workload.owner.tenant, borrows, order, in_tenant)) is not None
        ]

    def _binding(
        self,
        place: _Place,
        tenant: str,
        borrows: bool,
        order: tuple[int, float, str],
        in_tenant: tuple[int, bool, float, str],
    ) -> Holding | None:
        if place.workload.owner.tenant == tenant:
            return place.holding if self._order_in_tenant(place.workload) < in_tenant else None
        first = order_of(place.workload) < order
        if borrows:
            return place.holding if first or place.made_room or not place.borrows else None
        # Within nominal: no place of another tenant counts against its quota, and a borrowed one not even on the nodes.
        if place.made_room or (first and not place.borrows):
            return replace(place.holding, amounts={}, workloads=0)
        return None


def _holding(workload: Pending, counts: Mapping[str, int], placements: Iterable[Placement]) -> Holding:
    return Holding(workload.owner, total(workload.pod_sets, counts), on_nodes(workload.pod_sets, placements))


def _shape(pod_sets: tuple[PodSet, ...]) -> tuple[tuple[str, int, int, tuple[tuple[Key, int], ...]], ...]:
    return tuple((pods.name, pods.count, pods.min_count, tuple(sorted(pods.per_pod.items()))) for pods in pod_sets)


def _reduced(workload: Pending, spare: Mapping[str, int], left_out: int, steps: int) -> dict[str, int]:
    return {pods.name: pods.count - spare[pods.name] * left_out // steps for pods in workload.pod_sets}


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
        blocked = self._book.blocked_by_quota(workload.owner, workload.least)
        if blocked is not None:
            return blocked
        if not self._nodes or never_fits(workload.pod_sets, workload.least_counts, self._nodes) is None:
            return None
        lacks = tuple(
            Lack(*key, asked, most := sum(node.allocatable.get(key, 0) for node in self._nodes), most)
            for key, asked in sorted(workload.least.items())
        )
        return Blocked(Reason.TOPOLOGY_PLACEMENT_FAILED, Bound.NODES, lacks, never=True)
