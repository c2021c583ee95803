"""What a made-up cloud consists of: clusters of hosts in racks, VMs of a few sizes, of which some must be kept apart."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from apps.forecasts.models import TargetKind
from apps.forecasts.services.targets import TargetSpec

GIB = 2**30
HOSTS_A_CLUSTER, HOSTS_A_RACK = 40, 5
HOST_VCPUS, HOST_GIB, HOST_LINK = 32, 256, 10**10
# Name, processors, memory in GiB, how many of a hundred are of it.
SIZES = (
    ("s1.small", 1, 2, 25),
    ("s1.medium", 2, 4, 30),
    ("s1.large", 4, 8, 20),
    ("m1.large", 4, 16, 15),
    ("m1.xlarge", 8, 32, 7),
    ("r1.xlarge", 8, 64, 3),
)
# Every so many VMs, three in a row serve one purpose and must be kept apart.
GROUP, GROUP_EVERY = 3, 9


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """tenants: slugs, to which VMs belong in turn; one VM in so many more is the platform's own."""

    hosts: int = 20
    vms: int = 200
    seed: int = 0
    prefix: str = "sim"
    tenants: Sequence[str] = ()


@dataclass
class Machine:
    """A VM, and its place in the whole fleet, from which its load follows."""

    number: int
    spec: TargetSpec


@dataclass
class Host:
    spec: TargetSpec
    machines: list[Machine] = field(default_factory=list)

    @property
    def free_bytes(self) -> int:
        return (self.spec.memory_bytes or 0) - sum(machine.spec.memory_bytes or 0 for machine in self.machines)


@dataclass(frozen=True)
class Cluster:
    spec: TargetSpec
    hosts: list[Host]


def clusters(wanted: Wanted) -> Iterator[Cluster]:
    """The clusters of a fleet, each made when it is asked for."""
    number_of = -(-wanted.hosts // HOSTS_A_CLUSTER)
    for number in range(number_of):
        hosts = range(number * HOSTS_A_CLUSTER, min((number + 1) * HOSTS_A_CLUSTER, wanted.hosts))
        machines = range(wanted.vms * hosts.start // wanted.hosts, wanted.vms * hosts.stop // wanted.hosts)
        yield _cluster(wanted, number, hosts, machines)


def _cluster(wanted: Wanted, number: int, hosts: range, machines: range) -> Cluster:
    name, zone = f"{wanted.prefix}-cluster-{number + 1}", f"zone-{'abc'[number % 3]}"
    made = [Host(_host(wanted, at, parent=name, zone=zone)) for at in hosts]
    random = np.random.default_rng([wanted.seed, number])
    # Some hosts are asked for more than others, as where machines stay where they were once put.
    weights = random.lognormal(0.0, 0.5, len(made))
    shares = np.array([size[3] for size in SIZES])
    for at in machines:
        _, vcpus, gib, _ = size = SIZES[random.choice(len(SIZES), p=shares / shares.sum())]
        host = made[random.choice(len(made), p=weights / weights.sum())]
        if host.free_bytes < gib * GIB:
            host = max(made, key=lambda one: one.free_bytes)
        host.machines.append(Machine(at, _vm(wanted, at, size[0], vcpus, gib, host.spec)))
    return Cluster(TargetSpec(kind=TargetKind.CLUSTER, name=name, zone=zone, synthetic=True), made)


def _host(wanted: Wanted, at: int, *, parent: str, zone: str) -> TargetSpec:
    return TargetSpec(
        kind=TargetKind.HOST,
        name=f"{wanted.prefix}-host-{at + 1:03}",
        parent=parent,
        zone=zone,
        labels={"rack": f"rack-{at // HOSTS_A_RACK + 1}"},
        vcpus=HOST_VCPUS,
        memory_bytes=HOST_GIB * GIB,
        link_bits_per_second=HOST_LINK,
        synthetic=True,
    )


def _vm(wanted: Wanted, at: int, size: str, vcpus: int, gib: int, host: TargetSpec) -> TargetSpec:
    owners = (*wanted.tenants, "")
    grouped = at % GROUP_EVERY < GROUP
    return TargetSpec(
        kind=TargetKind.VM,
        name=f"{wanted.prefix}-vm-{at + 1:04}",
        parent=host.name,
        tenant=owners[at // GROUP_EVERY % len(owners)],
        zone=host.zone,
        size=size,
        labels={"group": f"{wanted.prefix}-apart-{at // GROUP_EVERY + 1}"} if grouped else {},
        vcpus=vcpus,
        memory_bytes=gib * GIB,
        local_disk_bytes=0,
        synthetic=True,
    )
