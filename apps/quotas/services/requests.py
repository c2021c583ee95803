"""From what people ask for ("4 GPUs with at least 32 GiB") to amounts of flavors, saying to what."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field, replace
from itertools import islice, product
from typing import Any

from apps.clusters.models import Cluster, ClusterKind, Flavor, FlavorKind, runtime_capability
from apps.core.sentences import Said, say
from apps.core.units import format_bytes
from apps.quotas.admission import Key, PodSet, flat, pods_that_fit
from apps.quotas.devices import Devices
from apps.quotas.errors import NeverFits

_MOST_COMBINATIONS = 500


@dataclass(frozen=True)
class DeviceNeed:
    """Devices of one pod: of a flavor by name, or of a kind with at least so much memory each."""

    count: int
    flavor: str | None = None
    kind: str | None = None
    unit_memory_bytes: int | None = None

    @classmethod
    def of(cls, asked: Devices) -> "DeviceNeed":
        """As a specification asks for them."""
        return cls(asked.count, asked.flavor, asked.kind, asked.unit_memory_bytes)

    def __str__(self) -> str:
        if self.flavor is not None:
            return f"{self.count} of {self.flavor}"
        kind = (self.kind or "").upper() + ("s" if self.count != 1 else "")
        memory = f" with at least {format_bytes(self.unit_memory_bytes)}" if self.unit_memory_bytes else ""
        return f"{self.count} {kind}{memory}"


@dataclass(frozen=True)
class PodRequest:
    """Pods that are alike, as asked for. Elastic when min_count < count.

    image_only: an image says what they run. no_image: they have none, and run only where none is needed.
    capability: what the cluster must serve for them, such as the operator that makes them.
    runtime: the RuntimeClass that it must have for them.
    """

    name: str
    count: int
    min_count: int
    cpu_millicores: int
    memory_bytes: int
    devices: tuple[DeviceNeed, ...] = field(default_factory=tuple)
    image_only: bool = False
    no_image: bool = False
    capability: str = ""
    runtime: str = ""

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "devices": [asdict(device) for device in self.devices]}

    @classmethod
    def from_json(cls, document: dict[str, Any]) -> "PodRequest":
        return cls(**{**document, "devices": tuple(DeviceNeed(**device) for device in document["devices"])})


@dataclass(frozen=True)
class Resolved:
    """`requests`: amounts of one pod by flavor and resource; `words`: [{"need", "flavor", "model", "count"}]."""

    requests: dict[str, dict[str, int]]
    words: tuple[dict[str, Any], ...]


@dataclass(frozen=True)
class Hardware:
    """What a cluster offers, read once for many requests. `covered`: what the asking tenant has quota for, if one asks."""

    cluster: str
    flavors: tuple[Flavor, ...]
    nodes: tuple[dict[Key, int], ...]
    covered: frozenset[Key] | None = None
    runs_images: bool = True
    capabilities: frozenset[str] = frozenset()


def hardware_of(cluster: Cluster, covered: Iterable[Key] | None = None) -> Hardware:
    return Hardware(
        cluster=cluster.slug,
        flavors=tuple(cluster.flavors.order_by("name")),
        nodes=tuple(flat(amounts) for amounts in cluster.nodes.order_by("name").values_list("allocatable", flat=True)),
        covered=None if covered is None else frozenset(covered),
        runs_images=cluster.kind != ClusterKind.LOCAL,
        capabilities=frozenset(cluster.capabilities),
    )


def for_whom_is(hardware: Hardware, covered: frozenset[Key]) -> Hardware:
    """The hardware of a tenant that has quota for `covered`: node pools of others are not there for it."""
    mine = {flavor for flavor, _ in covered}
    flavors = tuple(flavor for flavor in hardware.flavors if flavor.pool_id is None or flavor.name in mine)
    return replace(hardware, covered=covered, flavors=flavors)


def resolve(
    *,
    cluster: Cluster,
    cpu_millicores: int,
    memory_bytes: int,
    devices: Sequence[DeviceNeed],
    hardware: Hardware | None = None,
) -> Resolved:
    """Find flavors of the cluster for one pod's needs.

    Of several that would do, one that the tenant has quota for and a node holds, then the one with the least memory.
    Raises NeverFits when the cluster has nothing like it.
    """
    return resolve_in(
        hardware or hardware_of(cluster), cpu_millicores=cpu_millicores, memory_bytes=memory_bytes, devices=devices
    )


def resolve_in(hardware: Hardware, *, cpu_millicores: int, memory_bytes: int, devices: Sequence[DeviceNeed]) -> Resolved:
    """The same, for hardware read before."""
    choices = [_processors(hardware), *(_candidates(hardware, need) for need in devices)]

    def requests(chosen: Sequence[Flavor]) -> dict[str, dict[str, int]]:
        amounts = {chosen[0].name: {"cpu": cpu_millicores, "memory": memory_bytes}}
        for need, flavor in zip(devices, chosen[1:], strict=True):
            of_flavor = amounts.setdefault(flavor.name, {})
            of_flavor[str(flavor.kind)] = of_flavor.get(str(flavor.kind), 0) + need.count
        return amounts

    def rank(chosen: Sequence[Flavor]) -> tuple[int, bool]:
        wanted = flat(requests(chosen))
        uncovered = 0 if hardware.covered is None else len(set(wanted) - hardware.covered)
        return uncovered, not any(pods_that_fit(wanted, node) for node in hardware.nodes)

    best = min(islice(product(*choices), _MOST_COMBINATIONS), key=rank)  # the first of the best: choices are in order
    words = tuple(
        {"need": str(need), "count": need.count, "flavor": flavor.name, "model": flavor.model}
        for need, flavor in zip(devices, best[1:], strict=True)
    )
    return Resolved(requests(best), words)


def resolve_pods(hardware: Hardware, pods: Sequence[PodRequest]) -> tuple[tuple[PodSet, ...], list[dict[str, Any]]]:
    """All pods of a workload, and what each need was resolved to. Raises NeverFits."""
    pod_sets, words = [], []
    for asked in pods:
        if asked.image_only and not hardware.runs_images:
            raise _refused(say("refused-image", cluster=hardware.cluster, role=asked.name), cluster=hardware.cluster)
        if asked.no_image and hardware.runs_images:
            raise _refused(say("refused-without-image", cluster=hardware.cluster, role=asked.name), cluster=hardware.cluster)
        if asked.capability and asked.capability not in hardware.capabilities:
            said = say("refused-without-operator", cluster=hardware.cluster, operator=asked.capability)
            raise _refused(said, cluster=hardware.cluster)
        if asked.runtime and runtime_capability(asked.runtime) not in hardware.capabilities:
            said = say("refused-without-sandbox", cluster=hardware.cluster, runtime=asked.runtime)
            raise _refused(said, cluster=hardware.cluster)
        found = resolve_in(
            hardware, cpu_millicores=asked.cpu_millicores, memory_bytes=asked.memory_bytes, devices=asked.devices
        )
        pod_sets.append(PodSet(asked.name, asked.count, asked.min_count, found.requests))
        words += [{"pod_set": asked.name, **word} for word in found.words]
    return tuple(pod_sets), words


def pod_sets_json(pod_sets: Iterable[PodSet]) -> list[dict[str, Any]]:
    return [
        {
            "name": pods.name,
            "count": pods.count,
            "min_count": pods.min_count,
            "requests": {flavor: dict(resources) for flavor, resources in pods.requests.items()},
        }
        for pods in pod_sets
    ]


def pod_sets_of(documents: Iterable[dict[str, Any]]) -> tuple[PodSet, ...]:
    return tuple(PodSet(**document) for document in documents)


def _processors(hardware: Hardware) -> list[Flavor]:
    found = [flavor for flavor in hardware.flavors if flavor.kind == FlavorKind.CPU]
    if not found:
        raise _refused(say("refused-without-processors", cluster=hardware.cluster), cluster=hardware.cluster)
    return found


def _candidates(hardware: Hardware, need: DeviceNeed) -> list[Flavor]:
    devices = [flavor for flavor in hardware.flavors if flavor.kind != FlavorKind.CPU]
    if need.flavor is not None:
        found = [flavor for flavor in devices if flavor.name == need.flavor]
    else:
        least = need.unit_memory_bytes or 0
        found = [flavor for flavor in devices if flavor.kind == need.kind and (flavor.unit_memory_bytes or 0) >= least]
        found.sort(key=lambda flavor: (flavor.unit_memory_bytes or 0, flavor.name))
    if not found:
        has = ", ".join(_named(flavor) for flavor in devices) or "no devices"
        said = say("refused-without-device", cluster=hardware.cluster, need=str(need), has=has)
        raise _refused(said, cluster=hardware.cluster, asked=str(need))
    return found


def _refused(said: Said, **members: Any) -> NeverFits:
    return NeverFits(str(said), said=[said.as_json()], **members)


def _named(flavor: Flavor) -> str:
    memory = f" ({format_bytes(flavor.unit_memory_bytes)})" if flavor.unit_memory_bytes else ""
    return f"{flavor.name}{memory}"
