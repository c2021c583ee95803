"""Volumes as directories of this machine. Its file system keeps none of them to its size: they are measured."""

import os
import shutil
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from django.utils import timezone

from apps.core.errors import Unavailable
from apps.storage.models import ReclaimPolicy, Volume, VolumePhase
from apps.storage.volume_files import LONGEST_UPLOAD_SECONDS, directory_of, shelf
from apps.storage.volumes import VolumeSeen
from celery_workers.local import replicas

# Measuring takes the disk's time: never more than this share of it.
_SHARE_OF_MEASURING, _LEAST_PAUSE, _MOST_PAUSE = 20, timedelta(seconds=30), timedelta(hours=1)
_LOOKED_AT_BETWEEN = 2000
_BYTES_A_BLOCK = 512


def carry_out(volume: Volume, *, go_on: Callable[[], bool]) -> VolumeSeen | None:
    """Make its directory, and measure it; None when `go_on` sees no use in it any more. Raises Unavailable."""
    replicas.require_open_machine()
    try:
        directory = ensure(volume.pk)
        if not _swept(volume.pk, go_on):
            return None
        began, at = time.monotonic(), timezone.now()
        measured = _measure(directory, go_on)
    except OSError as error:
        raise Unavailable(f"The directory of the volume cannot be made or read: {error.strerror or error}.") from error
    if measured is None:
        return None
    used_bytes, files = measured
    took = timedelta(seconds=time.monotonic() - began)
    return VolumeSeen(
        phase=VolumePhase.BOUND,
        again=min(max(_SHARE_OF_MEASURING * took, _LEAST_PAUSE), _MOST_PAUSE),
        capacity_bytes=volume.size_bytes,
        size_enforced=False,
        used_bytes=used_bytes,
        files=files,
        measured_at=at,
    )


def remove(volume: Volume) -> bool:
    """Delete its directory, or lay it aside where its files are retained. Doing it twice changes nothing."""
    directory = directory_of(volume.pk)
    try:
        if volume.reclaim_policy == ReclaimPolicy.RETAIN:
            if directory.exists():
                directory.rename(shelf() / f"retained-{volume.claim}")
        elif directory.exists():
            directory.rename(shelf() / f".gone-{volume.pk}")
        _swept(volume.pk, lambda: True)
    except OSError as error:
        raise Unavailable(f"The directory of the volume cannot be deleted: {error.strerror or error}.") from error
    return True


def ensure(volume_id: UUID) -> Path:
    """The directory, which only the user of replicas can enter."""
    directory = directory_of(volume_id)
    if directory.exists():
        return directory
    directory.parent.mkdir(parents=True, exist_ok=True)
    for parent in (directory.parent, directory.parent.parent):
        parent.chmod(0o711)
    unfinished = directory.with_name(f".making-{volume_id}-{os.getpid()}")
    unfinished.mkdir(mode=0o700, exist_ok=True)
    if os.geteuid() == 0:
        account = replicas.compute_account()
        os.chown(unfinished, account.pw_uid, account.pw_gid)
    try:
        unfinished.rename(directory)
    except OSError:  # another was quicker, and something may lie in it by now
        unfinished.rmdir()
    return directory


def _swept(volume_id: UUID, go_on: Callable[[], bool]) -> bool:
    """Delete what was taken out of the volume, and uploads that nobody finishes; False when `go_on` ended it."""
    for gone in shelf().glob(f".gone-{volume_id}*"):
        if not go_on():
            return False
        if gone.is_dir() and not gone.is_symlink():
            shutil.rmtree(gone)
        else:
            gone.unlink()
    for arriving in shelf().glob(f".arriving-{volume_id}-*"):
        with suppress(FileNotFoundError):
            if time.time() - arriving.stat().st_mtime > LONGEST_UPLOAD_SECONDS:
                arriving.unlink()
    return True


def _measure(directory: Path, go_on: Callable[[], bool]) -> tuple[int, int] | None:
    """(bytes on the disk, files). Links are not followed, and what has several names is counted once."""
    used_bytes = files = looked_at = 0
    linked: set[tuple[int, int]] = set()
    folders = [str(directory)]
    while folders:
        try:
            entries = list(os.scandir(folders.pop()))
        except FileNotFoundError:  # deleted meanwhile
            continue
        for entry in entries:
            looked_at += 1
            if looked_at % _LOOKED_AT_BETWEEN == 0 and not go_on():
                return None
            try:
                found = entry.stat(follow_symlinks=False)
            except FileNotFoundError:
                continue
            if entry.is_dir(follow_symlinks=False):
                folders.append(entry.path)
                continue
            files += 1
            if found.st_nlink > 1:
                if (found.st_dev, found.st_ino) in linked:
                    continue
                linked.add((found.st_dev, found.st_ino))
            used_bytes += found.st_blocks * _BYTES_A_BLOCK
    return used_bytes, files
