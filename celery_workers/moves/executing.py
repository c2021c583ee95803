"""The simulator that carries plans out: what a move really takes, drawn from the band that was foretold.

The same move always takes the same, however often it is asked: a task that runs twice changes nothing.
"""

from datetime import datetime

import numpy as np

from apps.moves import services
from apps.moves.models import PlannedMove
from celery_workers.prediction.windows import DEVIATIONS

# How far, as a logarithm, times to stand still lie from what was foretold: nobody measured it.
STILL_SPREAD = 0.4


def carry_on(*, now: datetime) -> None:
    """Move on the plans that are being carried out."""
    services.carry_on(now=now, draw=draw)


def draw(move: PlannedMove) -> tuple[float, float]:
    """How long it takes, and how long its machine stands still."""
    random = np.random.default_rng(move.pk.int % 2**64)
    spread = np.log(max(move.high, move.seconds) / move.seconds) / DEVIATIONS
    seconds = float(move.seconds * np.exp(spread * random.normal()))
    still = float(move.downtime_seconds * np.exp(STILL_SPREAD * random.normal()))
    return round(seconds, 2), round(min(still, seconds), 3)
