"""What workloads hold: the ledger's entries, who is told of them, and what is asked of Kueue for them."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from apps.core.outbox import hint, publish
from apps.core.registries import workload_subjects
from apps.quotas.models import LedgerEntry, Quota, Workload, WorkloadState

ANY = "any"
# PostgreSQL channel on which admission hears that a look is worth while (payload: a cluster's id, or "any").
ADMISSION_CHANNEL = "hanse_admission"


def start(row: Workload, *, counts: Mapping[str, int], placements: list[dict[str, Any]], now: datetime) -> None:
    """Let a workload hold its quota from now on, with so many pods of each set, and tell its subject."""
    row.state, row.admitted_at = WorkloadState.ADMITTED, now
    row.admitted_counts = dict(counts)
    row.ended_counts, row.shrinking_to, row.resized_at = {}, None, None
    row.placements = placements
    row.reason, row.message, row.said, row.waiting_for, row.reserved_since = "", "", [], {}, None
    row.save()
    open_ledger(row, at=now)
    subject = workload_subjects.get(row.subject_kind)
    if subject is not None:
        subject.admitted(row)


def hold_from_now(workload: Workload) -> None:
    """Save a workload that holds other amounts than before; the ledger begins a new entry."""
    now = timezone.now()
    LedgerEntry.objects.filter(workload_id=workload.pk, until=None).update(until=now)
    open_ledger(workload, at=now)
    workload.save()
    if workload.handed_at is not None:
        hint_kueue(workload)
    cluster_id = cluster_of(workload)
    announce_pool(cluster_id, workload.tenant_id)
    wake(cluster_id)


def open_ledger(workload: Workload, *, at: datetime) -> None:
    """Begin to count what the workload holds."""
    counts = workload.admitted_counts
    amounts: dict[str, dict[str, int]] = {}
    for pods in workload.pod_sets:
        for flavor, resources in pods["requests"].items():
            for resource, amount in resources.items():
                of_flavor = amounts.setdefault(flavor, {})
                of_flavor[resource] = of_flavor.get(resource, 0) + amount * counts.get(pods["name"], 0)
    LedgerEntry.objects.create(
        tenant_id=workload.tenant_id,
        project_id=workload.project_id,
        user_id=workload.user_id,
        cluster_id=cluster_of(workload),
        workload_id=workload.pk,
        subject_kind=workload.subject_kind,
        subject_id=workload.subject_id,
        subject_name=workload.subject_name,
        amounts=amounts,
        since=at,
    )


def announce(quotas: Iterable[Quota]) -> None:
    """Publish that quotas look different now, each once, in a fixed order."""
    for quota in sorted(set(quotas), key=lambda quota: quota.pk):
        publish(op="changed", subject=quota)


@transaction.atomic
def announce_cohort(*, quota_id: UUID) -> None:
    """Publish that the other quotas of its cohort look different now; nothing when it is gone."""
    cohorts = Quota.objects.filter(pk=quota_id).exclude(cohort=None).values("cohort_id")
    announce(Quota.objects.filter(cohort_id__in=cohorts).exclude(pk=quota_id))


def wake(cluster_id: UUID | None) -> None:
    """Tell whoever runs admission, after the commit, that a round is worth while."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [ADMISSION_CHANNEL, str(cluster_id or ANY)])


def hint_kueue(workload: Workload) -> None:
    """Have what is asked of the Kueue of its cluster be as it should."""
    hint("kubernetes.ask", workload_id=workload.pk, cluster_id=cluster_of(workload))


def take_back(workload: Workload) -> None:
    """Ask Kueue no longer, in memory; the caller saves. What Kueue holds for it is free when its object there is gone."""
    if workload.handed_at is not None:
        workload.handed_at = None
        hint_kueue(workload)
        if workload.any_cluster:
            workload.cluster = None


def cluster_of(workload: Workload) -> UUID:
    """Where an admitted workload is."""
    if workload.cluster_id is None:
        raise ValueError(f"workload {workload.pk} holds quota in no cluster")
    return workload.cluster_id


def announce_pool(cluster_id: UUID, tenant_id: UUID) -> None:
    """The quota itself changed in use, and with it what its cohort may borrow and has lent.

    The others' quotas are beyond the wall for whoever acts, so a worker announces them.
    """
    quota = Quota.objects.filter(cluster_id=cluster_id, tenant_id=tenant_id).first()
    if quota is not None:
        announce([quota])
        if quota.cohort_id:
            hint("quotas.announce_cohort", quota_id=quota.pk)
