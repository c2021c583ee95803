"""`make cluster` tells the portal that runs here."""

import pytest

from tests.testbed.cluster.fixture import Kubernetes
from tests.testbed.cluster.registration import register
from tests.testbed.stack import RunningStack


@pytest.mark.stack
class TestRegister:
    def test_makes_the_cluster_known_once_and_renews_its_credential(
        self, running_stack: RunningStack, kubernetes: Kubernetes
    ):
        first = register(running_stack.stack, "beside", kubernetes.kubeconfig)
        again = register(running_stack.stack, "beside", kubernetes.kubeconfig)

        assert "is registered" in first
        assert "anew" in again
        clusters = running_stack.portal("admin").get("/api/v1/clusters/")["results"]
        [cluster] = [one for one in clusters if one["slug"] == "beside"]
        assert (cluster["kind"], cluster["connection"]["server"]) == ("kubernetes", kubernetes.address)
