"""Who holds what: the arithmetic of nominal, borrowing and lending, of shares and caps.

The arithmetic of tenants and cohorts is Kueue's (pkg/cache/scheduler/resource_node.go), for cohorts of one level.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from apps.quotas.admission.values import (
    Amounts,
    Blocked,
    Bound,
    Key,
    Lack,
    Limit,
    Owner,
    Queue,
    Reason,
    Running,
    Snapshot,
    gpus,
    on_nodes,
    total,
)


@dataclass(frozen=True)
class Holding:
    """Quota and room on nodes that something holds: a running workload, or a place kept free."""

    owner: Owner
    amounts: Amounts
    on_nodes: Mapping[str, Amounts]
    workloads: int = 1


def holding_of(workload: Running) -> Holding:
    return Holding(workload.owner, workload.total, workload.on_nodes)


def leaving(workload: Running) -> Holding | None:
    """What a workload that was told to go, or to shrink, still holds and will give back."""
    if workload.evicting:
        return holding_of(workload)
    return None if workload.shrinking_to is None else beyond(workload, workload.with_only(workload.shrinking_to))


def beyond(workload: Running, smaller: Running) -> Holding:
    """What `workload` holds more than it would as `smaller`."""
    counts = {name: count - smaller.counts.get(name, 0) for name, count in workload.counts.items()}
    stay = set(smaller.placements)
    gone = [placement for placement in workload.placements if placement not in stay]
    amounts = total(workload.pod_sets, counts)
    return Holding(workload.owner, amounts, on_nodes(workload.pod_sets, gone), workloads=0)


class Book:
    """The state of a cluster while a round is thought through. `take` and `give` are each other's inverse."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self.queues: dict[str, Queue] = {queue.tenant: queue for queue in snapshot.queues}
        self._lendable: Counter[tuple[str, Key]] = Counter()
        for queue in snapshot.queues:
            if queue.cohort is not None:
                for key, limit in queue.limits.items():
                    self._lendable[queue.cohort, key] += limit.lendable
        self._used: Counter[tuple[str, Key]] = Counter()
        self._cohort_used: Counter[tuple[str, Key]] = Counter()
        self._project_used: Counter[tuple[str, Key]] = Counter()
        self._workloads: Counter[tuple[str, str]] = Counter()
        self._gpus: Counter[tuple[str, str]] = Counter()
        self.free: dict[str, Counter[Key]] = {node.name: Counter(node.allocatable) for node in snapshot.nodes}
        for workload in snapshot.running:
            self.take(holding_of(workload))

    def take(self, holding: Holding) -> None:
        self._move(holding, 1)

    def give(self, holding: Holding) -> None:
        self._move(holding, -1)

    @contextmanager
    def taken(self, holdings: Iterable[Holding]) -> Iterator[None]:
        """With `holdings` taken, while the block runs."""
        held = list(holdings)
        for holding in held:
            self.take(holding)
        try:
            yield
        finally:
            for holding in held:
                self.give(holding)

    def _move(self, holding: Holding, sign: int) -> None:
        owner = holding.owner
        queue = self.queues.get(owner.tenant)
        for key, amount in holding.amounts.items():
            before = self._used[owner.tenant, key]
            self._used[owner.tenant, key] = before + sign * amount
            self._project_used[owner.project, key] += sign * amount
            if queue is not None and queue.cohort is not None:
                kept = self.limit(owner.tenant, key).kept
                after = before + sign * amount
                self._cohort_used[queue.cohort, key] += max(0, after - kept) - max(0, before - kept)
        user = (owner.tenant, owner.user)
        self._workloads[user] += sign * holding.workloads
        self._gpus[user] += sign * gpus(holding.amounts)
        for node, amounts in holding.on_nodes.items():
            if node in self.free:
                for key, amount in amounts.items():
                    self.free[node][key] -= sign * amount

    # -- tenants and cohorts

    def limit(self, tenant: str, key: Key) -> Limit:
        queue = self.queues.get(tenant)
        return (queue.limits.get(key) if queue else None) or _NOTHING

    def cohort_of(self, tenant: str) -> str | None:
        queue = self.queues.get(tenant)
        return queue.cohort if queue else None

    def left_in_cohort(self, cohort: str, key: Key) -> int:
        """Of what the cohort's tenants lend, what nobody uses; negative when more is borrowed than is lent now."""
        return self._lendable[cohort, key] - self._cohort_used[cohort, key]

    def used(self, tenant: str, key: Key) -> int:
        return self._used[tenant, key]

    def project_used(self, project: str, key: Key) -> int:
        return self._project_used[project, key]

    def borrowed(self, tenant: str, key: Key) -> int:
        return max(0, self._used[tenant, key] - self.limit(tenant, key).nominal)

    def available(self, tenant: str, key: Key) -> int:
        """What the tenant could take now, its own and borrowed; negative when it holds more than it may."""
        limit, used, cohort = self.limit(tenant, key), self._used[tenant, key], self.cohort_of(tenant)
        if cohort is None:
            return limit.nominal - used
        from_cohort = self.left_in_cohort(cohort, key)
        if limit.borrowing is not None:
            from_cohort = min(from_cohort, limit.lendable - max(0, used - limit.kept) + limit.borrowing)
        return max(0, limit.kept - used) + from_cohort

    def most(self, tenant: str, key: Key) -> int:
        """What the tenant could hold if everybody else held nothing."""
        limit, cohort = self.limit(tenant, key), self.cohort_of(tenant)
        if cohort is None:
            return limit.nominal
        most = limit.kept + self._lendable[cohort, key]
        return most if limit.borrowing is None else min(most, limit.nominal + limit.borrowing)

    def would_borrow(self, tenant: str, amounts: Amounts) -> bool:
        return any(
            self._used[tenant, key] + amount > self.limit(tenant, key).nominal for key, amount in amounts.items() if amount
        )

    def lent(self, tenant: str, key: Key) -> int:
        """The tenant's part of what its cohort's borrowers hold: in proportion to what each leaves idle, exact in sum."""
        cohort = self.cohort_of(tenant)
        if cohort is None:
            return 0
        members = sorted(name for name, queue in self.queues.items() if queue.cohort == cohort and key in queue.limits)
        borrowed = sum(self.borrowed(name, key) for name in members)
        idle = {name: self._idle_lendable(name, key) for name in members}
        return _divide(min(borrowed, sum(idle.values())), idle).get(tenant, 0)

    def _idle_lendable(self, tenant: str, key: Key) -> int:
        limit = self.limit(tenant, key)
        return limit.lendable - min(limit.lendable, max(0, self._used[tenant, key] - limit.kept))

    # -- projects

    def share_exceeded(self, owner: Owner, amounts: Amounts) -> bool:
        """Whether the project would hold more than it is guaranteed, of anything in `amounts`."""
        return any(
            self._project_used[owner.project, key] + amount > self._guaranteed(owner.project, key)
            for key, amount in amounts.items()
            if amount
        )

    def _guaranteed(self, project: str, key: Key) -> int:
        share = self._snapshot.shares.get((project, key))
        return share.guaranteed if share else 0

    def project_over(self, project: str, keys: Iterable[Key]) -> bool:
        """Whether the project holds more than it is guaranteed of one of `keys`."""
        return any(self._project_used[project, key] > self._guaranteed(project, key) for key in keys)

    # -- what holds a request back

    def blocked_by_quota(self, owner: Owner, amounts: Amounts, *, workloads: int = 1) -> Blocked | None:
        """The first limit that does not allow `amounts` now; None when all do. Nodes are not asked.

        workloads: how many more would run then; none, when one that runs grows.
        """
        queue = self.queues.get(owner.tenant)
        if queue is None or any(key not in queue.limits for key in amounts):
            missing = [key for key in amounts if queue is None or key not in queue.limits]
            return Blocked(
                Reason.NO_MATCHING_FLAVOR, Bound.NO_QUOTA, _lacks(amounts, missing, lambda _: 0, lambda _: 0), True
            )
        return self.blocked_in_tenant(owner, amounts, workloads=workloads) or self._over_quota(owner.tenant, amounts)

    def blocked_in_tenant(self, owner: Owner, amounts: Amounts, *, workloads: int = 1) -> Blocked | None:
        """What of the tenant's own doing does not allow `amounts` now: its state, a cap. Its quota is not asked."""
        queue = self.queues.get(owner.tenant)
        if queue is not None and not queue.active:
            return Blocked(Reason.SUSPENDED, Bound.TENANT_STATE)
        return self._over_caps(owner, amounts, workloads)

    def _over_quota(self, tenant: str, amounts: Amounts) -> Blocked | None:
        short = [key for key, amount in amounts.items() if amount > self.available(tenant, key)]
        if not short:
            return None
        never = any(amounts[key] > self.most(tenant, key) for key in short)
        lacks = _lacks(amounts, short, lambda key: self.available(tenant, key), lambda key: self.most(tenant, key))
        reason = Reason.EXCEEDS_MAX_QUOTA if never else Reason.WAITING_FOR_QUOTA
        return Blocked(reason, Bound.TENANT_QUOTA, lacks, never)

    def _over_caps(self, owner: Owner, amounts: Amounts, workloads: int) -> Blocked | None:
        caps: dict[Key, int] = {}
        for key in amounts:
            share = self._snapshot.shares.get((owner.project, key))
            if share is not None and share.cap is not None:
                caps[key] = share.cap
        short = [key for key, cap in caps.items() if self._project_used[owner.project, key] + amounts[key] > cap]
        if short:
            never = any(amounts[key] > caps[key] for key in short)
            lacks = _lacks(amounts, short, lambda key: caps[key] - self._project_used[owner.project, key], caps.__getitem__)
            reason = Reason.EXCEEDS_MAX_QUOTA if never else Reason.WAITING_FOR_QUOTA
            return Blocked(reason, Bound.PROJECT_CAP, lacks, never)
        return self._over_user_cap(owner, amounts, workloads)

    def _over_user_cap(self, owner: Owner, amounts: Amounts, workloads: int) -> Blocked | None:
        cap, user, asked = self._snapshot.cap_of(owner), (owner.tenant, owner.user), gpus(amounts)
        if workloads and cap.running is not None and self._workloads[user] + workloads > cap.running:
            lack = Lack("", "workloads", 1, max(0, cap.running - self._workloads[user]), cap.running)
            return Blocked(_reason(never=cap.running < 1), Bound.USER_RUNNING, (lack,), cap.running < 1)
        if asked and cap.gpus is not None and self._gpus[user] + asked > cap.gpus:
            lack = Lack("", "gpu", asked, max(0, cap.gpus - self._gpus[user]), cap.gpus)
            return Blocked(_reason(never=asked > cap.gpus), Bound.USER_GPUS, (lack,), asked > cap.gpus)
        return None


_NOTHING = Limit(0)


def _reason(*, never: bool) -> Reason:
    return Reason.EXCEEDS_MAX_QUOTA if never else Reason.WAITING_FOR_QUOTA


def _lacks(
    amounts: Amounts, keys: Iterable[Key], free: Callable[[Key], int], most: Callable[[Key], int]
) -> tuple[Lack, ...]:
    return tuple(Lack(*key, amounts[key], max(0, free(key)), max(0, most(key))) for key in sorted(keys))


def _divide(whole: int, weights: Mapping[str, int]) -> dict[str, int]:
    """Divide `whole` in proportion to `weights`, in whole numbers that add up (largest remainders first, then by name)."""
    heaviest = sum(weights.values())
    if not heaviest:
        return dict.fromkeys(weights, 0)
    parts = {name: whole * weight // heaviest for name, weight in weights.items()}
    by_remainder = sorted(weights, key=lambda name: (-(whole * weights[name] % heaviest), name))
    for name in by_remainder[: whole - sum(parts.values())]:
        parts[name] += 1
    return parts
