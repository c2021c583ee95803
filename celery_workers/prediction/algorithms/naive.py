"""What every other engine must beat: the last value, the same hour yesterday, the median of two days.

The bands are quantiles of the errors that the same rule made in the days before, by step ahead where that matters.
"""

import warnings
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from celery_workers.prediction.algorithms import stored
from celery_workers.prediction.algorithms.features import quantiles, window
from celery_workers.prediction.algorithms.interface import HISTORY_SEASONS, Fitted, Floats, Forecast, Task, tidy


@dataclass(frozen=True)
class Rule:
    """A naive forecast: nothing is learned, so what is stored is the name of the rule and the task."""

    engine: str
    task: Task
    device: str = "cpu"

    def predict(self, history: Floats) -> Forecast:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", RuntimeWarning)  # of series without a sample: they come out as NaN
            past = window(history, HISTORY_SEASONS * self.task.season)
            point, errors = POINTS[self.engine](past, self.task)
            margins = np.moveaxis(quantiles(errors, *self.task.quantiles), 0, -1)
        margins = np.broadcast_to(
            margins if margins.ndim == 3 else margins[:, None, :], (*point.shape, len(self.task.quantiles))
        )
        margins = margins - margins[..., [self.task.quantiles.index(0.5)]]  # the rule itself is the median
        return tidy(point, point[:, :, None] + margins, self.task)

    def dump(self) -> bytes:
        return stored.written(self.engine, self.task)


def _last(past: Floats, task: Task) -> tuple[Floats, Floats]:
    point = np.repeat(_filled(past)[:, -1:], task.horizon, axis=1)
    recent = past[:, -7 * task.season :]
    far = [recent[:, ahead:] - recent[:, :-ahead] for ahead in _lags(task)]
    width = max(each.shape[1] for each in far)
    by_lag = np.stack([np.pad(each, ((0, 0), (width - each.shape[1], 0)), constant_values=np.nan) for each in far], axis=1)
    nearest = np.searchsorted(_lags(task), np.arange(1, task.horizon + 1)).clip(max=len(far) - 1)
    return point, by_lag[:, nearest]


def _lags(task: Task) -> list[int]:
    return sorted(
        {lag for lag in (1, 2, 4, 8, 12, 24, 48, 72, 96) if lag <= task.horizon} | {min(task.horizon, 6 * task.season)}
    )


def _seasonal(past: Floats, task: Task) -> tuple[Floats, Floats]:
    days = past.reshape(len(past), -1, task.season)
    yesterday = days[:, -1].copy()
    for earlier in range(2, days.shape[1] + 1):  # where yesterday has a gap: the day before it
        yesterday = np.where(np.isfinite(yesterday), yesterday, days[:, -earlier])
    point = yesterday[:, np.arange(task.horizon) % task.season]
    return point, (days[:, -7:] - days[:, -8:-1]).reshape(len(past), -1)


def _median(past: Floats, task: Task) -> tuple[Floats, Floats]:
    recent = past[:, -2 * task.season :]
    point = quantiles(recent, 0.5)[0][:, None]
    return np.repeat(point, task.horizon, axis=1), recent - point


def _filled(past: Floats) -> Floats:
    """Gaps filled with what was before them."""
    at = np.where(np.isfinite(past), np.arange(past.shape[1]), 0)
    return np.take_along_axis(past, np.maximum.accumulate(at, axis=1), axis=1)


POINTS = {"naive-last": _last, "naive-seasonal": _seasonal, "naive-median": _median}


class _Naive:
    name: ClassVar[str]

    def fit(self, history: Floats, task: Task, *, device: str = "auto", seed: int = 0) -> Fitted:
        del history, device, seed
        return Rule(self.name, task)

    def load(self, dumped: bytes) -> Fitted:
        task, _ = stored.read(dumped, self.name)
        return Rule(self.name, task)


class Last(_Naive):
    name = "naive-last"


class Seasonal(_Naive):
    name = "naive-seasonal"


class Median(_Naive):
    name = "naive-median"
