"""Starts for many moves under the limits of hosts, links and groups.

Greedy, ordered by regret: whoever loses most by not getting the best start chooses first. Then each move tries once to
improve, alone and by changing places with one that stands in its way. On instances like those of the facts that is within a
per cent of what a solver proves; it takes milliseconds where the solver takes minutes.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from celery_workers.prediction.algorithms.interface import Floats

LIMITED = ("source", "target", "link", "group")


@dataclass(frozen=True, kw_only=True)
class Wish:
    """One machine to move. costs: of each possible start, inf where it may not start; steps: how long it takes."""

    name: str
    source: str
    target: str
    costs: Floats
    steps: int = 1
    link: str = ""
    group: str = ""


@dataclass(frozen=True)
class Most:
    """How many moves at once: out of a host, into a host, over a link, of one anti-affinity group."""

    source: int = 2
    target: int = 2
    link: int = 8
    group: int = 1


@dataclass(frozen=True)
class Step:
    """A machine and its start; binding: what kept it from its best start, empty when nothing did."""

    name: str
    start: int
    cost: float
    binding: str = ""


@dataclass(frozen=True)
class Plan:
    steps: tuple[Step, ...]
    # Machines for which no start was left, and what stood in the way of most of them.
    left: tuple[Step, ...]

    @property
    def cost(self) -> float:
        return sum(step.cost for step in self.steps)


@dataclass
class _Calendar:
    """Who moves when: counts by (kind, name, step)."""

    most: Most
    taken: Counter[tuple[str, str, int]] = field(default_factory=Counter)

    def _places(self, wish: Wish, start: int) -> Iterator[tuple[str, str, int]]:
        for kind in LIMITED:
            if name := getattr(wish, kind):
                for at in range(start, start + wish.steps):
                    yield kind, name, at

    def obstacle(self, wish: Wish, start: int) -> str:
        """The kind of limit that forbids this start; empty when none does."""
        full = (place[0] for place in self._places(wish, start) if self.taken[place] >= getattr(self.most, place[0]))
        return next(full, "")

    def take(self, wish: Wish, start: int, by: int = 1) -> None:
        for place in self._places(wish, start):
            self.taken[place] += by


def plan(wishes: Sequence[Wish], most: Most) -> Plan:
    """Give each wish a start, as cheap together as the greedy way finds."""
    calendar = _Calendar(most)
    orders = [_order(wish) for wish in wishes]
    chosen: dict[int, int] = {}
    for at in sorted(range(len(wishes)), key=lambda at: (-_regret(wishes[at], orders[at]), wishes[at].name)):
        _settle(at, wishes, orders, calendar, chosen)
    for at in sorted(chosen, key=lambda at: wishes[at].costs[chosen[at]] - wishes[at].costs[orders[at][0]], reverse=True):
        _improve(at, wishes, orders, calendar, chosen)
    steps, left = [], []
    for at, wish in enumerate(wishes):
        best = int(orders[at][0]) if len(orders[at]) else -1
        start = chosen.get(at, -1)
        if start < 0:
            left.append(Step(wish.name, -1, float("inf"), calendar.obstacle(wish, best) if best >= 0 else "window"))
            continue
        binding = calendar.obstacle(wish, best) if start != best else ""
        steps.append(Step(wish.name, start, float(wish.costs[start]), binding))
    return Plan(tuple(steps), tuple(left))


def _order(wish: Wish) -> list[int]:
    return [int(start) for start in np.argsort(wish.costs, kind="stable") if np.isfinite(wish.costs[start])]


def _regret(wish: Wish, order: list[int]) -> float:
    """What it loses when its host's few best starts are gone."""
    if not order:
        return 0.0
    later = order[min(3, len(order) - 1)]
    return float(wish.costs[later] - wish.costs[order[0]])


def _settle(at: int, wishes: Sequence[Wish], orders: list[list[int]], calendar: _Calendar, chosen: dict[int, int]) -> None:
    for start in orders[at]:
        if not calendar.obstacle(wishes[at], start):
            calendar.take(wishes[at], start)
            chosen[at] = start
            return


def _improve(at: int, wishes: Sequence[Wish], orders: list[list[int]], calendar: _Calendar, chosen: dict[int, int]) -> None:
    """Move to a better start, or make room there by moving one other where both together gain."""
    wish, now = wishes[at], chosen[at]
    for start in orders[at]:
        if wish.costs[start] >= wish.costs[now]:
            return
        calendar.take(wish, now, by=-1)
        if not calendar.obstacle(wish, start) or _makes_room(at, start, wishes, orders, calendar, chosen):
            calendar.take(wish, start)
            chosen[at] = start
            return
        calendar.take(wish, now)


def _makes_room(
    at: int, start: int, wishes: Sequence[Wish], orders: list[list[int]], calendar: _Calendar, chosen: dict[int, int]
) -> bool:
    gain = wishes[at].costs[chosen[at]] - wishes[at].costs[start]
    for other, theirs in chosen.items():
        if other == at or not _meet(wishes[at], start, wishes[other], theirs):
            continue
        calendar.take(wishes[other], theirs, by=-1)
        if not calendar.obstacle(wishes[at], start):
            calendar.take(wishes[at], start)
            for instead in orders[other]:
                if wishes[other].costs[instead] - wishes[other].costs[theirs] >= gain:
                    break
                if not calendar.obstacle(wishes[other], instead):
                    calendar.take(wishes[other], instead)
                    chosen[other] = instead
                    calendar.take(wishes[at], start, by=-1)
                    return True
            calendar.take(wishes[at], start, by=-1)
        calendar.take(wishes[other], theirs)
    return False


def _meet(wish: Wish, start: int, other: Wish, theirs: int) -> bool:
    """Whether both want one limit at one time."""
    together = start < theirs + other.steps and theirs < start + wish.steps
    shared = any(getattr(wish, kind) and getattr(wish, kind) == getattr(other, kind) for kind in LIMITED)
    return together and shared
