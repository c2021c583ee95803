"""KWOK plays the kubelets: nodes report ready, pods run and end as they say, logs and metrics are served as a kubelet's."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from embedded.processes import Process
from tests.testbed.cluster.plane import Plane

PORTS = ("kwok",)


def stages() -> list[dict[str, Any]]:
    """How pods end, in addition to KWOK's own stages."""
    return list(yaml.safe_load_all((Path(__file__).parent / "stages.yaml").read_text()))


def prepare(plane: Plane) -> None:
    """Write its kubeconfig and configuration. Commands in pods run here, so only in those that a test opens."""
    plane.write_kubeconfig("kwok", "system:masters")
    port = plane.ports["kwok"]
    options = {
        "enableCRDs": ["Stage", "Metric", "Exec", "Logs", "ClusterLogs", "ResourceUsage", "ClusterResourceUsage"],
        "enableDebuggingHandlers": True,
        "nodeIP": "127.0.0.1",
        "nodePort": port,
        "serverAddress": f"127.0.0.1:{port}",
        "cidr": "10.210.0.0/16",
        "tlsCertFile": str(plane.pki / "kubelet.crt"),
        "tlsPrivateKeyFile": str(plane.pki / "kubelet.key"),
        "podPlayStageParallelism": 16,
        "nodePlayStageParallelism": 8,
        "nodeLeaseDurationSeconds": 40,
        "nodeLeaseParallelism": 4,
        "manageNodesWithAnnotationSelector": "kwok.x-k8s.io/node=fake",
    }
    document: Mapping[str, object] = {
        "apiVersion": "config.kwok.x-k8s.io/v1alpha1",
        "kind": "KwokConfiguration",
        "options": options,
    }
    _configuration(plane).write_text(yaml.safe_dump(document))


def process(plane: Plane) -> Process:
    command = [
        str(plane.programs.path("kwok")),
        f"--config={_configuration(plane)}",
        f"--kubeconfig={plane.path_of_kubeconfig('kwok')}",
    ]
    return Process("kwok", command, group="nodes", clean_environment=True)


def _configuration(plane: Plane) -> Path:
    return plane.directory / "kwok.yaml"
