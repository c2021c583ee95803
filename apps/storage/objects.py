"""Bytes below HANSE_OBJECTS_URL, wherever that points: one of the two places in apps that speak to another system.

Paths are made here from ids and never hold anything that a user wrote. A file appears whole or not at all.
"""

import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import IO, Any
from uuid import UUID

import fsspec.asyn
from django.conf import settings

from apps.core.errors import Unavailable
from apps.storage.errors import ObjectMissing

BLOCK_BYTES = 1024 * 1024


class _Patience:
    """How long a store may be silent. It is given up then; whoever asked tries again."""

    connect_seconds, read_seconds = 2.0, 10.0


def wait_as_requests_do() -> None:
    """For a process that answers requests: less long than somebody who asks waits for an answer."""
    _Patience.connect_seconds, _Patience.read_seconds = 1.0, 2.5


@dataclass(frozen=True)
class Written:
    size_bytes: int
    sha256: str


def path_of(object_id: UUID, *, tenant_id: UUID, purpose: str) -> str:
    """Where an object lies: by tenant and purpose, spread by the random end of its id."""
    return f"{tenant_id.hex}/{purpose}/{object_id.hex[-2:]}/{object_id.hex}"


def write(path: str, source: Path | bytes | IO[bytes]) -> Written:
    """Store a file or bytes, replacing what was at `path`; readers see the old or the new, never a half.

    Raises Unavailable when the store does not answer.
    """
    with _answering(path) as (files, place), _opened(source) as given:
        if not _in_s3():  # which has no directories, and would be asked for them
            files.makedirs(str(PurePosixPath(place).parent), exist_ok=True)
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
    """The object as a file to read from. Raises ObjectMissing, and Unavailable when the store does not answer."""
    try:
        with _answering(path) as (files, place):
            stored: IO[bytes] = files.open(place, "rb")
    except FileNotFoundError as error:
        raise ObjectMissing from error
    return stored


def exists(path: str) -> bool:
    with _answering(path) as (files, place):
        return bool(files.exists(place))


def answers(within_seconds: float) -> bool:
    """Whether the store does, within that time: it is asked for an object that is not there."""
    try:
        with _answering("is-it-there") as (files, place):
            if files.async_impl:
                fsspec.asyn.sync(files.loop, files._exists, place, timeout=within_seconds)
            else:
                files.exists(place)
    except (Unavailable, OSError):
        return False
    return True


def delete(path: str) -> None:
    """Remove an object; one that is not there is removed already. Raises Unavailable when the store does not answer."""
    with _answering(path) as (files, place), suppress(FileNotFoundError):
        files.rm_file(place)


def _blocks(stored: IO[bytes]) -> Iterator[bytes]:
    with stored:
        while block := stored.read(BLOCK_BYTES):
            yield block


@contextmanager
def _answering(path: str) -> Iterator[tuple[Any, str]]:
    """The store, and where `path` lies in it. Raises Unavailable for what it raises that does not answer."""
    try:
        files, root = fsspec.core.url_to_fs(settings.OBJECTS_URL, **_options())
        yield files, f"{root}/{path}"
    except _away() as error:
        raise Unavailable("The store of objects does not answer; nothing was changed.", system="objects") from error


# The libraries of S3 take a second and 50 MB to load: only who keeps objects there does.
def _options() -> dict[str, Any]:
    if not _in_s3():
        return {}
    from s3fs import S3FileSystem

    S3FileSystem.retries = 1  # its own attempts would take five times as long as anybody has patience
    patience = {"connect_timeout": _Patience.connect_seconds, "read_timeout": _Patience.read_seconds}
    # Nothing is kept of what another process may have changed meanwhile.
    return {"use_listings_cache": False, "config_kwargs": {**patience, "retries": {"total_max_attempts": 1}}}


def _away() -> tuple[type[Exception], ...]:
    """What a store raises that does not answer, or stops to in the middle."""
    if not _in_s3():
        return ()
    from aiohttp import ClientError
    from botocore.exceptions import BotoCoreError

    return BotoCoreError, ClientError, ConnectionError, TimeoutError


def _in_s3() -> bool:
    return bool(settings.OBJECTS_URL.startswith("s3:"))


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
