"""While a backup copies objects, the sweep deletes none: what the database of that moment names must still be there."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

_OBJECTS = 0x68616E73_65006F62  # "hanse", "ob": the same number in every process


@contextmanager
def deleting() -> Iterator[bool]:
    """Many may delete at once; yields False while a backup runs."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock_shared(%s)", [_OBJECTS])
        held: bool = cursor.fetchone()[0]
        try:
            yield held
        finally:
            if held:
                cursor.execute("SELECT pg_advisory_unlock_shared(%s)", [_OBJECTS])


def keep_all() -> None:
    """Let nothing be deleted until this transaction ends; waits for deletions that are under way."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_OBJECTS])
