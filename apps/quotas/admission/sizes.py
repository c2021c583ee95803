"""How many pods: of elastic sets as many as fit, reduced in proportion; of independent pods one set after the other."""

from collections.abc import Callable, Iterable, Mapping

from apps.quotas.admission.values import PodSet


def reduced(counts: Mapping[str, int], spare: Mapping[str, int], left_out: int, steps: int) -> dict[str, int]:
    """`counts` with `left_out` of `steps` parts of `spare` taken away from each set (Kueue: PodSetReducer)."""
    return {name: count - spare.get(name, 0) * left_out // max(1, steps) for name, count in counts.items()}


def most_that(fits: Callable[[int], bool], steps: int) -> int:
    """The fewest parts to leave out with which it fits; leaving out all of `steps` is known to do."""
    low, high = 0, steps
    while low < high:
        middle = (low + high) // 2
        if fits(middle):
            high = middle
        else:
            low = middle + 1
    return high


def as_many_as_fit(pod_sets: Iterable[PodSet], fits: Callable[[Mapping[str, int]], bool]) -> dict[str, int]:
    """Counts of independent pods: of each set as many as fit beside those of the sets before it."""
    counts: dict[str, int] = {pods.name: 0 for pods in pod_sets}
    for pods in pod_sets:

        def fit(left_out: int, pods: PodSet = pods) -> bool:
            return fits({**counts, pods.name: pods.count - left_out})

        counts[pods.name] = pods.count - most_that(fit, pods.count)
    return counts
