"""What replicas leave behind: files in their artifacts' directory, kept as artifacts of their job."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from threading import Event

import structlog

from apps.jobs import services as jobs
from celery_workers.local import replicas
from celery_workers.local.replicas import ReplicaDirectory

MOST_FILES = 1000
_log = structlog.get_logger(__name__)


def collect_artifacts(stop: Event) -> None:
    """Keep what ended replicas left; each once."""
    for directory in replicas.opened():
        if stop.is_set():
            return
        status = directory.status()
        if status is not None and status.final and not directory.collected:
            _keep(directory)
            directory.mark_collected()


def _keep(directory: ReplicaDirectory) -> None:
    for count, (name, source) in enumerate(_files(directory)):
        if count >= MOST_FILES:
            _log.warning("artifacts-left-behind", replica=directory.label, kept=MOST_FILES)
            return
        try:
            jobs.add_artifact(
                job_id=directory.job_id, attempt=directory.attempt, rank=directory.rank, name=name, source=source
            )
        except (ValueError, FileNotFoundError) as error:
            _log.warning("artifact-left-behind", replica=directory.label, name=name, error=str(error))


def _files(directory: ReplicaDirectory) -> Iterator[tuple[str, Path]]:
    """Regular files of the replica's own, by their names below the directory.

    The replica's user may have left links to what only the portal can read. So no link is followed: each directory is
    held open, and files are named through it.
    """
    owner = replicas.compute_account().pw_uid
    top = directory.artifacts
    if not top.exists():
        return
    for folder, folders, names, descriptor in os.fwalk(top, follow_symlinks=False):
        folders.sort()
        for name in sorted(names):
            found = os.stat(name, dir_fd=descriptor, follow_symlinks=False)
            if stat.S_ISREG(found.st_mode) and found.st_uid == owner:
                yield (Path(folder) / name).relative_to(top).as_posix(), Path(f"/proc/self/fd/{descriptor}") / name
