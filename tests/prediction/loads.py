"""Loads of machines, made up: days with a rhythm, steps, noise and gaps. Not what accuracy is measured on."""

import numpy as np

from celery_workers.prediction.algorithms.interface import Floats


def loads(*, series: int = 40, days: int = 20, seed: int = 0, season: int = 24) -> Floats:
    random = np.random.default_rng(seed)
    hours = np.arange(days * season)
    rows = []
    for _ in range(series):
        level, swing, phase = random.uniform(2, 60), random.uniform(0, 1), random.uniform(0, season)
        day = 1 + 0.5 * swing * np.sin((hours + phase) / season * 2 * np.pi)
        noise = np.convolve(random.normal(0, 0.15, len(hours) + 4), np.ones(5) / 5, mode="valid")
        rows.append(np.clip(level * (day + noise), 0, 100))
    return np.array(rows)
