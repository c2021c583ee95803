"""What a Node and the Pods on it say about hardware: plain values from objects, no I/O."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from apps.clusters.models import Flavor, FlavorKind, Health
from apps.clusters.services import NodeSeen
from apps.core.sentences import Said, say
from celery_workers.kubernetes.manifests import labels

Json = Mapping[str, Any]
Amounts = dict[str, int]  # by resource name of the cluster; cpu in millicores, memory in bytes

_SCALES = {
    "": 1.0,
    "n": 1e-9,
    "u": 1e-6,
    "m": 1e-3,
    "k": 1e3,
    "M": 1e6,
    "G": 1e9,
    "T": 1e12,
    "P": 1e15,
    "Ki": 2.0**10,
    "Mi": 2.0**20,
    "Gi": 2.0**30,
    "Ti": 2.0**40,
    "Pi": 2.0**50,
}
_QUANTITY = re.compile(r"([0-9.]+(?:[eE][+-]?[0-9]+)?)([a-zA-Z]*)")
_ORDINARY = frozenset({"cpu", "memory", "ephemeral-storage", "pods"})
_PRESSURES = frozenset({"MemoryPressure", "DiskPressure", "PIDPressure", "NetworkUnavailable"})
# Labels of NVIDIA's feature discovery, and of others who tell the same.
_ABOUT = {
    "model": ("nvidia.com/gpu.product", "amd.com/gpu.product-name"),
    "driver": ("nvidia.com/cuda.driver-version.full", "amd.com/gpu.driver-version"),
    "cuda": ("nvidia.com/cuda.runtime-version.full",),
    "instance_type": ("node.kubernetes.io/instance-type",),
    "rack": ("cloud.provider.com/topology-rack", "topology.kubernetes.io/rack"),
}


@dataclass(frozen=True)
class NodeFacts:
    """A node as its cluster shows it."""

    name: str
    allocatable: Amounts
    lost: Amounts
    labels: dict[str, str]
    taints: list[dict[str, str]]
    about: dict[str, str | int]
    health: Health
    health_said: Sequence[Said]
    schedulable: bool


@dataclass(frozen=True)
class PodFacts:
    """What a pod holds of its node; `ours`: a portal's, which knows this cluster by that id, started it."""

    node: str
    requests: Amounts = field(default_factory=dict)
    ours: bool = False


def read_node(node: Json) -> NodeFacts:
    metadata, spec, status = node["metadata"], node.get("spec", {}), node.get("status", {})
    marks = dict(metadata.get("labels", {}))
    allocatable = read_amounts(status.get("allocatable", {}))
    capacity = read_amounts(status.get("capacity", {}))
    lost = {name: capacity[name] - allocatable.get(name, 0) for name in sorted(devices(capacity))}
    lost = {name: amount for name, amount in lost.items() if amount > 0}
    health, said = _health(status.get("conditions", []), capacity, lost)
    taints = [
        {"key": taint["key"], "value": taint.get("value", ""), "effect": taint["effect"]}
        for taint in spec.get("taints", [])
        if not taint["key"].startswith("node.kubernetes.io/")
    ]
    about = _about(marks, status.get("nodeInfo", {}))
    return NodeFacts(
        metadata["name"], allocatable, lost, marks, taints, about, health, said, not spec.get("unschedulable", False)
    )


def read_pod(pod: Json, *, cluster_id: str) -> PodFacts:
    """What is not placed yet, or is over, is on no node and holds nothing."""
    node, phase = pod["spec"].get("nodeName"), pod.get("status", {}).get("phase")
    if not node or phase in ("Succeeded", "Failed"):
        return PodFacts("")
    requests: Amounts = {}
    for container in pod["spec"].get("containers", []):
        for name, amount in read_amounts(container.get("resources", {}).get("requests", {})).items():
            requests[name] = requests.get(name, 0) + amount
    return PodFacts(node, requests, pod["metadata"].get("labels", {}).get(labels.CLUSTER) == cluster_id)


def read_usage(metrics: Json) -> dict[str, Amounts]:
    """Of a NodeMetricsList: node -> what it uses."""
    return {item["metadata"]["name"]: read_amounts(item["usage"]) for item in metrics.get("items", [])}


def requested(pods: Iterable[PodFacts]) -> dict[str, Amounts]:
    """node -> what the pods on it ask for."""
    found: dict[str, Amounts] = {}
    for pod in pods:
        of_node = found.setdefault(pod.node, {})
        for name, amount in pod.requests.items():
            of_node[name] = of_node.get(name, 0) + amount
    return found


def seen(node: NodeFacts, flavors: Iterable[Flavor], *, asked: Amounts, ours: Amounts, used: Amounts) -> NodeSeen:
    """The node in terms of the cluster's flavors; what no flavor covers is not counted."""
    mine = covering(node, flavors)
    return NodeSeen(
        name=node.name,
        allocatable=_by_flavor(node.allocatable, mine),
        requested=_by_flavor(asked, mine),
        ours=_by_flavor(ours, mine),
        lost=_by_flavor(node.lost, mine),
        used=_by_flavor({name: amount for name, amount in used.items() if name in ("cpu", "memory")}, mine),
        labels=node.labels,
        taints=node.taints,
        about=node.about,
        zone=node.labels.get("topology.kubernetes.io/zone", "")[:60],
        health=node.health,
        health_said=node.health_said,
        schedulable=node.schedulable,
    )


