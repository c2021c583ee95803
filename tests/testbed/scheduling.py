"""Which tests go to one worker of pytest: those of a module, for their servers; and all that share a large one."""

import pytest
from xdist.scheduler import LoadScopeScheduling

# The folders whose tests ask for the fixture `kubernetes`.
OF_THE_CLUSTER = ("tests/kubernetes/", "tests/testbed/", "tests/helm/")
# Those that ask for `s3`.
OF_THE_STORE = "tests/storage/"
# Those that ask for `pair`.
OF_PULSAR = ("tests/pulsar/", "tests/federation/")


class Scheduling(LoadScopeScheduling):
    def _split_scope(self, nodeid: str) -> str:
        if nodeid.startswith(OF_THE_CLUSTER):
            return "cluster"
        if nodeid.startswith(OF_THE_STORE):
            return "store"
        if nodeid.startswith(OF_PULSAR):
            return "pulsar"
        return nodeid.partition("::")[0]


@pytest.hookimpl(tryfirst=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> Scheduling:
    return Scheduling(config, log)
