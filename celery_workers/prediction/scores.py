"""How good forecasts were. actual: (series, steps) with NaN where nothing came; such steps count nowhere."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from celery_workers.prediction.algorithms.interface import Floats, Forecast


@dataclass(frozen=True)
class Scores:
    """wql: pinball losses over the sum of loads (twice, as usual). mae, bias: points. coverage: of the band, 0..1."""

    wql: float
    mae: float
    bias: float
    coverage: float
    steps: int


def pinball(actual: Floats, forecast: Forecast) -> Floats:
    """Twice the loss of each step, the mean of the levels."""
    levels = np.array(forecast.levels)
    missed = actual[..., None] - forecast.quantiles
    loss: Floats = 2 * np.maximum(levels * missed, (levels - 1) * missed).mean(axis=-1)
    return loss


def scored(pairs: Sequence[tuple[Floats, Forecast]]) -> Scores:
    """All forecasts together; each pair is what came and what had been said."""
    loss, load, errors, inside = 0.0, 0.0, [], []
    for actual, forecast in pairs:
        there = np.isfinite(actual) & np.isfinite(forecast.median)
        loss += float(pinball(actual, forecast)[there].sum())
        load += float(np.abs(actual[there]).sum())
        errors.append((forecast.median - actual)[there])
        inside.append(((actual >= forecast.quantiles[:, :, 0]) & (actual <= forecast.quantiles[:, :, -1]))[there])
    error = np.concatenate(errors) if errors else np.empty(0)
    if not len(error):
        return Scores(np.nan, np.nan, np.nan, np.nan, 0)
    return Scores(
        wql=loss / load if load else float("nan"),
        mae=float(np.abs(error).mean()),
        bias=float(error.mean()),
        coverage=float(np.concatenate(inside).mean()),
        steps=len(error),
    )


def smoothed(load: Floats, steps: int) -> Floats:
    """The mean of `load` over `steps` from each start on: (series, starts)."""
    means: Floats = np.lib.stride_tricks.sliding_window_view(load, steps, axis=1).mean(axis=-1)
    return means


def window_gain(pairs: Sequence[tuple[Floats, Forecast]], *, steps: int) -> float:
    """Of what choosing the best start could have gained against a start at random, the share that was gained.

    A share below 0 says that a start at random would have been better.
    """
    gained = possible = 0.0
    for actual, forecast in pairs:
        whole = np.isfinite(actual).all(axis=1) & np.isfinite(forecast.mean).all(axis=1)
        came = smoothed(actual[whole], steps)
        if came.size == 0:
            continue
        chosen = smoothed(forecast.mean[whole], steps).argmin(axis=1)
        average = came.mean(axis=1)
        gained += float((average - came[np.arange(len(came)), chosen]).sum())
        possible += float((average - came.min(axis=1)).sum())
    return gained / possible if possible else float("nan")


def average_precision(probability: Floats, happened: Floats) -> float:
    """The area under precision and recall; ties count as one threshold, so that a constant scores what it must."""
    order = np.argsort(-probability, kind="stable")
    ranked, truth = probability[order], happened[order].astype(float)
    ends = np.append(np.flatnonzero(np.diff(ranked)), len(ranked) - 1)
    hits = truth.cumsum()[ends]
    if not len(truth) or not hits[-1]:
        return float("nan")
    recall = hits / hits[-1]
    return float((np.diff(recall, prepend=0.0) * hits / (ends + 1)).sum())
