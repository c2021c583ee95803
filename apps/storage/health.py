"""Can objects be written, read and deleted?"""

from collections.abc import Iterator

from apps.core.errors import Unavailable
from apps.core.health import Finding, down, healthy
from apps.core.ids import new_id
from apps.storage import objects, s3


def check_objects() -> Iterator[Finding]:
    """Writes a small object, reads it back and deletes it."""
    path = f"health/{new_id().hex}"
    try:
        objects.write(path, b"probe")
        read = objects.read(path)
        objects.delete(path)
    except Exception as error:  # noqa: BLE001 - each kind of store has failures of its own; all mean the same here
        yield down(
            "objects.away",
            f"Objects cannot be written and read: {error}",
            "Correct HANSE_OBJECTS_URL, or give its store room and rights. Artifacts and log archives wait meanwhile.",
            error=str(error),
        )
        return
    if read == b"probe":
        yield healthy("objects.kept", "Objects can be written, read and deleted")
    else:
        yield down("objects.differ", "An object came back different", "The object store returns wrong bytes: see its log.")


def check_buckets() -> Iterator[Finding]:
    """Asks the store of buckets for their names: it answers, and knows our keys."""
    if not s3.configured():
        yield healthy("buckets.none", "This installation has no store of buckets")
        return
    try:
        count = s3.count_buckets()
    except Unavailable as error:
        yield down(
            "buckets.away",
            f"The store of buckets cannot be used: {error.detail}",
            "Correct HANSE_S3_URL and its keys, or start the store. Files in buckets cannot be reached meanwhile.",
            error=error.detail,
        )
        return
    yield healthy("buckets.answer", f"The store of buckets answers; it holds {count}", count=count)
