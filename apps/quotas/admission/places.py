"""Places that are kept: quota and room on chosen nodes, which whoever comes after must leave alone. See round.py."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from apps.quotas.admission.book import Book, Holding
from apps.quotas.admission.packing import pack, pods_that_fit
from apps.quotas.admission.turns import Rank, RankInTenant, Turns, order_of
from apps.quotas.admission.values import Amounts, Bound, Key, Pending, Placement, Snapshot, on_nodes, total

MOST_PLACES_KEPT = 4  # a tenant


@dataclass(frozen=True)
class Place:
    """Capacity that is kept free for a workload."""

    workload: Pending
    borrows: bool
    made_room: bool
    holding: Holding


class Places:
    """Those that are kept in one round. `leaving`: what will be given back by those that were told to go."""

    def __init__(self, snapshot: Snapshot, book: Book, turns: Turns, leaving: Mapping[str, Holding]) -> None:
        self._snapshot, self._book, self._turns, self._leaving = snapshot, book, turns, leaving
        self.usable = frozenset(node.name for node in snapshot.nodes if node.usable)
        self._kept: dict[str, Place] = {}

    def __contains__(self, workload_id: str) -> bool:
        return workload_id in self._kept

    def of_others(self, workload: Pending) -> list[Holding]:
        return [place.holding for place in self._kept.values() if place.workload.id != workload.id]

    def give_up(self, workload: Pending) -> None:
        self._kept.pop(workload.id, None)

    def put(self, workload: Pending, counts: Mapping[str, int], placements: Iterable[Placement], *, made_room: bool) -> None:
        """Keep exactly this for the workload."""
        holding = holding_for(workload, counts, placements)
        self._kept[workload.id] = Place(workload, self._turns.borrows(workload), made_room, holding)

    def pack_beside(self, workload: Pending, counts: Mapping[str, int]) -> tuple[Placement, ...] | None:
        """Nodes as free as they are now; those on which nothing is kept for others, when they will do."""
        free = {name: amounts for name, amounts in self._book.free.items() if name in self.usable}
        kept = {node for place in self._kept.values() if place.workload.id != workload.id for node in place.holding.on_nodes}
        untouched = {name: amounts for name, amounts in free.items() if name not in kept}
        if len(untouched) < len(free):
            placements = pack(workload.pod_sets, counts, untouched)
            if placements is not None:
                return placements
        return pack(workload.pod_sets, counts, free)

    def keep(self, workload: Pending) -> None:
        """Keep a place for the least that the workload can start with, if it is capacity alone that it waits for."""
        tenant = workload.owner.tenant
        if sum(place.workload.owner.tenant == tenant for place in self._kept.values()) >= MOST_PLACES_KEPT:
            return
        blocked = self._book.blocked_by_quota(workload.owner, workload.least, workloads=0 if workload.grows else 1)
        if blocked is not None and (blocked.never or blocked.bound is not Bound.TENANT_QUOTA):
            return
        placements = self._plan(workload)
        if placements is not None:
            self.put(workload, workload.least_counts, placements, made_room=workload.made_room)

    def _plan(self, workload: Pending) -> tuple[Placement, ...] | None:
        """Nodes for a workload: beside other places kept, such as will do when what is leaving is gone.

        Else such as would do if all that runs were gone, the emptiest first; at last, if also no other place were kept.
        """
        kept = self.against(workload)
        soon_free = list(self._leaving.values())
        with self._book.taken(kept):
            for holding in soon_free:
                self._book.give(holding)
            soon = {name: dict(amounts) for name, amounts in self._book.free.items() if name in self.usable}
            for holding in soon_free:
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

    def against(self, workload: Pending, amounts: Amounts | None = None) -> list[Holding]:
        """The places that this workload must leave alone, when it takes `amounts`: all it asks for when left out."""
        borrows = self._turns.borrows(workload, amounts)
        order, in_tenant = order_of(workload), self._turns.in_tenant(workload)
        return [
            kept
            for place in self._kept.values()
            if place.workload.id != workload.id
            and (kept := self._binding(place, workload.owner.tenant, borrows, order, in_tenant)) is not None
        ]

    def _binding(
        self,
        place: Place,
        tenant: str,
        borrows: bool,
        order: Rank,
        in_tenant: RankInTenant,
    ) -> Holding | None:
        if place.workload.owner.tenant == tenant:
            return place.holding if self._turns.in_tenant(place.workload) < in_tenant else None
        first = order_of(place.workload) < order
        if borrows:
            return place.holding if first or place.made_room or not place.borrows else None
        # Within nominal: no place of another tenant counts against its quota, and a borrowed one not even on the nodes.
        if place.made_room or (first and not place.borrows):
            return replace(place.holding, amounts={}, workloads=0)
        return None


def holding_for(workload: Pending, counts: Mapping[str, int], placements: Iterable[Placement]) -> Holding:
    amounts, workloads = total(workload.pod_sets, counts), 0 if workload.grows else 1
    return Holding(workload.owner, amounts, on_nodes(workload.pod_sets, placements), workloads)
