"""Clusters that Hanse does not own, on a real control plane: registering, preflight, and what is seen of nodes."""

import base64
import os
import signal
from datetime import timedelta
from ipaddress import ip_network

import pytest
import yaml
from django.utils import timezone
from kubernetes.client import CoreV1Api

from apps.clusters import services
from apps.clusters.access import Access, Credential
from apps.clusters.models import CapacitySample, Cluster
from apps.clusters.needs import NEEDS, access_manifest
from apps.core.models import Operation
from celery_workers.kubernetes import preflight, schedulable
from celery_workers.kubernetes.look import look_at
from celery_workers.kubernetes.manifests.labels import CLUSTER
from celery_workers.watchers.hardware import HardwareOfClusters
from tests.eventually import eventually
from tests.factories import make_kubernetes


@pytest.fixture(autouse=True)
def _loopback(settings) -> None:
    settings.ALLOWED_NETWORKS = [ip_network("127.0.0.0/8")]


@pytest.fixture
def operator(as_role):
    return as_role("operator")[0]


def register(client, kubeconfig: str, slug: str = "harbour") -> Cluster:
    body = {"slug": slug, "name": "Harbour", "kind": "kubernetes", "connection": {"kubeconfig": kubeconfig}}
    answer = client.post("/api/v1/clusters/", body)
    assert answer.status_code == 201, answer.json()
    return Cluster.objects.get(pk=answer.json()["id"])


def findings(client, cluster: Cluster) -> dict[str, dict]:
    """Ask for a preflight as the console does, carry it out as a worker does, and read what came of it."""
    asked = client.post(f"/api/v1/clusters/{cluster.pk}/preflight/")
    assert (asked.status_code, asked.json()["state"]) == (202, "pending")
    preflight.run(Operation.objects.get(pk=asked.json()["id"]).pk)
    found = client.get(f"/api/v1/operations/{asked.json()['id']}/").json()
    assert found["state"] == "succeeded", found
    assert client.get(f"/api/v1/clusters/{cluster.pk}/").json()["findings"] == found["result"]["findings"]
    return {finding["check"]: finding for finding in found["result"]["findings"]}


@pytest.mark.django_db
class TestRegister:
    def test_a_kubeconfig_is_enough(self, kubernetes, operator):
        cluster = register(operator, kubernetes.kubeconfig)

        look_at(cluster.pk)

        shown = operator.get(f"/api/v1/clusters/{cluster.pk}/").json()
        assert shown["versions"]["kubernetes"].startswith("v1.")
        assert (shown["health"], shown["stale"]) == ("healthy", False)

    def test_whom_the_cluster_does_not_know_is_told_who_must_act(self, kubernetes, operator):
        document = yaml.safe_load(kubernetes.kubeconfig)
        document["users"][0]["user"] = {"token": "nobody"}
        cluster = register(operator, yaml.safe_dump(document))

        look_at(cluster.pk)

        cluster.refresh_from_db()
        assert cluster.health == "down"
        assert "an operator must give a new one" in cluster.health_message


