"""Archives in buckets, unpacked into files beside them: read in a stream, each entry looked at before it is written.

The bytes come from the store and go to the store; what lies here meanwhile is one batch, on disk when it is large.
"""

import hashlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta
from tempfile import SpooledTemporaryFile
from typing import IO
from uuid import UUID

from django.utils import timezone

from apps.code.archives import UNREADABLE, Entry, Limits, entries, normalized, wrong_name
from apps.code.errors import ArchiveRefused, ArchiveTooLarge
from apps.core.errors import Unavailable
from apps.storage import files, s3, unpackings
from apps.storage.errors import BucketFull
from apps.storage.models import Unpacking
from apps.storage.names import wrong_with

LIMITS = Limits(files=500_000, unpacked_bytes=2**42, directory_bytes=64 * 2**20)
LARGEST_FILE_BYTES = 5 * 2**30
A_BATCH, BYTES_OF_A_BATCH, IN_MEMORY_BYTES = 100, 64 * 2**20, 2**20
_WRITTEN_AT_ONCE = 8
# Longer than a batch takes to be written.
_ROOM_KEPT = timedelta(minutes=5)


@dataclass(frozen=True)
class _File:
    key: str
    content: IO[bytes]
    size_bytes: int
    sha256: bytes


def unpack(pk: UUID) -> None:
    """Unpack one archive; whoever finds another worker at it leaves it to that one."""
    row = unpackings.begin(pk=pk, now=timezone.now())
    if row is None:
        return
    try:
        there = _write_all(row)
    except (ArchiveRefused, ArchiveTooLarge, BucketFull) as problem:
        unpackings.end(row=row, why=problem.detail or problem.title)
    except Unavailable as outage:
        unpackings.wait(row=row, why=outage.detail)
    else:
        if there:
            unpackings.end(row=row)


def _write_all(row: Unpacking) -> bool:
    """False when the bucket went away meanwhile."""
    found = s3.entry(row.bucket.store_name, row.key)
    if found is None:
        raise ArchiveRefused("It was deleted before it was unpacked.")
    with s3.opened(row.bucket.store_name, found) as archive, ThreadPoolExecutor(_WRITTEN_AT_ONCE) as writing:
        read = _files_in(row, archive, found.size_bytes)
        while True:
            with ExitStack() as kept:
                batch = _batch_of(read, kept)
                if not batch:
                    return unpackings.note(row=row)
                _write(row, batch, writing)
            if not unpackings.note(row=row):
                return False


def _batch_of(read: Iterator[_File], kept: ExitStack) -> list[_File]:
    batch: list[_File] = []
    for file in read:
        kept.enter_context(file.content)
        batch.append(file)
        if len(batch) == A_BATCH or sum(one.size_bytes for one in batch) >= BYTES_OF_A_BATCH:
            break
    return batch


def _write(row: Unpacking, batch: list[_File], writing: ThreadPoolExecutor) -> None:
    def put(file: _File) -> None:
        s3.put(row.bucket.store_name, file.key, file.content, size_bytes=file.size_bytes, sha256=file.sha256)

    size_bytes = sum(file.size_bytes for file in batch)
    files.promise_room(bucket=row.bucket, size_bytes=size_bytes, expires_at=timezone.now() + _ROOM_KEPT)
    list(writing.map(put, batch))
    row.files += len(batch)
    row.unpacked_bytes += size_bytes


def _files_in(row: Unpacking, archive: IO[bytes], size_bytes: int) -> Iterator[_File]:
    """Its files with their content; what is refused is noted. Raises ArchiveRefused, ArchiveTooLarge."""
    names: set[str] = set()
    try:
        for entry in entries(archive, size_bytes=size_bytes, limits=LIMITS):
            key = row.folder + normalized(entry.name)
            if wrong := entry.wrong or wrong_name(entry.name, names) or _wrong_key(row, entry, key):
                _refuse(row, entry.name, wrong)
            elif not entry.directory:
                names.add(normalized(entry.name))
                if len(names) > LIMITS.files:
                    raise LIMITS.too_many()
                yield _copied(key, entry)
    except UNREADABLE as error:
        raise ArchiveRefused(f"It is damaged, or no zip, tar or tar.gz: {str(error)[:200]}") from error


def _wrong_key(row: Unpacking, entry: Entry, key: str) -> str:
    if key == row.key:
        return "It would take the place of the archive."
    return "" if entry.directory else wrong_with(key)


def _refuse(row: Unpacking, name: str, why: str) -> None:
    row.refused += 1
    if len(row.refusals) < unpackings.MOST_REFUSALS:
        # No name that cannot be kept: a database takes neither zeros nor halves of signs.
        plain = name[:200].encode(errors="backslashreplace").decode().replace("\0", "\\0")
        row.refusals.append({"name": plain, "why": why})


def _copied(key: str, entry: Entry) -> _File:
    content = SpooledTemporaryFile(IN_MEMORY_BYTES, prefix="hanse-unpacking-")  # noqa: SIM115 - its batch closes it
    digest, size = hashlib.sha256(), 0
    with entry.opened() as given:
        while block := given.read(IN_MEMORY_BYTES):
            digest.update(block)
            size += content.write(block)
            if size > LARGEST_FILE_BYTES:
                content.close()
                raise ArchiveTooLarge(f"{entry.name[:200]} is larger than 5 GiB.", most=LARGEST_FILE_BYTES)
    content.seek(0)
    return _File(key, content, size, digest.digest())
