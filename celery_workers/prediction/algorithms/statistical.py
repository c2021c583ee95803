"""Engines of one series each, from statsforecast: AutoARIMA, AutoETS, the optimised Theta.

A thousand times dearer than the global model and not better on most loads: for clusters, hosts and single requests.
"""

import warnings
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
from statsforecast.models import AutoARIMA, AutoETS, DynamicOptimizedTheta

from celery_workers.prediction.algorithms import stored
from celery_workers.prediction.algorithms.features import window
from celery_workers.prediction.algorithms.interface import (
    HISTORY_SEASONS,
    LEAST_SEASONS,
    Fitted,
    Floats,
    Forecast,
    Task,
    Unable,
    tidy,
)

# Longer seasons never end: ARIMA's time grows with the season's length, and ETS drops it without a word.
LONGEST_SEASON = 24


def _arima(season: int) -> Any:
    return AutoARIMA(season_length=season, max_p=2, max_q=2, max_P=1, max_Q=1, max_order=4, approximation=True)


def _ets(season: int) -> Any:
    return AutoETS(season_length=season)


def _theta(season: int) -> Any:
    return DynamicOptimizedTheta(season_length=season)


MODELS = {"arima": _arima, "ets": _ets, "theta": _theta}


@dataclass(frozen=True)
class PerSeries:
    """Fits each series when it is asked for: what is stored is how."""

    engine: str
    task: Task
    device: str = "cpu"

    def predict(self, history: Floats) -> Forecast:
        past = window(history, HISTORY_SEASONS * self.task.season)
        mean = np.full((len(past), self.task.horizon), np.nan)
        quantiles = np.full((*mean.shape, len(self.task.quantiles)), np.nan)
        for at, series in enumerate(past):
            known = _without_gaps(series)
            if len(known) < LEAST_SEASONS * self.task.season:
                continue
            mean[at], quantiles[at] = self._one(known)
        return tidy(mean, quantiles, self.task)

    def _one(self, known: Floats) -> tuple[Floats, Floats]:
        if np.ptp(known) < 1e-6:  # a flat line has no model, and needs none
            return np.full(self.task.horizon, known[-1]), np.full((self.task.horizon, len(self.task.quantiles)), known[-1])
        # The levels of statsforecast are widths of bands around the point, in per cent.
        widths = sorted({round(abs(2 * level - 1) * 100, 6) for level in self.task.quantiles if level != 0.5})
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            found = MODELS[self.engine](self.task.season).forecast(known, self.task.horizon, level=widths)
        columns = []
        for level in self.task.quantiles:
            width = f"{round(abs(2 * level - 1) * 100, 6):g}"
            names = {name.removesuffix(".0"): name for name in found}
            columns.append(found["mean"] if level == 0.5 else found[names[f"{'lo' if level < 0.5 else 'hi'}-{width}"]])
        return found["mean"], np.stack(columns, axis=1)

    def dump(self) -> bytes:
        return stored.written(self.engine, self.task)


def _without_gaps(series: Floats) -> Floats:
    """From the first sample on, gaps bridged by straight lines."""
    there = np.flatnonzero(np.isfinite(series))
    return np.interp(np.arange(there[0], len(series)), there, series[there]) if len(there) else np.empty(0)


class _Statistical:
    name: ClassVar[str]

    def fit(self, history: Floats, task: Task, *, device: str = "auto", seed: int = 0) -> Fitted:
        del history, seed
        if task.season > LONGEST_SEASON:
            raise Unable("season-too-long", engine=self.name, season=task.season, longest=LONGEST_SEASON)
        if device == "cuda":
            raise Unable("no-gpu", library=self.name, built_for_cuda=False, gpus=0)
        return PerSeries(self.name, task)

    def load(self, dumped: bytes) -> Fitted:
        task, _ = stored.read(dumped, self.name)
        return PerSeries(self.name, task)


class ARIMA(_Statistical):
    name = "arima"


class ETS(_Statistical):
    name = "ets"


class Theta(_Statistical):
    name = "theta"
