"""A directory whose files programs write that nobody trusts, as the portal reads and changes it.

Each part of a path is opened below the one before it, never through a link: whatever a program swaps meanwhile, nothing
leads out. Only what belongs to the owner of the directory is read, so that no hard link lends the portal's own rights.
"""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO
from uuid import uuid4

from apps.core.errors import InvalidRequest, NameTaken, NotVisible
from apps.storage.errors import NotAPlainFile

BLOCK_BYTES = 1024 * 1024
LONGEST_PATH, LONGEST_PART = 4000, 255
_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
# A pipe that somebody put there since it was looked at is opened without waiting for a writer.
_FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC
_KINDS = {stat.S_IFREG: "file", stat.S_IFDIR: "folder", stat.S_IFLNK: "link"}


@dataclass(frozen=True)
class Entry:
    """kind: file, folder, link or other; the last two are only shown."""

    name: str
    kind: str
    size_bytes: int
    modified_at: datetime


@dataclass(frozen=True)
class Page:
    """Some entries of a folder; `next` is where the others begin, empty at the end."""

    entries: list[Entry]
    next: str


def wrong_with(path: str) -> str:
    """What is wrong with a path below the directory, as a sentence; empty when nothing is."""
    try:
        parts = [part.encode() for part in path.split("/")]
    except UnicodeEncodeError:
        return "A path is Unicode text."
    if len(path.encode()) > LONGEST_PATH:
        return f"A path has at most {LONGEST_PATH} bytes."
    if any(part in (b"", b".", b"..") for part in parts):
        return "A path begins and ends with a name, and no part of it is empty, `.` or `..`."
    if any(len(part) > LONGEST_PART for part in parts):
        return f"No part of a path is longer than {LONGEST_PART} bytes."
    return "A path has no NUL character." if "\0" in path else ""


class Tree:
    """The directory `root`. `aside`: on the same file system, out of reach of who writes to the tree."""

    def __init__(self, root: Path, *, aside: Path) -> None:
        self._root, self._aside = root, aside

    def page(self, folder: str, cursor: str) -> Page:
        """What the kernel reads of a folder at once, some hundred entries; any page costs as much as the first.

        Within a page folders come first, then names in order; the pages come as the file system keeps them.
        """
        with self._folder(folder, at="?folder") as descriptor:
            try:
                os.lseek(descriptor, int(cursor or 0), os.SEEK_SET)
            except (ValueError, OverflowError, OSError) as error:
                raise InvalidRequest(errors=[{"pointer": "?cursor", "detail": "Not a cursor of this folder."}]) from error
            entries, begun_at, following = [], None, ""
            with os.scandir(descriptor) as found:
                for one in found:
                    read_to = os.lseek(descriptor, 0, os.SEEK_CUR)
                    if begun_at is None:
                        begun_at = read_to
                    elif read_to != begun_at:  # the kernel was asked for more: that is the next page
                        following = str(begun_at)
                        break
                    with suppress(FileNotFoundError):  # deleted since
                        entries.append(_entry(os.fsencode(one.name), one.stat(follow_symlinks=False)))
        return Page(sorted(entries, key=lambda entry: (entry.kind != "folder", entry.name)), following)

    def opened(self, path: str) -> tuple[IO[bytes], int]:
        """A plain file to read from, with its size. Raises NotVisible, NotAPlainFile."""
        with self._parent(path) as (folder, name), _named(path):
            _require_file(os.stat(name, dir_fd=folder, follow_symlinks=False), path)
            descriptor = os.open(name, _FILE, dir_fd=folder)
            file = os.fdopen(descriptor, "rb")
            found = os.fstat(descriptor)
            if not stat.S_ISREG(found.st_mode) or found.st_uid != self._owner()[0]:
                file.close()
                raise NotAPlainFile(f"{path} is no file of this volume.")
            return file, found.st_size

    @contextmanager
    def receiving(self) -> Iterator[IO[bytes]]:
        """A file beside the tree to write to; `place` gives it its name, and without that it goes."""
        unnamed = self._aside / f".arriving-{self._root.name}-{uuid4()}"
        with unnamed.open("xb") as file:
            try:
                yield file
            finally:
                unnamed.unlink(missing_ok=True)

    def place(self, file: IO[bytes], path: str, *, replace: bool) -> Entry:
        """Name a file that was received; it is on the disk, whole, before anybody sees it.

        Raises NameTaken for what is there, unless that is a file to be replaced.
        """
        with self._parent(path) as (folder, name), _named(path):
            file.flush()
            _give(file.fileno(), self._owner())
            os.fsync(file.fileno())
            if not replace:
                os.link(file.name, name, dst_dir_fd=folder)
            elif _is_folder(folder, name):
                raise NotAPlainFile(f"{path} is a folder.")
            else:
                os.rename(file.name, name, dst_dir_fd=folder)
            os.fsync(folder)
            return _entry(os.fsencode(name), os.fstat(file.fileno()))

    def make_folder(self, path: str) -> Entry:
        """Raises NameTaken for what is there, NotVisible where its parent is not."""
        with self._parent(path, at="/path") as (folder, name), _named(path, at="/path"):
            os.mkdir(name, mode=0o755, dir_fd=folder)
            made = os.open(name, _FOLDER, dir_fd=folder)
            try:
                _give(made, self._owner())
                os.fsync(folder)
                return _entry(os.fsencode(name), os.fstat(made))
            finally:
                os.close(made)

    def remove(self, path: str) -> str:
        """Take a file, a link or a folder with all that is in it out of the tree; `empty` deletes it. Returns its kind."""
        with self._parent(path) as (folder, name), _named(path):
            kind = _entry(b"", os.stat(name, dir_fd=folder, follow_symlinks=False)).kind
            os.rename(name, self._aside / f".gone-{self._root.name}-{uuid4()}", src_dir_fd=folder)
            os.fsync(folder)
            return kind

    @contextmanager
    def _parent(self, path: str, *, at: str = "?path") -> Iterator[tuple[int, str]]:
        """The folder in which `path` is, open, and its name there."""
        require_path(path, at=at)
        above, _, name = path.rpartition("/")
        with self._folder(above, at=at) as folder:
            yield folder, name

    @contextmanager
    def _folder(self, path: str, *, at: str) -> Iterator[int]:
        if path:
            require_path(path, at=at)
        descriptor = os.open(self._root, _FOLDER)
        try:
            for part in filter(None, path.split("/")):
                with _named(path):
                    below = os.open(part, _FOLDER, dir_fd=descriptor)
                os.close(descriptor)
                descriptor = below
            yield descriptor
        finally:
            os.close(descriptor)

    def _owner(self) -> tuple[int, int]:
        found = self._root.stat(follow_symlinks=False)
        return found.st_uid, found.st_gid


