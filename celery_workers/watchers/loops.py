"""Long-running loops: one leader each, wherever it runs; outages survived, everything else fatal.

A loop runs while its process holds a PostgreSQL advisory lock, on a connection that serves nothing else: when that
drops, somebody else may hold the lock, so the loop is stopped before it is tried again. A loop that fails for another
reason than an outage ends the process; the supervisor starts a new one, and the failure is in the log.
"""

import hashlib
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Protocol

import psycopg2
import structlog
from django.db import InterfaceError, OperationalError, connection
from redis.exceptions import RedisError

from apps.core import pulses
from celery_workers.kubernetes.watch import pulses_of_all

LOCK_SECONDS = 1.0
STOP_SECONDS = 15.0
LONGEST_PAUSE_SECONDS = 10.0
# A loop that has not come round for so long hangs in a call that should have had a time limit.
HANGS_SECONDS = 180.0
PULSE_SECONDS = 2.0
# A database, Redis, a disk or object store that does not do its work for a while.
OUTAGES = (OperationalError, InterfaceError, RedisError, OSError)
_log = structlog.get_logger(__name__)


class Loop(Protocol):
    def run(self, stop: threading.Event) -> None:
        """Work until `stop` is set. Asks `stop` at least every few seconds: that is its pulse."""


class Pulse(threading.Event):
    """An event that remembers when it was last asked for."""

    def __init__(self) -> None:
        super().__init__()
        self._asked_at = time.monotonic()

    @property
    def age_seconds(self) -> float:
        return time.monotonic() - self._asked_at

    def is_set(self) -> bool:
        self._asked_at = time.monotonic()
        return super().is_set()

    def wait(self, timeout: float | None = None) -> bool:
        self._asked_at = time.monotonic()
        answer = super().wait(timeout)
        self._asked_at = time.monotonic()
        return answer


class Periodic:
    """A loop of one step, `every_seconds`; after an outage it waits longer each time."""

    def __init__(self, step: Callable[[threading.Event], None], *, every_seconds: float) -> None:
        self._step, self._every_seconds = step, every_seconds

    def run(self, stop: threading.Event) -> None:
        pause = 0.0
        while not stop.wait(pause):
            try:
                self._step(stop)
                pause = self._every_seconds
            except OUTAGES as outage:
                pause = min(max(pause, 0.25) * 2, LONGEST_PAUSE_SECONDS)
                _log.warning("loop-interrupted", error=str(outage).strip(), again_in_seconds=pause)
                connection.close()
        connection.close()


@contextmanager
def leadership(name: str, stopping: threading.Event) -> Iterator[Callable[[], None] | None]:
    """Hold the lock `name` while the block runs. Yields a check that raises when the lock may be lost; None when stopping.

    Raises psycopg2.OperationalError when the database does not answer.
    """
    postgres = psycopg2.connect(**connection.get_connection_params())
    try:
        postgres.autocommit = True
        cursor = postgres.cursor()
        key = int.from_bytes(hashlib.sha256(f"hanse/{name}".encode()).digest()[:8], signed=True)

        def take() -> bool:
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [key])
            row = cursor.fetchone()
            return bool(row and row[0])

        while not (taken := take()):
            if stopping.wait(LOCK_SECONDS):
                break
        yield (lambda: cursor.execute("SELECT 1")) if taken else None
    finally:
        postgres.close()


class Watch:
    """All loops of this process."""

    def __init__(self, loops: Mapping[str, Callable[[], Loop]]) -> None:
        self._loops = loops
        self._pulses: dict[str, Pulse] = {}
        self.stopping = threading.Event()
        self.failed = threading.Event()

    def run(self) -> bool:
        """Run until told to stop (`stopping`) or until a loop fails; True when all went well."""
        guards = [
            threading.Thread(target=self._guard, args=(name, make), name=f"guard-{name}", daemon=True)
            for name, make in self._loops.items()
        ]
        for guard in guards:
            guard.start()
        while not self.stopping.wait(PULSE_SECONDS):
            self._report_pulses()
        deadline = time.monotonic() + STOP_SECONDS
        for guard in guards:
            guard.join(max(0.1, deadline - time.monotonic()))
        return not self.failed.is_set() and not any(guard.is_alive() for guard in guards)

    def _guard(self, name: str, make: Callable[[], Loop]) -> None:
        """Lead the loop whenever nobody else does."""
        pause = 0.0
        while not self.stopping.wait(pause):
            pause = LOCK_SECONDS
            try:
                with leadership(name, self.stopping) as check:
                    if check is not None:
                        self._lead(name, make(), check)
            except (psycopg2.OperationalError, psycopg2.InterfaceError) as outage:
                _log.warning("leadership-lost", loop=name, error=str(outage).strip())

    def _lead(self, name: str, loop: Loop, check: Callable[[], None]) -> None:
        pulse = self._pulses[name] = Pulse()
        thread = threading.Thread(target=self._work, args=(name, loop, pulse), name=name, daemon=True)
        thread.start()
        try:
            while thread.is_alive() and not self.stopping.wait(LOCK_SECONDS):
                check()
                if pulse.age_seconds > HANGS_SECONDS:
                    self._fail("loop-hangs", loop=name, seconds=round(pulse.age_seconds))
        finally:
            pulse.set()
            thread.join(STOP_SECONDS)
            self._pulses.pop(name, None)
            if thread.is_alive():
                self._fail("loop-does-not-stop", loop=name)

    def _work(self, name: str, loop: Loop, pulse: Pulse) -> None:
        try:
            loop.run(pulse)
        except Exception:  # noqa: BLE001 - the edge: logged once, and the process ends
            _log.exception("loop-failed", loop=name)
            self._fail("watch-ends", loop=name)
        else:
            if not pulse.is_set():
                self._fail("loop-ended", loop=name)
        finally:
            connection.close()

    def _fail(self, event: str, **facts: Any) -> None:
        _log.error(event, **facts)
        self.failed.set()
        self.stopping.set()

    def _report_pulses(self) -> None:
        """Without Redis, /metrics shows that the ages grow old, or nothing."""
        try:
            pulses.report({name: pulse.age_seconds for name, pulse in list(self._pulses.items())})
            pulses.report_watches(pulses_of_all())
        except RedisError as outage:
            _log.warning("pulses-not-reported", error=str(outage))
