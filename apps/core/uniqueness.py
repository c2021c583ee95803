"""Unique constraints are the rule; this turns their violation into an answer."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError, transaction
from psycopg2.errors import UniqueViolation

from apps.core.errors import Problem


@contextmanager
def refused_when_taken(problem: Problem) -> Iterator[None]:
    """Raise `problem` when the block violates a unique constraint; asking before would be a race."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        if isinstance(error.__cause__, UniqueViolation):
            raise problem from error
        raise