def require_path(path: str, *, at: str = "?path") -> None:
    """Raises InvalidRequest for what can name nothing below a tree."""
    if wrong := wrong_with(path):
        raise InvalidRequest(errors=[{"pointer": at, "detail": wrong}])


def _require_file(found: os.stat_result, path: str) -> None:
    if not stat.S_ISREG(found.st_mode):
        raise NotAPlainFile(f"{path} is no file; links are not followed.")


@contextmanager
def _named(path: str, *, at: str = "?path") -> Iterator[None]:
    """What the system says of a path, in our words."""
    try:
        yield
    except FileNotFoundError as error:
        raise NotVisible(f"There is no {path}.") from error
    except FileExistsError as error:
        raise NameTaken(f"There is a {path} already.", at=at) from error
    except (NotADirectoryError, IsADirectoryError, PermissionError) as error:
        raise NotAPlainFile(f"{path} cannot be reached: {error.strerror}. Links are not followed.") from error


def _is_folder(folder: int, name: str) -> bool:
    try:
        return stat.S_ISDIR(os.stat(name, dir_fd=folder, follow_symlinks=False).st_mode)
    except FileNotFoundError:
        return False


def _give(descriptor: int, owner: tuple[int, int]) -> None:
    """As if the owner of the tree had made it, who is another where the portal is root."""
    if os.geteuid() == 0:
        os.fchown(descriptor, *owner)
    os.fchmod(descriptor, 0o755 if stat.S_ISDIR(os.fstat(descriptor).st_mode) else 0o644)


def _entry(name: bytes, found: os.stat_result) -> Entry:
    return Entry(
        name.decode(errors="replace"),
        _KINDS.get(stat.S_IFMT(found.st_mode), "other"),
        found.st_size if stat.S_ISREG(found.st_mode) else 0,
        datetime.fromtimestamp(found.st_mtime, tz=UTC),
    )
