"""The files of a revision: what lies in a bucket is copied among the kept objects, and all are written where a replica is.

Each is looked at by its digest, and appears with all others or not at all.
"""

import hashlib
from collections.abc import Callable
from contextlib import suppress
from io import RawIOBase
from pathlib import Path
from typing import IO, Any, cast

from apps.core.errors import Unavailable
from apps.inference import services
from apps.inference.models import App, Revision, RevisionFile
from apps.storage import s3
from apps.storage import services as storage
from apps.storage.errors import ObjectMissing
from apps.storage.models import StoredObject

# Whoever waits for a large one is told so often that it goes on.
_BLOCKS_BETWEEN = 32


class Brought:
    """Writes the files of a revision into a directory. Raises Unavailable, which says what is missing and what to do."""

    def __init__(self, revision: Revision, *, go_on: Callable[[], bool]) -> None:
        self._revision, self._go_on = revision, go_on

    def __call__(self, directory: Path) -> None:
        for file in self._revision.files.select_related("stored").order_by("path"):
            self._go_on()
            stored = file.stored or self._copy(file)
            try:
                self._write(stored, file, directory / file.path)
            except ObjectMissing as error:
                raise self._not_there(file, "is not in the store of objects any more") from error
            except OSError as error:
                raise Unavailable(f"{file.path} could not be written to this machine: {error.strerror or error}.") from error
        for folder in (directory, *(path for path in directory.rglob("*") if path.is_dir())):
            folder.chmod(0o755)

    def _write(self, stored: StoredObject, file: RevisionFile, place: Path) -> None:
        place.parent.mkdir(parents=True, exist_ok=True)
        digest = hashlib.sha256()
        with place.open("wb") as written:
            for number, block in enumerate(storage.stream(stored=stored)):
                digest.update(block)
                written.write(block)
                if number % _BLOCKS_BETWEEN == _BLOCKS_BETWEEN - 1:
                    self._go_on()
        if digest.hexdigest() != stored.sha256:
            raise self._not_there(file, "came damaged from the store of objects")
        place.chmod(0o444)

    def _copy(self, file: RevisionFile) -> StoredObject:
        """Keep what lies in a bucket as it was when the revision was made."""
        found = s3.entry(file.store_name, file.key)
        if found is None or found.etag != file.etag:
            raise self._not_there(file, "was changed or deleted in its bucket before it was copied")
        place = App.objects.values("tenant_id", "project_id").get(pk=file.app_id)
        try:
            with s3.opened(file.store_name, found) as content:
                stored = storage.put(
                    **place,
                    producer_kind=App.live_kind,
                    producer_id=file.app_id,
                    purpose="artifact",
                    name=file.path[:300],
                    source=cast(IO[bytes], _Watched(content, self._go_on)),
                )
        except OSError as error:
            raise self._not_there(file, "was changed or deleted in its bucket while it was copied") from error
        if not services.copied(file=file, stored=stored):
            # Somebody else was quicker, or the app is gone.
            storage.delete(stored=stored)
            with suppress(RevisionFile.DoesNotExist):
                file.refresh_from_db()
            if file.stored is None:
                raise self._not_there(file, "is not wanted any more")
            return file.stored
        return stored

    def _not_there(self, file: RevisionFile, why: str) -> Unavailable:
        return Unavailable(f"{file.path} of revision {self._revision.number} {why}. Deploy a new revision.")


class _Watched(RawIOBase):
    """A file that is read, telling whoever waits."""

    def __init__(self, content: IO[bytes], go_on: Callable[[], bool]) -> None:
        self._content, self._go_on, self._blocks = content, go_on, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self._blocks += 1
        if self._blocks % _BLOCKS_BETWEEN == 0:
            self._go_on()
        block = self._content.read(len(buffer))
        buffer[: len(block)] = block
        return len(block)
