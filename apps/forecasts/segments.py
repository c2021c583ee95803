"""Which targets are alike, so that what holds of forecasts of one holds of others: by kind, and how loaded they are."""

from bisect import bisect_right
from collections.abc import Sequence
from statistics import median

from apps.forecasts.models.targets import TargetKind

# Points of load from which a target is of the next class, by the median of its last two days.
LIGHT_FROM, BUSY_FROM = 5.0, 25.0
LOADS = ("idle", "light", "busy")
LEVEL_HOURS = 48
SEGMENTS = tuple(f"{kind}-{load}" for kind in TargetKind.values for load in LOADS)


def segment(kind: str, level: float) -> str:
    return f"{kind}-{LOADS[bisect_right((LIGHT_FROM, BUSY_FROM), level)]}"


def segment_of(kind: str, hours: Sequence[float]) -> str:
    """hours: points of load, as many as are known of the last two days."""
    return segment(kind, median(hours) if hours else 0.0)
