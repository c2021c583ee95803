"""Builds the console with the machine's Node, else with the wheel's. Quick when its sources have not changed.

A portal that runs meanwhile goes on answering: the new files come before the page that names them, and what only older
pages name is kept aside for tabs that are still open.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from embedded.layout import REPOSITORY
from embedded.steps import step

_FRONTEND = REPOSITORY / "frontend"
_BUILT = _FRONTEND / "dist"
_FRESH = _FRONTEND / "dist-new"
_OLDER_ASSETS = _FRONTEND / "dist-older"
_STAMP = _BUILT / ".sources"
_NOT_SOURCES = {"node_modules", _BUILT.name, _FRESH.name, _OLDER_ASSETS.name, "test-results", "coverage"}
_OLDER_KEPT_DAYS = 14
# What Vite runs on: 20.19 and its successors, or 22.12 and everything after.
_NODE_20, _NODE_22 = (20, 19), (22, 12)


class BuildFailed(Exception):
    pass


def ensure_console() -> bool:
    """Build the console unless what is there was built from these very sources. True when something was done.

    A build is also kept under ~/.cache/hanse, so that another clone of the same sources needs no npm.
    Raises BuildFailed with the end of npm's output.
    """
    digest = _digest_of_sources()
    if _STAMP.exists() and _STAMP.read_text() == digest:
        return False
    kept = _cache() / "console" / digest
    if not kept.exists():
        npm = _npm()
        with step("Packages of the console"):
            _run([*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline"])
        with step("Building the console"):
            _run([*npm, "run", "build", "--", "--outDir", _FRESH.name, "--emptyOutDir"])
        (_FRESH / _STAMP.name).write_text(digest)
        _keep(kept)
    else:
        shutil.rmtree(_FRESH, ignore_errors=True)
        shutil.copytree(kept, _FRESH)
    switch(_FRESH, built=_BUILT, older=_OLDER_ASSETS)
    return True


def switch(fresh: Path, *, built: Path, older: Path) -> None:
    """Make `fresh` the build in use, so that at every moment each page finds the files that it names."""
    last = [fresh / "index.html", fresh / _STAMP.name]
    files = [path for path in fresh.rglob("*") if path.is_file() and path not in last]
    for path in [*files, *last]:
        target = built / path.relative_to(fresh)
        target.parent.mkdir(parents=True, exist_ok=True)
        path.replace(target)
    needed = {path.relative_to(fresh) for path in [*files, *last]}
    older.mkdir(exist_ok=True)
    for path in [path for path in built.rglob("*") if path.is_file() and path.relative_to(built) not in needed]:
        path.touch()  # it is out of use from now on
        path.replace(older / path.name)
    too_old = time.time() - _OLDER_KEPT_DAYS * 86_400
    for path in older.iterdir():
        if path.stat().st_mtime < too_old:
            path.unlink()
    shutil.rmtree(fresh)


def node_programs() -> Path:
    """The directory of `node` and `npm`: the machine's when new enough, else the wheel's."""
    node = shutil.which("node")
    if node and shutil.which("npm"):
        version = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
        if is_new_enough(version.strip()):
            return Path(node).parent
    return Path(sys.executable).parent


def is_new_enough(version: str) -> bool:
    try:
        major, minor = (int(part) for part in version.removeprefix("v").split(".")[:2])
    except ValueError:
        return False
    return _NODE_20 <= (major, minor) < (21, 0) or (major, minor) >= _NODE_22


def _npm() -> list[str]:
    return [str(node_programs() / "npm")]


def _run(command: list[str]) -> None:
    search = f"{node_programs()}{os.pathsep}{os.environ.get('PATH', '')}"
    result = subprocess.run(
        command, cwd=_FRONTEND, env={**os.environ, "PATH": search}, capture_output=True, text=True, check=False
    )
    if result.returncode:
        raise BuildFailed(f"`{' '.join(command[-2:])}` failed:\n{(result.stdout + result.stderr)[-3000:]}")


def _sources() -> Iterator[Path]:
    for folder, folders, files in os.walk(_FRONTEND):
        folders[:] = sorted(set(folders) - _NOT_SOURCES)
        yield from (Path(folder) / file for file in sorted(files))


def _digest_of_sources() -> str:
    digest = hashlib.sha256()
    for file in _sources():
        digest.update(str(file.relative_to(_FRONTEND)).encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()[:24]


def _cache() -> Path:
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "hanse"


def _keep(kept: Path) -> None:
    """Copy the build into the cache, whole or not at all; older ones go. A cache that cannot be written is none."""
    try:
        kept.parent.mkdir(parents=True, exist_ok=True)
        for older in sorted(kept.parent.iterdir(), key=lambda path: path.stat().st_mtime)[:-4]:
            shutil.rmtree(older, ignore_errors=True)
        with tempfile.TemporaryDirectory(dir=kept.parent, prefix=".new-") as fresh:
            shutil.copytree(_FRESH, Path(fresh) / "dist")
            (Path(fresh) / "dist").rename(kept)
    except OSError as problem:
        print(f"The build is not cached: {problem}", file=sys.stderr)


def main() -> int:
    try:
        ensure_console()
    except BuildFailed as failure:
        print(f"The console could not be built. {failure}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
