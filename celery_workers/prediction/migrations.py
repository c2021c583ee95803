"""How long a live migration takes and how long its machine stands still: physics first, then what is learned of the rest.

Pre-copy sends the memory while the machine runs, then again what was written meanwhile, and so on; it stops the machine for
the last round. Four rates describe a place; they are fitted to moves that were seen, and what they leave over is learned as
the median ratio of each kind of move, drawn to nothing where few were seen: a size that nobody moved stays with the physics.
The time a machine stands still is simulated by the same recursion, until records say how long machines really stood; then it
is that many times as long, with a band of what was left out.
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
# Rates and what is sent twice follow from each other; after so many turns they agree.
TURNS = 8


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
    """seconds: of the whole move, with its 80 % band. parts: what it consists of. converges: pre-copy ends by itself.

    downtime_seconds has a band where it was learned from records; where it is only simulated, nothing says how wide.
    """

    seconds: float
    low: float
    high: float
    parts: dict[str, float]
    downtime_seconds: float
    downtime_low: float | None
    downtime_high: float | None
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


def _terms(moves: Sequence[Move], rates: Rates) -> Floats:
    """What the rates multiply. How much memory is sent twice depends on them in turn: it is taken from those given."""
    shares = np.array([max(move.concurrent, 1) / move.link for move in moves])
    memory = np.array([move.memory_gib * _sent(move, rates) for move in moves]) * shares
    tunnel = np.array([move.tunnelled and not move.local_disk for move in moves]) * memory
    disk = np.array([move.disk_gib if move.local_disk else 0.0 for move in moves]) * shares
    return np.stack([np.ones(len(moves)), memory, tunnel, disk], axis=1)


def _sent(move: Move, rates: Rates) -> float:
    """How many times its memory a move sends."""
    if not move.dirty_gib_per_second:
        return 1.0
    parts = physics(move, rates)[0]
    return 1.0 + parts["rewritten"] / parts["memory"]


def fit_rates(moves: Sequence[Move], seconds: Floats) -> Rates:
    """The rates of least relative error, robust against moves that went wrong. What never occurred keeps its default."""
    rates = Rates()
    for _ in range(TURNS if any(move.dirty_gib_per_second for move in moves) else 1):
        rates = _rates_of(_terms(moves, rates) / seconds[:, None])
    return rates


def _rates_of(terms: Floats) -> Rates:
    defaults = np.array(list(asdict(Rates()).values()))
    occurs = np.abs(terms).sum(axis=0) > 0
    found = defaults.copy()
    weights = np.ones(len(terms))
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
    """Rates of a place, what was learned beside them, and the relative half-width of its 80 % band.

    error: the mean relative error on moves that were left out. still: how many times as long as simulated machines stood,
    and the half-width of its band as a logarithm; nothing while too few records say how long.
    """

    rates: Rates
    residual: tuple[float, ...]
    half_width: float
    # The same for sizes beside those that were seen, and these.
    half_width_beyond: float
    sizes: tuple[float, ...]
    moves: int
    error: float | None = None
    error_beyond: float | None = None
    downtimes: int = 0
    still: tuple[float, float] | None = None

    def estimate(self, move: Move) -> Estimate:
        parts, downtime, converges = physics(move, self.rates)
        factor = float(np.exp(_kinds([move])[0] @ np.array(self.residual)))
        seconds = sum(parts.values()) * factor
        width = self.half_width if move.memory_gib in self.sizes else self.half_width_beyond
        low, high = seconds * (1 - width), seconds * (1 + width)
        scaled = {part: value * factor for part, value in parts.items()}
        if self.still is None:
            return Estimate(seconds, low, high, scaled, downtime, None, None, converges)
        times, wide = self.still
        stands = downtime * times
        return Estimate(seconds, low, high, scaled, stands, stands * np.exp(-wide), stands * np.exp(wide), converges)

    def dump(self) -> bytes:
        return json.dumps(asdict(self), allow_nan=False).encode()

    @classmethod
    def load(cls, dumped: bytes) -> "MoveModel":
        try:
            found = json.loads(dumped)
            residual, sizes = (tuple(float(each) for each in found[name]) for name in ("residual", "sizes"))
            widths = float(found["half_width"]), float(found["half_width_beyond"])
            learned = {name: found[name] for name in ("error", "error_beyond", "downtimes")}
            still = found["still"] and (float(found["still"][0]), float(found["still"][1]))
            return cls(Rates(**found["rates"]), residual, *widths, sizes, int(found["moves"]), **learned, still=still)
        except (ValueError, KeyError, TypeError) as error:
            raise Unable("corrupt-model", engine="moves") from error


# Before anything was measured: rates of 10 Gb/s KVM, and a band as wide as ignorance.
UNFITTED = MoveModel(Rates(), (0.0, 0.0, 0.0, 0.0), 0.5, 0.5, (), 0)


def fit(moves: Sequence[Move], seconds: Floats, downtimes: Floats | None = None) -> MoveModel:
    """Learn from moves that were seen. downtimes: how long each machine stood still, NaN where nobody knows.

    The half-widths are of moves that were left out, a fifth at a time, and a size at a time: so they hold for what comes.
    Raises Unable from fewer than 20 moves.
    """
    if len(moves) < LEAST_MOVES:
        raise Unable("too-few-moves", moves=len(moves), least=LEAST_MOVES)
    sizes = np.array([move.memory_gib for move in moves], dtype=np.float64)
    missed = _missed(moves, seconds, (np.arange(len(moves)) % 5).astype(np.float64))
    half_width, beyond, error_beyond = _holding(missed), UNFITTED.half_width, None
    if len(np.unique(sizes)) > 1:
        missed_beyond = _missed(moves, seconds, sizes)
        beyond, error_beyond = max(half_width, _holding(missed_beyond)), float(missed_beyond.mean())
    rates, residual = _learned(moves, seconds)
    known = np.zeros(0) if downtimes is None else np.flatnonzero(np.isfinite(downtimes) & (downtimes > 0))
    still = None
    if downtimes is not None and len(known) >= LEAST_MOVES:
        still = _still([physics(moves[int(at)], rates)[1] for at in known], downtimes[known])
    return MoveModel(
        rates,
        residual,
        half_width,
        beyond,
        tuple(np.unique(sizes).tolist()),
        len(moves),
        error=float(missed.mean()),
        error_beyond=error_beyond,
        downtimes=len(known),
        still=still,
    )


def _holding(missed: Floats) -> float:
    """What error holds as many as are wanted, and one more for the next to come."""
    return float(np.quantile(missed, min(WANTED * (1 + 1 / len(missed)), 1.0)))


def _missed(moves: Sequence[Move], seconds: Floats, groups: Floats) -> Floats:
    """The relative errors of moves whose group was not learned from."""
    missed = []
    for group in np.unique(groups):
        rates, residual = _learned(
            [move for move, of in zip(moves, groups, strict=True) if of != group], seconds[groups != group]
        )
        said = np.array([_said(move, rates, residual) for move, of in zip(moves, groups, strict=True) if of == group])
        missed.append(np.abs(seconds[groups == group] - said) / said)
    return np.concatenate(missed)


def _still(simulated: Sequence[float], stood: Floats) -> tuple[float, float]:
    """How many times as long as simulated, and how far, as a logarithm, those that were left out are from that."""
    ratio = np.log(stood / np.array(simulated))
    fifth = np.arange(len(ratio)) % 5
    missed = np.concatenate([np.abs(ratio[fifth == part] - np.median(ratio[fifth != part])) for part in range(5)])
    return float(np.exp(np.median(ratio))), _holding(missed)


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
