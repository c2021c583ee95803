"""Archives of code, read as what a stranger sent: each entry is looked at before anything is written.

The same reading serves the check at upload and the unpacking for a replica, so what passes one passes the other.
"""

import gzip
import os
import shutil
import stat
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Any

from apps.code.errors import ArchiveRefused, ArchiveTooLarge

MOST_FILES, MOST_UNPACKED_BYTES = 50_000, 2 * 2**30
# Source compresses to a tenth or so. Beyond the first bytes, what grows more than this is made to grow.
MOST_RATIO, RATIO_FROM_BYTES = 200, 16 * 2**20
MOST_REFUSALS = 50
_LARGEST_HEADER_BYTES = 64 * 1024
_TAR, _TAR_AT = b"ustar", 257
_EOCD, _EOCD_BYTES, _LONGEST_COMMENT = b"PK\x05\x06", 22, 65_535
UNREADABLE = (tarfile.TarError, zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, NotImplementedError)


@dataclass(frozen=True)
class Limits:
    """What an archive may hold; `directory_bytes`: how long the list of a zip's entries may be, which is read as a whole."""

    files: int
    unpacked_bytes: int
    directory_bytes: int

    def too_many(self) -> ArchiveTooLarge:
        return ArchiveTooLarge(f"It holds more than {self.files:,} files.", most=self.files)

    def too_large(self) -> ArchiveTooLarge:
        return ArchiveTooLarge(f"Unpacked it is larger than {self.unpacked_bytes // 2**20} MiB.", most=self.unpacked_bytes)


OF_CODE = Limits(MOST_FILES, MOST_UNPACKED_BYTES, 8 * 2**20)


@dataclass(frozen=True)
class Contents:
    format: str
    files: int
    unpacked_bytes: int


@dataclass(frozen=True)
class Entry:
    """One name in an archive. `wrong` says why it is refused. `opened` gives its bytes, once, in turn."""

    name: str
    directory: bool
    executable: bool
    wrong: str
    opened: Callable[[], IO[bytes]]
    link: str = ""


def inspect(archive: IO[bytes], *, size_bytes: int) -> Contents:
    """Read all of it and say what is in it. Raises ArchiveRefused naming each wrong entry, ArchiveTooLarge."""
    form = _format_of(archive)
    refused: list[dict[str, str]] = []
    names: set[str] = set()
    files = unpacked = 0
    try:
        for entry in _entries(archive, form, size_bytes=size_bytes, links=False):
            if wrong := entry.wrong or wrong_name(entry.name, names):
                refused.append({"pointer": entry.name[:200], "detail": wrong})
                if len(refused) >= MOST_REFUSALS:
                    break
                continue
            if entry.directory:
                continue
            names.add(normalized(entry.name))
            files += 1
            if files > MOST_FILES:
                raise OF_CODE.too_many()
            unpacked = _read_through(entry, unpacked)
    except UNREADABLE as error:
        raise ArchiveRefused(f"It is damaged, or no {form}: {str(error)[:200]}") from error
    if refused:
        raise ArchiveRefused(f"{len(refused)} of its entries are not plain files or directories below it.", errors=refused)
    if not files:
        raise ArchiveRefused("There is no file in it.")
    return Contents(form, files, unpacked)


def unpack(archive: IO[bytes], into: Path, *, size_bytes: int, links: bool = False) -> None:
    """Write what is in it below `into`, which is made. Raises as `inspect` does; what was written by then stays.

    links: make symbolic links that stay inside, as trees from git have them.
    """
    form = _format_of(archive)
    names: set[str] = set()
    into.mkdir()
    try:
        for entry in _entries(archive, form, size_bytes=size_bytes, links=links):
            if wrong := entry.wrong or wrong_name(entry.name, names):
                raise ArchiveRefused(errors=[{"pointer": entry.name[:200], "detail": wrong}])
            place = into / normalized(entry.name)
            if entry.directory:
                place.mkdir(parents=True, exist_ok=True)
                continue
            names.add(normalized(entry.name))
            place.parent.mkdir(parents=True, exist_ok=True)
            if entry.link:
                place.symlink_to(entry.link)
                continue
            descriptor = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
            with os.fdopen(descriptor, "wb") as file, entry.opened() as given:
                shutil.copyfileobj(given, file)
                os.fchmod(file.fileno(), 0o755 if entry.executable else 0o644)
    except UNREADABLE as error:
        raise ArchiveRefused(f"It cannot be unpacked: {str(error)[:200]}") from error


