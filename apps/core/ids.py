"""Ids are UUIDv7: unique anywhere, and ordered by the time they were made, so that "newest first" is an index scan."""

from collections.abc import Iterable
from datetime import datetime
from functools import cached_property
from uuid import UUID

import uuid_utils.compat


def new_id() -> UUID:
    return uuid_utils.compat.uuid7()


def first_id_at(moment: datetime) -> UUID:
    """The smallest id that could be made in the millisecond of `moment`: turns a time range into an index range."""
    milliseconds = max(0, int(moment.timestamp() * 1000)) & (2**48 - 1)
    return UUID(int=milliseconds << 80 | 0x7 << 76 | 0x8 << 60)


class Ids:
    """Ids that a query asks for, as one parameter of it. No sequence: Django would look at each of a thousand."""

    def __init__(self, ids: Iterable[UUID]) -> None:
        self.each = tuple(ids)

    @cached_property
    def array(self) -> str:
        """As PostgreSQL writes an array of them."""
        return "{" + ",".join(map(str, self.each)) + "}"

    def __len__(self) -> int:
        return len(self.each)

    def __contains__(self, pk: UUID) -> bool:
        return pk in self.each
