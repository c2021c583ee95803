"""What every engine takes and gives.

A history is a float array (series, steps), oldest first, one column a step, NaN where no sample came or the series was not
there yet. Its last column is now. An engine learns from a history and forecasts the steps behind its last column: since it
is never handed a later column, it cannot look into the future, neither here nor in a back-test.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, Protocol

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

QUANTILES = (0.1, 0.5, 0.9)
# The least that a forecast is made from, in seasons (days). What is younger has no forecast, and is told so.
LEAST_SEASONS = 2
# What features look back at.
HISTORY_SEASONS = 14


class Unable(Exception):
    """An engine refuses, for a reason that the requester can act on."""

    def __init__(self, reason: str, **arguments: Any) -> None:
        super().__init__(reason)
        self.reason, self.arguments = reason, arguments


@dataclass(frozen=True, kw_only=True)
class Task:
    """What is to be forecast: `horizon` steps ahead, of which `season` make a day."""

    horizon: int = 24
    season: int = 24
    quantiles: tuple[float, ...] = QUANTILES
    lowest: float = 0.0
    highest: float = 100.0


@dataclass(frozen=True)
class Forecast:
    """mean: (series, steps). quantiles: (series, steps, levels), not crossing."""

    mean: Floats
    quantiles: Floats
    levels: tuple[float, ...] = field(default=QUANTILES)

    @property
    def median(self) -> Floats:
        return self.quantiles[:, :, self.levels.index(0.5)]

    def of(self, places: Sequence[int]) -> "Forecast":
        """Of the series at these places only."""
        return Forecast(self.mean[places], self.quantiles[places], self.levels)

    def probability_above(self, threshold: float) -> Floats:
        """How likely the load exceeds `threshold`, read off the quantiles: (series, steps)."""
        low, high = self.quantiles[:, :, 0], self.quantiles[:, :, -1]
        # Tails as long as the neighbouring half of the band: quantiles say nothing of what is beyond them.
        ends = (low - (self.median - low), high + (high - self.median))
        knots = np.concatenate([ends[0][..., None], self.quantiles, ends[1][..., None]], axis=2)
        levels = np.array([0.0, *self.levels, 1.0])
        below = np.full(low.shape, levels[-1])
        for at in range(len(levels) - 2, -1, -1):
            left, right = knots[..., at], knots[..., at + 1]
            share = np.clip((threshold - left) / np.maximum(right - left, 1e-9), 0.0, 1.0)
            below = np.where(threshold < right, levels[at] + share * (levels[at + 1] - levels[at]), below)
        return 1.0 - below


class Fitted(Protocol):
    """A trained forecaster."""

    @property
    def engine(self) -> str: ...

    @property
    def task(self) -> Task: ...

    @property
    def device(self) -> str:
        """Where it was really trained: `cpu` or `cuda`, whatever was asked for."""
        ...

    def predict(self, history: Floats) -> Forecast:
        """Forecast the steps behind the last column of `history`."""
        ...

    def dump(self) -> bytes:
        """Everything needed to forecast again, as JSON: nothing in it is ever executed."""
        ...


class Engine(Protocol):
    """A way to forecast."""

    name: ClassVar[str]

    def fit(self, history: Floats, task: Task, *, device: str = "auto", seed: int = 0) -> Fitted:
        """Learn from `history`. Raises Unable where that cannot be."""
        ...

    def load(self, dumped: bytes) -> Fitted:
        """Read what `dump` wrote. Raises Unable when it is something else."""
        ...


def mean_of(quantiles: Floats) -> Floats:
    """The mean of a skewed distribution from its lowest, middle and highest quantile (Swanson's rule)."""
    middle = quantiles.shape[-1] // 2
    mean: Floats = 0.3 * quantiles[..., 0] + 0.4 * quantiles[..., middle] + 0.3 * quantiles[..., -1]
    return mean


def tidy(mean: Floats, quantiles: Floats, task: Task) -> Forecast:
    """A forecast whose quantiles do not cross and which stays in what is possible."""
    return Forecast(
        np.clip(mean, task.lowest, task.highest),
        np.clip(np.sort(quantiles, axis=2), task.lowest, task.highest),
        task.quantiles,
    )
