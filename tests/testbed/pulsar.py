"""`pair`: two running Pulsar clusters, started once a test run for the tests that ask for them; tests part by namespaces."""

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from embedded.pulsar.jars import Jars
from embedded.pulsar.pair import Pair
from tests.testbed.cluster.programs import may_build
from tests.testbed.cluster.progress import progress


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: Sequence[pytest.Item]) -> None:
    for item in items:
        if "pair" in getattr(item, "fixturenames", ()):
            item.add_marker("pulsar")


def pytest_collection_finish(session: pytest.Session) -> None:
    """Fetch before the first test, whose time is limited."""
    wanted = any(item.get_closest_marker("pulsar") for item in session.items)
    if wanted and may_build() and not session.config.option.collectonly and not Jars().here():
        with progress() as say:
            Jars().fetch(say=say)


@pytest.fixture(scope="session")
def pair() -> Iterator[Pair]:
    """Each is started without waiting for the other; what they hold goes with them."""
    if not Jars().here():
        pytest.skip("Pulsar is not here: `make pulsar` fetches it once (about 2 minutes), `CI=true` does too.")
    directory = Path(tempfile.mkdtemp(prefix="hanse-pulsar-"))
    pair = Pair(directory)
    try:
        pair.start(say=print, seconds=600)  # a machine may be busy with other tests
        yield pair
    finally:
        pair.stop(keep=False)
        shutil.rmtree(directory)
