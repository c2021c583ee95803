"""Which files a revision brings along: found when it is made, and kept for as long as its app is there.

What a job left is kept by naming its object. A bucket is its users' to change, so what lies there is copied.
"""

from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath
from uuid import UUID

from django.db import transaction

from apps.core.errors import InvalidRequest
from apps.core.registries import artifacts
from apps.inference.models import App, Revision, RevisionFile
from apps.inference.spec import AppFiles, AppSpec
from apps.storage import s3
from apps.storage import services as storage
from apps.storage.files import hidden
from apps.storage.models import Bucket, StoredObject
from apps.storage.names import wrong_with
from apps.tenants.actor import Actor

MOST_FILES, MOST_BYTES = 200, 20 * 2**30


def find_files(actor: Actor, app: App, spec: AppSpec) -> list[RevisionFile]:
    """What the specification names, as it is now; what a job left is not given up before the transaction ends.

    Raises InvalidRequest for what is not there, or is not the project's, and Unavailable when a bucket's store is silent.
    """
    found: list[RevisionFile] = []
    for number, named in enumerate(spec.files):
        at = f"/spec/files/{number}"
        files = list(_of_job(actor, app, named, at) if named.job else _of_bucket(actor, app, named, at))
        found += files
        if len(found) > MOST_FILES or sum(file.size_bytes for file in found) > MOST_BYTES:
            raise _wrong(at, f"An app brings at most {MOST_FILES} files along, of {MOST_BYTES // 2**30} GiB together.")
        for file in files:
            if wrong := wrong_with(file.path):
                raise _wrong(at, f"{file.path}: {wrong}")
    _require_apart(found)
    return found


def files_of(app: App) -> list[RevisionFile]:
    """Those of the wanted revision."""
    return list(RevisionFile.objects.filter(app=app, revision__number=app.revision))


def give_files(revision: Revision, files: Sequence[RevisionFile]) -> None:
    """Note that the replicas of a revision get these."""
    fields = ("path", "size_bytes", "stored_id", "store_name", "key", "etag")
    RevisionFile.objects.bulk_create(
        RevisionFile(app_id=revision.app_id, revision=revision, **{field: getattr(file, field) for field in fields})
        for file in files
    )


@transaction.atomic
def copied(*, file: RevisionFile, stored: StoredObject) -> bool:
    """Note the copy of what lies in a bucket, for all revisions with the same; False when nobody needs this copy."""
    same = RevisionFile.objects.filter(
        app_id=file.app_id, store_name=file.store_name, key=file.key, etag=file.etag, stored=None
    )
    return bool(same.update(stored=stored))


def _of_job(actor: Actor, app: App, named: AppFiles, at: str) -> Iterator[RevisionFile]:
    assert named.job is not None  # noqa: S101 - whoever calls looked
    find = artifacts["job"]
    left = find(actor, app.project_id, named.job, named.artifact)
    if not left:
        raise _wrong(f"{at}/artifact", f"This project has no job {named.job} that left {named.artifact or 'anything'}.")
    there = storage.held(left.values())
    for name, stored_id in left.items():
        if stored_id not in there:
            raise _wrong(f"{at}/artifact", f"{name} is being deleted with its job.")
        yield RevisionFile(path=named.place(name), size_bytes=there[stored_id].size_bytes, stored=there[stored_id])


def _of_bucket(actor: Actor, app: App, named: AppFiles, at: str) -> Iterator[RevisionFile]:
    bucket = Bucket.objects.filter(project_id=app.project_id, name=named.bucket).first()
    if bucket is None or "buckets.view" not in actor.on_project(app.project_id, app.tenant_id):
        raise _wrong(f"{at}/bucket", f"This project has no bucket {named.bucket}.")
    most = MOST_FILES + 1 if named.is_folder else 1
    listing = hidden(bucket, s3.page(bucket.store_name, prefix=named.key, most=most, folders=False))
    entries = [entry for entry in listing.entries if named.is_folder or entry.key == named.key]
    if not entries:
        raise _wrong(f"{at}/key", f"There is no {named.key or 'file'} in {bucket.name}.")
    copies = _copies(app, bucket, [entry.etag for entry in entries])
    for entry in entries:
        yield RevisionFile(
            path=named.place(entry.key),
            size_bytes=entry.size_bytes,
            stored_id=copies.get((entry.key, entry.etag)),
            store_name=bucket.store_name,
            key=entry.key,
            etag=entry.etag,
        )


def _copies(app: App, bucket: Bucket, etags: Sequence[str]) -> dict[tuple[str, str], UUID]:
    """What earlier revisions were given already."""
    known = RevisionFile.objects.filter(app=app, store_name=bucket.store_name, etag__in=etags, stored__isnull=False)
    return {(key, etag): stored for key, etag, stored in known.values_list("key", "etag", "stored_id") if stored}


def _require_apart(found: Sequence[RevisionFile]) -> None:
    """Raise InvalidRequest where two would have one place, or one would lie below another."""
    taken: set[str] = set()
    for file in found:
        if file.path in taken:
            raise _wrong("/spec/files", f"Two files would be {file.path}; say where one goes with `to`.")
        taken.add(file.path)
    for path in taken:
        if above := taken & {str(parent) for parent in PurePosixPath(path).parents}:
            raise _wrong("/spec/files", f"{path} would lie below the file {above.pop()}.")


def _wrong(pointer: str, detail: str) -> InvalidRequest:
    return InvalidRequest(errors=[{"pointer": pointer, "detail": detail}])
