"""Where everything of one running Hanse lies: below var/, nothing elsewhere (but sockets, when the path is too long)."""

import errno
import hashlib
import os
import shutil
import tempfile
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from embedded.accounts import running_as_root

REPOSITORY = Path(__file__).resolve().parents[1]
# A Unix socket's path holds 108 bytes; supervisord adds a suffix of its own while it binds.
_LONGEST_SOCKET_DIRECTORY = 70
# A new PostgreSQL takes 60 MB, and its log as much again at once.
_LEAST_FREE_BYTES = 300 * 2**20


class NotOurs(Exception):
    """The data directory belongs to another system user."""


@dataclass(frozen=True)
class Layout:
    var: Path

    @classmethod
    def of_environment(cls) -> "Layout":
        return cls(Path(os.environ.get("HANSE_VAR") or REPOSITORY / "var").resolve())

    @property
    def postgres(self) -> Path:
        return self.var / "postgres"

    @property
    def redis(self) -> Path:
        return self.var / "redis"

    @property
    def objects(self) -> Path:
        return self.var / "objects"

    @property
    def seaweedfs(self) -> Path:
        """The store of buckets."""
        return self.var / "seaweedfs"

    @property
    def local(self) -> Path:
        """Working directories of replicas that run on this machine."""
        return self.var / "local"

    @property
    def logs(self) -> Path:
        return self.var / "logs"

    @property
    def secrets(self) -> Path:
        return self.var / "secrets"

    @property
    def run(self) -> Path:
        """Generated configurations and the record of what runs."""
        return self.var / "run"

    @cached_property
    def sockets(self) -> Path:
        if len(str(self.run)) <= _LONGEST_SOCKET_DIRECTORY:
            return self.run
        name = hashlib.sha256(str(self.var).encode()).hexdigest()[:12]
        return Path(tempfile.gettempdir()) / f"hanse-{os.geteuid()}-{name}"

    def make(self) -> list[Path]:
        """Make the directories, private. Returns the parents that had to be opened for passage (root only).

        Root's PostgreSQL and replicas are other system users: they pass through var/ and its parents, and read nothing.
        Raises NotOurs when var/ is somebody else's, OSError (ENOSPC) when there is hardly any room.
        """
        self.var.mkdir(parents=True, exist_ok=True)
        if shutil.disk_usage(self.var).free < _LEAST_FREE_BYTES:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(self.var))
        if self.var.stat().st_uid != os.geteuid():
            raise NotOurs(
                f"{self.var} belongs to another user. Run as that user, or move it away to begin with an empty portal."
            )
        self.var.chmod(0o711 if running_as_root() else 0o700)
        for private in (self.objects, self.logs, self.secrets, self.run, self.sockets):
            private.mkdir(exist_ok=True)
            if private.stat().st_uid != os.geteuid():
                raise NotOurs(f"{private} belongs to another user.")
            private.chmod(0o700)
        self.redis.mkdir(exist_ok=True)
        self.redis.chmod(0o700)
        self.local.mkdir(exist_ok=True)
        self.local.chmod(0o711 if running_as_root() else 0o700)
        return open_passage(self.var, REPOSITORY) if running_as_root() else []


def open_passage(*directories: Path) -> list[Path]:
    """Let other system users pass through the parents of `directories`, without reading them. Returns those changed."""
    changed = []
    for parent in dict.fromkeys(parent for directory in directories for parent in (directory, *directory.parents)):
        mode = parent.stat().st_mode
        if not mode & 0o001:
            parent.chmod(mode & 0o7777 | 0o001)
            changed.append(parent)
    return changed
