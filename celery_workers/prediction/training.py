"""Models as they are used: an engine's, with the correction of its bands.

It is trained twice. First the newest days are kept from it and forecast as if they were to come: they say how far it is to
be trusted beside the median of two days, which is hard to beat on loads without a rhythm and where little was there to
learn from; and what the two still miss makes the correction of the bands. Then it learns from all.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from celery_workers.prediction.algorithms import NAIVE, PER_SERIES, engine
from celery_workers.prediction.algorithms.conformal import Conformal
from celery_workers.prediction.algorithms.interface import LEAST_SEASONS, Fitted, Floats, Forecast, Task, Unable
from celery_workers.prediction.algorithms.naive import Median
from celery_workers.prediction.scores import scored

# How many of the newest days are kept to calibrate on; of short histories a third.
CALIBRATION_SEASONS = 5
STEADY = Median()
SHARES = (1.0, 0.75, 0.5, 0.25)
# Of an engine that could not be tried, for want of days to keep from it.
UNTRIED = 0.5
# Of shares that lose as little but for this, the steadier one: the days kept are few.
AS_GOOD = 1.005


@dataclass
class Model:
    """A trained model. `predict` is corrected, `learn` takes in what came of a forecast made of `history`."""

    fitted: Fitted
    conformal: Conformal
    # How much of the engine there is in a forecast; the rest is the naive one.
    trust: float = 1.0

    @property
    def device(self) -> str:
        return self.fitted.device

    def predict(self, history: Floats) -> Forecast:
        found = self.conformal.correct(history, self._uncorrected(history))
        young = (
            np.isfinite(history[:, -14 * self.conformal.task.season :]).sum(axis=1)
            < LEAST_SEASONS * self.conformal.task.season
        )
        return Forecast(
            np.where(young[:, None], np.nan, found.mean),
            np.where(young[:, None, None], np.nan, found.quantiles),
            found.levels,
        )

    def learn(self, history: Floats, actual: Floats) -> None:
        self.conformal.learn(history, self._uncorrected(history), actual)

    def _uncorrected(self, history: Floats) -> Forecast:
        own = self.fitted.predict(history)
        return own if self.trust == 1.0 else mixed(own, STEADY.fit(history, self.fitted.task).predict(history), self.trust)

    def dump(self) -> bytes:
        model = {"fitted": json.loads(self.fitted.dump()), "bands": self.conformal.as_json(), "trust": self.trust}
        return json.dumps(model, allow_nan=False, separators=(",", ":")).encode()


def train(name: str, history: Floats, task: Task, *, device: str = "auto", seed: int = 0) -> Model:
    """Fit the engine `name`. Raises Unable when it is not there or refuses."""
    if not np.isfinite(history).any():
        raise Unable("too-little-history", rows=0, least=1)
    chosen = engine(name)
    if name in PER_SERIES:  # their bands are their own: to try them on days past would cost as much again
        return Model(chosen.fit(history, task, device=device, seed=seed), Conformal(task))
    model = Model(chosen.fit(history, task, device=device, seed=seed), Conformal(task))
    length = history.shape[1]
    kept = min(CALIBRATION_SEASONS * task.season, length // 3)
    held_out = list(_origins(length - kept, length - task.horizon, task))
    if name not in NAIVE:
        model.trust = UNTRIED
    if held_out:
        earlier = chosen.fit(history[:, : length - kept], task, device=device, seed=seed)
        if name not in NAIVE:
            model.trust = _trust(earlier, history, held_out)
        tried = replace(model, fitted=earlier)
        for origin in held_out:
            tried.learn(history[:, :origin], history[:, origin : origin + task.horizon])
    return model


def mixed(own: Forecast, other: Forecast, trust: float) -> Forecast:
    """Quantile by quantile, so the bands stay as sharp as the two; where the other says nothing, the first alone."""

    def between(one: Floats, two: Floats) -> Floats:
        return np.where(np.isfinite(two), trust * one + (1 - trust) * two, one)

    return Forecast(between(own.mean, other.mean), between(own.quantiles, other.quantiles), own.levels)


def _trust(fitted: Fitted, history: Floats, held_out: list[int]) -> float:
    """The least share of the engine that would have lost as little as any on the days that were kept from it."""
    said = [(fitted.predict(history[:, :at]), STEADY.fit(history, fitted.task).predict(history[:, :at])) for at in held_out]
    came = [history[:, at : at + fitted.task.horizon] for at in held_out]

    def loss(trust: float) -> float:
        return scored([(actual, mixed(*pair, trust)) for actual, pair in zip(came, said, strict=True)]).wql

    losses = {share: loss(share) for share in SHARES}
    return min(share for share in SHARES if losses[share] <= AS_GOOD * min(losses.values()))


def _origins(first: int, last: int, task: Task) -> Iterable[int]:
    """Moments to try forecasts at, at different hours; none where too little is left to learn from before them."""
    return (
        range(first, last + 1, max(task.season * 3 // 4, 1))
        if first >= (LEAST_SEASONS + 1) * task.season + 2 * task.horizon
        else ()
    )


def load(dumped: bytes) -> Model:
    """Read what `dump` wrote. Raises Unable when it is corrupt."""
    try:
        found = json.loads(dumped)
        fitted = engine(found["fitted"]["engine"]).load(json.dumps(found["fitted"]).encode())
        return Model(fitted, Conformal.from_json(fitted.task, found["bands"]), float(found["trust"]))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Unable("corrupt-model", engine="") from error
