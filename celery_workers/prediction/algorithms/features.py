"""What the learning engines see of a history: one row a (series, step ahead), made for all at once.

Slices, means and sorted values only, so that the same lines run on numpy and on cupy. All values are in units of the series'
own scale around its own level: a model of them holds for loads and sizes that it has not met.
"""

import warnings
from dataclasses import dataclass

import numpy as np

from celery_workers.prediction.algorithms.interface import HISTORY_SEASONS, Floats, Task


@dataclass(frozen=True)
class Rows:
    """features: (series * steps, columns), step fastest. level and scale: (series,), to come back to points."""

    features: Floats
    level: Floats
    scale: Floats

    def to_points(self, values: Floats, horizon: int) -> Floats:
        """values: (series * steps, outputs) in scales around the level -> (series, steps, outputs) in points."""
        shaped = values.reshape(len(self.level), horizon, -1)
        return shaped * self.scale[:, None, None] + self.level[:, None, None]


def window(history: Floats, length: int) -> Floats:
    """The last `length` columns, with NaN in front where the history is shorter."""
    if history.shape[1] >= length:
        return history[:, -length:]
    return np.concatenate([np.full((len(history), length - history.shape[1]), np.nan), history], axis=1)


def quantiles(values: Floats, *levels: float) -> Floats:
    """Quantiles along the last axis of what is there: (levels, ...). As numpy's nanquantile, which is slower by far."""
    ranked = np.sort(values, axis=-1)  # NaN last
    count = np.isfinite(ranked).sum(axis=-1)
    found = []
    for level in levels:
        place = level * np.maximum(count - 1, 0)
        below = np.floor(place).astype(int)
        above = np.minimum(below + 1, np.maximum(count - 1, 0))
        low, high = (np.take_along_axis(ranked, at[..., None], axis=-1)[..., 0] for at in (below, above))
        found.append(low + (high - low) * (place - below))
    return np.stack(found)


def level_and_scale(history: Floats, season: int) -> tuple[Floats, Floats]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # of rows that are all NaN: they get level 0 below
        level = quantiles(window(history, 2 * season), 0.5)[0]
        week = window(history, 7 * season)
        spread = np.nanmean(np.abs(week - level[:, None]), axis=1)
    level = np.nan_to_num(level)
    return level, np.nan_to_num(spread) + 0.02 * np.abs(level) + 0.05


def rows(history: Floats, task: Task) -> Rows:
    season, horizon = task.season, task.horizon
    past = window(history, HISTORY_SEASONS * season)
    level, scale = level_and_scale(past, season)
    past = (past - level[:, None]) / scale[:, None]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        whole = _of_series(past, season, scale, level)
        steps = _of_steps(past, season, horizon)
    series = len(past)
    columns = [
        np.repeat(np.stack(whole, axis=1), horizon, axis=0),
        np.stack(steps, axis=2).reshape(series * horizon, -1),
        np.tile(np.arange(1, horizon + 1) / season, series)[:, None],
    ]
    return Rows(np.concatenate(columns, axis=1).astype(np.float32), level, scale)


def _of_series(past: Floats, season: int, scale: Floats, level: Floats) -> list[Floats]:
    """What is the same for all steps ahead."""
    found: list[Floats] = [np.log(scale), np.log1p(np.abs(level)), level / scale]
    found += [past[:, -lag] for lag in (1, 2, 3, 4, 6)]
    lengths = sorted({max(season // 8, 2), max(season // 4, 3), season // 2, season, 2 * season, 7 * season, 14 * season})
    for length in lengths:
        recent = past[:, -length:]
        found += [np.nanmean(recent, axis=1), np.nanstd(recent, axis=1)]
    for length in (season, 7 * season):
        low, high = quantiles(past[:, -length:], 0.1, 0.9)
        found += [low, high]
    week = past[:, -7 * season :]
    centred = week - np.nanmean(week, axis=1, keepdims=True)
    variance = np.nanmean(centred**2, axis=1) + 1e-9
    found += [np.nanmean(centred[:, lag:] * centred[:, :-lag], axis=1) / variance for lag in (1, season // 4, season)]
    return found


def _of_steps(past: Floats, season: int, horizon: int) -> list[Floats]:
    """What was at the same time of earlier days, for each step ahead: arrays (series, steps)."""
    days = past.reshape(len(past), -1, season)
    at = np.arange(horizon) % season
    same = days[:, :, at]
    found = [same[:, -1], same[:, -2], same[:, -3], same[:, -7]]
    found += [np.nanmean(same[:, -7:], axis=1), np.nanmean(same, axis=1)]
    found += [
        quantiles(np.moveaxis(same[:, -7:], 1, -1), 0.5)[0],
        np.nanmin(same[:, -7:], axis=1),
        np.nanmax(same[:, -7:], axis=1),
    ]
    profile = np.nanmean(days[:, -7:], axis=1)
    smooth = np.nanmean([np.roll(profile, shift, axis=1) for shift in (-2, -1, 0, 1, 2)], axis=0)
    found += [smooth[:, at], np.roll(profile, 1, axis=1)[:, at], np.roll(profile, -1, axis=1)[:, at]]
    return found


def training_windows(history: Floats, task: Task, *, origins: int, seed: int) -> tuple[Floats, Floats, Floats, Floats]:
    """Features, targets in scales, the scales, and the origins of rows to learn from, drawn from a history.

    The origins are spread over all of it behind the first days, the last ending with the last column.
    """
    last = history.shape[1] - task.horizon
    first = min(3 * task.season, last)
    drawn = (
        np.unique(np.linspace(first, last, origins).round().astype(int)) if last >= first > 0 else np.array([], dtype=int)
    )
    random = np.random.default_rng(seed)
    features, targets, scales, when = [], [], [], []
    for origin in drawn:
        jittered = int(np.clip(origin + random.integers(-3, 4), first, last))
        known = np.isfinite(history[:, max(0, jittered - 2 * task.season) : jittered]).mean(axis=1) > 0.5
        if not known.any():
            continue
        made = rows(history[known, :jittered], task)
        coming = history[known, jittered : jittered + task.horizon]
        target = ((coming - made.level[:, None]) / made.scale[:, None]).reshape(-1)
        there = np.isfinite(target)
        features.append(made.features[there])
        targets.append(target[there])
        scales.append(np.repeat(made.scale, task.horizon)[there])
        when.append(np.full(there.sum(), jittered))
    if not features:
        return np.empty((0, 0)), np.empty(0), np.empty(0), np.empty(0)
    return np.concatenate(features), np.concatenate(targets), np.concatenate(scales), np.concatenate(when)