@pytest.mark.django_db
class TestPreflight:
    def test_finds_what_is_there(self, kubernetes, operator):
        found = findings(operator, register(operator, kubernetes.kubeconfig))

        assert found["permissions"]["level"] == "fine"
        assert found["version"]["level"] == "fine"
        assert "nvidia.com/gpu: 56" in found["devices"]["evidence"]
        assert found["policy"]["level"] == "fine"
        assert found["network"]["level"] == "advisory"
        assert found["network"]["fix"]

    def test_a_limited_account_reads_what_it_lacks_and_the_manifest_that_mends_it(self, kubernetes, operator):
        """The manifest is applied to the cluster as it was given, and then nothing is missing."""
        cluster = register(operator, kubernetes.kubeconfig_of("limited-ship"))

        found = findings(operator, cluster)
        assert found["policy"]["level"] == "advisory"
        lacks = found["permissions"]
        assert lacks["level"] == "blocking"
        assert any(line.startswith("list nodes: ") for line in lacks["evidence"])
        kubernetes.apply(list(yaml.safe_load_all(lacks["manifest"])))

        def mended() -> bool:
            return findings(operator, cluster)["permissions"]["text"] == "limited-ship may do everything that Hanse needs."

        eventually(mended, what="the new rules to hold")

    def test_the_manifest_that_is_offered_before_registering_is_enough(self, kubernetes, operator):
        offered = operator.get("/api/v1/cluster-access/").json()
        assert offered["manifest"] == access_manifest()
        assert len(offered["needs"]) == len(NEEDS)
        namespace, *rest = yaml.safe_load_all(offered["manifest"])
        with kubernetes.admin() as api:
            CoreV1Api(api).create_namespace(namespace)
        kubernetes.apply(rest)

        def token() -> str:
            with kubernetes.admin() as api:
                return (CoreV1Api(api).read_namespaced_secret("hanse-token", "hanse-system").data or {}).get("token", "")

        given = base64.b64decode(eventually(token, what="a token")).decode()
        server = yaml.safe_load(kubernetes.kubeconfig)["clusters"][0]["cluster"]
        ca = base64.b64decode(server["certificate-authority-data"]).decode()
        body = {"slug": "least", "name": "Least", "kind": "kubernetes"}
        parts = {"server": server["server"], "ca_certificate": ca, "token": given}
        answer = operator.post("/api/v1/clusters/", {**body, "connection": parts})
        assert answer.status_code == 201, answer.json()

        assert findings(operator, Cluster.objects.get(slug="least"))["permissions"]["level"] == "fine"

    def test_a_cluster_that_does_not_answer_is_a_problem_and_not_a_finding(self, operator):
        cluster = make_kubernetes(access=Access("https://127.0.0.1:9", Credential(token="t")))
        asked = operator.post(f"/api/v1/clusters/{cluster.pk}/preflight/").json()

        preflight.run(Operation.objects.get(pk=asked["id"]).pk)

        found = operator.get(f"/api/v1/operations/{asked['id']}/").json()
        assert (found["state"], found["problem"]["type"]) == ("failed", "/problems/unavailable")

    def test_whoever_did_not_ask_does_not_see_the_operation(self, as_role, operator):
        asked = operator.post(f"/api/v1/clusters/{make_kubernetes().pk}/preflight/").json()

        assert as_role("platform-admin")[0].get(f"/api/v1/operations/{asked['id']}/").status_code == 404


