"""What people read of versions of datasets: lists of their files, and addresses to read them from."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import orjson
from django.db import transaction
from django.utils import timezone

from apps.core.errors import InvalidRequest
from apps.storage import s3
from apps.storage.datasets import audit
from apps.storage.errors import VersionNotReady
from apps.storage.files import DOWNLOAD_LIVES
from apps.storage.models import DatasetVersion
from apps.tenants.actor import Actor

_LINK_LIVES = timedelta(minutes=5)


def to_read(*, project_id: UUID, name: str, number: int | None) -> DatasetVersion | None:
    """A version that is ready, locked so that it is not deleted meanwhile; the newest when no number is given."""
    rows = DatasetVersion.objects.select_for_update(of=("self",), no_key=True)
    ready = rows.filter(
        dataset__project_id=project_id, dataset__name=name, phase=DatasetVersion.Phase.READY, deleting_at=None
    )
    return (ready if number is None else ready.filter(number=number)).order_by("-number").first()


def listed(*, version: DatasetVersion, prefix: str, cursor: str, most: int) -> s3.Listing:
    """A page of its files and folders, with paths as they are within the version. Raises VersionNotReady, Unavailable."""
    _require_ready(version)
    place = version.place_of_files
    listing = s3.page(version.store_name, prefix=place + prefix, cursor=cursor, most=most)
    return s3.Listing([folder[len(place) :] for folder in listing.folders], listing.entries, listing.next)


@transaction.atomic
def grant_downloads(
    *, actor: Actor, version: DatasetVersion, part: int
) -> tuple[list[dict[str, Any]], int | None, datetime]:
    """Addresses of the files of one part of its manifest; with the next part, and when they expire."""
    _require_ready(version)
    if part > version.parts:
        detail = f"Its manifest has {version.parts} parts."
        raise InvalidRequest(errors=[{"pointer": "/part", "detail": detail}])
    lines = s3.read(version.store_name, version.part(part)).splitlines()
    seconds = int(DOWNLOAD_LIVES.total_seconds())
    downloads = [line | {"url": _address(version, line["path"], seconds)} for line in map(orjson.loads, lines)]
    if part == 1:
        audit("download", version.dataset, actor=actor, after={"version": version.number, "files": version.files})
    return downloads, part + 1 if part < version.parts else None, timezone.now() + DOWNLOAD_LIVES


@transaction.atomic
def link(*, actor: Actor, version: DatasetVersion, path: str) -> tuple[str, datetime]:
    """An address of one file, or of the manifest when none is named. Raises InvalidRequest when it has no such file."""
    _require_ready(version)
    key = version.place_of_files + path if path else version.manifest
    if s3.entry(version.store_name, key) is None:
        raise InvalidRequest(errors=[{"pointer": "/path", "detail": "The version has no such file."}])
    audit("link", version.dataset, actor=actor, after={"version": version.number, "path": path})
    url = s3.signed_get(version.store_name, key, seconds=int(_LINK_LIVES.total_seconds()), download=True)
    return url, timezone.now() + _LINK_LIVES


def _address(version: DatasetVersion, path: str, seconds: int) -> str:
    return s3.signed_get(version.store_name, version.place_of_files + path, seconds=seconds, download=True)


def _require_ready(version: DatasetVersion) -> None:
    if version.phase != DatasetVersion.Phase.READY:
        raise VersionNotReady(f"Version {version.number} of {version.dataset.name} is {version.phase}.")
