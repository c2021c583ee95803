"""How long a live migration takes and how long its machine stands still: physics first, then what is learned of the rest.

Pre-copy sends the memory while the machine runs, then again what was written meanwhile, and so on; it stops the machine for
the last round. Four rates describe a place; they are fitted to moves that were seen, and what they leave over is learned as
the median ratio of each kind of move, drawn to nothing where few were seen: a size that nobody moved stays with the physics.
The time a machine stands still is simulated by the same recursion: no record of it exists until an operator brings some.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

import numpy as np

from celery_workers.prediction.algorithms.interface import Floats, Unable

# The first and the last round of a pre-copy, and what is sent with a machine that has stopped.
MOST_ROUNDS, SWITCH_SECONDS, ALLOWED_DOWNTIME_SECONDS = 30, 0.08, 0.5
LEAST_MOVES, WANTED = 20, 0.8
IMAGINED = 20.0


@dataclass(frozen=True, kw_only=True)
class Move:
    """One migration. dirty: GiB written a second while it runs; concurrent: moves that share the link."""

    memory_gib: float
    disk_gib: float = 0.0
    local_disk: bool = False
    tunnelled: bool = False
    dirty_gib_per_second: float = 0.0
    concurrent: int = 1
    # The link against the one that the rates were fitted on.
    link: float = 1.0


@dataclass(frozen=True)
class Rates:
    """Of a place: seconds before and after all copying, and seconds a GiB of memory, of tunnelled memory, of local disk."""

    orchestration: float = 6.7
    memory: float = 2.32
    tunnel: float = 2.96
    disk: float = 1.22


@dataclass(frozen=True)
class Estimate:
    """seconds: of the whole move, with its 80 % band. parts: what it consists of. converges: pre-copy ends by itself."""

    seconds: float
    low: float
    high: float
    parts: dict[str, float]
    downtime_seconds: float
    converges: bool

    @property
    def dominant(self) -> str:
        return max(self.parts, key=lambda part: self.parts[part])

    @property
    def halved_by(self) -> float | None:
        """How many times faster the dominant part must become to halve the whole; None where that is not enough."""
        part, rest = self.parts[self.dominant], sum(self.parts.values()) - self.parts[self.dominant]
        left = sum(self.parts.values()) / 2 - rest
        return round(part / left, 1) if left > 0 else None


def physics(move: Move, rates: Rates) -> tuple[dict[str, float], float, bool]:
    """The parts of the duration in seconds, the time the machine stands still, and whether pre-copy converges."""
    share = max(move.concurrent, 1) / move.link
    per_gib = share * (rates.memory + (rates.tunnel if move.tunnelled and not move.local_disk else 0.0))
    left, again, rounds = move.memory_gib, 0.0, 0
    first = left * per_gib
    while left * per_gib > ALLOWED_DOWNTIME_SECONDS and rounds < MOST_ROUNDS:
        left = min(move.memory_gib, move.dirty_gib_per_second * left * per_gib)
        again += left * per_gib
        rounds += 1
    parts = {
        "orchestration": rates.orchestration,
        "memory": first,
        "rewritten": again,
        "disk": share * rates.disk * move.disk_gib if move.local_disk else 0.0,
    }
    return parts, left * per_gib + SWITCH_SECONDS, move.dirty_gib_per_second * per_gib < 1


def _terms(moves: Sequence[Move]) -> Floats:
    """What the rates multiply, for moves without rewritten memory."""
    shares = np.array([max(move.concurrent, 1) / move.link for move in moves])
    memory = np.array([move.memory_gib for move in moves]) * shares
    tunnel = np.array([move.tunnelled and not move.local_disk for move in moves]) * memory
    disk = np.array([move.disk_gib if move.local_disk else 0.0 for move in moves]) * shares
    return np.stack([np.ones(len(moves)), memory, tunnel, disk], axis=1)


def fit_rates(moves: Sequence[Move], seconds: Floats) -> Rates:
    """The rates of least relative error, robust against moves that went wrong. What never occurred keeps its default."""
    terms = _terms(moves) / seconds[:, None]
    defaults = np.array(list(asdict(Rates()).values()))
    occurs = np.abs(terms).sum(axis=0) > 0
    found = defaults.copy()
    weights = np.ones(len(seconds))
    for _ in range(50):
        root = np.sqrt(weights)
        found[occurs] = np.linalg.lstsq(terms[:, occurs] * root[:, None], root, rcond=None)[0]
        weights = 1 / np.maximum(np.abs(terms @ found - 1), 0.005)
    return Rates(*np.maximum(found, 0.0).tolist())


def _kinds(moves: Sequence[Move]) -> Floats:
    """What the residual may depend on: how disks and memory travel, not how much of them."""
    kinds = np.array([2 * move.local_disk + move.tunnelled for move in moves])
    return np.stack([kinds == kind for kind in range(4)], axis=1).astype(float)


@dataclass(frozen=True)
class MoveModel:
    """Rates of a place, what was learned beside them, and the relative half-width of its 80 % band."""

    rates: Rates
    residual: tuple[float, ...]
    half_width: float
    # The same for sizes beside those that were seen, and these.
    half_width_beyond: float
    sizes: tuple[float, ...]
    moves: int

    def estimate(self, move: Move) -> Estimate:
        parts, downtime, converges = physics(move, self.rates)
        factor = float(np.exp(_kinds([move])[0] @ np.array(self.residual)))
        seconds = sum(parts.values()) * factor
        width = self.half_width if move.memory_gib in self.sizes else self.half_width_beyond
        low, high = seconds * (1 - width), seconds * (1 + width)
        scaled = {part: value * factor for part, value in parts.items()}
        return Estimate(seconds, low, high, scaled, downtime, converges)

    def dump(self) -> bytes:
        return json.dumps(asdict(self), allow_nan=False).encode()

    @classmethod
    def load(cls, dumped: bytes) -> "MoveModel":
        try:
            found = json.loads(dumped)
            residual, sizes = (tuple(float(each) for each in found[name]) for name in ("residual", "sizes"))
            widths = float(found["half_width"]), float(found["half_width_beyond"])
            return cls(Rates(**found["rates"]), residual, *widths, sizes, int(found["moves"]))
        except (ValueError, KeyError, TypeError) as error:
            raise Unable("corrupt-model", engine="moves") from error


# Before anything was measured: rates of 10 Gb/s KVM, and a band as wide as ignorance.
UNFITTED = MoveModel(Rates(), (0.0, 0.0, 0.0, 0.0), 0.5, 0.5, (), 0)


def fit(moves: Sequence[Move], seconds: Floats) -> MoveModel:
    """Learn from moves that were seen. Raises Unable from fewer than 20.

    The half-widths are of moves that were left out, a fifth at a time, and a size at a time: so they hold for what comes.
    """
    if len(moves) < LEAST_MOVES:
        raise Unable("too-few-moves", moves=len(moves), least=LEAST_MOVES)
    sizes = np.array([move.memory_gib for move in moves], dtype=np.float64)
    half_width = _half_width(moves, seconds, (np.arange(len(moves)) % 5).astype(np.float64))
    several = len(np.unique(sizes)) > 1
    beyond = max(half_width, _half_width(moves, seconds, sizes)) if several else UNFITTED.half_width
    rates, residual = _learned(moves, seconds)
    return MoveModel(rates, residual, half_width, beyond, tuple(np.unique(sizes).tolist()), len(moves))


def _half_width(moves: Sequence[Move], seconds: Floats, groups: Floats) -> float:
    """What relative error holds 80 % of moves whose group was not learned from."""
    missed = []
    for group in np.unique(groups):
        rates, residual = _learned(
            [move for move, of in zip(moves, groups, strict=True) if of != group], seconds[groups != group]
        )
        said = np.array([_said(move, rates, residual) for move, of in zip(moves, groups, strict=True) if of == group])
        missed.append(np.abs(seconds[groups == group] - said) / said)
    together = np.concatenate(missed)
    return float(np.quantile(together, min(WANTED * (1 + 1 / len(together)), 1.0)))


def _learned(moves: Sequence[Move], seconds: Floats) -> tuple[Rates, tuple[float, ...]]:
    rates = fit_rates(moves, seconds)
    ratio = np.log(seconds / np.array([sum(physics(move, rates)[0].values()) for move in moves]))
    kinds = _kinds(moves)
    # The median of each kind, drawn to zero by IMAGINED imagined moves that went as the physics says.
    counts = kinds.sum(axis=0)
    residual = [
        float(np.median(ratio[kinds[:, kind] > 0]) * counts[kind] / (counts[kind] + IMAGINED)) if counts[kind] else 0.0
        for kind in range(4)
    ]
    return rates, tuple(residual)


def _said(move: Move, rates: Rates, residual: tuple[float, ...]) -> float:
    return sum(physics(move, rates)[0].values()) * float(np.exp(_kinds([move])[0] @ np.array(residual)))
