"""A memory cgroup of one replica, where this machine lets us make one: then the kernel holds the limit, at every moment.

The runner steps into the group, starts the command, which is born in it, and steps out again: so nothing that the command
starts is ever outside, and the runner itself, which must tell of the end, is never what the kernel chooses.
"""

import contextlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PREFIX = "hanse-"


@dataclass(frozen=True)
class MemoryGroup:
    """One group; `unified`: of cgroup v2. `home`: the group to which whoever stepped in belongs."""

    path: Path
    home: Path
    unified: bool

    @classmethod
    def make(cls, name: str, *, limit_bytes: int) -> "MemoryGroup | None":
        """A group that holds no more than `limit_bytes`; None where none can be made."""
        for parent, home, unified in _places():
            group = cls(parent / f"{PREFIX}{name}", home, unified)
            try:
                group.path.mkdir(exist_ok=True)
                limit = group.path / ("memory.max" if unified else "memory.limit_in_bytes")
                limit.write_text(str(limit_bytes))
                if unified:
                    # Of a replica that has lost a process nothing is worth keeping. Older kernels choose by themselves.
                    with contextlib.suppress(OSError):
                        (group.path / "memory.oom.group").write_text("1")
            except OSError:
                group.remove()
                continue
            return group
        return None

    @classmethod
    def find(cls, name: str) -> "MemoryGroup | None":
        """The group of that name that was made; None where there is none."""
        groups = (cls(parent / f"{PREFIX}{name}", home, unified) for parent, home, unified in _places())
        return next((group for group in groups if group.path.is_dir()), None)

    def enter(self) -> None:
        """Belong to the group from now on. Raises OSError."""
        (self.path / "cgroup.procs").write_text(str(os.getpid()))

    @contextlib.contextmanager
    def inside(self) -> Iterator[None]:
        """What is started in the block belongs to the group. Raises OSError, when it cannot be entered."""
        self.enter()
        try:
            yield
        finally:
            (self.home / "cgroup.procs").write_text(str(os.getpid()))

    def killed(self) -> int:
        """How many of its processes the kernel has ended because the limit was reached."""
        counters = self.path / ("memory.events" if self.unified else "memory.oom_control")
        with contextlib.suppress(OSError):
            return sum(int(line.split()[1]) for line in counters.read_text().splitlines() if line.startswith("oom_kill "))
        return 0

    def remove(self) -> None:
        """Once it is empty; one that is not stays."""
        with contextlib.suppress(OSError):
            self.path.rmdir()


def can_be_made() -> bool:
    """Whether replicas that start here now get a group."""
    group = MemoryGroup.make(f"probe-{os.getpid()}", limit_bytes=2**26)
    if group is None:
        return False
    try:
        with group.inside():
            return True
    except OSError:
        return False
    finally:
        group.remove()


def remove_empty() -> None:
    """Take away groups whose runner was killed before it could; one with processes cannot go."""
    for parent, _, _ in _places():
        for path in parent.glob(f"{PREFIX}*"):
            with contextlib.suppress(OSError):
                path.rmdir()


def _places() -> Iterator[tuple[Path, Path, bool]]:
    """(where a group may be made, our own group, v2?), the likeliest first."""
    own = dict(_own_groups())
    for root, mount, controllers in _mounts():
        unified = controllers is None
        inside = own.get("" if unified else "memory")
        if inside is None or not (unified or "memory" in (controllers or ())):
            continue
        home = mount / inside.removeprefix(root.rstrip("/")).lstrip("/")
        if not unified:
            yield home, home, False
            continue
        # A group of v2 with processes of its own has no children with limits, but for the outermost; its parent may.
        for parent in (home, home.parent):
            with contextlib.suppress(OSError):
                if "memory" in (parent / "cgroup.subtree_control").read_text().split():
                    yield parent, home, True


def _own_groups() -> Iterator[tuple[str, str]]:
    """(controller, our path); that of v2 has no name."""
    with contextlib.suppress(OSError):
        for line in Path("/proc/self/cgroup").read_text().splitlines():
            _, controllers, path = line.split(":", 2)
            yield from ((controller, path) for controller in controllers.split(","))


def _mounts() -> Iterator[tuple[str, Path, list[str] | None]]:
    """(root, where it is mounted, its controllers; None of v2)."""
    with contextlib.suppress(OSError):
        for line in Path("/proc/self/mountinfo").read_text().splitlines():
            before, _, after = line.partition(" - ")
            kind, _, options = after.split(" ", 2)
            fields = before.split()
            if kind == "cgroup":
                yield fields[3], Path(fields[4]), options.split(",")
            elif kind == "cgroup2":
                yield fields[3], Path(fields[4]), None
