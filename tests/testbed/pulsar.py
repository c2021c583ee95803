"""`pair`: two running Pulsar clusters, started once a test run for the tests that ask for them; tests part by namespaces."""

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import httpx
import pytest

from embedded.pulsar.jars import Jars
from embedded.pulsar.pair import TENANT, Pair
from tests.eventually import eventually
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


def part(pair: Pair) -> None:
    """Take away what tests made in both; neither knows the other then. `pair.introduce()` lets them replicate again."""
    for broker in pair.brokers:
        with broker.admin(timeout=120) as admin:
            for name in admin.get(f"/namespaces/{TENANT}").json():
                admin.post(f"/namespaces/{name}/replication", json=[broker.name])
                admin.put(f"/namespaces/{name}/unload")  # refused where one is on its way out already
    for broker, other in (pair.brokers, pair.brokers[::-1]):
        with broker.admin(timeout=120) as admin:
            for name in admin.get(f"/namespaces/{TENANT}").json():
                # One that goes while either side still sends hangs, and from then on its broker makes no topic any more.
                eventually(lambda name=name: not _sends(admin, name), within=120, what=f"{name}: no replication")
                admin.delete(f"/namespaces/{name}?force=true")
            admin.delete(f"/clusters/{other.name}")


def _sends(admin: httpx.Client, namespace: str) -> bool:
    """Whether a topic of it has a replicator."""
    topics = admin.get(f"/persistent/{namespace}").json()
    stats = (admin.get(f"/persistent/{topic.removeprefix('persistent://')}/stats") for topic in topics)
    return any(one.is_success and one.json()["replication"] for one in stats)
