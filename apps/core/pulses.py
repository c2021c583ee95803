"""When each loop of `watch` and each sweep last came round, and how current its watches of clusters are.

Written by them, read by /metrics and the health checks.

In Redis, for they are of the moment only.
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from apps.core import away

# What has not come round for so long is of a release that is gone.
FORGOTTEN_SECONDS = 24 * 3600.0


@dataclass(frozen=True)
class SweepPulse:
    age_seconds: float
    interval_seconds: float

    @property
    def late(self) -> bool:
        return self.age_seconds > 3 * self.interval_seconds


@dataclass(frozen=True)
class WatchPulse:
    """age: since the cluster last said anything. lag: how long the oldest news waits to be written down."""

    age_seconds: float
    lag_seconds: float
    objects: int


def report_watches(watches: Mapping[tuple[str, str], WatchPulse]) -> None:
    """Note how the watches (cluster, kind) are. Raises redis.RedisError."""
    now = time.time()
    _write(
        "watches",
        {
            f"{cluster}/{kind}": f"{now - pulse.age_seconds} {pulse.lag_seconds} {pulse.objects}"
            for (cluster, kind), pulse in watches.items()
        },
    )


def watches() -> dict[tuple[str, str], WatchPulse]:
    """The watches (cluster, kind) of the last day; one that nobody keeps only grows older. Raises redis.RedisError."""
    found = {}
    for name, (age, lag, objects) in _read("watches").items():
        cluster, _, kind = name.partition("/")
        found[cluster, kind] = WatchPulse(age, lag, int(objects))
    return found


def forget_watches(cluster: str) -> None:
    """Of a cluster that is registered no more. Raises redis.RedisError."""
    gone = [f"{cluster}/{kind}" for known, kind in watches() if known == cluster]
    if gone:
        with away.connected() as store:
            store.hdel(_key("watches"), *gone)


def report(ages_seconds: Mapping[str, float]) -> None:
    """Note how long ago each loop came round. Raises redis.RedisError."""
    now = time.time()
    _write("loops", {loop: f"{now - age} 0" for loop, age in ages_seconds.items()})


def report_sweep(task: str, *, interval_seconds: float) -> None:
    """Note that a sweep was just carried out. Raises redis.RedisError."""
    _write("sweeps", {task: f"{time.time()} {interval_seconds}"})


def ages_seconds() -> dict[str, float]:
    """How long ago each loop came round. Raises redis.RedisError."""
    return {loop: age for loop, (age, *_) in _read("loops").items()}


def sweeps() -> dict[str, SweepPulse]:
    """Every sweep that was carried out within a day. Raises redis.RedisError."""
    return {task: SweepPulse(age, interval) for task, (age, interval, *_) in _read("sweeps").items()}


def forget() -> None:
    with away.connected() as store:
        store.delete(_key("loops"), _key("sweeps"), _key("watches"))


def _write(what: str, beats: Mapping[Any, Any]) -> None:
    if beats:
        with away.connected() as store:
            store.hset(_key(what), mapping=dict(beats))


def _read(what: str) -> dict[str, list[float]]:
    """Name -> its age, and what else was noted."""
    now = time.time()
    with away.connected() as store:
        written: dict[bytes, bytes] = store.hgetall(_key(what))  # type: ignore[assignment]  # typed for both clients
    found = {}
    for name, beat in written.items():
        at, *rest = map(float, beat.split())
        if now - at <= FORGOTTEN_SECONDS:
            found[name.decode()] = [max(0.0, now - at), *rest]
    return found


def _key(what: str) -> str:
    return f"{settings.REDIS_PREFIX}:pulses:{what}"
