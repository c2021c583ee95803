"""The stretches of the next days in which moving a machine hurts least, and whether waiting for one is worth it.

What a move costs is the load under it: the mean of what is expected over the whole duration, not at its start. A window
is offered only when it gains enough against moving now; on most machines it does not, and then any time is fine.
"""

from dataclasses import dataclass

import numpy as np

from celery_workers.prediction.algorithms.interface import Floats, Forecast, Unable
from celery_workers.prediction.scores import smoothed

# Below this many points of load, and below this share of what moving now costs, waiting is not worth it.
WORTH_POINTS, WORTH_SHARE = 2.0, 0.1
OFFERED = 3
# The half-width of an 80 % band of a normal distribution in standard deviations.
DEVIATIONS = 1.2816
# How alike the errors of neighbouring steps are: measured on real loads, hour by hour.
ALIKE = 0.7


@dataclass(frozen=True)
class Window:
    """start: steps from now. cost, gain: points of load; low and high: 80 % of what the gain may turn out to be."""

    start: int
    steps: int
    cost: float
    gain: float
    low: float
    high: float


@dataclass(frozen=True)
class Advice:
    """now: what moving at once costs. any_time: none is worth waiting for. windows: the best first, none overlapping."""

    now: float
    any_time: bool
    windows: tuple[Window, ...]

    @property
    def most_gain(self) -> float:
        return max((window.gain for window in self.windows), default=0.0)


@dataclass(frozen=True)
class Limits:
    """not_before, deadline: steps from now, the move ending by the latter. closed: steps in which nothing may move.

    forbidden: steps in which nothing may begin.
    """

    not_before: int = 0
    deadline: int | None = None
    closed: frozenset[int] = frozenset()
    forbidden: frozenset[int] = frozenset()

    def starts(self, horizon: int, steps: int) -> list[int]:
        last = min(horizon, self.deadline if self.deadline is not None else horizon) - steps
        allowed = sorted({*range(max(self.not_before, 0), last + 1)} - self.forbidden)
        return [start for start in allowed if not any(at in self.closed for at in range(start, start + steps))]


NO_LIMITS = Limits()


def advise(forecast: Forecast, *, steps: int, limits: Limits = NO_LIMITS) -> list[Advice | None]:
    """For each machine of `forecast` the best windows of `steps`; None where there is no forecast.

    Raises Unable when the limits leave no start at all.
    """
    horizon = forecast.mean.shape[1]
    starts = limits.starts(horizon, steps) if 1 <= steps <= horizon else []
    if not starts:
        raise Unable("no-window", steps=steps, horizon=horizon)
    costs = smoothed(forecast.mean, steps)
    spread = (forecast.quantiles[:, :, -1] - forecast.quantiles[:, :, 0]) / (2 * DEVIATIONS)
    return [_of(costs[at], spread[at], starts, steps) if np.isfinite(costs[at]).all() else None for at in range(len(costs))]


def _of(costs: Floats, spread: Floats, starts: list[int], steps: int) -> Advice:
    now = float(costs[0])
    chosen: list[int] = []
    for start in sorted(starts, key=lambda start: (costs[start], start)):
        if all(abs(start - other) >= steps for other in chosen):
            chosen.append(start)
        if len(chosen) == OFFERED:
            break
    windows = tuple(_window(costs, spread, start, steps) for start in chosen)
    any_time = windows[0].gain < max(WORTH_POINTS, WORTH_SHARE * now) and 0 in starts
    return Advice(now, any_time, windows)


def _window(costs: Floats, spread: Floats, start: int, steps: int) -> Window:
    gain = float(costs[0] - costs[start])
    if start == 0:
        return Window(start, steps, float(costs[0]), 0.0, 0.0, 0.0)
    # Two means of `steps` errors each, alike within and, the farther apart, the less alike between them.
    one, other = spread[:steps], spread[start : start + steps]
    variance = _of_mean(one) + _of_mean(other) - 2 * ALIKE**start * np.sqrt(_of_mean(one) * _of_mean(other))
    margin = DEVIATIONS * float(np.sqrt(max(variance, 0.0)))
    return Window(start, steps, float(costs[start]), gain, gain - margin, gain + margin)


def _of_mean(spread: Floats) -> float:
    steps = len(spread)
    apart = np.abs(np.subtract.outer(np.arange(steps), np.arange(steps)))
    return float((np.outer(spread, spread) * ALIKE**apart).sum() / steps**2)
