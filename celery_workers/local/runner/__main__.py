"""Detach, and run the replica of one directory. The starter waits for the exit code: 0 once there is a status."""

import ctypes
import fcntl
import json
import os
import select
import sys
from contextlib import suppress
from pathlib import Path

from celery_workers.local.runner.files import Spec
from celery_workers.local.runner.replica import Replica
from celery_workers.local.runner.secrets import Secrets

_PR_SET_CHILD_SUBREAPER = 36


def main(directory: Path) -> None:
    """Become a process of its own, then run what `directory` says, unless another runner does or did."""
    # Before anything else: whoever starts the runner waits for nothing but that it stands.
    secrets = Secrets.read(sys.stdin.buffer.read())
    ready = _detach()
    lock = os.open(directory / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        _say_ready(ready)
        return
    if (directory / "status.json").exists():
        _say_ready(ready)
        return
    ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    replica = Replica(directory, Spec(**json.loads((directory / "spec.json").read_text())), secrets)
    _say_ready(ready)
    replica.run()


def _detach() -> int:
    """Leave the session and the process tree. Returns where to write that all is well; the starter waits for it."""
    heard, ready = os.pipe()
    if os.fork():
        os.close(ready)
        os._exit(0 if os.read(heard, 1) else 1)
    os.close(heard)
    os.setsid()
    between = os.getpid()
    if os.fork():
        os._exit(0)
    _wait_for_end_of(between)
    os.umask(0o077)
    os.chdir("/")
    return ready


def _say_ready(ready: int) -> None:
    """The starter may be gone by now, killed with the worker that it belongs to: that is nothing to fail for."""
    with suppress(BrokenPipeError):
        os.write(ready, b"1")
    os.close(ready)


def _wait_for_end_of(parent: int) -> None:
    """Until then this process is below the starter, and whoever ends the starter with all below it would end it too."""
    with suppress(ProcessLookupError):
        ended = os.pidfd_open(parent)
        select.select([ended], [], [])
        os.close(ended)


main(Path(sys.argv[1]))
