"""What a replica and everything that it started use."""

import resource
import time
from dataclasses import dataclass
from pathlib import Path

import psutil


@dataclass(frozen=True)
class Sample:
    cpu_millicores: float
    memory_bytes: int


class Meter:
    """Measures all descendants of this process. The CPU time of those that ended is kept by who waited for them."""

    def __init__(self) -> None:
        self._self = psutil.Process()
        self._cpu_seconds, self._at = self._ended_cpu_seconds(), time.monotonic()

    def tree(self) -> list[psutil.Process]:
        return [process for process in self._self.children(recursive=True) if _runs(process)]

    def memory_bytes(self, *, limit: int) -> int:
        """Resident memory. Pages shared among processes count once, where that matters: near the limit."""
        processes = self.tree()
        resident = sum(_resident(process) for process in processes)
        return resident if resident <= limit else sum(_proportional(process) for process in processes)

    def sample(self, *, limit: int) -> Sample:
        """Use since the last sample."""
        cpu_seconds, at = self._ended_cpu_seconds() + sum(map(_cpu_seconds, self.tree())), time.monotonic()
        used = max(0.0, cpu_seconds - self._cpu_seconds) / max(at - self._at, 0.001)
        self._cpu_seconds, self._at = cpu_seconds, at
        return Sample(round(used * 1000, 1), self.memory_bytes(limit=limit))

    @staticmethod
    def _ended_cpu_seconds() -> float:
        ended = resource.getrusage(resource.RUSAGE_CHILDREN)
        return ended.ru_utime + ended.ru_stime


def _runs(process: psutil.Process) -> bool:
    try:
        return process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def _cpu_seconds(process: psutil.Process) -> float:
    try:
        times = process.cpu_times()
    except psutil.NoSuchProcess:
        return 0.0
    return float(times.user + times.system + times.children_user + times.children_system)


def _resident(process: psutil.Process) -> int:
    try:
        return int(process.memory_info().rss)
    except psutil.NoSuchProcess:
        return 0


def _proportional(process: psutil.Process) -> int:
    """Like resident memory, but a page that n processes share counts 1/n each."""
    try:
        for line in Path(f"/proc/{process.pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    except OSError:
        pass
    return _resident(process)
