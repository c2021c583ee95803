"""The cluster that other tests stand on: what it plays, it plays as a real one does."""

from collections.abc import Iterator
from typing import Any

import psutil
import pytest
from kubernetes import client
from kubernetes.client.exceptions import ApiException

from tests.eventually import eventually
from tests.testbed.cluster.cluster import MARK, client_of
from tests.testbed.cluster.fixture import NODES, Kubernetes


@pytest.fixture
def api(kubernetes: Kubernetes) -> Iterator[client.ApiClient]:
    with kubernetes.admin() as api:
        yield api


def job(name: str, *, restart: str = "Never", **annotations: str) -> dict[str, Any]:
    """One pod on a V100."""
    return {
        "metadata": {"name": name},
        "spec": {
            "backoffLimit": 0,
            "template": {
                "metadata": {
                    "annotations": {f"testbed/{key.replace('_', '-')}": value for key, value in annotations.items()}
                },
                "spec": {
                    "restartPolicy": restart,
                    "nodeSelector": {"node.kubernetes.io/instance-type": "v100"},
                    "containers": [
                        {"name": "main", "image": "train:1", "resources": {"limits": {"nvidia.com/gpu": "1"}}},
                    ],
                },
            },
        },
    }


def pod_of(api: client.ApiClient, namespace: str, name: str, *, phase: str) -> Any:
    def found() -> Any:
        pods = client.CoreV1Api(api).list_namespaced_pod(namespace, label_selector=f"job-name={name}").items
        return next((pod for pod in pods if pod.status.phase == phase), None)

    return eventually(found, within=120, what=f"a pod {phase} of {name}")


class TestNodes:
    def test_carry_the_devices_of_their_model(self, kubernetes: Kubernetes, api: client.ApiClient):
        nodes = client.CoreV1Api(api).list_node().items
        devices = {
            node.metadata.labels["node.kubernetes.io/instance-type"]: {
                name: amount for name, amount in node.status.allocatable.items() if "/" in name
            }
            for node in nodes
        }

        assert len(nodes) == sum(NODES.values())
        assert devices == {
            "v100": {"nvidia.com/gpu": "8", "rdma/roce": "4"},
            "p100": {"nvidia.com/gpu": "8"},
            "m40": {"nvidia.com/gpu": "4"},
            "fpga": {"xilinx.com/fpga-u200": "2"},
            "cpu": {},
        }

    def test_stand_in_racks_and_zones(self, api: client.ApiClient):
        labels = [node.metadata.labels for node in client.CoreV1Api(api).list_node().items]

        assert all(of["cloud.provider.com/topology-rack"].startswith(of["topology.kubernetes.io/zone"]) for of in labels)


class TestPods:
    @pytest.mark.parametrize(("code", "phase"), [("0", "Succeeded"), ("3", "Failed")])
    def test_end_with_the_exit_code_they_are_told(self, kubernetes: Kubernetes, api: client.ApiClient, code, phase):
        with kubernetes.namespace() as namespace:
            client.BatchV1Api(api).create_namespaced_job(namespace, job("ends", run_for="1s", exit_code=code))

            pod = pod_of(api, namespace, "ends", phase=phase)

            [container] = pod.status.container_statuses
            assert container.state.terminated.exit_code == int(code)
            assert pod.spec.node_name.startswith("v100-")

    def test_that_are_told_nothing_run(self, kubernetes: Kubernetes, api: client.ApiClient):
        with kubernetes.namespace() as namespace:
            client.BatchV1Api(api).create_namespaced_job(namespace, job("stays"))

            assert pod_of(api, namespace, "stays", phase="Running").status.pod_ip

    def test_are_restarted_in_place_where_they_ask_for_it(self, kubernetes: Kubernetes, api: client.ApiClient):
        with kubernetes.namespace() as namespace:
            again = job("again", restart="OnFailure", run_for="1s", exit_code="9")
            again["spec"]["backoffLimit"] = 100
            client.BatchV1Api(api).create_namespaced_job(namespace, again)

            def restarts() -> Any:
                [container] = pod_of(api, namespace, "again", phase="Running").status.container_statuses
                return container if container.restart_count >= 2 else None

            assert eventually(restarts, within=30).last_state.terminated.exit_code == 9

    def test_stream_what_they_print_through_the_api_server(self, kubernetes: Kubernetes, api: client.ApiClient):
        with kubernetes.namespace() as namespace:
            client.BatchV1Api(api).create_namespaced_job(namespace, job("prints"))
            pod = pod_of(api, namespace, "prints", phase="Running").metadata.name
            kubernetes.print_lines(namespace, pod, "epoch 1")
            core = client.CoreV1Api(api)
            eventually(lambda: "epoch 1" in core.read_namespaced_pod_log(pod, namespace))

            stream = core.read_namespaced_pod_log(pod, namespace, follow=True, _preload_content=False)
            lines = iter(stream)
            assert b"epoch 1" in next(lines)
            kubernetes.print_lines(namespace, pod, "epoch 2")
            assert b"epoch 2" in next(lines)
            stream.close()


class TestAccess:
    def test_is_what_was_granted(self, kubernetes: Kubernetes):
        with kubernetes.namespace() as namespace, client_of(kubernetes.kubeconfig_of("somebody")) as somebody:
            with pytest.raises(ApiException) as refused:
                client.CoreV1Api(somebody).list_namespaced_pod(namespace)

            assert refused.value.status == 403


class TestProcesses:
    @pytest.mark.parametrize("victim", ["kube-apiserver", "etcd", "kube-scheduler"])
    def test_that_are_killed_come_back_and_nothing_is_lost(self, kubernetes: Kubernetes, api: client.ApiClient, victim):
        with kubernetes.namespace() as namespace:
            client.BatchV1Api(api).create_namespaced_job(namespace, job("through", run_for="10s"))
            killed = kubernetes.pid(victim)

            psutil.Process(killed).kill()

            eventually(lambda: kubernetes.pid(victim) not in (0, killed), within=30)
            kubernetes.until(kubernetes.answers, "kube-apiserver")
            assert pod_of(api, namespace, "through", phase="Succeeded")

    def test_of_a_second_cluster_run_beside_the_first_until_it_stops(
        self, kubernetes: Kubernetes, own_kubernetes: Kubernetes, api: client.ApiClient
    ):
        own_kubernetes.add_nodes("p100", 1)
        with own_kubernetes.admin() as its_api:
            assert [node.metadata.name for node in client.CoreV1Api(its_api).list_node().items] == ["p100-0000"]
        assert len(client.CoreV1Api(api).list_node().items) == sum(NODES.values())
        assert processes_of(own_kubernetes)

        own_kubernetes.stop()

        assert not processes_of(own_kubernetes)
        assert processes_of(kubernetes)


def processes_of(cluster: Kubernetes) -> list[psutil.Process]:
    found = []
    for process in psutil.process_iter():
        try:
            if process.environ().get(MARK) == str(cluster.directory):
                found.append(process)
        except (psutil.NoSuchProcess, psutil.AccessDenied):
            continue
    return found
