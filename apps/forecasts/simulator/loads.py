"""Loads of made-up machines, by steps of 5 minutes.

They have what was measured on real ones: most are idle or without a rhythm, one in five repeats itself by day, a tenth of
the processors is used on average, and there are bursts, changes that stay, and minutes that never came. Each day has a
random source of its own, so a load does not depend on which days are asked for.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from apps.forecasts.packing import STEPS, STEPS_AN_HOUR

Floats = npt.NDArray[np.float64]
# How many of a hundred are of which character.
CHARACTERS = {"idle": 30, "steady": 41, "daily": 16, "nightly": 5, "restless": 8}
SATURDAY = 5
# What came before is forgotten over so many steps.
MEMORY_STEPS = 6 * STEPS_AN_HOUR
# One VM in so many was made within the days that are shown, the youngest of them too young to be forecast.
YOUNG_ONE_IN = 25


@dataclass(frozen=True)
class Character:
    """What a machine is like. level: points; swing: the share of it that follows the day; phase: hour of its peak."""

    kind: str
    level: float
    swing: float
    phase: float
    noise: float
    bursts_a_day: float
    regime_days: int

    @classmethod
    def of(cls, seed: int, number: int) -> "Character":
        random = np.random.default_rng([seed, number, 1])
        kind = str(random.choice(list(CHARACTERS), p=np.array(list(CHARACTERS.values())) / 100))
        median = {"idle": 2.2, "steady": 8.5, "daily": 16.0, "nightly": 4.0, "restless": 16.0}[kind]
        return cls(
            kind,
            level=min(float(median * random.lognormal(0.0, 0.7)), 60.0),
            swing=float(random.uniform(0.4, 0.8)) if kind == "daily" else float(random.uniform(0.01, 0.07)),
            phase=float(random.normal(14.0, 2.0)) if kind != "nightly" else float(random.uniform(0.0, 5.0)),
            noise={"idle": 0.06, "steady": 0.08, "daily": 0.16, "nightly": 0.1, "restless": 0.25}[kind],
            bursts_a_day=float(random.exponential(0.35)),
            regime_days=int(random.integers(2, 6)),
        )


def load_of(seed: int, number: int, days: range) -> tuple[Floats, Floats]:
    """Mean and highest load of the machine in each step of `days` (ordinals), in points; NaN where nothing came."""
    character = Character.of(seed, number)
    noise = _noise(seed, number, days)
    hours = np.arange(STEPS) / STEPS_AN_HOUR
    rhythm = 1 + character.swing * np.cos((hours - character.phase) / 24 * 2 * np.pi)
    mean = np.concatenate([rhythm * _level(character, seed, number, day) for day in days])
    mean = mean * np.exp(character.noise * noise)
    for at, day in enumerate(days):
        for start, steps, height in _bursts(character, seed, number, day):
            mean[at * STEPS + start : min(at * STEPS + start + steps, (at + 1) * STEPS)] += height
    mean = np.clip(mean, 0.2, 99.0)
    highest = np.clip(mean * (1.15 + 0.3 * np.abs(noise)), mean, 100.0)
    for at, day in enumerate(days):
        for start, steps in _gaps(seed, number, day):
            mean[at * STEPS + start : at * STEPS + start + steps] = np.nan
    return mean, highest


def born(seed: int, number: int, days: range) -> int:
    """How many steps of `days` were over when the machine was made; mostly none."""
    random = np.random.default_rng([seed, number, 2])
    if random.integers(YOUNG_ONE_IN):
        return 0
    return int(random.uniform(0.2, 1.0) * len(days) * STEPS)


def _source(seed: int, number: int, day: int, purpose: int) -> np.random.Generator:
    return np.random.default_rng([seed, number, day, purpose])


def _noise(seed: int, number: int, days: range) -> Floats:
    """What wanders, forgetting slowly, and beside it what is new in each step; of variance one together."""
    white = np.concatenate(
        [_source(seed, number, day, 3).normal(size=2 * STEPS) for day in range(days.start - 1, days.stop)]
    ).reshape(-1, 2, STEPS)
    kernel = np.exp(-np.arange(STEPS) / MEMORY_STEPS)
    kernel /= np.sqrt((kernel**2).sum())
    wandering = np.convolve(white[:, 0].ravel(), kernel)[STEPS : STEPS * (len(days) + 1)]
    fresh = white[1:, 1].ravel()
    both: Floats = (wandering + 0.5 * fresh) / np.sqrt(1.25)
    return both


def _level(character: Character, seed: int, number: int, day: int) -> float:
    """What it works on a day: less at weekends where people use it, and of the restless other after each change."""
    level = character.level
    if character.kind == "daily" and date.fromordinal(day).weekday() >= SATURDAY:
        level *= 1 - 0.6 * character.swing
    spread = 0.55 if character.kind == "restless" else 0.08
    regime = _source(seed, number, day // character.regime_days, 4)
    return level * float(regime.lognormal(0.0, spread))


def _bursts(character: Character, seed: int, number: int, day: int) -> Iterator[tuple[int, int, float]]:
    """First step, steps and height of what comes on top."""
    random = _source(seed, number, day, 5)
    for _ in range(random.poisson(character.bursts_a_day)):
        yield int(random.integers(STEPS)), int(random.geometric(0.15)), float(random.uniform(5, 45))
    if character.kind == "nightly" and random.uniform() < 0.9:
        start = int(character.phase * STEPS_AN_HOUR + random.normal(0, 2)) % STEPS
        yield start, int(random.uniform(6, 30)), float(random.uniform(25, 50))


def _gaps(seed: int, number: int, day: int) -> Iterator[tuple[int, int]]:
    random = _source(seed, number, day, 6)
    if random.uniform() < 0.02:
        yield int(random.integers(STEPS)), int(random.uniform(1, 4) * STEPS_AN_HOUR)