def _format_of(archive: IO[bytes]) -> str:
    archive.seek(0)
    begin = archive.read(4)
    archive.seek(0)
    if begin.startswith(b"\x1f\x8b"):
        return "tar.gz"
    if begin.startswith((b"PK\x03\x04", _EOCD)):
        return "zip"
    raise ArchiveRefused("It is neither a tar.gz nor a zip.")


def _entries(archive: IO[bytes], form: str, *, size_bytes: int, links: bool) -> Iterator[Entry]:
    return _of_tar(archive, size_bytes, OF_CODE, links) if form == "tar.gz" else _of_zip(archive, size_bytes, OF_CODE)


def entries(archive: IO[bytes], *, size_bytes: int, limits: Limits) -> Iterator[Entry]:
    """What is in a tar, a tar.gz or a zip, one after the other. Raises ArchiveRefused, ArchiveTooLarge, and UNREADABLE."""
    archive.seek(_TAR_AT)
    is_tar = archive.read(len(_TAR)) == _TAR
    archive.seek(0)
    if is_tar:
        yield from _of_plain_tar(archive, size_bytes, limits, links=False)
    elif _format_of(archive) == "tar.gz":
        yield from _of_tar(archive, size_bytes, limits, links=False)
    else:
        yield from _of_zip(archive, size_bytes, limits)


def _read_through(entry: Entry, unpacked: int) -> int:
    """How many bytes there are with this entry. All are read: what an archive says of itself may be wrong."""
    with entry.opened() as given:
        while block := given.read(2**20):
            unpacked += len(block)
            if unpacked > MOST_UNPACKED_BYTES:
                raise OF_CODE.too_large()
    return unpacked


# ---- names


def normalized(name: str) -> str:
    return PurePosixPath(name).as_posix()


def wrong_name(name: str, names: set[str]) -> str:
    """Why a name is refused; "" when it is not."""
    parts = name.rstrip("/").split("/")
    if name.startswith(("/", "\\")) or (len(name) > 1 and name[1] == ":"):
        return "Its path is absolute."
    if ".." in parts:
        return "Its path leaves the archive."
    if not name.isprintable() or "\\" in name or any("\ud800" <= sign <= "\udfff" for sign in name):
        return "Its name holds a backslash or characters that cannot be printed."
    if len(name.encode()) > 1000 or any(len(part.encode()) > 255 for part in parts):
        return "Its name is too long."
    normal = normalized(name)
    if normal in names:
        return "It is there twice."
    if any(parent.as_posix() in names for parent in PurePosixPath(normal).parents):
        return "It lies below a file."
    return ""


# ---- tar


class _Bounded:
    """Bytes that are unpacked, counted: a bomb is noticed while it goes off, before it is written anywhere."""

    def __init__(self, given: IO[bytes], *, size_bytes: int, limits: Limits) -> None:
        self._given, self._size, self._limits, self._read = given, size_bytes, limits, 0

    def read(self, size: int = -1) -> bytes:
        block = self._given.read(size)
        self._read += len(block)
        _check_growth(self._read, self._size, self._limits)
        return block


def _check_growth(unpacked: int, packed: int, limits: Limits) -> None:
    # Names and padding count here too, so there is room above what files may have.
    if unpacked > 2 * limits.unpacked_bytes:
        raise limits.too_large()
    if unpacked > RATIO_FROM_BYTES and unpacked > MOST_RATIO * packed:
        raise ArchiveTooLarge(f"It unpacks to more than {MOST_RATIO} times its size.", most=MOST_RATIO)


