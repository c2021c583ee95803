"""Ids are UUIDv7: unique anywhere, and ordered by the time they were made, so that "newest first" is an index scan."""

from uuid import UUID

import uuid_utils.compat


def new_id() -> UUID:
    return uuid_utils.compat.uuid7()
