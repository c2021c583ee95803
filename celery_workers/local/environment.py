"""What every replica on this machine finds: nothing of the portal's own environment, which holds its secrets."""

import sys
from pathlib import Path

from celery_workers.local.replicas import ReplicaDirectory
from portal.settings.environment import REPOSITORY


def of_programs(directory: ReplicaDirectory, *, cpu_millicores: int) -> dict[str, str]:
    """Where programs are found, and how many threads they begin with."""
    threads = str(max(1, cpu_millicores // 1000))
    return {
        "PATH": f"{Path(sys.executable).parent}:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
        "PYTHONPATH": str(REPOSITORY),
        "PYTHONUNBUFFERED": "1",
        "LANG": "C.UTF-8",
        "HOME": str(directory.path / "work"),
        "OMP_NUM_THREADS": threads,
        "OPENBLAS_NUM_THREADS": threads,
    }
