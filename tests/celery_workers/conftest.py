"""A machine for replicas: a compute directory of the test's own, and a promise that nothing outlives the test."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from celery_workers.local import replicas


@pytest.fixture(autouse=True)
def machine(tmp_path: Path, settings) -> Iterator[Path]:
    settings.LOCAL_COMPUTE = True
    settings.LOCAL_COMPUTE_USER = "nobody" if os.geteuid() == 0 else ""
    settings.LOCAL_COMPUTE_DIRECTORY = tmp_path / "local"
    if os.geteuid() == 0:
        for parent in (tmp_path, *tmp_path.parents[:-1]):
            parent.chmod(parent.stat().st_mode | 0o111)
    yield settings.LOCAL_COMPUTE_DIRECTORY
    for directory in replicas.opened():
        status = directory.status()
        if status is not None and not status.final:
            directory.stop(grace_seconds=0)
            status.runner.send(signal.SIGTERM)
