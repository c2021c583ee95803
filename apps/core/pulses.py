"""When each loop of `watch` and each sweep last came round: written by them, read by /metrics and the health checks.

In Redis, for they are of the moment only.
"""

import time
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from typing import Any

import redis
from django.conf import settings

# What has not come round for so long is of a release that is gone.
FORGOTTEN_SECONDS = 24 * 3600.0


@dataclass(frozen=True)
class SweepPulse:
    age_seconds: float
    interval_seconds: float

    @property
    def late(self) -> bool:
        return self.age_seconds > 3 * self.interval_seconds


def report(ages_seconds: Mapping[str, float]) -> None:
    """Note how long ago each loop came round. Raises redis.RedisError."""
    now = time.time()
    _write("loops", {loop: f"{now - age} 0" for loop, age in ages_seconds.items()})


def report_sweep(task: str, *, interval_seconds: float) -> None:
    """Note that a sweep was just carried out. Raises redis.RedisError."""
    _write("sweeps", {task: f"{time.time()} {interval_seconds}"})


def ages_seconds() -> dict[str, float]:
    """How long ago each loop came round. Raises redis.RedisError."""
    return {loop: age for loop, (age, _) in _read("loops").items()}


def sweeps() -> dict[str, SweepPulse]:
    """Every sweep that was carried out within a day. Raises redis.RedisError."""
    return {task: SweepPulse(age, interval) for task, (age, interval) in _read("sweeps").items()}


def forget() -> None:
    with closing(_store()) as store:
        store.delete(_key("loops"), _key("sweeps"))


def _write(what: str, beats: Mapping[Any, Any]) -> None:
    if beats:
        with closing(_store()) as store:
            store.hset(_key(what), mapping=dict(beats))


def _read(what: str) -> dict[str, tuple[float, float]]:
    now = time.time()
    with closing(_store()) as store:
        written: dict[bytes, bytes] = store.hgetall(_key(what))  # type: ignore[assignment]  # typed for both clients
    found = {}
    for name, beat in written.items():
        at, interval = map(float, beat.split())
        if now - at <= FORGOTTEN_SECONDS:
            found[name.decode()] = (max(0.0, now - at), interval)
    return found


def _store() -> redis.Redis:
    return redis.from_url(settings.REDIS_URL, socket_timeout=1, socket_connect_timeout=1)


def _key(what: str) -> str:
    return f"{settings.REDIS_PREFIX}:pulses:{what}"
