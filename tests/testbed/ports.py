"""Ports for the servers of tests that run side by side."""

import os

from embedded.ports import next_free

PORTS_OF_A_WORKER = 40


def own_port(first: int) -> int:
    """A free port from `first` on, in a range that no other worker of this run looks at: two never choose the same."""
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    return next_free(first + worker * PORTS_OF_A_WORKER)
