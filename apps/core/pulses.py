"""When each loop of `watch` last came round: written by it, read by /metrics. In Redis, for they are of the moment only."""

import time
from collections.abc import Mapping
from contextlib import closing
from typing import Any

import redis
from django.conf import settings


def report(ages_seconds: Mapping[str, float]) -> None:
    """Note how long ago each loop came round. Raises redis.RedisError."""
    now = time.time()
    beats: dict[Any, Any] = {loop: now - age for loop, age in ages_seconds.items()}
    if beats:
        with closing(_store()) as store:
            store.hset(_key(), mapping=beats)


def ages_seconds() -> dict[str, float]:
    """How long ago each loop came round that ever did. Raises redis.RedisError."""
    now = time.time()
    with closing(_store()) as store:
        beats: dict[bytes, bytes] = store.hgetall(_key())  # type: ignore[assignment]  # typed for both clients
    return {loop.decode(): max(0.0, now - float(beat)) for loop, beat in beats.items()}


def forget() -> None:
    with closing(_store()) as store:
        store.delete(_key())


def _store() -> redis.Redis:
    return redis.from_url(settings.REDIS_URL, socket_timeout=1, socket_connect_timeout=1)


def _key() -> str:
    return f"{settings.REDIS_PREFIX}:watch:pulses"
