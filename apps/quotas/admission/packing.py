"""Room on nodes: where the pods of a gang go.

First fit, decreasing: the largest pods first, and of the nodes that hold most of them, the one that is then fullest.
Pods of one set are alike, so one set is packed exactly; several sets are tried in a few orders, which can miss a
packing that exists (the problem is NP-hard) but never invents one.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence

from apps.quotas.admission.values import Amounts, Key, Node, Placement, PodSet

Free = Mapping[str, Amounts]


def pack(
    pod_sets: Iterable[PodSet],
    counts: Mapping[str, int],
    free: Free,
    *,
    prefer: Callable[[str, Mapping[Key, int]], int] = lambda _node, _pod: 0,
) -> tuple[Placement, ...] | None:
    """Place `counts` pods of each set on the nodes; None when they do not all fit. Larger `prefer` goes first."""
    wanted = [pods for pods in pod_sets if counts.get(pods.name)]
    for order in _orders(wanted):
        room = {name: dict(amounts) for name, amounts in free.items()}
        placements: list[Placement] = []
        for pods in order:
            placed = _pack_set(pods, counts[pods.name], room, prefer)
            if placed is None:
                break
            placements += placed
        else:
            return tuple(sorted(placements, key=lambda placement: (placement.pod_set, placement.index)))
    return None


def never_fits(pod_sets: Iterable[PodSet], counts: Mapping[str, int], nodes: Sequence[Node]) -> PodSet | None:
    """A pod set that empty nodes could not hold, which is certain; None is no promise that all fit together."""
    for pods in pod_sets:
        left = counts.get(pods.name, 0)
        for node in nodes:
            if left <= 0:  # most ask for a few, of thousands of nodes
                break
            left -= pods_that_fit(pods.per_pod, node.allocatable)
        if left > 0:
            return pods
    return None


def pods_that_fit(per_pod: Mapping[Key, int], room: Amounts) -> int:
    return min((max(0, room.get(key, 0)) // amount for key, amount in per_pod.items()), default=10_000)


def _orders(wanted: list[PodSet]) -> list[list[PodSet]]:
    keys = sorted({key for pods in wanted for key in pods.per_pod})
    orders = [sorted(wanted, key=lambda pods: (-len(pods.per_pod), pods.name))]
    for key in keys if len(wanted) > 1 else ():
        order = sorted(wanted, key=lambda pods: (-pods.per_pod.get(key, 0), -len(pods.per_pod), pods.name))
        if order not in orders:
            orders.append(order)
    return orders


def _pack_set(
    pods: PodSet, count: int, room: dict[str, dict[Key, int]], prefer: Callable[[str, Mapping[Key, int]], int]
) -> list[Placement] | None:
    fitting = {name: pods_that_fit(pods.per_pod, amounts) for name, amounts in room.items()}
    if sum(fitting.values()) < count:
        return None

    def rank(name: str) -> tuple[int, int, int, str]:
        # Full pods of the gang on as few nodes as possible; of those that hold all the rest, the fullest.
        return (-prefer(name, pods.per_pod), -min(fitting[name], count), fitting[name], name)

    placements: list[Placement] = []
    for name in sorted((name for name in room if fitting[name]), key=rank):
        for _ in range(min(fitting[name], count - len(placements))):
            placements.append(Placement(pods.name, len(placements), name))
            for key, amount in pods.per_pod.items():
                room[name][key] -= amount
        if len(placements) == count:
            break
    return placements
