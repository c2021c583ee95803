"""How much of what is free can still be used: a replica's devices are all on one node, and what is free may not be."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from apps.clusters.models import Health, Node

# Replicas are of such sizes; and as large as the largest node.
_SIZES = (1, 2, 4, 8, 16)
_DIVISIBLE = ("cpu", "memory")


@dataclass
class _Of:
    """One flavor: what is free on each node that takes new work, and the most devices that a node has."""

    free: list[int] = field(default_factory=list)
    largest: int = 0


def fragmentation(nodes: Iterable[Node]) -> list[dict[str, Any]]:
    """Of each kind of device what is free, and how many whole replicas of each size it has room for.

    Counted are nodes that take new work. `usable`: devices that those replicas would have; the rest of what is free is in
    pieces that are too small.
    """
    found: dict[tuple[str, str], _Of] = {}
    for node in nodes:
        if node.health == Health.DOWN or not node.schedulable:
            continue
        for flavor, resources in node.allocatable.items():
            for resource, amount in resources.items():
                if resource not in _DIVISIBLE and amount:
                    one = found.setdefault((flavor, resource), _Of())
                    one.free.append(max(0, amount - node.requested.get(flavor, {}).get(resource, 0)))
                    one.largest = max(one.largest, amount)
    return [
        {
            "flavor": flavor,
            "resource": resource,
            "free": sum(one.free),
            "sizes": [_room(one.free, size) for size in sorted({one.largest, *(n for n in _SIZES if n < one.largest)})],
        }
        for (flavor, resource), one in sorted(found.items())
    ]


def _room(free: Iterable[int], size: int) -> dict[str, int]:
    replicas = sum(amount // size for amount in free)
    return {"size": size, "replicas": replicas, "usable": replicas * size}
