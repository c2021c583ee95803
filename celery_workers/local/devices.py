"""What this machine has: processors, memory, GPUs; and which of them a replica gets."""

import math
import os
import re
import shutil
import socket
import subprocess
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from threading import Lock

import psutil

_SMI_SECONDS = 10
_ASK_AGAIN_SECONDS = 60
# Kept free for the portal and the system: a tenth of memory, one GiB at least, never more than half.
_RESERVED_SHARE, _RESERVED_BYTES = 0.1, 2**30


@dataclass(frozen=True)
class Gpu:
    index: int
    model: str
    memory_bytes: int

    @property
    def flavor(self) -> str:
        """The name of its class of hardware, such as nvidia-a100-sxm4-80gb."""
        return re.sub(r"[^a-z0-9]+", "-", self.model.lower()).strip("-")[:40].rstrip("-")


def node_name() -> str:
    return socket.gethostname()


def cpu_millicores() -> int:
    return len(os.sched_getaffinity(0)) * 1000


def memory_bytes() -> int:
    """What replicas may ask for in all."""
    total = psutil.virtual_memory().total
    return total - min(max(int(total * _RESERVED_SHARE), _RESERVED_BYTES), total // 2)


def choose_cpus(cpu_millicores: int, *, taken: Sequence[int]) -> list[int]:
    """The least used processors, as many as `cpu_millicores` needs; [] when it needs all that there are."""
    available = sorted(os.sched_getaffinity(0))
    count = max(1, math.ceil(cpu_millicores / 1000))
    if count >= len(available):
        return []
    uses = Counter(taken)
    return sorted(sorted(available, key=lambda cpu: (uses[cpu], cpu))[:count])


def choose_gpus(wanted: Mapping[str, int], *, taken: Sequence[int]) -> list[int]:
    """Indices of GPUs by flavor and number, unused ones first; admission saw to it that there are enough."""
    uses = Counter(taken)
    chosen: list[int] = []
    for flavor, count in wanted.items():
        alike = sorted((uses[gpu.index], gpu.index) for gpu in gpus() if gpu.flavor == flavor)
        chosen += [index for _, index in alike[:count]]
    return sorted(chosen)


class _Asked:
    """What nvidia-smi answered last. It takes up to a second, so it is asked once a minute."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._asked_at = -math.inf
        self._gpus: tuple[Gpu, ...] = ()

    def gpus(self) -> tuple[Gpu, ...]:
        with self._lock:
            if time.monotonic() - self._asked_at > _ASK_AGAIN_SECONDS:
                self._gpus = _ask()
                self._asked_at = time.monotonic()
            return self._gpus


_asked = _Asked()


def gpus() -> tuple[Gpu, ...]:
    return _asked.gpus()


def _ask() -> tuple[Gpu, ...]:
    program = shutil.which("nvidia-smi")
    if program is None:
        return ()
    try:
        answer = subprocess.run(
            [program, "--query-gpu=index,name,memory.total", "--format=csv,noheader,nounits"],
            capture_output=True,
            text=True,
            timeout=_SMI_SECONDS,
            check=True,
        )
    except (subprocess.SubprocessError, OSError):
        return ()
    return read_smi(answer.stdout)


def read_smi(answer: str) -> tuple[Gpu, ...]:
    """GPUs from the lines "index, name, MiB" of nvidia-smi."""
    rows = [[part.strip() for part in line.split(",")] for line in answer.splitlines()]
    whole = [row for row in rows if len(row) == 3 and row[0].isdecimal() and row[2].isdecimal()]
    return tuple(Gpu(int(index), model, int(mebibytes) * 2**20) for index, model, mebibytes in whole)
