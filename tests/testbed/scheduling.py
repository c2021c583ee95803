"""Which tests go to one worker of pytest: those of a module, for their servers; and all that share the cluster."""

import pytest
from xdist.scheduler import LoadScopeScheduling

# The folders whose tests ask for the fixture `kubernetes`.
OF_THE_CLUSTER = ("tests/kubernetes/", "tests/testbed/", "tests/helm/")


class Scheduling(LoadScopeScheduling):
    def _split_scope(self, nodeid: str) -> str:
        return "cluster" if nodeid.startswith(OF_THE_CLUSTER) else nodeid.partition("::")[0]


@pytest.hookimpl(tryfirst=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> Scheduling:
    return Scheduling(config, log)
