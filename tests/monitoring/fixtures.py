"""What tests of logs share (tests/live too): servers and followers that forget."""

import pytest

from apps.monitoring import streams
from apps.monitoring.services import lines as following


@pytest.fixture
def follower_dies():
    """What a killed process forgets: everything that it held and had not archived."""

    def forget() -> None:
        following._tails.clear()

    yield forget
    forget()


@pytest.fixture
def redis_forgets():
    return streams.store().flushdb
