"""Loaded by pytest before Django reads its settings: starts the servers and says where they are."""

import contextlib
import os
import sys
import tempfile
from pathlib import Path

import pytest

from tests.testbed.servers import shared_servers

_running = contextlib.ExitStack()
_worker = os.environ.get("PYTEST_XDIST_WORKER")
os.environ["HANSE_MODE"] = "development"
os.environ["HANSE_ENCRYPTION_KEYS"] = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="
os.environ["HANSE_REDIS_PREFIX"] = f"hanse-test-{_worker or 'alone'}"
os.environ["HANSE_LOG_FORMAT"] = "console"
os.environ["HANSE_LOG_LEVEL"] = "WARNING"

# xdist's controller runs no tests and needs no servers.
if _worker or not any(argument.startswith(("-n", "--numprocesses")) for argument in sys.argv):
    _run = os.environ.get("PYTEST_XDIST_TESTRUNUID", f"alone-{os.getpid()}")
    _servers = _running.enter_context(shared_servers(Path(tempfile.gettempdir()) / f"hanse-tests-{_run}"))
    os.environ["HANSE_DATABASE_URL"] = _servers.postgres_url
    # A database of Redis for each worker: some tests wipe theirs.
    os.environ["HANSE_REDIS_URL"] = _servers.redis_url.removesuffix("0") + str(int((_worker or "gw0")[2:]) % 16)


def pytest_unconfigure(config: pytest.Config) -> None:
    _running.close()
