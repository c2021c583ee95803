"""`make restore FILE=…`: an installation as it was when the backup was made, in an empty var/."""

import os
import shutil
import sys
import tarfile
from pathlib import Path, PurePosixPath

from embedded.backup import servers_of
from embedded.layout import Layout, NotOurs
from embedded.processes import TooManyConnections
from embedded.stack import Stack
from embedded.supervisor import StartFailed
from embedded.up import PortBusy, owner_lock

_SECRETS = "secrets/"


class Refused(Exception):
    pass


def main() -> int:
    layout = Layout.of_environment()
    try:
        print(_fill(layout, _backup(os.environ.get("FILE", ""))), end="")
    except (NotOurs, PortBusy, Refused, StartFailed, TooManyConnections) as failure:
        print(f"Nothing was restored. {failure}", file=sys.stderr)
        return 1
    print("`make run` starts it.")
    return 0


def _fill(layout: Layout, source: Path) -> str:
    if (layout.postgres / "PG_VERSION").exists():
        raise Refused(f"{layout.var} holds an installation. Move it away, or name another place: HANSE_VAR=…")
    layout.make()
    with owner_lock(layout) as owner:
        if owner is None:
            raise Refused("A `make run` is about to fill this installation.")
        return _restore(Stack(layout), source)


def _restore(stack: Stack, source: Path) -> str:
    """Raises StartFailed; what was begun is removed then, so that it can be tried again."""
    layout = stack.layout
    try:
        _take_secrets(source, layout.secrets)
        with servers_of(stack):
            return stack.command_as_owner("manage.py", "restore", str(source))
    except BaseException:
        for begun in (layout.postgres, layout.redis, layout.objects, layout.seaweedfs, layout.secrets):
            shutil.rmtree(begun, ignore_errors=True)
        raise


def _backup(given: str) -> Path:
    if not given:
        raise Refused("Name the backup: make restore FILE=hanse-….tar")
    source = Path(given).absolute()
    if not source.is_file():
        raise Refused(f"There is no file {source}.")
    return source


def _take_secrets(source: Path, directory: Path) -> None:
    """The installation's keys, which the database's password is one of: its servers start with them."""
    try:
        with tarfile.open(source, "r:") as archive:
            for member in archive:
                content = archive.extractfile(member) if member.name.startswith(_SECRETS) else None
                if content is None:
                    continue
                file = directory / PurePosixPath(member.name).name
                file.touch(0o600)
                file.write_bytes(content.read())
    except tarfile.ReadError as error:
        raise Refused(f"{source} is no backup: {error}") from error


if __name__ == "__main__":
    sys.exit(main())
