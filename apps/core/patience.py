"""How long a process waits for the database.

PostgreSQL ends a statement that takes too long, and TCP notices a machine that is gone; neither notices a server that is
stopped, or a proxy that lost it: the connection is open, and nothing comes. The driver would wait for ever. Here it waits
as long as the process has patience, over all that a request asks, however slowly an answer trickles in.
"""

import select
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from psycopg2 import OperationalError
from psycopg2.extensions import POLL_OK, POLL_READ, POLL_WRITE, STATUS_SETUP, connection, set_wait_callback

CONNECT_SECONDS = 3.0
# Longer than the server lets any statement take.
OF_WORKERS_SECONDS = 20.0
# Once it was silent for longer than anybody had patience, others wait no longer than this, until it answers or that is
# forgotten: requests that queue behind those that wait are answered in time, too.
WARNED_SECONDS, FORGOTTEN_SECONDS = 0.5, 5.0
_EVENTS = {POLL_READ: select.POLLIN, POLL_WRITE: select.POLLOUT}


class _Patience(threading.local):
    # Of this process, for one question.
    most_seconds = 0.0
    # What is left of the block that runs, for all of its questions.
    left_seconds: float | None = None


_patience = _Patience()


class _Warned:
    until = 0.0


def install(*, most_seconds: float) -> None:
    """Let no question of this process wait for the database longer than that. Raises psycopg2.OperationalError then.

    For processes that serve; commands that migrate or dump take as long as they take. The driver's COPY does not work
    with it.
    """
    _Patience.most_seconds = most_seconds
    set_wait_callback(_wait)


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Wait no longer than so for everything that this thread asks the database in the block; nothing else counts."""
    before = _patience.left_seconds
    _patience.left_seconds = seconds if before is None else min(seconds, before)
    try:
        yield
    finally:
        _patience.left_seconds = before


def _wait(postgres: connection) -> None:
    """What psycopg2 calls to wait; when it raises, the connection is closed."""
    began = time.monotonic()
    most = CONNECT_SECONDS if postgres.status == STATUS_SETUP else _patience.most_seconds
    if _patience.left_seconds is not None:
        most = min(most, _patience.left_seconds)
    if began < _Warned.until:
        most = min(most, WARNED_SECONDS)
    poller = select.poll()
    try:
        while (state := postgres.poll()) != POLL_OK:
            rest = began + most - time.monotonic()
            poller.register(postgres.fileno(), _EVENTS[state])
            if rest <= 0 or not poller.poll(rest * 1000):
                _Warned.until = time.monotonic() + FORGOTTEN_SECONDS
                raise OperationalError(f"the database did not answer within {most:.1f} s")
        _Warned.until = 0.0
    finally:
        if _patience.left_seconds is not None:
            _patience.left_seconds = max(0.0, _patience.left_seconds - (time.monotonic() - began))
