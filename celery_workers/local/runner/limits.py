"""As whom, and within which limits, the processes of a replica run: its command, and shells in it."""

import contextlib
import ctypes
import os
import pwd
import resource
import signal
from pathlib import Path

from celery_workers.local.runner.files import Spec

_PR_SET_PDEATHSIG, _PR_SET_NO_NEW_PRIVS = 1, 38
_libc = ctypes.CDLL(None, use_errno=True)


def account_of(spec: Spec) -> pwd.struct_passwd | None:
    """Whom a replica of root's runs as; None when that is nobody, or root."""
    try:
        account = pwd.getpwnam(spec.user)
    except KeyError:
        return None
    return account if account.pw_uid else None


def limit(spec: Spec) -> None:
    """Run in the child, already as its user, before the command."""
    _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    _libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
    size = spec.file_limit_bytes if hard == resource.RLIM_INFINITY else min(hard, spec.file_limit_bytes)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
    os.nice(spec.niceness)
    if spec.cpus:
        os.sched_setaffinity(0, spec.cpus)
    # When the machine itself runs out of memory, the kernel should choose a replica, not the portal.
    with contextlib.suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("500")
