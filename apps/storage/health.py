"""Can objects be written, read and deleted?"""

from collections.abc import Iterator

from apps.core.health import Finding, down, healthy
from apps.core.ids import new_id
from apps.storage import objects


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
