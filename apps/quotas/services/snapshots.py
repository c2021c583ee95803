"""Reading a cluster's state into the model's values, in a fixed number of queries."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from apps.clusters.models import Cluster, Health, Node
from apps.quotas import admission
from apps.quotas.admission import Key, Limit, Owner, Pending, Placement, Reason, Reclaim, Running, Snapshot, UserCap
from apps.quotas.errors import NeverFits
from apps.quotas.models import Quota, Share, Workload
from apps.quotas.models import UserCap as UserCapRow
from apps.quotas.services.requests import Hardware, PodRequest, hardware_of, pod_sets_of, resolve_pods
from apps.tenants.models import TenantPhase

PATIENCE_SECONDS = 600.0
MOST_CONSIDERED = 5000


@dataclass(frozen=True)
class Read:
    """A snapshot with the rows that it was made of, by the ids it uses."""

    cluster: Cluster
    snapshot: Snapshot
    quotas: dict[str, Quota]
    workloads: dict[str, Workload]
    hardware: Hardware

    def hardware_for(self, tenant_id: UUID) -> Hardware:
        quota = self.quotas.get(str(tenant_id))
        return _covered_by(self.hardware, quota)


def read(cluster: Cluster, *, now: datetime | None = None, with_pending: bool = True) -> Read:
    """Read all that admission in `cluster` depends on."""
    now = now or timezone.now()
    quotas = {
        str(quota.tenant_id): quota
        for quota in Quota.objects.filter(cluster=cluster)
        .select_related("tenant", "cohort")
        .prefetch_related("lines__flavor")
    }
    hardware = hardware_of(cluster)
    running_rows = list(Workload.objects.holding().filter(cluster=cluster))
    pending_rows = list(_waiting_for(cluster)[:MOST_CONSIDERED]) if with_pending else []
    pending = [waiting for row in pending_rows if (waiting := _pending(row, cluster, quotas, hardware)) is not None]
    snapshot = Snapshot(
        now=now.timestamp(),
        queues=tuple(_queue(quota) for _, quota in sorted(quotas.items())),
        nodes=nodes_of(cluster, now),
        running=tuple(_running(row) for row in running_rows),
        pending=tuple(pending),
        cohorts={
            str(quota.cohort_id): Reclaim(quota.cohort.reclaim_within_cohort)
            for quota in quotas.values()
            if quota.cohort is not None
        },
        shares=shares_of(quotas.values()),
        caps={
            (str(cap.tenant_id), str(cap.user_id or "")): UserCap(cap.running_workloads, cap.gpus)
            for cap in UserCapRow.objects.filter(tenant_id__in=[quota.tenant_id for quota in quotas.values()])
        },
    )
    return Read(cluster, snapshot, quotas, {str(row.pk): row for row in (*running_rows, *pending_rows)}, hardware)


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
    )


def _waiting_for(cluster: Cluster) -> QuerySet[Workload]:
    tenants = Quota.objects.filter(cluster=cluster).values("tenant_id")
    return (
        Workload.objects.pending()
        .filter(Q(cluster=cluster) | Q(cluster=None, tenant_id__in=tenants))
        .select_related("priority_class", "project", "tenant")
    )


def _pending(row: Workload, cluster: Cluster, quotas: dict[str, Quota], hardware: Hardware) -> Pending | None:
    if row.cluster_id is not None:
        return pending_of(row, pod_sets_of(row.pod_sets))
    asked = [PodRequest.from_json(document) for document in row.asked]
    try:
        pod_sets, _ = resolve_pods(_covered_by(hardware, quotas.get(str(row.tenant_id))), asked)
    except NeverFits:
        return None  # nothing of the kind here; another cluster has it
    elsewhere = row.reserved_since is not None and row.waiting_for.get("cluster") != cluster.slug
    return pending_of(row, pod_sets, claims=not elsewhere)


def _covered_by(hardware: Hardware, quota: Quota | None) -> Hardware:
    covered = frozenset(limits_of(quota)) if quota else frozenset()
    return replace(hardware, covered=covered)


def _queue(quota: Quota) -> admission.Queue:
    return admission.Queue(
        tenant=str(quota.tenant_id),
        limits=limits_of(quota),
        cohort=str(quota.cohort_id) if quota.cohort_id else None,
        active=quota.tenant.phase == TenantPhase.ACTIVE,
    )


def _running(row: Workload) -> Running:
    return Running(
        id=str(row.pk),
        owner=owner_of(row),
        priority=row.priority_value,
        admitted_at=row.admitted_at.timestamp() if row.admitted_at else 0.0,
        pod_sets=pod_sets_of(row.pod_sets),
        counts=row.admitted_counts,
        placements=tuple(Placement(**placement) for placement in row.placements),
        evicting=row.evicting_since is not None,
    )
