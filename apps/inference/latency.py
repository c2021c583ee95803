"""How long answers took, as counts of stretches of time that grow by the square root of two: from 1 ms to a minute and more.

Counts of any minutes and callers add up, which percentiles do not; what is read from them is off by a fifth at most.
"""

from bisect import bisect_left
from collections.abc import Sequence

# Upper ends in milliseconds; what took longer than the last is counted behind it.
BOUNDS = tuple(2 ** (power / 2) for power in range(33))
STRETCHES = len(BOUNDS) + 1


def stretch_of(milliseconds: float) -> int:
    return bisect_left(BOUNDS, milliseconds)


def percentile(counts: Sequence[int], share: float) -> float | None:
    """Milliseconds within which `share` of the answers came; None when there was none."""
    total = sum(counts)
    if not total:
        return None
    left = share * total
    for stretch, count in enumerate(counts):
        if count and left <= count:
            low = BOUNDS[stretch - 1] if stretch else 0.0
            high = BOUNDS[min(stretch, len(BOUNDS) - 1)]
            return round(low + (high - low) * left / count, 2) if high > low else low
        left -= count
    return BOUNDS[-1]
