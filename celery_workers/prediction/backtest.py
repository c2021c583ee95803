"""Rolling-origin back-tests: forecasts as they would have been made, beside what came.

All engines see the same moments. A model is trained on what was there `gap` steps before the first of them and then follows
its own misses as they become known: a forecast's truth is learned from only at a moment at which all of it had come.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from celery_workers.prediction.algorithms.interface import LEAST_SEASONS, Floats, Forecast, Task, Unable
from celery_workers.prediction.training import Model, train

ORIGINS = 5


@dataclass
class Result:
    """Of each origin: what came and what had been said, and what that cost in CPU seconds."""

    engine: str
    device: str = "cpu"
    pairs: list[tuple[Floats, Forecast]] = field(default_factory=list)
    train_seconds: float = 0.0
    predict_seconds: float = 0.0
    forecasts: int = 0


def origins(length: int, task: Task, *, count: int = ORIGINS) -> list[int]:
    """Moments at different hours of the last days, oldest first, each with a whole horizon of truth behind it.

    Fewer where the history is short. Raises Unable where not even one leaves anything to learn from.
    """
    apart = task.horizon + max(task.season * 5 // 24, 1)
    last = length - task.horizon
    found = [last - apart * back for back in reversed(range(count))]
    enough = [origin for origin in found if origin - task.horizon >= 2 * LEAST_SEASONS * task.season]
    if not enough:
        raise Unable("too-little-history", rows=length, least=2 * LEAST_SEASONS * task.season + 2 * task.horizon)
    return enough


def backtest(name: str, history: Floats, task: Task, *, at: Sequence[int], device: str = "auto", seed: int = 0) -> Result:
    """Try the engine `name` at the origins `at`. Raises Unable as training does."""
    began = time.process_time()
    model: Model = train(name, history[:, : at[0] - task.horizon], task, device=device, seed=seed)
    result = Result(name, model.device, train_seconds=time.process_time() - began)
    pending: list[int] = []
    for origin in at:
        for known in [past for past in pending if past + task.horizon <= origin]:
            pending.remove(known)
            if model.conformal.misses:
                model.learn(history[:, :known], history[:, known : known + task.horizon])
        began = time.process_time()
        forecast = model.predict(history[:, :origin])
        result.predict_seconds += time.process_time() - began
        result.forecasts += len(history)
        result.pairs.append((history[:, origin : origin + task.horizon], forecast))
        pending.append(origin)
    return result
