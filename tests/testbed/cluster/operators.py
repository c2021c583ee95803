"""What runs in the cluster besides Kubernetes: each a program beside the API server, with its manifests applied before."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import yaml

from embedded.processes import Process
from tests.testbed.cluster import kueue
from tests.testbed.cluster.outside import Trust, outside
from tests.testbed.cluster.plane import Plane
from tests.testbed.cluster.programs import JOBSET, KUBEFLOW, KUEUE, METRICS_SERVER, Program


class Prepare(Protocol):
    def __call__(self, plane: Plane) -> Iterable[dict[str, Any]]:
        """Write what the program reads; give the objects to apply before it starts."""
        ...


class Start(Protocol):
    def __call__(self, plane: Plane) -> Process: ...


@dataclass(frozen=True)
class Operator:
    """`health`: the port of its probe, none when nothing waits for it."""

    program: Program
    ports: Sequence[str]
    health: str
    prepare: Prepare
    process: Start


def _prepare_jobset(plane: Plane) -> Iterator[dict[str, Any]]:
    directory = plane.directory / "jobset"
    trust = Trust.made(authority="jobset-ca", service="jobset-webhook-service", namespace="jobset-system")
    trust.server.write(directory / "webhook")
    plane.write_kubeconfig("jobset", "system:masters")
    ports = plane.ports
    configuration: Mapping[str, object] = {
        "apiVersion": "config.jobset.x-k8s.io/v1alpha1",
        "kind": "Configuration",
        "leaderElection": {"leaderElect": False},
        "internalCertManagement": {"enable": False},
        "webhook": {"host": "127.0.0.1", "port": ports["jobset-webhook"], "certDir": str(directory / "webhook")},
        "metrics": {"bindAddress": f"127.0.0.1:{ports['jobset-metrics']}", "certDir": str(directory / "webhook")},
        "health": {"healthProbeBindAddress": f"127.0.0.1:{ports['jobset-health']}"},
    }
    (directory / "config.yaml").write_text(yaml.safe_dump(configuration))
    services = {"jobset-webhook-service": ports["jobset-webhook"]}
    return outside(plane.programs.documents(JOBSET), ports=services, trust=trust)


def _jobset(plane: Plane) -> Process:
    command = [
        str(plane.programs.path("jobset")),
        f"--config={plane.directory / 'jobset' / 'config.yaml'}",
        f"--kubeconfig={plane.path_of_kubeconfig('jobset')}",
    ]
    return Process("jobset", command, group="operators", clean_environment=True)


def _prepare_kubeflow(plane: Plane) -> Iterator[dict[str, Any]]:
    plane.write_kubeconfig("kubeflow", "system:masters")
    return (one for one in plane.programs.documents(KUBEFLOW) if one["kind"] in ("CustomResourceDefinition", "Namespace"))


def _kubeflow(plane: Plane) -> Process:
    command = [
        str(plane.programs.path("kubeflow")),
        f"--health=127.0.0.1:{plane.ports['kubeflow-health']}",
        f"--kubeconfig={plane.path_of_kubeconfig('kubeflow')}",
    ]
    return Process("kubeflow", command, group="operators", clean_environment=True)


def _prepare_metrics_server(plane: Plane) -> Iterator[dict[str, Any]]:
    plane.write_kubeconfig("metrics-server", "system:masters")
    name = {"name": "metrics-server", "namespace": "kube-system"}
    yield {
        "apiVersion": "v1",
        "kind": "Service",
        "metadata": name,
        "spec": {"type": "ExternalName", "externalName": "localhost"},
    }
    yield {
        "apiVersion": "apiregistration.k8s.io/v1",
        "kind": "APIService",
        "metadata": {"name": "v1beta1.metrics.k8s.io"},
        "spec": {
            "group": "metrics.k8s.io",
            "version": "v1beta1",
            "groupPriorityMinimum": 100,
            "versionPriority": 100,
            "insecureSkipTLSVerify": True,
            "service": {**name, "port": plane.ports["metrics-server"]},
        },
    }


def _metrics_server(plane: Plane) -> Process:
    kubeconfig = plane.path_of_kubeconfig("metrics-server")
    options = {
        "kubeconfig": kubeconfig,
        "authentication-kubeconfig": kubeconfig,
        "authorization-kubeconfig": kubeconfig,
        "bind-address": "127.0.0.1",
        "secure-port": plane.ports["metrics-server"],
        "cert-dir": plane.directory / "metrics-server",
        "kubelet-insecure-tls": "true",
        "kubelet-use-node-status-port": "true",
        "kubelet-preferred-address-types": "Hostname,InternalIP",
        "kubelet-request-timeout": "5s",
        "metric-resolution": "10s",
    }
    command = [str(plane.programs.path("metrics-server")), *(f"--{name}={value}" for name, value in options.items())]
    return Process("metrics-server", command, group="operators", clean_environment=True)


OPERATORS = (
    Operator(METRICS_SERVER, ("metrics-server",), "", _prepare_metrics_server, _metrics_server),
    Operator(JOBSET, ("jobset-webhook", "jobset-health", "jobset-metrics"), "jobset-health", _prepare_jobset, _jobset),
    Operator(KUBEFLOW, ("kubeflow-health",), "kubeflow-health", _prepare_kubeflow, _kubeflow),
    Operator(KUEUE, kueue.PORTS, "kueue-health", kueue.prepare, kueue.process),
)
