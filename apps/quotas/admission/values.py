"""What goes into the model of admission and what comes out: plain, frozen values, no database, no clock.

Amounts are integers by (flavor, resource). Ids are strings; names are those of Kueue where it has one.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property

Key = tuple[str, str]  # (flavor, resource)
Amounts = Mapping[Key, int]


class Reclaim(StrEnum):
    """Whose workloads a tenant may evict to get lent quota back (Kueue: reclaimWithinCohort)."""

    NEVER = "never"
    LOWER_PRIORITY = "lower-priority"
    ANY = "any"


class Reason(StrEnum):
    """Why a workload waits or was evicted; Kueue's codes, spelt as Kueue spells them."""

    PENDING_EVALUATION = "PendingEvaluation"
    WAITING_FOR_QUOTA = "WaitingForQuota"
    EXCEEDS_MAX_QUOTA = "ExceedsMaxQuota"
    NO_MATCHING_FLAVOR = "NoMatchingFlavor"
    TOPOLOGY_PLACEMENT_FAILED = "TopologyPlacementFailed"
    WAITING_FOR_PREEMPTED = "WaitingForPreemptedWorkloads"
    SUSPENDED = "Suspended"
    IN_CLUSTER_QUEUE = "InClusterQueue"
    IN_COHORT_RECLAMATION = "InCohortReclamation"


class Bound(StrEnum):
    """Which of the limits holds a workload back. Our own, finer than Kueue's reasons."""

    TENANT_STATE = "tenant-state"
    NO_QUOTA = "no-quota"
    TENANT_QUOTA = "tenant-quota"
    PROJECT_CAP = "project-cap"
    USER_RUNNING = "user-running"
    USER_GPUS = "user-gpus"
    NODES = "nodes"


@dataclass(frozen=True)
class Limit:
    """One line of a tenant's quota; None is no limit."""

    nominal: int
    borrowing: int | None = None
    lending: int | None = None

    @property
    def lendable(self) -> int:
        """The part of nominal that others may use while it is idle."""
        return self.nominal if self.lending is None else min(self.lending, self.nominal)

    @property
    def kept(self) -> int:
        """The part of nominal that is never lent."""
        return self.nominal - self.lendable


@dataclass(frozen=True)
class Queue:
    """A tenant's quota in the cluster (Kueue: ClusterQueue)."""

    tenant: str
    limits: Mapping[Key, Limit]
    cohort: str | None = None
    active: bool = True


@dataclass(frozen=True)
class Share:
    """What a project is guaranteed of its tenant's quota, and may at most use."""

    guaranteed: int = 0
    cap: int | None = None


@dataclass(frozen=True)
class UserCap:
    running: int | None = None
    gpus: int | None = None


@dataclass(frozen=True)
class Node:
    name: str
    allocatable: Amounts
    usable: bool = True


@dataclass(frozen=True)
class PodSet:
    """Pods that are alike. `requests`: {"<flavor>": {"<resource>": amount of one pod}}; elastic when min_count < count.

    Of independent pods min_count says nothing: each starts as soon as there is room for it.
    """

    name: str
    count: int
    min_count: int
    requests: Mapping[str, Mapping[str, int]]

    @cached_property
    def per_pod(self) -> dict[Key, int]:
        return {
            (flavor, resource): amount
            for flavor, resources in sorted(self.requests.items())
            for resource, amount in sorted(resources.items())
            if amount
        }


@dataclass(frozen=True)
class Placement:
    pod_set: str
    index: int
    node: str


@dataclass(frozen=True)
class Owner:
    """Who a workload counts for."""

    tenant: str
    project: str
    user: str


@dataclass(frozen=True)
class Pending:
    """A workload that waits. Times are seconds of any one clock.

    `reserved`: a place was kept for it before; `made_room`: by evictions of its own. One that does not claim (its place is
    kept in another cluster) starts here when it fits, but evicts nobody and has no place kept.
    `independent`: each pod may start by itself. `grows`: these are pods that one which runs already still lacks.
    """

    id: str
    owner: Owner
    priority: int
    queued_at: float
    pod_sets: tuple[PodSet, ...]
    patience: float = 600.0
    reserved: bool = False
    made_room: bool = False
    claims: bool = True
    independent: bool = False
    grows: bool = False

    @property
    def counts(self) -> dict[str, int]:
        return {pods.name: pods.count for pods in self.pod_sets}

    @property
    def least_counts(self) -> dict[str, int]:
        if self.independent:
            first = next((pods.name for pods in self.pod_sets if pods.count), "")
            return {pods.name: int(pods.name == first) for pods in self.pod_sets}
        return {pods.name: pods.min_count for pods in self.pod_sets}

    @cached_property
    def total(self) -> dict[Key, int]:
        return total(self.pod_sets, self.counts)

    @cached_property
    def least(self) -> dict[Key, int]:
        return total(self.pod_sets, self.least_counts)


