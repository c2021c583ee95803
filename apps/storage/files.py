"""Acts on files of buckets: addresses to write and read them with, and deleting them so that it can be taken back."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from apps.storage import s3
from apps.storage.buckets import audit
from apps.storage.errors import BucketFull, RemovalCarriedOut
from apps.storage.models import Bucket, FileRemoval, UploadGrant
from apps.tenants.actor import Actor

ADDRESS_LIVES = timedelta(minutes=15)
# Many are asked for at once, and the last waits for the others.
DOWNLOAD_LIVES = timedelta(hours=1)
TAKEN_BACK_FOR = timedelta(seconds=30)
_MEASURED_AFTER = timedelta(seconds=20)
_ASKED_AT_ONCE = 8
# Of one removal in one round; the next goes on.
_MOST_PAGES = 20


@dataclass(frozen=True)
class Wanted:
    """A file that somebody wants to write; `sha256` in hexadecimal, empty when it is not known."""

    key: str
    size_bytes: int
    sha256: str = ""


@dataclass(frozen=True)
class Upload:
    """How to write one file; `put` is None when the very same is there already."""

    key: str
    put: s3.Signed | None


def grant_uploads(*, actor: Actor, bucket: Bucket, files: Sequence[Wanted]) -> tuple[list[Upload], datetime]:
    """Promise room for files, and sign an address for each, good for exactly its size and content; with when they expire.

    Raises BucketFull; then nothing was promised.
    """
    removals = list(bucket.removals.all())
    with ThreadPoolExecutor(_ASKED_AT_ONCE) as asking:
        there = dict(zip(files, asking.map(lambda file: _is_there(bucket, file, removals), files), strict=True))
    expires_at = timezone.now() + ADDRESS_LIVES
    new = [file for file in files if not there[file]]
    if new:
        with transaction.atomic():
            size_bytes = sum(file.size_bytes for file in new)
            promise_room(bucket=bucket, size_bytes=size_bytes, expires_at=expires_at)
            audit("upload", bucket, actor=actor, after={"files": len(new), "size_bytes": size_bytes, "first": new[0].key})
    seconds = int(ADDRESS_LIVES.total_seconds())
    uploads = [
        Upload(
            file.key,
            None
            if there[file]
            else s3.signed_put(bucket.store_name, file.key, size_bytes=file.size_bytes, sha256=file.sha256, seconds=seconds),
        )
        for file in files
    ]
    return uploads, expires_at


def _is_there(bucket: Bucket, file: Wanted, removals: Sequence[FileRemoval]) -> bool:
    """Whether the store has the very same, and will keep it."""
    if not file.sha256 or any(removal.names(file.key) for removal in removals):
        return False
    return s3.digest(bucket.store_name, file.key) == (file.size_bytes, file.sha256)


@transaction.atomic
def promise_room(*, bucket: Bucket, size_bytes: int, expires_at: datetime) -> None:
    """Room for what will be written until then. Raises BucketFull."""
    row = with_room(bucket=bucket, size_bytes=size_bytes)
    UploadGrant.objects.create(bucket=row, size_bytes=size_bytes, expires_at=expires_at)
    soon = timezone.now() + _MEASURED_AFTER
    Bucket.objects.filter(pk=row.pk, measure_at__gt=soon).update(measure_at=soon)


def with_room(*, bucket: Bucket, size_bytes: int) -> Bucket:
    """The bucket, locked, which has so much room. Raises BucketFull."""
    row = Bucket.objects.select_for_update(no_key=True).get(pk=bucket.pk)
    promised = promised_bytes(row)
    if row.taken_bytes + promised + size_bytes > row.quota_bytes:
        kept = f"versions of datasets made of it take {row.kept_bytes:,}, " if row.kept_bytes else ""
        raise BucketFull(
            f"{row.name} holds {row.used_bytes:,} of {row.quota_bytes:,} bytes, {kept}{promised:,} are promised to uploads "
            f"that go on; this needs {size_bytes:,}.",
            quota_bytes=row.quota_bytes,
            used_bytes=row.used_bytes,
            kept_bytes=row.kept_bytes,
            promised_bytes=promised,
            asked_bytes=size_bytes,
        )
    return row


def promised_bytes(bucket: Bucket) -> int:
    """What uploads were promised that the last measurement cannot have seen."""
    return int(bucket.grants.aggregate(total=Sum("size_bytes"))["total"] or 0)


@transaction.atomic
def link(*, actor: Actor, bucket: Bucket, key: str, lives: timedelta) -> tuple[str, datetime]:
    """An address at which whoever has it downloads this file, until it expires."""
    seconds = int(lives.total_seconds())
    audit("link", bucket, actor=actor, after={"key": key, "seconds": seconds})
    expires_at = timezone.now() + lives
    return s3.signed_get(bucket.store_name, key, seconds=seconds, download=True), expires_at


@dataclass(frozen=True)
class Download:
    """A file with the address to read it from; `sha256` in hexadecimal, empty when the store does not know it."""

    key: str
    size_bytes: int
    sha256: str
    url: str


@transaction.atomic
def grant_downloads(
    *, actor: Actor, bucket: Bucket, prefix: str, cursor: str, most: int
) -> tuple[list[Download], str, datetime]:
    """Addresses of some of what lies below a prefix, however deep; with how it continues, and when they expire."""
    listing = hidden(bucket, s3.page(bucket.store_name, prefix=prefix, cursor=cursor, most=most, folders=False))
    with ThreadPoolExecutor(_ASKED_AT_ONCE) as asking:
        digests = list(asking.map(lambda entry: s3.digest(bucket.store_name, entry.key), listing.entries))
    seconds = int(DOWNLOAD_LIVES.total_seconds())
    expires_at = timezone.now() + DOWNLOAD_LIVES
    downloads = [
        Download(entry.key, *digest, s3.signed_get(bucket.store_name, entry.key, seconds=seconds, download=True))
        for entry, digest in zip(listing.entries, digests, strict=True)
        # One that was deleted since it was listed.
        if digest is not None
    ]
    if downloads:
        audit(
            "download", bucket, actor=actor, after={"files": len(downloads), "first": downloads[0].key, "seconds": seconds}
        )
    return downloads, listing.next, expires_at


@transaction.atomic
def remove_files(*, actor: Actor, bucket: Bucket, keys: Sequence[str], folders: Sequence[str]) -> FileRemoval:
    """Delete files and whole folders, half a minute from now; hidden at once."""
    now = timezone.now()
    removal = FileRemoval.objects.create(
        bucket=bucket, keys=list(keys), folders=list(folders), requested_at=now, due_at=now + TAKEN_BACK_FOR
    )
    named = [*folders, *keys][:20]
    audit("delete-files", bucket, actor=actor, before={"files": len(keys), "folders": len(folders), "first": named})
    return removal


@transaction.atomic
def take_back(*, actor: Actor, bucket: Bucket, removal: FileRemoval) -> None:
    """Undo a deletion before it is carried out. Raises RemovalCarriedOut."""
    row = FileRemoval.objects.select_for_update().filter(pk=removal.pk, due_at__gt=timezone.now()).first()
    if row is None:
        raise RemovalCarriedOut
    audit("keep-files", bucket, actor=actor, after={"files": len(row.keys), "folders": len(row.folders)})
    row.delete()


def hidden(bucket: Bucket, listing: s3.Listing) -> s3.Listing:
    """The listing without what is being deleted."""
    removals = list(bucket.removals.all())
    if not removals:
        return listing

    def gone(key: str) -> bool:
        return any(removal.names(key) for removal in removals)

    def kept(entry: s3.Entry) -> bool:
        return all(entry.modified_at > one.requested_at for one in removals) or not gone(entry.key)

    folders = [folder for folder in listing.folders if not gone(folder)]
    return s3.Listing(folders, [entry for entry in listing.entries if kept(entry)], listing.next)


def carry_out(*, removal: FileRemoval) -> None:
    """Delete what was asked for, at most some pages at once; safe to interrupt and repeat. Raises Unavailable.

    A file that was written anew since then is another, and stays.
    """
    name = removal.bucket.store_name
    with ThreadPoolExecutor(_ASKED_AT_ONCE) as asking:
        found = list(asking.map(lambda key: s3.entry(name, key), removal.keys))
    s3.delete(name, [one.key for one in found if one is not None and one.modified_at <= removal.requested_at])
    for folder in removal.folders:
        if not _emptied(name, folder, before=removal.requested_at):
            return
    removal.delete()
    Bucket.objects.filter(pk=removal.bucket_id).update(measure_at=timezone.now())


def _emptied(name: str, folder: str, *, before: datetime) -> bool:
    cursor = ""
    for _ in range(_MOST_PAGES):
        listing = s3.page(name, prefix=folder, cursor=cursor, most=s3.MOST_DELETED_AT_ONCE, folders=False)
        s3.delete(name, [entry.key for entry in listing.entries if entry.modified_at <= before])
        cursor = listing.next
        if not cursor:
            return True
    return False
