"""Bands that cover what they say: adaptive conformal correction, by segment.

Quantile models are too sure of themselves. Forecasts that were made for days that have since come show by how much, in units
of each series' scale, and the band is widened (or narrowed) by the quantile of those misses that would have been enough.
Where coverage still drifts, the level asked of the misses follows it (Gibbs and Candès, 2021).
"""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from celery_workers.prediction.algorithms.features import level_and_scale
from celery_workers.prediction.algorithms.interface import Floats, Forecast, Task

WANTED, STEP = 0.8, 0.1
# Of a segment with fewer misses than this those of all are used.
LEAST, KEPT = 500, 20_000
EVERYTHING = -1


def segments(history: Floats, season: int) -> npt.NDArray[np.int64]:
    """Which series behave alike: three classes of load, each calm or restless."""
    level, scale = level_and_scale(history, season)
    return np.digitize(level, [5.0, 25.0]) * 2 + (scale > 0.15 * np.abs(level) + 0.5)


@dataclass
class Conformal:
    """Misses by segment, in scales, and the coverage that is asked of them now."""

    task: Task
    misses: dict[int, Floats] = field(default_factory=dict)
    asked: dict[int, float] = field(default_factory=dict)

    def learn(self, history: Floats, forecast: Forecast, actual: Floats) -> None:
        """Take in what came of `forecast`, made of `history` before any correction."""
        if self.misses:
            self._follow(history, self.correct(history, forecast), actual)
        _, scale = level_and_scale(history, self.task.season)
        low, high = forecast.quantiles[:, :, 0], forecast.quantiles[:, :, -1]
        missed = np.maximum(low - actual, actual - high) / scale[:, None]
        of = segments(history, self.task.season)
        for segment in (EVERYTHING, *np.unique(of).tolist()):
            chosen = missed if segment == EVERYTHING else missed[of == segment]
            fresh = chosen[np.isfinite(chosen)]
            self.misses[segment] = np.concatenate([self.misses.get(segment, np.empty(0)), fresh])[-KEPT:]

    def _follow(self, history: Floats, corrected: Forecast, actual: Floats) -> None:
        inside = (actual >= corrected.quantiles[:, :, 0]) & (actual <= corrected.quantiles[:, :, -1])
        of = segments(history, self.task.season)
        for segment in np.unique(of).tolist():
            seen = np.isfinite(actual[of == segment])
            if seen.sum() >= LEAST:
                covered = float(inside[of == segment][seen].mean())
                self.asked[segment] = float(np.clip(self.asked.get(segment, WANTED) + STEP * (WANTED - covered), 0.5, 0.98))

    def correct(self, history: Floats, forecast: Forecast) -> Forecast:
        if not self.misses:
            return forecast
        of = segments(history, self.task.season)
        _, scale = level_and_scale(history, self.task.season)
        margin = np.array([self._margin(segment) for segment in of.tolist()]) * scale
        corrected = forecast.quantiles.copy()
        middle = forecast.median
        # A narrower band still holds its own median.
        corrected[:, :, 0] = np.clip(
            np.minimum(corrected[:, :, 0] - margin[:, None], middle), self.task.lowest, self.task.highest
        )
        corrected[:, :, -1] = np.clip(
            np.maximum(corrected[:, :, -1] + margin[:, None], middle), self.task.lowest, self.task.highest
        )
        return Forecast(forecast.mean, corrected, forecast.levels)

    def _margin(self, segment: int) -> float:
        own = self.misses.get(segment)
        misses = own if own is not None and len(own) >= LEAST else self.misses[EVERYTHING]
        return float(np.quantile(misses, self.asked.get(segment, WANTED))) if len(misses) else 0.0

    def as_json(self) -> dict[str, Any]:
        """What is enough to correct again: the misses by their percentiles."""
        percents = np.linspace(0, 1, 201)
        return {
            str(segment): {
                "count": len(misses),
                "misses": np.quantile(misses, percents).round(5).tolist() if len(misses) else [],
                "asked": self.asked.get(segment, WANTED),
            }
            for segment, misses in self.misses.items()
        }

    @classmethod
    def from_json(cls, task: Task, stored: dict[str, Any]) -> "Conformal":
        """Raises ValueError, KeyError or TypeError when `stored` is something else."""
        made = cls(task)
        for segment, kept in stored.items():
            spread = (
                np.interp(np.linspace(0, 200, min(kept["count"], KEPT)), np.arange(201), kept["misses"])
                if kept["misses"]
                else np.empty(0)
            )
            made.misses[int(segment)], made.asked[int(segment)] = spread, float(kept["asked"])
        return made
