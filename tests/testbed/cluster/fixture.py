"""`kubernetes`: a real cluster, started once a test run for the tests that ask for it; they get the mark of that name.

They run one after the other, on one worker of pytest: each in a namespace of its own, on shared nodes.
`own_kubernetes`: one for a single test, which may break it.
"""

import contextlib
import shutil
import tempfile
from collections.abc import Generator, Iterator, Sequence
from pathlib import Path
from uuid import uuid4

import pytest
from kubernetes import client

from tests.testbed.cluster.cluster import Cluster
from tests.testbed.cluster.operators import OPERATORS
from tests.testbed.cluster.programs import WANTED, Programs, may_build
from tests.testbed.cluster.progress import progress

NODES = {"v100": 4, "p100": 2, "m40": 2, "fpga": 1, "cpu": 1}


class Kubernetes(Cluster):
    """The cluster of the tests."""

    @contextlib.contextmanager
    def namespace(self, **labels: str) -> Iterator[str]:
        """The name of a new namespace; its deletion begins at the end."""
        name = f"test-{uuid4().hex[:12]}"
        with self.admin() as api:
            core = client.CoreV1Api(api)
            core.create_namespace({"metadata": {"name": name, "labels": labels}})
            try:
                yield name
            finally:
                core.delete_namespace(name)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: Sequence[pytest.Item]) -> None:
    for item in items:
        if {"kubernetes", "own_kubernetes"} & set(getattr(item, "fixturenames", ())):
            item.add_marker("kubernetes")


def pytest_collection_finish(session: pytest.Session) -> None:
    """Build before the first test, whose time is limited."""
    wanted = any(item.get_closest_marker("kubernetes") for item in session.items)
    if wanted and may_build() and not session.config.option.collectonly:
        with progress() as say:
            Programs().build(WANTED, say=say)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Show the ends of the cluster's logs with a failure."""
    report = yield
    running = getattr(item, "funcargs", {}).get("kubernetes")
    if report.failed and running is not None:
        for log in sorted((running.directory / "logs").glob("*.log")):
            report.sections.append((log.name, log.read_text(errors="replace")[-1500:]))
    return report


@pytest.fixture(scope="session")
def kubernetes() -> Iterator[Kubernetes]:
    """A running cluster with a few simulated nodes of each model."""
    _skip_unless_built()
    with cluster_running() as cluster:
        for model, count in NODES.items():
            cluster.add_nodes(model, count)
        yield cluster


@pytest.fixture
def own_kubernetes() -> Iterator[Kubernetes]:
    """A cluster for one test alone, without nodes."""
    _skip_unless_built()
    with cluster_running() as cluster:
        yield cluster


def _skip_unless_built() -> None:
    if missing := Programs().missing(WANTED):
        names = ", ".join(program.name for program in missing)
        pytest.skip(f"not built here: {names}. `make cluster` builds them once (about 10 minutes), `CI=true` does too.")


@contextlib.contextmanager
def cluster_running() -> Iterator[Kubernetes]:
    """A cluster of one's own; gone at the end, with all its files."""
    directory = Path(tempfile.mkdtemp(prefix="hanse-cluster-"))
    cluster = Kubernetes(directory, operators=OPERATORS)
    try:
        cluster.start()
        yield cluster
    finally:
        cluster.stop()
        shutil.rmtree(directory)
