"""Bytes below HANSE_OBJECTS_URL, wherever that points: one of the two places in apps that speak to another system.

Paths are made here from ids and never hold anything that a user wrote. A file appears whole or not at all.
"""

import hashlib
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import IO, Any
from uuid import UUID

import fsspec
from django.conf import settings

from apps.storage.errors import ObjectMissing

BLOCK_BYTES = 1024 * 1024
# A store that does not answer is given up soon; whoever asked tries again. Nothing is kept of what another process may
# have changed meanwhile.
_OPTIONS: dict[str, dict[str, Any]] = {
    "s3": {
        "use_listings_cache": False,
        "config_kwargs": {"connect_timeout": 2, "read_timeout": 10, "retries": {"total_max_attempts": 1}},
    }
}


@dataclass(frozen=True)
class Written:
    size_bytes: int
    sha256: str


def path_of(object_id: UUID, *, tenant_id: UUID, purpose: str) -> str:
    """Where an object lies: by tenant and purpose, spread by the random end of its id."""
    return f"{tenant_id.hex}/{purpose}/{object_id.hex[-2:]}/{object_id.hex}"


def write(path: str, source: Path | bytes | IO[bytes]) -> Written:
    """Store a file or bytes, replacing what was at `path`; readers see the old or the new, never a half."""
    files, place = _place(path)
    files.makedirs(str(PurePosixPath(place).parent), exist_ok=True)
    with _opened(source) as given:
        hashing = _Hashing(given)
        stored = files.open(place, "wb", autocommit=False)
        try:
            with stored:
                shutil.copyfileobj(hashing, stored, BLOCK_BYTES)
        except BaseException:
            stored.discard()
            raise
        stored.commit()
    return Written(hashing.size, hashing.digest.hexdigest())


def read(path: str) -> bytes:
    """The whole object; for what is known to be small. Raises ObjectMissing."""
    return b"".join(stream(path))


def stream(path: str) -> Iterator[bytes]:
    """The object in blocks. Raises ObjectMissing, before the first block."""
    return _blocks(opened(path))


def opened(path: str) -> IO[bytes]:
    """The object as a file to read from. Raises ObjectMissing."""
    files, place = _place(path)
    try:
        stored: IO[bytes] = files.open(place, "rb")
    except FileNotFoundError as error:
        raise ObjectMissing from error
    return stored


def exists(path: str) -> bool:
    files, place = _place(path)
    return bool(files.exists(place))


def delete(path: str) -> None:
    """Remove an object; one that is not there is removed already."""
    files, place = _place(path)
    try:
        files.rm_file(place)
    except FileNotFoundError:
        return


def _blocks(stored: IO[bytes]) -> Iterator[bytes]:
    with stored:
        while block := stored.read(BLOCK_BYTES):
            yield block


def _place(path: str) -> tuple[Any, str]:
    scheme = settings.OBJECTS_URL.partition(":")[0]
    files, root = fsspec.core.url_to_fs(settings.OBJECTS_URL, **_OPTIONS.get(scheme, {}))
    return files, f"{root}/{path}"


def _opened(source: Path | bytes | IO[bytes]) -> IO[bytes]:
    """Bytes, or a regular file: never what a link points at, for the file may be a workload's."""
    if isinstance(source, bytes):
        return BytesIO(source)
    if not isinstance(source, Path):
        return source
    return os.fdopen(os.open(source, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC), "rb")


class _Hashing:
    """Reads through to a file, counting and hashing what passes."""

    def __init__(self, given: IO[bytes]) -> None:
        self._given, self.size, self.digest = given, 0, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        block = self._given.read(size)
        self.size += len(block)
        self.digest.update(block)
        return block
