"""A small recurrent network for all series, in JAX: reads two days step by step, then says all quantiles at once.

It trains until the newest tenth of its rows gets no better (without that it overfits). An optional engine: JAX is 0.4 GB.
"""

from dataclasses import dataclass
from typing import Any, ClassVar

import jax
import jax.numpy as jnp
import numpy as np
import optax

from celery_workers.prediction.algorithms import devices, stored
from celery_workers.prediction.algorithms.features import level_and_scale, window
from celery_workers.prediction.algorithms.interface import Fitted, Floats, Forecast, Task, Unable, mean_of, tidy

HIDDEN, READ_SEASONS, BATCH, STEPS, CHECK_EVERY, PATIENCE, LEAST_ROWS = 32, 2, 256, 800, 50, 3, 60
Weights = dict[str, Any]


def _inputs(history: Floats, task: Task) -> tuple[Floats, Floats, Floats]:
    """What the network reads (series, steps, 3): the load, the same hour's mean of the week, and whether a sample came."""
    level, scale = level_and_scale(history, task.season)
    week = (window(history, 7 * task.season) - level[:, None]) / scale[:, None]
    days = week.reshape(len(week), 7, task.season)
    count = np.isfinite(days).sum(axis=1)
    profile = np.where(count, np.nansum(days, axis=1) / np.maximum(count, 1), 0.0)
    read = week[:, -READ_SEASONS * task.season :]
    there = np.isfinite(read)
    columns = [np.where(there, read, 0.0), np.tile(profile, READ_SEASONS), there]
    return np.clip(np.stack(columns, axis=2), -20, 20), level, scale


def _initial(outputs: int, seed: int) -> Weights:
    keys = jax.random.split(jax.random.PRNGKey(seed), 3)
    return {
        "in": jax.random.normal(keys[0], (3, 4 * HIDDEN)) * 0.3,
        "state": jax.random.normal(keys[1], (HIDDEN, 4 * HIDDEN)) / HIDDEN**0.5,
        "bias": jnp.zeros(4 * HIDDEN),
        "out": jax.random.normal(keys[2], (HIDDEN, outputs)) * 0.05,
        "out_bias": jnp.zeros(outputs),
    }


def _run(weights: Weights, inputs: Any) -> Any:
    def step(carry: tuple[Any, Any], given: Any) -> tuple[tuple[Any, Any], None]:
        state, cell = carry
        into, forget, change, out = jnp.split(given @ weights["in"] + state @ weights["state"] + weights["bias"], 4, axis=1)
        cell = jax.nn.sigmoid(forget + 1.0) * cell + jax.nn.sigmoid(into) * jnp.tanh(change)
        return (jax.nn.sigmoid(out) * jnp.tanh(cell), cell), None

    nothing = jnp.zeros((inputs.shape[0], HIDDEN))
    (state, _), _ = jax.lax.scan(step, (nothing, nothing), jnp.swapaxes(inputs, 0, 1))
    return state @ weights["out"] + weights["out_bias"]


@jax.jit
def _loss(weights: Weights, inputs: Any, target: Any, there: Any, levels: Any) -> Any:
    missed = target[..., None] - _run(weights, inputs).reshape(*target.shape, -1)[..., : levels.shape[0]]
    return (jnp.maximum(levels * missed, (levels - 1) * missed) * there[..., None]).sum() / there.sum()


@dataclass(frozen=True)
class Network:
    task: Task
    weights: Weights
    device: str
    engine: str = "lstm"

    def predict(self, history: Floats) -> Forecast:
        inputs, level, scale = _inputs(history, self.task)
        # Whole batches, so that each size is not compiled anew.
        padded = np.pad(inputs, ((0, -len(inputs) % BATCH), (0, 0), (0, 0)))
        found = np.concatenate(
            [np.asarray(_compiled(self.weights, padded[at : at + BATCH])) for at in range(0, len(padded), BATCH)]
        )
        shaped = found[: len(inputs)].reshape(len(inputs), self.task.horizon, -1).astype(float)
        quantiles = shaped * scale[:, None, None] + level[:, None, None]
        return tidy(mean_of(quantiles), quantiles, self.task)

    def dump(self) -> bytes:
        weights = {name: np.asarray(each, float).round(7).tolist() for name, each in self.weights.items()}
        return stored.written(self.engine, self.task, weights=weights, device=self.device)


_compiled = jax.jit(_run)


class LSTM:
    name: ClassVar[str] = "lstm"

    def fit(self, history: Floats, task: Task, *, device: str = "auto", seed: int = 0) -> Fitted:
        where = devices.effective(device, built_for_cuda=jax.default_backend() == "gpu", library="jax")
        inputs, target = _training(history, task)
        late = int(len(target) * 0.9)
        levels = jnp.array(task.quantiles)
        there = np.isfinite(target)
        target = np.clip(np.where(there, target, 0.0), -20, 20)
        weights = _initial(task.horizon * len(task.quantiles), seed)
        return Network(task, _descend(weights, inputs, target, there, levels, late, seed), where)

    def load(self, dumped: bytes) -> Fitted:
        task, parts = stored.read(dumped, self.name, "weights", "device")
        outputs = task.horizon * len(task.quantiles)
        expected = jax.tree.map(jnp.shape, _initial(outputs, 0))
        try:
            weights = {name: jnp.asarray(each, jnp.float32) for name, each in parts["weights"].items()}
        except (AttributeError, TypeError, ValueError) as error:
            raise Unable("corrupt-model", engine=self.name) from error
        if jax.tree.map(jnp.shape, weights) != expected:
            raise Unable("corrupt-model", engine=self.name)
        return Network(task, weights, str(parts["device"]))


def _training(history: Floats, task: Task) -> tuple[Floats, Floats]:
    """Rows of all moments a third of a day apart, oldest first."""
    inputs, targets = [], []
    for origin in range(3 * task.season, history.shape[1] - task.horizon + 1, max(task.season // 3, 1)):
        known = np.isfinite(history[:, max(0, origin - 2 * task.season) : origin]).mean(axis=1) > 0.5
        if known.any():
            read, level, scale = _inputs(history[known, :origin], task)
            inputs.append(read)
            targets.append((history[known, origin : origin + task.horizon] - level[:, None]) / scale[:, None])
    if sum(map(len, inputs)) < LEAST_ROWS:
        raise Unable("too-little-history", rows=sum(map(len, inputs)), least=LEAST_ROWS)
    return np.concatenate(inputs), np.concatenate(targets)


def _descend(weights: Weights, inputs: Floats, target: Floats, there: Any, levels: Any, late: int, seed: int) -> Weights:
    optimiser = optax.chain(optax.clip_by_global_norm(1.0), optax.adam(3e-3))
    state = optimiser.init(weights)

    @jax.jit
    def advance(weights: Weights, state: Any, *batch: Any) -> tuple[Weights, Any]:
        change, state = optimiser.update(jax.grad(_loss)(weights, *batch, levels), state)
        return optax.apply_updates(weights, change), state

    random = np.random.default_rng(seed)
    newest = slice(max(late, len(target) - 4096), None)
    best, kept, worse = np.inf, weights, 0
    for step in range(STEPS):
        drawn = random.integers(0, late, BATCH)
        weights, state = advance(weights, state, inputs[drawn], target[drawn], there[drawn])
        if step % CHECK_EVERY == CHECK_EVERY - 1:
            loss = float(_loss(weights, inputs[newest], target[newest], there[newest], levels))
            best, kept, worse = (loss, weights, 0) if loss < best else (best, kept, worse + 1)
            if worse == PATIENCE:
                break
    return kept
