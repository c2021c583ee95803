"""A cluster on this machine: found when it runs, else started; supervised, so what is killed comes back; stopped by pid."""

import contextlib
import json
import os
import secrets
import subprocess
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import yaml
from kubernetes import client
from kubernetes.client.exceptions import ApiException
from kubernetes.config import new_client_from_config_dict
from urllib3.exceptions import HTTPError

from embedded.ports import is_free, next_free
from embedded.processes import Process
from embedded.supervisor import StartFailed, Supervisor
from tests.testbed.cluster import kwok, nodes, plane
from tests.testbed.cluster.operators import OPERATORS, Operator
from tests.testbed.cluster.plane import Plane
from tests.testbed.cluster.pod_logs import PodLogs
from tests.testbed.cluster.programs import KUBECTL, KWOK, Programs

MARK = "HANSE_CLUSTER"
_FIRST = {"CustomResourceDefinition", "Namespace"}
_GROUPS = {"store": 10, "server": 20, "controllers": 30, "nodes": 40, "operators": 50}


@dataclass(frozen=True)
class Record:
    """What runs, as written to cluster.json."""

    ports: Mapping[str, int]
    control: str
    supervisor: int


class Cluster:
    """`directory` holds all of it; nothing else of this machine is touched. `operators`: what is installed besides."""

    def __init__(self, directory: Path, *, operators: Sequence[Operator] = OPERATORS) -> None:
        self.directory = directory.resolve()
        self.operators = operators
        self.programs = Programs()
        self._record_file = self.directory / "cluster.json"

    @property
    def kubeconfig(self) -> str:
        """Of an administrator, who may do everything."""
        return self.path.read_text()

    @property
    def path(self) -> Path:
        """The file with `kubeconfig`."""
        return self.directory / "admin.kubeconfig"

    @property
    def plane(self) -> Plane:
        return Plane(self.directory, self._record().ports, self.programs)

    @property
    def address(self) -> str:
        return self.plane.address

    def kubeconfig_of(self, user: str, *groups: str) -> str:
        """Of somebody else, who may do what RBAC grants to that name and those groups."""
        return self.plane.kubeconfig(user, *groups)

    def admin(self) -> client.ApiClient:
        """A new client as the administrator; close it, or use it in `with`."""
        return client_of(self.kubeconfig)

    def runs(self) -> bool:
        return self._record_file.exists() and self._supervisor.runs()

    def start(self, *, say: Callable[[str], None] = lambda _: None) -> None:
        """Start the control plane, the simulated kubelets and the operators; returns when all serve. Raises StartFailed."""
        self._make_directories()
        self._write(Record(self._choose_ports(), secrets.token_hex(16), 0))
        self._supervisor.end_leftovers()
        try:
            self._launch()
            say("control plane")
            self._start_plane()
            say("simulated nodes")
            self._start_nodes()
            say("operators")
            self._start_operators()
        except BaseException:
            self.stop()
            raise

    def _launch(self) -> None:
        own, record = self.plane, self._record()
        own.prepare()
        kwok.prepare(own)
        environment = {"PATH": os.environ.get("PATH", os.defpath)}
        pid = self._supervisor.launch(self._processes(), groups=_GROUPS, environment=environment)
        self._write(replace(record, supervisor=pid))

    def _start_plane(self) -> None:
        self._supervisor.start("store")
        self._supervisor.start("server")
        self.until(self.answers, "kube-apiserver")
        self._supervisor.start("controllers")
        self.until(self._makes_service_accounts, "kube-controller-manager")

    def _start_nodes(self) -> None:
        self.apply([*self.programs.documents(KWOK), *kwok.stages(), self._pod_logs.of_every_pod()])
        self._supervisor.start("nodes")

    def _start_operators(self) -> None:
        self.apply(document for operator in self.operators for document in operator.prepare(self.plane))
        if self.operators:
            self._supervisor.start("operators")
        self.until_operators_are_ready()

    def until_operators_are_ready(self) -> None:
        """Return when each says that it serves. Raises StartFailed."""
        for operator in self.operators:
            if operator.health:
                self.until(partial(_is_ready, self.plane.ports[operator.health]), operator.program.name)

    def _processes(self) -> list[Process]:
        own = self.plane
        return [*own.processes(), kwok.process(own), *(operator.process(own) for operator in self.operators)]

    def stop(self) -> None:
        """Stop every process that was started here. What was in the cluster stays, and is there after the next start."""
        if self._record_file.exists():
            self._supervisor.stop(self._record().supervisor)

    def pid(self, process: str) -> int:
        """The process id of `etcd`, `kube-apiserver`, …; 0 while it does not run."""
        groups = {one.name: one.group for one in self._processes()}
        return self._supervisor.pid(process, group=groups[process])

    def until(self, ready: Callable[[], bool], process: str, *, seconds: float = 120) -> None:
        self._supervisor.until(ready, process, seconds=seconds)

    def answers(self) -> bool:
        """Whether the API server says that it is ready."""
        with self.admin() as api, contextlib.suppress(ApiException, HTTPError):
            return bool(api.request("GET", f"{self.address}/readyz", _request_timeout=5).status == 200)
        return False

    def add_nodes(self, model: str, count: int, *, labels: Mapping[str, str] | None = None) -> list[str]:
        """See to it that there are `count` nodes of a model (see nodes.MODELS), ready. Returns their names."""
        wanted = list(nodes.manifests(model, count, labels=labels))
        with self.admin() as api, ThreadPoolExecutor(8) as pool:
            list(pool.map(lambda node: _create_node(api, node), wanted))
            names = {node["metadata"]["name"] for node in wanted}
            self.until(lambda: names <= _ready_nodes(api), "kwok")
        return sorted(names)

    def print_lines(self, namespace: str, pod: str, *lines: str, previous: bool = False) -> None:
        """Let a simulated pod print lines now; `previous`: its container before the last restart."""
        self._pod_logs.append(namespace, pod, lines, previous=previous)
        document = self._pod_logs.of_pod(namespace, pod)
        with self.admin() as api:
            try:
                client.CustomObjectsApi(api).create_namespaced_custom_object(
                    "kwok.x-k8s.io", "v1alpha1", namespace, "logs", document
                )
            except ApiException as failure:
                if failure.status != 409:
                    raise

    def open_to_exec(self, namespace: str, pod: str, directory: Path) -> None:
        """Let commands in this simulated pod run: on this machine, as whoever runs the testbed, in that directory."""
        target = {"local": {"workDir": str(directory), "envs": [{"name": "PATH", "value": os.defpath}]}}
        document = {
            "apiVersion": "kwok.x-k8s.io/v1alpha1",
            "kind": "Exec",
            "metadata": {"name": pod, "namespace": namespace},
            "spec": {"execs": [target]},
        }
        self.apply([document])

    def apply(self, documents: Iterable[Mapping[str, Any]]) -> None:
        """Apply objects as `kubectl apply --server-side` does, kinds before what is of them. Raises StartFailed."""
        first, then = [], []
        for document in documents:
            (first if document["kind"] in _FIRST else then).append(document)
        if first:
            self._apply(first)
            kinds = [one["metadata"]["name"] for one in first if one["kind"] == "CustomResourceDefinition"]
            self.kubectl("wait", "--for=condition=Established", "--timeout=60s", *(f"crd/{kind}" for kind in kinds))
        if then:
            self._apply(then)

    def _apply(self, documents: Sequence[Mapping[str, Any]]) -> None:
        given = {"apiVersion": "v1", "kind": "List", "items": documents}
        self.kubectl("apply", "--server-side", "--force-conflicts", "-f", "-", given=json.dumps(given))

    def kubectl(self, verb: str, *arguments: str, given: str = "") -> "subprocess.CompletedProcess[str]":
        """What one command prints, as the administrator. Raises StartFailed with what went wrong."""
        command = [KUBECTL, "--kubeconfig", self.path, verb, *arguments]
        done = subprocess.run(command, input=given, capture_output=True, text=True, check=False)
        if done.returncode:
            raise StartFailed(f"`kubectl {verb}` failed:\n{done.stderr[-3000:]}")
        return done

    def _makes_service_accounts(self) -> bool:
        with self.admin() as api, contextlib.suppress(ApiException):
            return bool(client.CoreV1Api(api).read_namespaced_service_account("default", "default"))
        return False

    def _make_directories(self) -> None:
        for folder in (self.directory, self.directory / "run", self.directory / "logs"):
            folder.mkdir(parents=True, exist_ok=True)
            folder.chmod(0o700)

    def _choose_ports(self) -> dict[str, int]:
        """Those of the last start where they are still free; whoever keeps the address finds the cluster again."""
        last = self._record().ports if self._record_file.exists() else {}
        chosen: dict[str, int] = {}
        # Clusters begin their search apart, so that two that start at once do not choose the same.
        first = 26400 + zlib.crc32(str(self.directory).encode()) % 300 * 20
        for name in (*plane.PORTS, *kwok.PORTS, *(port for operator in self.operators for port in operator.ports)):
            before = last.get(name, 0)
            chosen[name] = before if before and is_free(before) else next_free(first, taken=frozenset(chosen.values()))
        return chosen

    @property
    def _pod_logs(self) -> PodLogs:
        return PodLogs(self.directory / "pod-logs")

    @property
    def _supervisor(self) -> Supervisor:
        directory = self.directory
        return Supervisor(
            directory / "run", directory / "run", directory / "logs", self._record().control, (MARK, str(directory))
        )

    def _record(self) -> Record:
        return Record(**json.loads(self._record_file.read_text()))

    def _write(self, record: Record) -> None:
        self._record_file.touch(0o600)
        self._record_file.write_text(json.dumps(asdict(record)))


def client_of(kubeconfig: str) -> client.ApiClient:
    """A client of whoever that kubeconfig is for."""
    return new_client_from_config_dict(yaml.safe_load(kubeconfig), persist_config=False)


def _create_node(api: client.ApiClient, node: dict[str, Any]) -> None:
    try:
        client.CoreV1Api(api).create_node(node)
    except ApiException as failure:
        if failure.status != 409:
            raise


def _ready_nodes(api: client.ApiClient) -> set[str]:
    return {
        node.metadata.name
        for node in client.CoreV1Api(api).list_node().items
        if any(condition.type == "Ready" and condition.status == "True" for condition in node.status.conditions or [])
    }


def _is_ready(port: int) -> bool:
    """Whether the probe there says so."""
    try:
        return httpx.get(f"http://127.0.0.1:{port}/readyz", timeout=3).status_code == 200
    except httpx.TransportError:
        return False