def covering(node: NodeFacts, flavors: Iterable[Flavor]) -> dict[str, Flavor]:
    """Resource -> the flavor that it is here: of those whose labels the node has, the one that names most of them.

    On a node of a pool there are the pool's only, for its taint keeps away whoever asks for others.
    """
    flavors = list(flavors)
    of_pools = [one for one in flavors if one.pool_id is not None and one.node_labels.items() <= node.labels.items()]
    found: dict[str, Flavor] = {}
    for flavor in sorted(of_pools or flavors, key=lambda one: (len(one.node_labels), one.name)):
        if flavor.node_labels.items() <= node.labels.items():
            names = ("cpu", "memory") if flavor.kind == FlavorKind.CPU else (flavor.device_resource,)
            found |= dict.fromkeys(filter(None, names), flavor)
    return found


def proposals(nodes: Iterable[NodeFacts], flavors: Iterable[Flavor]) -> list[dict[str, Any]]:
    """Flavors that would cover what none does: processors and memory as one, each model of each device as another."""
    flavors = list(flavors)
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for node in nodes:
        covered = covering(node, flavors)
        for resource in sorted(devices(node.allocatable) - covered.keys()):
            model = str(node.about.get("model", "")) if _kind(resource) == FlavorKind.GPU else ""
            one = found.setdefault((resource, model), _proposal(resource, model, node))
            one["nodes"] += 1
            one["amount"] += node.allocatable[resource]
        if "cpu" not in covered:
            cpu = {"name": "cpu", "kind": "cpu", "model": "", "unit_memory_bytes": None, "device_resource": ""}
            one = found.setdefault(("cpu", ""), {**cpu, "node_labels": {}, "nodes": 0, "amount": 0})
            one["nodes"] += 1
            one["amount"] += node.allocatable.get("cpu", 0)
    return [found[key] for key in sorted(found)]


def devices(amounts: Mapping[str, int]) -> set[str]:
    return {name for name, amount in amounts.items() if amount and name not in _ORDINARY and "hugepages" not in name}


def _proposal(resource: str, model: str, node: NodeFacts) -> dict[str, Any]:
    label = next((name for name in _ABOUT["model"] if node.labels.get(name) == model), "") if model else ""
    words = re.sub(r"[^a-z0-9]+", "-", (model.lower().removeprefix("nvidia-").removeprefix("tesla-") or resource.lower()))
    return {
        "name": words.strip("-")[:40].rstrip("-"),
        "kind": str(_kind(resource)),
        "model": model,
        "unit_memory_bytes": node.about.get("memory_bytes") if model else None,
        "device_resource": resource,
        "node_labels": {label: model} if label else {},
        "nodes": 0,
        "amount": 0,
    }


def _kind(resource: str) -> FlavorKind:
    if "fpga" in resource:
        return FlavorKind.FPGA
    return FlavorKind.RDMA if resource.startswith("rdma/") or "rdma" in resource or "/hca" in resource else FlavorKind.GPU


def _by_flavor(amounts: Mapping[str, int], flavors: Mapping[str, Flavor]) -> dict[str, Amounts]:
    found: dict[str, Amounts] = {}
    for name, amount in amounts.items():
        if name in flavors:
            flavor = flavors[name]
            found.setdefault(flavor.name, {})[name if flavor.kind == FlavorKind.CPU else str(flavor.kind)] = amount
    return found


def _about(marks: Mapping[str, str], info: Json) -> dict[str, str | int]:
    said: dict[str, str | int] = {
        "runtime": str(info.get("containerRuntimeVersion", "")).replace("://", " "),
        "kubelet": str(info.get("kubeletVersion", "")),
        "os": str(info.get("osImage", "")),
        "kernel": str(info.get("kernelVersion", "")),
        "architecture": str(info.get("architecture", "")),
    }
    for name, keys in _ABOUT.items():
        said[name] = next((marks[key] for key in keys if key in marks), "")
    if (mebibytes := marks.get("nvidia.com/gpu.memory", "")).isdigit():
        said["memory_bytes"] = int(mebibytes) * 2**20
    return {name: value for name, value in said.items() if value}


def _health(conditions: Iterable[Json], capacity: Amounts, lost: Amounts) -> tuple[Health, Sequence[Said]]:
    """Down when the node is not ready; degraded under pressure, when a detector reports a problem, or a device fell ill."""
    by_type = {condition["type"]: condition for condition in conditions}
    ready = by_type.pop("Ready", None)
    if ready is None or ready["status"] != "True":
        return Health.DOWN, [_reported(ready) if ready else say("node-without-report")]
    ill = [condition for condition in by_type.values() if condition["status"] == "True"]
    said = [_reported(one) for one in sorted(ill, key=lambda one: (one["type"] in _PRESSURES, one["type"]))]
    for name, amount in lost.items():
        said.insert(0, say("node-devices-ill", lost=amount, count=capacity[name], device=name))
    return (Health.DEGRADED, said) if said else (Health.HEALTHY, ())


def _reported(condition: Json) -> Said:
    """What the node itself says, in its own words."""
    reason, message = condition.get("reason", "") or condition["type"], condition.get("message", "")
    return say("node-reports", reason=f"{reason}: {message}"[:300] if message else reason)


def read_amounts(quantities: Mapping[str, str]) -> Amounts:
    """Kubernetes' quantities as whole numbers: cpu in millicores, memory in bytes."""
    return {name: _amount(name, str(text)) for name, text in quantities.items()}


def _amount(name: str, text: str) -> int:
    match = _QUANTITY.fullmatch(text)
    if match is None or match[2] not in _SCALES:
        return 0
    return round(float(match[1]) * _SCALES[match[2]] * (1000 if name == "cpu" else 1))
