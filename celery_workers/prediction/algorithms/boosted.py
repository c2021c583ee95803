"""One model of gradient-boosted trees for all series: the default engine.

It learns from rows of features in units of each series' own scale (features.py), with the step ahead as one of them: one
output a quantile. Rows weigh as the root of their series' scale, between "each series alike" and "each point of load
alike". The mean, which windows are chosen by, is read off the quantiles: a model of its own chose no better.
"""

import base64
import binascii
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

import numpy as np
import xgboost

from celery_workers.prediction.algorithms import devices, stored
from celery_workers.prediction.algorithms.features import rows, training_windows
from celery_workers.prediction.algorithms.interface import Fitted, Floats, Forecast, Task, Unable, mean_of, tidy

TREES = {"max_depth": 5, "eta": 0.08, "subsample": 0.7, "colsample_bytree": 0.6, "min_child_weight": 20, "max_bin": 128}
QUANTILE_ROUNDS, BUSY_ROUNDS = 120, 100
# As many moments of the past as make about this many rows to learn from; more did not help.
ROWS, MOST_ORIGINS, LEAST_ROWS = 150_000, 60, 200


def built_for_cuda() -> bool:
    return bool(xgboost.build_info().get("USE_CUDA"))


def _threads() -> int:
    """One: workers are processes, one a core; more threads than that only wait for one another."""
    return 1


def _learn(
    features: Floats, target: Floats, weights: Floats, objective: dict[str, Any], rounds: int, device: str, seed: int
) -> Any:
    matrix = xgboost.QuantileDMatrix(features, target, weight=weights, nthread=_threads(), max_bin=TREES["max_bin"])
    options = {**TREES, **objective, "device": device, "nthread": _threads(), "seed": seed, "tree_method": "hist"}
    return xgboost.train(options, matrix, rounds)


def _training(history: Floats, task: Task, seed: int) -> tuple[Floats, Floats, Floats, Floats]:
    origins = int(np.clip(ROWS // max(len(history) * task.horizon, 1), 2, MOST_ORIGINS))
    features, target, scales, when = training_windows(history, task, origins=origins, seed=seed)
    if len(target) < LEAST_ROWS:
        raise Unable("too-little-history", rows=len(target), least=LEAST_ROWS)
    return features, target, scales, when


@dataclass(frozen=True)
class Boosted:
    """Trees of the quantiles, in XGBoost's own format."""

    task: Task
    trees: bytes
    device: str
    engine: str = "xgboost"

    @cached_property
    def _booster(self) -> Any:
        return _booster(self.trees)

    def predict(self, history: Floats) -> Forecast:
        made = rows(history, self.task)
        quantiles = made.to_points(self._booster.inplace_predict(made.features), self.task.horizon)
        return tidy(mean_of(quantiles), quantiles, self.task)

    def dump(self) -> bytes:
        return stored.written(self.engine, self.task, device=self.device, trees=base64.b64encode(self.trees).decode())


def _booster(raw: bytes) -> Any:
    booster = xgboost.Booster({"nthread": _threads(), "device": "cpu"})
    try:
        booster.load_model(bytearray(raw))
    except xgboost.core.XGBoostError as error:
        raise Unable("corrupt-model", engine="xgboost") from error
    return booster


class XGBoost:
    name: ClassVar[str] = "xgboost"

    def fit(self, history: Floats, task: Task, *, device: str = "auto", seed: int = 0) -> Fitted:
        where = devices.effective(device, built_for_cuda=built_for_cuda(), library="xgboost")
        features, target, scales, _ = _training(history, task, seed)
        relative = scales / np.median(scales)
        weights = np.sqrt(np.minimum(relative, np.quantile(relative, 0.99)))
        objective = {"objective": "reg:quantileerror", "quantile_alpha": list(task.quantiles)}
        trees = _learn(features, target, weights, objective, QUANTILE_ROUNDS, where, seed)
        return Boosted(task, bytes(trees.save_raw("ubj")), where)

    def load(self, dumped: bytes) -> Fitted:
        task, parts = stored.read(dumped, self.name, "trees", "device")
        try:
            raw = base64.b64decode(parts["trees"], validate=True)
        except (binascii.Error, TypeError) as error:
            raise Unable("corrupt-model", engine=self.name) from error
        _booster(raw)  # a corrupt file is refused when it is read, not when it is first needed
        return Boosted(task, raw, str(parts["device"]))


@dataclass(frozen=True)
class Busy:
    """How likely each step is busier than a threshold: the classification beside the forecasts of load."""

    task: Task
    threshold: float
    booster: Any
    device: str

    def predict(self, history: Floats) -> Floats:
        """Probabilities, (series, steps)."""
        made = rows(history, self.task)
        return np.asarray(
            self.booster.inplace_predict(_with_distance(made.features, made.level, made.scale, self)), float
        ).reshape(-1, self.task.horizon)


def _with_distance(features: Floats, level: Floats, scale: Floats, model: Busy) -> Floats:
    distance = np.repeat((model.threshold - level) / scale, model.task.horizon)
    return np.concatenate([features, distance[:, None]], axis=1)


def classify_busy(history: Floats, task: Task, *, threshold: float, device: str = "auto", seed: int = 0) -> Busy:
    """Learn when load exceeds `threshold` points. Raises Unable where it always or never did."""
    where = devices.effective(device, built_for_cuda=built_for_cuda(), library="xgboost")
    features, target, scales, _ = _training(history, task, seed)
    level = features[:, 2] * scales  # features.py: the third column is level over scale
    busy = target * scales + level > threshold
    if busy.all() or not busy.any():
        raise Unable("one-class", threshold=threshold)
    distance = ((threshold - level) / scales)[:, None]
    objective = {"objective": "binary:logistic"}
    booster = _learn(
        np.concatenate([features, distance], axis=1),
        busy.astype(float),
        np.ones(len(busy)),
        objective,
        BUSY_ROUNDS,
        where,
        seed,
    )
    return Busy(task, threshold, booster, where)
