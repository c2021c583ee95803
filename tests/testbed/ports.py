"""Ports for the servers of tests that run side by side."""

import contextlib
import os
import socket
from collections.abc import Iterator

from embedded.ports import next_free

PORTS_OF_A_WORKER = 40


def own_port(first: int) -> int:
    """A free port from `first` on, in a range that no other worker of this run looks at: two never choose the same."""
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    return next_free(first + worker * PORTS_OF_A_WORKER)


@contextlib.contextmanager
def held_ports(first: int, *, count: int, ranges: int = 40) -> Iterator[int]:
    """The first of `count` ports that nobody else is given meanwhile, not by another run of the tests either.

    Who holds a range listens at the port before it.
    """
    with contextlib.ExitStack() as held:
        for place in range(first, first + ranges * (count + 1), count + 1):
            sign = held.enter_context(socket.socket())
            try:
                sign.bind(("127.0.0.1", place))
                sign.listen()
            except OSError:
                continue
            yield place + 1
            return
    raise RuntimeError(f"all {ranges} ranges of ports from {first} on are held")