@dataclass(frozen=True)
class Running:
    """A workload that holds quota. `evicting`: it was told to go and holds it until it is gone.

    `shrinking_to`: it was told to go on with so many pods, and holds the others until they are gone. `may_grow`: it is
    elastic, holds fewer pods than it asked for, and did not change its size lately. `independent`: as of Pending.
    """

    id: str
    owner: Owner
    priority: int
    admitted_at: float
    pod_sets: tuple[PodSet, ...]
    counts: Mapping[str, int]
    placements: tuple[Placement, ...]
    evicting: bool = False
    shrinking_to: Mapping[str, int] | None = None
    may_grow: bool = False
    independent: bool = False

    @property
    def spare(self) -> dict[str, int]:
        """Pods that it could go on without."""
        if self.independent:
            return {}
        return {pods.name: max(0, self.counts.get(pods.name, 0) - pods.min_count) for pods in self.pod_sets}

    def with_only(self, counts: Mapping[str, int]) -> "Running":
        """The same with fewer pods: the first of each set stay."""
        left = dict(counts)
        stay = []
        for placement in sorted(self.placements, key=lambda placement: (placement.pod_set, placement.index)):
            if left.get(placement.pod_set, 0):
                left[placement.pod_set] -= 1
                stay.append(placement)
        return replace(self, counts=dict(counts), placements=tuple(stay))

    @cached_property
    def total(self) -> dict[Key, int]:
        return total(self.pod_sets, self.counts)

    @cached_property
    def on_nodes(self) -> dict[str, dict[Key, int]]:
        return on_nodes(self.pod_sets, self.placements)


@dataclass(frozen=True)
class Snapshot:
    """All that a round decides on: one cluster at one moment."""

    now: float
    queues: tuple[Queue, ...]
    nodes: tuple[Node, ...]
    running: tuple[Running, ...] = ()
    pending: tuple[Pending, ...] = ()
    cohorts: Mapping[str, Reclaim] = field(default_factory=dict)
    shares: Mapping[tuple[str, Key], Share] = field(default_factory=dict)
    # (tenant, user), (tenant, group) for each of the group, or (tenant, "") for everybody without one of these
    caps: Mapping[tuple[str, str], UserCap] = field(default_factory=dict)
    # user -> groups of theirs that have a cap somewhere
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def cap_of(self, owner: Owner) -> UserCap:
        if own := self.caps.get((owner.tenant, owner.user)):
            return own
        of_groups = [cap for group in self.groups.get(owner.user, ()) if (cap := self.caps.get((owner.tenant, group)))]
        if of_groups:
            return UserCap(most_generous(cap.running for cap in of_groups), most_generous(cap.gpus for cap in of_groups))
        return self.caps.get((owner.tenant, "")) or UserCap()


def most_generous(limits: Iterable[int | None]) -> int | None:
    """The largest of several limits, of which None is without end."""
    given = list(limits)
    return None if None in given else max((one for one in given if one is not None), default=None)


@dataclass(frozen=True)
class Lack:
    """Of one resource: what is asked for, what is free to this workload now, what it could ever have."""

    flavor: str
    resource: str
    asked: int
    free: int
    most: int


@dataclass(frozen=True)
class Blocked:
    """Why a workload does not start now. `never`: not even when everybody else were gone."""

    reason: Reason
    bound: Bound
    lacks: tuple[Lack, ...] = ()
    never: bool = False


@dataclass(frozen=True)
class Admission:
    id: str
    counts: Mapping[str, int]
    placements: tuple[Placement, ...]


@dataclass(frozen=True)
class Eviction:
    id: str
    reason: Reason
    preemptor: str


@dataclass(frozen=True)
class Shrink:
    """Go on with `counts` pods at `placements`, so that `preemptor` has room for its own."""

    id: str
    counts: Mapping[str, int]
    placements: tuple[Placement, ...]
    reason: Reason
    preemptor: str


@dataclass(frozen=True)
class Waiting:
    """`ahead`: how many of the same tenant are considered before it; `reserved`: capacity is kept free for it."""

    id: str
    blocked: Blocked
    reserved: bool
    ahead: int


@dataclass(frozen=True)
class Decisions:
    """`growths`: pods to add to what runs; their placements count from nought."""

    admissions: tuple[Admission, ...]
    evictions: tuple[Eviction, ...]
    waiting: tuple[Waiting, ...]
    growths: tuple[Admission, ...] = ()
    shrinks: tuple[Shrink, ...] = ()


def total(pod_sets: tuple[PodSet, ...], counts: Mapping[str, int]) -> dict[Key, int]:
    """What `counts` pods of the sets ask for together."""
    amounts: dict[Key, int] = {}
    for pods in pod_sets:
        for key, amount in pods.per_pod.items():
            if counts.get(pods.name, 0):
                amounts[key] = amounts.get(key, 0) + amount * counts[pods.name]
    return amounts


def on_nodes(pod_sets: Iterable[PodSet], placements: Iterable[Placement]) -> dict[str, dict[Key, int]]:
    per_pod = {pods.name: pods.per_pod for pods in pod_sets}
    result: dict[str, dict[Key, int]] = defaultdict(lambda: defaultdict(int))
    for placement in placements:
        for key, amount in per_pod.get(placement.pod_set, {}).items():
            result[placement.node][key] += amount
    return {node: dict(amounts) for node, amounts in result.items()}


def gpus(amounts: Amounts) -> int:
    return sum(amount for (_, resource), amount in amounts.items() if resource == "gpu")


def nested(amounts: Amounts) -> dict[str, dict[str, int]]:
    """{"<flavor>": {"<resource>": amount}}, as the database and answers write amounts."""
    result: dict[str, dict[str, int]] = {}
    for (flavor, resource), amount in sorted(amounts.items()):
        result.setdefault(flavor, {})[resource] = amount
    return result


def flat(amounts: Mapping[str, Mapping[str, int]]) -> dict[Key, int]:
    return dict(_pairs(amounts))


def _pairs(amounts: Mapping[str, Mapping[str, int]]) -> Iterator[tuple[Key, int]]:
    for flavor, resources in sorted(amounts.items()):
        for resource, amount in sorted(resources.items()):
            yield (flavor, resource), amount
