"""Versions of datasets: what lies below a prefix of a bucket is copied, within the store, to where nobody writes.

Each batch is copied, hashed and written down as a part of the manifest before it is told of; whoever takes over from a
worker that died repeats one batch at most. What is written or deleted below the prefix meanwhile fails the version: it
would be of no one time.
"""

import hashlib
import io
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import PurePosixPath
from tempfile import SpooledTemporaryFile
from typing import IO
from uuid import UUID

import orjson
from django.utils import timezone

from apps.core.errors import Unavailable
from apps.storage import copies, files, s3
from apps.storage.errors import BucketFull
from apps.storage.models import DatasetVersion
from apps.storage.names import wrong_with
from celery_workers import tables

A_BATCH, A_PAGE, COPIED_AT_ONCE = 200, 1000, 8
# What a store copies in one request, as Amazon's does.
LARGEST_FILE_BYTES = 5 * 2**30
MOST_SUFFIXES = 40
_IN_MEMORY_BYTES, _BLOCK_BYTES = 8 * 2**20, 2**20
_CHANGED = "Files below it were written or deleted while it was copied. Register it again once nobody writes there."


class Spoilt(Exception):
    """It will not become a version, however often it is tried. Its text says why."""


class Left(Exception):
    """It is not this worker's any more."""


@dataclass(frozen=True)
class _Line:
    """A line of the manifest."""

    path: str
    size_bytes: int
    sha256: str

    def written(self) -> bytes:
        return orjson.dumps(self, option=orjson.OPT_APPEND_NEWLINE)


def copy_version(pk: UUID) -> None:
    """Copy one version; whoever finds another worker at it leaves it to that one."""
    row = copies.begin(pk=pk, now=timezone.now())
    if row is None:
        return
    if row.bucket is None:
        copies.end(row=row, why="Its bucket was removed.")
        return
    try:
        if row.files is None:
            _count(row)
        s3.make_bucket(row.store_name)
        _copy(row)
        _write_manifest(row)
        copies.end(row=row)
    except Left:
        return
    except (Spoilt, BucketFull) as problem:
        copies.end(row=row, why=str(problem))
    except Unavailable as outage:
        copies.wait(row=row, why=outage.detail)


def clear_version(row: DatasetVersion) -> None:
    """Delete the copies of a version that failed or was deleted. Raises Unavailable."""
    s3.make_bucket(row.store_name)  # of which it may be the first version, of which nothing was copied
    s3.empty(row.store_name, row.place)
    copies.cleared(pk=row.pk)


def _count(row: DatasetVersion) -> None:
    number = size_bytes = 0
    for page, _ in _pages(row, a_page=A_PAGE):
        number, size_bytes = number + len(page), size_bytes + sum(entry.size_bytes for entry in page)
        _note(row)
    if not number:
        raise Spoilt("No file lies below it any more.")
    if not copies.take_room(row=row, files=number, size_bytes=size_bytes):
        raise Left


def _copy(row: DatasetVersion) -> None:
    with ThreadPoolExecutor(COPIED_AT_ONCE) as copying:
        for page, last in _pages(row, a_page=A_BATCH):
            lines = list(copying.map(lambda entry: _copied(row, entry), page))
            if row.copied_files + len(lines) > (row.files or 0):
                raise Spoilt(_CHANGED)
            if lines:
                _put(row, row.part(row.parts + 1), io.BytesIO(b"".join(line.written() for line in lines)))
                row.parts += 1
            row.copied_files += len(lines)
            row.copied_bytes += sum(line.size_bytes for line in lines)
            row.suffixes = _counted(row.suffixes, lines)
            row.cursor = last
            _note(row)
    if (row.copied_files, row.copied_bytes) != (row.files, row.size_bytes):
        raise Spoilt(_CHANGED)


def _copied(row: DatasetVersion, entry: s3.Entry) -> _Line:
    """Copy one file; its hash is of what the store verified when it was written, or else of what was copied."""
    assert row.bucket is not None  # noqa: S101 - whoever copies has one
    path, target = entry.key[len(row.prefix) :], row.place_of_files + entry.key[len(row.prefix) :]
    if wrong := wrong_with(path):
        raise Spoilt(f"{path[:200]!r}: {wrong}")
    if entry.size_bytes > LARGEST_FILE_BYTES:
        raise Spoilt(f"{path[:200]} is larger than 5 GiB, which no store copies at once.")
    known = s3.digest(row.bucket.store_name, entry.key)
    try:
        s3.copy(row.bucket.store_name, entry, to=row.store_name, key=target)
    except OSError as error:
        raise Spoilt(_CHANGED) from error
    kept = s3.entry(row.store_name, target)
    if kept is None or kept.size_bytes != entry.size_bytes:
        raise Unavailable(f"The store did not copy {path[:200]} whole.", system="buckets")
    if known is not None and known[1]:
        return _Line(path, kept.size_bytes, known[1])
    with s3.opened(row.store_name, kept) as content:
        return _Line(path, kept.size_bytes, _sha256(content).hexdigest())


def _pages(row: DatasetVersion, *, a_page: int) -> Iterator[tuple[Sequence[s3.Entry], str]]:
    """What lies below the prefix behind `row.cursor`, without what is being deleted; with the last name of each page."""
    assert row.bucket is not None  # noqa: S101
    after = row.cursor
    while True:
        listing = s3.page(row.bucket.store_name, prefix=row.prefix, after=after, most=a_page, folders=False)
        if listing.entries:
            after = listing.entries[-1].key
            yield files.hidden(row.bucket, listing).entries, after
        if not listing.next:
            return


def _note(row: DatasetVersion) -> None:
    if not copies.note(row=row):
        raise Left


def _counted(before: dict[str, list[int]], lines: Sequence[_Line]) -> dict[str, list[int]]:
    """How many files and bytes there are of each suffix; of the rarer ones together."""
    number, size = Counter({name: one[0] for name, one in before.items()}), Counter({k: v[1] for k, v in before.items()})
    for line in lines:
        suffix = PurePosixPath(line.path).suffix.lower()[:20]
        name = suffix if suffix in number or len(number) < MOST_SUFFIXES else ""
        number[name] += 1
        size[name] += line.size_bytes
    return {name: [number[name], size[name]] for name in number}


def _write_manifest(row: DatasetVersion) -> None:
    """All parts after one another, and its digest, which names what the version holds."""
    with SpooledTemporaryFile(_IN_MEMORY_BYTES, prefix="hanse-manifest-") as manifest:
        for number in range(1, row.parts + 1):
            manifest.write(s3.read(row.store_name, row.part(number)))
        row.digest = _put(row, row.manifest, manifest)
    first = [orjson.loads(line) for line in s3.read(row.store_name, row.part(1)).splitlines()]
    row.preview = tables.first_of(row, [line["path"] for line in first])


def _put(row: DatasetVersion, key: str, content: IO[bytes]) -> str:
    """Write it; returns its hash, by which the store checks what it got."""
    content.seek(0)
    digest = _sha256(content)
    size_bytes = content.tell()
    content.seek(0)
    s3.put(row.store_name, key, content, size_bytes=size_bytes, sha256=digest.digest())
    return digest.hexdigest()


def _sha256(content: IO[bytes]) -> "hashlib._Hash":
    digest = hashlib.sha256()
    while block := content.read(_BLOCK_BYTES):
        digest.update(block)
    return digest
