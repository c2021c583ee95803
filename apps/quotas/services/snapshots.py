"""Reading a cluster's state into the model's values, in a fixed number of queries."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from apps.accounts.models import Group
from apps.clusters.models import Cluster, Health, Node
from apps.quotas import admission
from apps.quotas.admission import Key, Limit, Owner, Pending, Placement, Reason, Reclaim, Running, Snapshot, UserCap
from apps.quotas.errors import NeverFits
from apps.quotas.models import Quota, Share, Workload, WorkloadState
from apps.quotas.models import UserCap as UserCapRow
from apps.quotas.services.others import others_in
from apps.quotas.services.requests import Hardware, PodRequest, for_whom_is, hardware_of, pod_sets_of, resolve_pods
from apps.tenants.models import TenantPhase

PATIENCE_SECONDS = 600.0
MOST_CONSIDERED = 5000


@dataclass(frozen=True)
class Read:
    """A snapshot with the rows that it was made of, by the ids it uses; without those of others."""

    cluster: Cluster
    snapshot: Snapshot
    quotas: dict[str, Quota]
    workloads: dict[str, Workload]
    hardware: Hardware

    def hardware_for(self, tenant_id: UUID) -> Hardware:
        quota = self.quotas.get(str(tenant_id))
        return for_whom_is(self.hardware, frozenset(limits_of(quota)) if quota else frozenset())


def read(cluster: Cluster, *, now: datetime | None = None) -> Read:
    """Read all that admission in `cluster` depends on.

    Of tenants that the reader may not see it holds limits and amounts (others.py), which is what a round needs to know of
    them but for how they divide their quota.
    """
    now = now or timezone.now()
    quotas = {
        str(quota.tenant_id): quota
        for quota in Quota.objects.filter(cluster=cluster)
        .select_related("tenant", "cohort")
        .prefetch_related("lines__flavor")
    }
    hardware = hardware_of(cluster)
    others = {str(quota.tenant_id): quota for quota in others_in([cluster.pk])}
    covered = {tenant: frozenset(limits_of(quota)) for tenant, quota in quotas.items()}
    covered |= {tenant: frozenset(quota.limits) for tenant, quota in others.items()}
    hidden = Workload.objects.of_others(cluster.pk)
    running_rows = list(
        Workload.objects.holding().filter(cluster=cluster).select_related("tenant", "project", "priority_class")
    )
    pending_rows = list(_waiting_for(cluster)[:MOST_CONSIDERED])
    waiting_rows = [*pending_rows, *(row for row in hidden if row.state == WorkloadState.PENDING)]
    pending = [waiting for row in waiting_rows if (waiting := _pending(row, cluster, covered, hardware)) is not None]
    holding_rows = [*running_rows, *(row for row in hidden if row.state == WorkloadState.ADMITTED)]
    pending += [rest for row in holding_rows if (rest := _not_started(row)) is not None]
    caps = list(UserCapRow.objects.filter(tenant_id__in=[quota.tenant_id for quota in quotas.values()]))
    snapshot = Snapshot(
        now=now.timestamp(),
        queues=(
            *(_queue(quota) for _, quota in sorted(quotas.items())),
            *(quota.queue for _, quota in sorted(others.items())),
        ),
        nodes=nodes_of(cluster, now),
        running=tuple(_running(row, now) for row in holding_rows),
        pending=tuple(pending),
        cohorts={
            str(quota.cohort_id): Reclaim(quota.cohort.reclaim_within_cohort)
            for quota in quotas.values()
            if quota.cohort is not None
        },
        shares=shares_of(quotas.values()),
        caps={
            (str(cap.tenant_id), str(cap.user_id or cap.group_id or "")): UserCap(cap.running_workloads, cap.gpus)
            for cap in caps
        },
        groups=_groups_with(caps),
    )
    return Read(cluster, snapshot, quotas, {str(row.pk): row for row in (*running_rows, *pending_rows)}, hardware)


def _groups_with(caps: Sequence[UserCapRow]) -> dict[str, tuple[str, ...]]:
    """Of each user the groups that one of the caps is for."""
    ids = {cap.group_id for cap in caps if cap.group_id}
    if not ids:
        return {}
    groups: dict[str, tuple[str, ...]] = {}
    for user_id, group_id in Group.users.through.objects.filter(group_id__in=ids).values_list("user_id", "group_id"):
        groups[str(user_id)] = (*groups.get(str(user_id), ()), str(group_id))
    return groups


def owner_of(workload: Workload) -> Owner:
    return Owner(str(workload.tenant_id), str(workload.project_id), str(workload.user_id))


def limits_of(quota: Quota) -> dict[Key, Limit]:
    return {
        (line.flavor.name, line.resource): Limit(line.nominal, line.borrowing_limit, line.lending_limit)
        for line in quota.lines.all()
    }


def nodes_of(cluster: Cluster, now: datetime) -> tuple[admission.Node, ...]:
    """Nodes as the model takes them. On a cluster that was not seen lately, none is usable."""
    alive = cluster.health != Health.DOWN and not cluster.is_stale(now)
    return tuple(
        admission.Node(
            node.name,
            admission.flat(node.allocatable),
            usable=alive and node.schedulable and node.health != Health.DOWN,
        )
        for node in Node.objects.filter(cluster=cluster).order_by("name")
    )


def shares_of(quotas: Iterable[Quota]) -> dict[tuple[str, Key], admission.Share]:
    return {
        (str(share.project_id), (share.flavor.name, share.resource)): admission.Share(share.guaranteed, share.cap)
        for share in Share.objects.filter(quota__in=list(quotas)).select_related("flavor")
    }


def pending_of(workload: Workload, pod_sets: Sequence[admission.PodSet], *, claims: bool = True) -> Pending:
    within = workload.priority_class.starts_within_seconds
    return Pending(
        id=str(workload.pk),
        owner=owner_of(workload),
        priority=workload.priority_value,
        queued_at=workload.queued_at.timestamp(),
        pod_sets=tuple(pod_sets),
        patience=PATIENCE_SECONDS if within is None else float(within),
        reserved=claims and workload.reserved_since is not None,
        made_room=claims and workload.reason == Reason.WAITING_FOR_PREEMPTED,
        claims=claims,
        independent=not workload.gang,
    )


def _not_started(row: Workload) -> Pending | None:
    """The pods of a workload of independent ones that it still waits for; None when all were started."""
    if row.gang or row.evicting_since is not None:
        return None
    begun = {name: row.admitted_counts.get(name, 0) + row.ended_counts.get(name, 0) for name in row.admitted_counts}
    left = [replace(pods, count=pods.count - begun.get(pods.name, 0)) for pods in pod_sets_of(row.pod_sets)]
    return replace(pending_of(row, left), grows=True) if any(pods.count for pods in left) else None


def _waiting_for(cluster: Cluster) -> QuerySet[Workload]:
    tenants = Quota.objects.filter(cluster=cluster).values("tenant_id")
    return (
        Workload.objects.pending()
        .filter(Q(cluster=cluster) | Q(cluster=None, tenant_id__in=tenants))
        .select_related("priority_class", "project", "tenant")
    )


def _pending(row: Workload, cluster: Cluster, covered: Mapping[str, frozenset[Key]], hardware: Hardware) -> Pending | None:
    if row.cluster_id is not None:
        return pending_of(row, pod_sets_of(row.pod_sets))
    asked = [PodRequest.from_json(document) for document in row.asked]
    try:
        theirs = for_whom_is(hardware, covered.get(str(row.tenant_id), frozenset()))
        pod_sets, _ = resolve_pods(theirs, asked)
    except NeverFits:
        return None  # nothing of the kind here; another cluster has it
    elsewhere = row.reserved_since is not None and row.waiting_for.get("cluster") != cluster.slug
    return pending_of(row, pod_sets, claims=not elsewhere)


def _queue(quota: Quota) -> admission.Queue:
    return admission.Queue(
        tenant=str(quota.tenant_id),
        limits=limits_of(quota),
        cohort=str(quota.cohort_id) if quota.cohort_id else None,
        active=quota.tenant.phase == TenantPhase.ACTIVE,
    )


def _running(row: Workload, now: datetime) -> Running:
    since = row.resized_at or row.admitted_at or now
    lacks = any(row.admitted_counts.get(pods["name"], 0) < pods["count"] for pods in row.pod_sets)
    settled = row.evicting_since is None and row.shrinking_to is None
    rested = (now - since).total_seconds() >= row.resize_pause_seconds
    return Running(
        id=str(row.pk),
        owner=owner_of(row),
        priority=row.priority_value,
        admitted_at=row.admitted_at.timestamp() if row.admitted_at else 0.0,
        pod_sets=pod_sets_of(row.pod_sets),
        counts=row.admitted_counts,
        placements=tuple(Placement(**placement) for placement in row.placements),
        evicting=row.evicting_since is not None,
        shrinking_to=row.shrinking_to["counts"] if row.shrinking_to else None,
        may_grow=row.gang and lacks and settled and rested and row.tenant.phase == TenantPhase.ACTIVE,
        independent=not row.gang,
    )