@pytest.mark.django_db(transaction=True)
class TestHardware:
    """As the process `watch` follows it."""

    @pytest.fixture
    def following(self, kubernetes, operator):
        cluster, loop = register(operator, kubernetes.kubeconfig), HardwareOfClusters()
        yield cluster, loop
        loop.close()

    def shown(self, client, cluster: Cluster) -> dict:
        return client.get(f"/api/v1/clusters/{cluster.pk}/").json()

    def test_is_proposed_as_flavors_and_counted_once_they_are_named(self, kubernetes, operator, following):
        cluster, loop = following

        proposed = eventually(lambda: loop.step() or self.shown(operator, cluster)["proposals"], what="proposals")
        assert [(one["device_resource"], one["model"], one["amount"]) for one in proposed] == [
            ("", "", 720_000),
            ("nvidia.com/gpu", "Tesla-M40-24GB", 8),
            ("nvidia.com/gpu", "Tesla-P100-PCIE-16GB", 16),
            ("nvidia.com/gpu", "Tesla-V100-SXM2-32GB", 32),
            ("rdma/roce", "", 16),
            ("xilinx.com/fpga-u200", "", 2),
        ]
        for one in proposed:
            body = {key: value for key, value in one.items() if key not in ("nodes", "amount")}
            assert operator.post(f"/api/v1/clusters/{cluster.pk}/flavors/", body).status_code == 201

        eventually(lambda: loop.step() or not self.shown(operator, cluster)["proposals"], what="that all is covered")
        capacity = {(row["flavor"], row["resource"]): row["amount"] for row in self.shown(operator, cluster)["capacity"]}
        assert capacity["v100-sxm2-32gb", "gpu"] == 32
        assert capacity["xilinx-com-fpga-u200", "fpga"] == 2
        assert capacity["rdma-roce", "rdma"] == 16
        node = next(row for row in nodes_of(operator, cluster) if row["name"].startswith("v100"))
        assert (node["about"]["model"], node["about"]["driver"]) == ("Tesla-V100-SXM2-32GB", "580.95.05")
        assert node["zone"].startswith("zone-")

    def test_what_others_run_is_counted_as_taken(self, kubernetes, operator, following):
        cluster, loop = following
        gpu = {"name": "v100", "kind": "gpu", "device_resource": "nvidia.com/gpu"}
        operator.post(f"/api/v1/clusters/{cluster.pk}/flavors/", gpu)
        with kubernetes.namespace() as namespace, kubernetes.admin() as api:
            ours = pod_of({"nvidia.com/gpu": "2"}, name="ours", labels={CLUSTER: str(cluster.pk)})
            for pod in (pod_of({"nvidia.com/gpu": "3"}), ours):
                CoreV1Api(api).create_namespaced_pod(namespace, pod)

            taken = {"flavor": "v100", "resource": "gpu", "amount": 5}
            eventually(lambda: loop.step() or taken in self.shown(operator, cluster)["requested"], what="5 taken")
            services.record_capacity(cluster=cluster, at=timezone.now() + timedelta(minutes=5))
            sample = CapacitySample.objects.filter(cluster=cluster, flavor="v100").latest("at")
            assert (sample.ours, sample.others, sample.unhealthy) == (2, 3, 0)
        eventually(lambda: loop.step() or not self.shown(operator, cluster)["requested"], what="none taken")

    def test_a_node_is_cordoned_and_uncordoned(self, kubernetes, operator, following):
        """Asked for as the console does, carried out as a worker does, and seen as it then is."""
        cluster, loop = following

        def cordoned() -> list[str]:
            loop.step()
            return [row["name"] for row in nodes_of(operator, cluster) if not row["schedulable"]]

        node = eventually(lambda: loop.step() or nodes_of(operator, cluster), what="nodes")[0]
        for act, seen in (("cordon", [node["name"]]), ("uncordon", [])):
            asked = operator.post(f"/api/v1/clusters/{cluster.pk}/nodes/{node['id']}/{act}/")
            assert asked.status_code == 202
            schedulable.run(Operation.objects.get(pk=asked.json()["id"]).pk)
            assert operator.get(f"/api/v1/operations/{asked.json()['id']}/").json()["state"] == "succeeded"

            eventually(lambda seen=seen: cordoned() == seen, what=f"that {act} is seen")

    def test_what_was_found_before_somebody_else_saw_the_cluster_is_written_later(self, kubernetes, operator):
        cluster, loop = register(operator, kubernetes.kubeconfig, slug="looked-at"), HardwareOfClusters()
        Cluster.objects.filter(pk=cluster.pk).update(last_seen_at=timezone.now() + timedelta(seconds=2))
        try:
            eventually(lambda: loop.step() or cluster.nodes.exists(), within=60, what="its nodes")
        finally:
            loop.close()

    def test_a_cluster_that_dies_is_shown_with_its_age_and_catches_up(self, own_kubernetes, operator):
        """Its API server is killed; what was known stays, is stale after a while, and is corrected when it is back."""
        own_kubernetes.add_nodes("v100", 2)
        cluster, loop = register(operator, own_kubernetes.kubeconfig, slug="mortal"), HardwareOfClusters()
        try:
            eventually(lambda: loop.step() or len(nodes_of(operator, cluster)) == 2, what="two nodes")
            os.kill(own_kubernetes.pid("kube-apiserver"), signal.SIGKILL)

            eventually(lambda: loop.step() or self.shown(operator, cluster)["health"] == "down", what="down")
            down = self.shown(operator, cluster)
            assert down["nodes"]["total"] == 2
            Cluster.objects.filter(pk=cluster.pk).update(last_seen_at=timezone.now() - timedelta(seconds=70))
            if (now := self.shown(operator, cluster))["health"] == "down":
                assert now["stale"]
                assert 70 <= now["seen_seconds_ago"] < 3600
                assert len(nodes_of(operator, cluster)) == 2
            own_kubernetes.until(own_kubernetes.answers, "kube-apiserver")
            own_kubernetes.add_nodes("v100", 3)

            eventually(lambda: loop.step() or len(nodes_of(operator, cluster)) == 3, within=60, what="that it catches up")
            assert not self.shown(operator, cluster)["stale"]
        finally:
            loop.close()


def nodes_of(client, cluster: Cluster) -> list[dict]:
    return client.get(f"/api/v1/clusters/{cluster.pk}/nodes/?limit=500").json()["results"]


def pod_of(requests: dict[str, str], *, name: str = "ship", labels: dict[str, str] | None = None) -> dict:
    resources = {"requests": requests, "limits": requests}
    container = {"name": "main", "image": "busybox", "resources": resources}
    tolerations = [{"operator": "Exists"}]
    metadata = {"name": name, "labels": labels or {}}
    return {"metadata": metadata, "spec": {"containers": [container], "tolerations": tolerations}}
