import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from embedded.pulsar.jars import Jars
from embedded.pulsar.pair import Pair


@pytest.fixture(scope="session")
def pair() -> Iterator[Pair]:
    """Two running clusters, started once; tests part by namespaces."""
    if not Jars().here():
        pytest.skip("Pulsar is not here: `make pulsar` fetches it once (about 2 minutes).")
    directory = Path(tempfile.mkdtemp(prefix="hanse-pulsar-"))
    pair = Pair(directory)
    try:
        pair.start(say=print)
        yield pair
    finally:
        pair.stop()
        shutil.rmtree(directory)
