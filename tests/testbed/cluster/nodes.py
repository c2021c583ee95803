"""What the simulated nodes are: several GPU models, FPGA, RDMA; labelled as NVIDIA's feature discovery labels real ones."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import cycle, islice
from typing import Any

ZONE = "topology.kubernetes.io/zone"
RACK = "cloud.provider.com/topology-rack"
NODES_IN_A_RACK = 4
_ZONES = ("zone-a", "zone-b")


@dataclass(frozen=True)
class Model:
    """A kind of machine. `devices`: extended resource -> how many a node has."""

    cpu: int
    memory_gib: int
    devices: Mapping[str, int] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)


def _nvidia(product: str, *, memory_mib: int, gpus: int, compute: str) -> dict[str, str]:
    major, minor = compute.split(".")
    return {
        "nvidia.com/gpu.present": "true",
        "nvidia.com/gpu.product": product,
        "nvidia.com/gpu.memory": str(memory_mib),
        "nvidia.com/gpu.count": str(gpus),
        "nvidia.com/gpu.compute.major": major,
        "nvidia.com/gpu.compute.minor": minor,
        "nvidia.com/cuda.driver-version.full": "580.95.05",
        "nvidia.com/cuda.runtime-version.full": "13.0",
    }


MODELS = {
    "v100": Model(
        96,
        768,
        devices={"nvidia.com/gpu": 8, "rdma/roce": 4},
        labels=_nvidia("Tesla-V100-SXM2-32GB", memory_mib=32768, gpus=8, compute="7.0"),
    ),
    "p100": Model(
        56,
        512,
        devices={"nvidia.com/gpu": 8},
        labels=_nvidia("Tesla-P100-PCIE-16GB", memory_mib=16384, gpus=8, compute="6.0"),
    ),
    "m40": Model(
        48, 256, devices={"nvidia.com/gpu": 4}, labels=_nvidia("Tesla-M40-24GB", memory_mib=24576, gpus=4, compute="5.2")
    ),
    "fpga": Model(64, 256, devices={"xilinx.com/fpga-u200": 2}, labels={"xilinx.com/fpga.present": "true"}),
    "cpu": Model(64, 256),
}
# Ten nodes of an ordinary cluster; more are more of the same.
_MIX = ("v100", "p100", "v100", "m40", "v100", "cpu", "v100", "p100", "fpga", "m40")


def mixed(count: int) -> dict[str, int]:
    """How many nodes of each model a cluster of `count` nodes has."""
    models = list(islice(cycle(_MIX), count))
    return {model: models.count(model) for model in MODELS if model in models}


def manifests(
    model: str, count: int, *, zones: int = 2, labels: Mapping[str, str] | None = None
) -> Iterator[dict[str, Any]]:
    """Nodes `MODEL-0000` and on, in racks of four, the racks dealt to two zones in turn."""
    kind = MODELS[model]
    for number in range(count):
        rack = number // NODES_IN_A_RACK
        zone = _ZONES[rack % len(_ZONES)]
        name = f"{model}-{number:04}"
        amounts = {"cpu": str(kind.cpu), "memory": f"{kind.memory_gib}Gi", "pods": "110", "ephemeral-storage": "1Ti"}
        amounts |= {resource: str(amount) for resource, amount in kind.devices.items()}
        yield {
            "apiVersion": "v1",
            "kind": "Node",
            "metadata": {
                "name": name,
                "annotations": {
                    "kwok.x-k8s.io/node": "fake",
                    "metrics.k8s.io/resource-metrics-path": f"/metrics/nodes/{name}/metrics/resource",
                },
                "labels": {
                    "kubernetes.io/hostname": name,
                    "kubernetes.io/os": "linux",
                    "kubernetes.io/arch": "amd64",
                    "node.kubernetes.io/instance-type": model,
                    "topology.kubernetes.io/region": "region-1",
                    ZONE: zone,
                    RACK: f"{zone}-{model}-rack-{rack}",
                    **kind.labels,
                    **(labels or {}),
                },
            },
            "status": {
                "capacity": amounts,
                "allocatable": amounts,
                "nodeInfo": {
                    "architecture": "amd64",
                    "operatingSystem": "linux",
                    "osImage": "Ubuntu 24.04.3 LTS",
                    "kernelVersion": "6.8.0-86-generic",
                    "kubeletVersion": "v1.36.3",
                    "containerRuntimeVersion": "containerd://2.1.5",
                },
            },
        }
