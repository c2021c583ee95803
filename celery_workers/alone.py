"""What one worker at a time does, though it takes longer than a transaction may stand open."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import connection


@contextmanager
def alone_at(subject_id: UUID) -> Iterator[bool]:
    """Yields whether no other worker is at it. Held by the connection: a worker that is killed lets go of it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtextextended(%s, 0))", [str(subject_id)])
        held: bool = cursor.fetchone()[0]
        try:
            yield held
        finally:
            if held:
                cursor.execute("SELECT pg_advisory_unlock(hashtextextended(%s, 0))", [str(subject_id)])
