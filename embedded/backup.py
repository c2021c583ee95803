"""`make backup`: everything of this installation that cannot be made again, as one private file, running or not."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from embedded.layout import Layout, NotOurs
from embedded.processes import TooManyConnections
from embedded.stack import Stack
from embedded.supervisor import StartFailed
from embedded.up import PortBusy, choose_port


def main() -> int:
    layout = Layout.of_environment()
    file = Path(os.environ.get("FILE") or layout.var / "backups" / f"hanse-{datetime.now(UTC):%Y%m%dT%H%M%SZ}.tar")
    stack = Stack(layout)
    if not (layout.postgres / "PG_VERSION").exists():
        print(f"There is nothing to back up in {layout.var}.", file=sys.stderr)
        return 1
    try:
        layout.make()
        with servers_of(stack):
            print(
                stack.command_as_owner("manage.py", "backup", str(file.absolute()), "--secrets", str(layout.secrets)), end=""
            )
    except (NotOurs, PortBusy, StartFailed, TooManyConnections) as failure:
        print(f"No backup was made. {failure}", file=sys.stderr)
        return 1
    print("It holds the keys of this installation: keep it as private as the machine.")
    return 0


@contextmanager
def servers_of(stack: Stack) -> Iterator[None]:
    """PostgreSQL and Redis of an installation: those that run, else started for the while."""
    if stack.runs():
        yield
        return
    try:
        stack.launch(port=choose_port(os.environ.get("HANSE_PORT", "")))
        stack.start_servers()
        yield
    finally:
        stack.stop()


if __name__ == "__main__":
    sys.exit(main())
