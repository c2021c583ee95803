"""PostgreSQL's own programs, told where the database is by a file that only we read, never on a command line."""

import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection

from apps.storage.backup import BackupRefused

_OF_THE_DRIVER = ("cursor_factory", "client_encoding", "options")


def dump(into: Path, *, snapshot: str) -> None:
    """Write the database as of `snapshot`, which another transaction of this server holds open.

    Raises BackupRefused with what pg_dump said.
    """
    _run("pg_dump", "--format=custom", f"--snapshot={snapshot}", "--no-owner", "--no-privileges", f"--file={into}")


def restore(source: Path) -> None:
    """Fill the empty database, whole or not at all. Raises BackupRefused with what pg_restore said."""
    _run(
        *("pg_restore", "--exit-on-error", "--single-transaction", "--no-owner", "--no-privileges"),
        *("--dbname=service=hanse", str(source)),
    )


def _run(program: str, *arguments: str) -> None:
    with _service() as environment:
        try:
            result = subprocess.run(
                [program, *arguments], env={**os.environ, **environment}, capture_output=True, text=True, check=False
            )
        except FileNotFoundError as error:
            raise BackupRefused(
                f"{program} is not on the PATH: it comes with PostgreSQL's client programs, as new as the server at least."
            ) from error
    if result.returncode:
        raise BackupRefused(f"{program} failed: {result.stderr.strip()[-2000:]}")


@contextmanager
def _service() -> Iterator[dict[str, str]]:
    """The connection as a service of libpq, which takes everything that the driver takes."""
    given = connection.get_connection_params()
    lines = [f"{name}={value}" for name, value in given.items() if name not in _OF_THE_DRIVER and value is not None]
    with tempfile.TemporaryDirectory(prefix="hanse-") as directory:
        file = Path(directory) / "service"
        file.touch(0o600)
        file.write_text("\n".join(["[hanse]", *lines]) + "\n")
        yield {"PGSERVICEFILE": str(file), "PGSERVICE": "hanse"}
