"""Which machines of a plan move, and to which host: pure decisions over what is known of hosts and machines.

Machines stay in their cluster. A host takes one that its memory holds, of whose anti-affinity group it has none. Of those
that can take it, the one that is least loaded afterwards does; large machines choose first.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

# Hosts are not filled beyond this mean load to empty others, nor beyond this many processors promised for each real one.
MOST_LOAD, MOST_PROMISED = 50.0, 3.0
# Above so many points over the mean of all, and so many times it, a host is hot.
HOT_POINTS, HOT_TIMES = 5.0, 1.2
MOST_REBALANCED = 100


@dataclass(frozen=True, kw_only=True)
class Machine:
    """load: mean of what is expected, in points of its own processors; 0 where there is no forecast."""

    id: UUID
    name: str
    memory: int
    vcpus: int
    load: float = 0.0
    group: str = ""


@dataclass(kw_only=True)
class Host:
    """What is on it changes while one decides."""

    id: UUID
    name: str
    memory: int
    vcpus: int
    rack: str = ""
    cluster: UUID | None = None
    machines: list[Machine] = field(default_factory=list)

    @property
    def free(self) -> int:
        return self.memory - sum(machine.memory for machine in self.machines)

    @property
    def load(self) -> float:
        return sum(machine.load * machine.vcpus for machine in self.machines) / max(self.vcpus, 1)

    @property
    def promised(self) -> float:
        return sum(machine.vcpus for machine in self.machines) / max(self.vcpus, 1)

    def obstacle(self, machine: Machine) -> str:
        """What keeps it from taking the machine; empty when nothing does."""
        if machine.group and any(other.group == machine.group for other in self.machines):
            return "group"
        return "memory" if self.free < machine.memory else ""

    def load_with(self, machine: Machine) -> float:
        return self.load + machine.load * machine.vcpus / max(self.vcpus, 1)


@dataclass(frozen=True)
class Move:
    machine: Machine
    source: Host
    target: Host


@dataclass(frozen=True)
class Placing:
    """left: machines that should move and cannot, with what stands in the way. emptied: hosts that nothing is left on."""

    moves: tuple[Move, ...]
    left: tuple[tuple[Machine, str], ...] = ()
    emptied: tuple[Host, ...] = ()


def in_each_cluster(hosts: Sequence[Host], place: Callable[[Sequence[Host]], Placing]) -> Placing:
    """What `place` decides for the hosts of each cluster: machines do not leave theirs."""
    clusters: dict[UUID | None, list[Host]] = defaultdict(list)
    for host in hosts:
        clusters[host.cluster].append(host)
    parts = [place(of_cluster) for of_cluster in clusters.values()]
    return Placing(
        tuple(move for part in parts for move in part.moves),
        tuple(one for part in parts for one in part.left),
        tuple(host for part in parts for host in part.emptied),
    )


def drain(hosts: Sequence[Host], drained: Collection[UUID]) -> Placing:
    """Everything off the hosts of these ids."""
    others = [host for host in hosts if host.id not in drained]
    moves, left = [], []
    leaving = [(host, machine) for host in hosts if host.id in drained for machine in host.machines]
    for source, machine in sorted(leaving, key=lambda one: (-one[1].memory, one[1].name)):
        if target := _best(machine, others):
            moves.append(_moved(machine, source, target))
        else:
            left.append((machine, _in_the_way(machine, others)))
    return Placing(tuple(moves), tuple(left), tuple(host for host in hosts if host.id in drained and not host.machines))


def rebalance(hosts: Sequence[Host]) -> Placing:
    """Machines off hot hosts, the hottest first, each to where it hurts least, while both come closer to the mean."""
    mean = sum(host.load for host in hosts) / max(len(hosts), 1)
    moves: list[Move] = []
    moved: set[UUID] = set()
    for source in sorted(hosts, key=lambda host: -host.load):
        while source.load > max(mean + HOT_POINTS, mean * HOT_TIMES) and len(moves) < MOST_REBALANCED:
            found = _relief(source, [host for host in hosts if host is not source], mean, moved)
            if found is None:
                break
            moves.append(_moved(found[0], source, found[1]))
            moved.add(found[0].id)
    return Placing(tuple(moves))


def consolidate(hosts: Sequence[Host]) -> Placing:
    """As many hosts as possible emptied into the others, those with the least on them first; a host as a whole or not."""
    moves: list[Move] = []
    emptied: list[Host] = []
    filled: set[UUID] = set()
    for source in sorted(hosts, key=lambda host: (sum(machine.memory for machine in host.machines), host.name)):
        # What took others in is not emptied in turn: no machine moves twice.
        if not source.machines or source.id in filled:
            continue
        others = [host for host in hosts if host is not source and host not in emptied and host.machines]
        tried: list[Move] = []
        for machine in sorted(source.machines, key=lambda one: (-one.memory, one.name)):
            roomy = [host for host in others if _has_room(host, machine)]
            if not (target := _best(machine, roomy)):
                break
            tried.append(_moved(machine, source, target))
        if source.machines:
            _undo(tried)
            continue
        moves += tried
        emptied.append(source)
        filled |= {move.target.id for move in tried}
    return Placing(tuple(moves), emptied=tuple(emptied))


def _has_room(host: Host, machine: Machine) -> bool:
    promised = host.promised + machine.vcpus / max(host.vcpus, 1)
    return host.load_with(machine) <= MOST_LOAD and promised <= MOST_PROMISED


def _best(machine: Machine, hosts: Iterable[Host]) -> Host | None:
    able = [host for host in hosts if not host.obstacle(machine)]
    return min(able, key=lambda host: (host.load_with(machine), host.promised, host.name), default=None)


def _in_the_way(machine: Machine, hosts: Sequence[Host]) -> str:
    obstacles = [host.obstacle(machine) for host in hosts]
    return max(set(obstacles), key=obstacles.count) if obstacles else "host"


def _relief(source: Host, others: Sequence[Host], mean: float, moved: set[UUID]) -> tuple[Machine, Host] | None:
    """The machine that brings its host closest to the mean, and a host that stays cooler than this one was."""
    above = source.load - mean
    for machine in sorted(
        (one for one in source.machines if one.load and one.id not in moved),
        key=lambda one: (abs(above - one.load * one.vcpus / max(source.vcpus, 1)), one.name),
    ):
        target = _best(machine, others)
        if target and target.load_with(machine) < source.load - machine.load * machine.vcpus / max(source.vcpus, 1) / 2:
            return machine, target
    return None


def _moved(machine: Machine, source: Host, target: Host) -> Move:
    source.machines.remove(machine)
    target.machines.append(machine)
    return Move(machine, source, target)


def _undo(moves: Sequence[Move]) -> None:
    for move in moves:
        move.target.machines.remove(move.machine)
        move.source.machines.append(move.machine)