class _Header(tarfile.TarInfo):
    """A header whose own extension is read into memory, so that may only be so large."""

    @classmethod
    def frombuf(cls, buf: Any, encoding: str, errors: str) -> "_Header":
        header = super().frombuf(buf, encoding, errors)
        if header.type not in tarfile.SUPPORTED_TYPES or header.type in tarfile.REGULAR_TYPES:
            return header
        if header.size > _LARGEST_HEADER_BYTES and not header.isdir():
            raise ArchiveRefused("One of its headers is too large.")
        return header


def _of_tar(archive: IO[bytes], size_bytes: int, limits: Limits, links: bool) -> Iterator[Entry]:
    with gzip.GzipFile(fileobj=archive) as unzipped:
        yield from _of_plain_tar(unzipped, size_bytes, limits, links)  # type: ignore[arg-type]


def _of_plain_tar(archive: IO[bytes], size_bytes: int, limits: Limits, links: bool) -> Iterator[Entry]:
    bounded: Any = _Bounded(archive, size_bytes=size_bytes, limits=limits)
    with tarfile.open(fileobj=bounded, mode="r|", tarinfo=_Header) as tar:
        for member in tar:
            if normalized(member.name) == "." and member.isdir():
                continue

            def opened(member: tarfile.TarInfo = member) -> IO[bytes]:
                found = tar.extractfile(member)
                assert found is not None  # noqa: S101 - it is a regular file
                return found

            link = member.linkname if links and member.issym() and inside(member.name, member.linkname) else ""
            yield Entry(
                name=member.name,
                directory=member.isdir(),
                executable=bool(member.mode & stat.S_IXUSR),
                wrong="" if link else _wrong_member(member),
                opened=opened,
                link=link,
            )


def inside(name: str, target: str) -> bool:
    """Whether a link called `name` names something below the same top, read as text.

    Nothing is ever written through a link (what lies below one is refused), so this keeps trees whole, not Hanse safe.
    """
    if not target or target.startswith("/") or "\0" in target:
        return False
    reached = os.path.normpath(PurePosixPath(name).parent / target)
    return reached != ".." and not reached.startswith("../")


def _wrong_member(member: tarfile.TarInfo) -> str:
    if member.issym() or member.islnk():
        return f"It is a link, to {member.linkname[:100]}."
    if member.issparse():
        return "It is a sparse file."
    return "" if member.isreg() or member.isdir() else "It is a device, a pipe or something else that is no file."


# ---- zip


def _of_zip(archive: IO[bytes], size_bytes: int, limits: Limits) -> Iterator[Entry]:
    _check_directory(archive, size_bytes, limits)
    with zipfile.ZipFile(archive) as zipped:
        infos = zipped.infolist()
        _check_growth(sum(info.file_size for info in infos), size_bytes, limits)
        for info in infos:
            mode = info.external_attr >> 16

            def opened(info: zipfile.ZipInfo = info) -> IO[bytes]:
                return zipped.open(info)

            yield Entry(
                name=info.filename,
                directory=info.is_dir(),
                executable=bool(mode & stat.S_IXUSR),
                wrong=_wrong_info(info, mode),
                opened=opened,
            )


def _check_directory(archive: IO[bytes], size_bytes: int, limits: Limits) -> None:
    """Look at how large the list of entries is, which is read as a whole."""
    from_end = min(size_bytes, _EOCD_BYTES + _LONGEST_COMMENT)
    archive.seek(size_bytes - from_end)
    end = archive.read(from_end)
    at = end.rfind(_EOCD)
    if at < 0 or len(end) - at < _EOCD_BYTES:
        raise ArchiveRefused("It is damaged: a zip ends with a list of its entries.")
    directory_bytes = int.from_bytes(end[at + 12 : at + 16], "little")
    if directory_bytes > limits.directory_bytes:
        raise limits.too_many()
    archive.seek(0)


def _wrong_info(info: zipfile.ZipInfo, mode: int) -> str:
    kind = stat.S_IFMT(mode)
    if kind == stat.S_IFLNK:
        return "It is a link."
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        return "It is a device, a pipe or something else that is no file."
    if info.flag_bits & 1:
        return "It is encrypted."
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return "It is compressed in a way that is not taken here; use deflate."
    return ""
