"""What a runner and those who read its files agree on."""

import os
import signal
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path


@dataclass(frozen=True)
class Spec:
    """What to run, and within which limits. The environment is complete but for secrets: nothing is inherited.

    work: where it starts, below the replica's directory.
    """

    command: list[str]
    env: dict[str, str]
    user: str = ""
    cpus: list[int] = field(default_factory=list)
    gpus: list[int] = field(default_factory=list)
    niceness: int = 5
    memory_bytes: int = 2**30
    deadline_at: str | None = None
    grace_seconds: float = 10
    work: str = "work"
    notes: list[str] = field(default_factory=list)
    output_limit_bytes: int = 256 * 2**20
    file_limit_bytes: int = 64 * 2**30


@dataclass(frozen=True)
class Identity:
    """A process, told apart from every other that has had or will have its pid."""

    pid: int
    start_ticks: int
    boot_id: str

    @classmethod
    def of(cls, pid: int) -> "Identity | None":
        """The process that has `pid` now; None when there is none (a zombie is none)."""
        try:
            after_name = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            return None
        if after_name[0] in "ZX":
            return None
        boot_id = Path("/proc/sys/kernel/random/boot_id").read_text().strip()
        return cls(pid, int(after_name[19]), boot_id)

    @property
    def alive(self) -> bool:
        return Identity.of(self.pid) == self

    def send(self, number: signal.Signals) -> bool:
        """Signal this process and no other, even if its pid is given anew meanwhile. False when it is gone."""
        try:
            descriptor = os.pidfd_open(self.pid)
        except ProcessLookupError:
            return False
        try:
            if not self.alive:
                return False
            signal.pidfd_send_signal(descriptor, number)
        except ProcessLookupError:
            return False
        finally:
            os.close(descriptor)
        return True


def now() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds")


def replace_file(path: Path, content: str) -> None:
    """Write `path` so that a reader sees the old content or the new one, never a part."""
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    unfinished.unlink(missing_ok=True)
    # Exclusively: never through a link that somebody laid there.
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(content)
    unfinished.replace(path)
