"""Files of volumes that are directories of this machine: where they are, reading them, and acts on them."""

import errno
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Protocol
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from apps.clusters.models import ClusterKind
from apps.core.errors import InvalidRequest
from apps.core.outbox import hint
from apps.storage.errors import VolumeFilesOutOfReach, VolumeFull
from apps.storage.models import AccessMode, Volume
from apps.storage.trees import BLOCK_BYTES, Entry, Tree
from apps.storage.volumes import audit
from apps.tenants.actor import Actor

# The reverse proxy takes no larger ones, and no request may last for ever.
MOST_UPLOAD_BYTES, LONGEST_UPLOAD_SECONDS = 4 * 10**9, 15 * 60


class Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


def shelf() -> Path:
    """What holds them all. Beside the jobs, whose user passes through it."""
    return Path(settings.LOCAL_COMPUTE_DIRECTORY) / ".volumes"


def directory_of(volume_id: UUID) -> Path:
    return shelf() / str(volume_id)


def tree_of(volume: Volume) -> Tree:
    """Its files. Raises VolumeFilesOutOfReach for a volume of a cluster, and for one that is not made or goes."""
    if volume.cluster.kind != ClusterKind.LOCAL:
        raise VolumeFilesOutOfReach(
            f"{volume.name} lies in {volume.cluster.slug}, where only jobs read and write its files."
        )
    if not settings.LOCAL_COMPUTE:
        raise VolumeFilesOutOfReach("Local compute is off; whoever runs this portal can switch it on in development mode.")
    if volume.deleting_at is not None:
        raise VolumeFilesOutOfReach(f"{volume.name} is being deleted.")
    directory = directory_of(volume.pk)
    if not directory.is_dir():
        raise VolumeFilesOutOfReach(f"{volume.name} is not made yet.")
    return Tree(directory, aside=shelf())


@contextmanager
def received(volume: Volume, body: Readable, *, size_bytes: int | None) -> Iterator[IO[bytes]]:
    """All of a body of this size, on the disk beside the volume. No transaction is to be open meanwhile.

    Raises VolumeFull, and InvalidRequest for a size that is not told, too large, or not what came.
    """
    tree = to_write(volume)
    if size_bytes is None or not 0 <= size_bytes <= MOST_UPLOAD_BYTES:
        detail = f"Say the size of the file, at most {MOST_UPLOAD_BYTES:,} bytes."
        raise InvalidRequest(errors=[{"pointer": "Content-Length", "detail": detail}])
    used_bytes = volume.used_bytes or 0
    if used_bytes + size_bytes > volume.size_bytes:
        raise VolumeFull(
            f"{volume.name} holds {used_bytes:,} of {volume.size_bytes:,} bytes; this needs {size_bytes:,}.",
            size_bytes=volume.size_bytes,
            used_bytes=used_bytes,
            asked_bytes=size_bytes,
        )
    with _room(volume), tree.receiving() as file:
        until = time.monotonic() + LONGEST_UPLOAD_SECONDS
        while time.monotonic() < until and (block := body.read(BLOCK_BYTES)):
            file.write(block)
        if file.tell() != size_bytes:
            detail = f"{file.tell():,} of {size_bytes:,} bytes came within {LONGEST_UPLOAD_SECONDS // 60} minutes."
            raise InvalidRequest(errors=[{"pointer": "Content-Length", "detail": detail}])
        yield file


@transaction.atomic
def place(*, actor: Actor, volume: Volume, file: IO[bytes], path: str, replace: bool) -> Entry:
    """Give what was received its name, last of all, so that little can undo the record and not the file."""
    tree = to_write(volume)
    audit("upload", volume, actor=actor, after={"path": path, "size_bytes": file.tell()})
    with _room(volume):
        return tree.place(file, path, replace=replace)


@transaction.atomic
def make_folder(*, actor: Actor, volume: Volume, path: str) -> Entry:
    tree = to_write(volume)
    audit("make-folder", volume, actor=actor, after={"path": path})
    with _room(volume):
        return tree.make_folder(path)


@transaction.atomic
def remove(*, actor: Actor, volume: Volume, path: str) -> None:
    """Take a file or a folder out of the volume at once; a worker deletes what was in it, however much."""
    tree = to_write(volume)
    Volume.objects.filter(pk=volume.pk).update(next_reconcile_at=timezone.now())
    hint("storage.reconcile_volume", volume_id=volume.pk)
    kind = tree.remove(path)
    audit("delete-files", volume, actor=actor, before={"path": path, "kind": kind})


def to_write(volume: Volume) -> Tree:
    """The same for who changes something. Raises VolumeFilesOutOfReach for what was made to be read only."""
    if volume.access_mode == AccessMode.READ_ONLY_MANY:
        raise VolumeFilesOutOfReach(f"{volume.name} was made to be read only ({volume.access_mode}).")
    return tree_of(volume)


def blocks(file: IO[bytes], size_bytes: int) -> Iterator[bytes]:
    """What was in the file when it was opened: a program may go on writing to it."""
    with file:
        while size_bytes and (block := file.read(min(BLOCK_BYTES, size_bytes))):
            size_bytes -= len(block)
            yield block
        if size_bytes:  # it was cut meanwhile; the reader must not take what came for the whole
            raise ConnectionResetError(errno.ECONNRESET, "the file was cut while it was read")


@contextmanager
def _room(volume: Volume) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise VolumeFull(f"The disk below {volume.name} is full.") from error
        raise
