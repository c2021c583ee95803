"""The usage ledger, read: unit-hours of a time span, exact to the microsecond, and the recount that proves it."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from apps.accounts.models import User
from apps.clusters.models import Cluster
from apps.quotas.admission import Key, flat, nested, total
from apps.quotas.models import LedgerEntry, Workload
from apps.quotas.services.requests import pod_sets_of
from apps.tenants.models import Project, Tenant

# Amounts are divided by these to give the unit that people count hours of.
UNITS = {"cpu": ("core", 1000), "memory": ("GiB", 2**30)}

_USED = """
    SELECT entry.cluster_id, entry.project_id, entry.user_id, flavor.key, resource.key,
           sum(resource.value::numeric
               * extract(epoch FROM least(coalesce(entry.until, %(now)s), %(until)s) - greatest(entry.since, %(since)s)))
    FROM quotas_ledgerentry AS entry
    CROSS JOIN LATERAL jsonb_each(entry.amounts) AS flavor
    CROSS JOIN LATERAL jsonb_each_text(flavor.value) AS resource
    WHERE entry.tenant_id = %(tenant)s AND entry.project_id = ANY(%(projects)s::uuid[])
      AND entry.since < %(until)s AND coalesce(entry.until, %(now)s) > %(since)s
    GROUP BY 1, 2, 3, 4, 5
    ORDER BY 1, 2, 3, 4, 5
"""


@dataclass(frozen=True)
class Discrepancy:
    """Where ledger and workloads tell different stories."""

    workload_id: UUID
    what: str


def used_hours(
    tenant: Tenant, *, since: datetime, until: datetime, now: datetime, project_ids: set[UUID] | None = None
) -> list[dict[str, Any]]:
    """Unit-hours of the tenant by cluster, project, user, flavor and resource; of all its projects ever, or of some.

    cpu is counted in core-hours, memory in GiB-hours, devices in device-hours. What runs counts until `now`.
    """
    if project_ids is None:
        entries = LedgerEntry.objects.filter(tenant_id=tenant.pk)
        project_ids = set(entries.order_by().values_list("project_id", flat=True).distinct())
    with connection.cursor() as cursor:
        cursor.execute(
            _USED,
            {
                "tenant": str(tenant.pk),
                "projects": [str(project_id) for project_id in project_ids],
                "since": since,
                "until": until,
                "now": now,
            },
        )
        found = cursor.fetchall()
    clusters = dict(Cluster.objects.filter(pk__in={row[0] for row in found}).values_list("pk", "slug"))
    projects = dict(Project.objects.filter(pk__in={row[1] for row in found}).values_list("pk", "slug"))
    users = dict(User.objects.filter(pk__in={row[2] for row in found}).values_list("pk", "name"))
    rows = []
    for cluster_id, project_id, user_id, flavor, resource, amount_seconds in found:
        unit, divisor = UNITS.get(resource, (resource, 1))
        rows.append(
            {
                "cluster": {"id": cluster_id, "slug": clusters.get(cluster_id, "")},
                "project": {"id": project_id, "slug": projects.get(project_id, "")},
                "user": {"id": user_id, "name": users.get(user_id, "")},
                "flavor": flavor,
                "resource": resource,
                "unit": f"{unit}-hour",
                "hours": round(float(amount_seconds) / divisor / 3600, 6),
            }
        )
    return rows


def held_in(cluster: Cluster) -> dict[str, dict[str, int]]:
    """What is held in the cluster now, by flavor and resource."""
    held: Counter[Key] = Counter()
    for amounts in LedgerEntry.objects.filter(cluster_id=cluster.pk, until=None).values_list("amounts", flat=True):
        held.update(flat(amounts))
    return nested(held)


def recount() -> list[Discrepancy]:
    """Compare the ledger's open entries with the workloads that hold quota; nothing to tell means that both agree."""
    open_entries = {entry.workload_id: entry for entry in LedgerEntry.objects.filter(until=None)}
    found = []
    for workload in Workload.objects.holding():
        entry = open_entries.pop(workload.pk, None)
        held = nested(total(pod_sets_of(workload.pod_sets), workload.admitted_counts))
        if entry is None:
            found.append(Discrepancy(workload.pk, "It holds quota, and the ledger does not count it."))
        elif nested({key: amount for key, amount in flat(entry.amounts).items() if amount}) != held:
            found.append(Discrepancy(workload.pk, "The ledger counts other amounts than it holds."))
    found += [Discrepancy(pk, "The ledger counts it, and it holds no quota.") for pk in sorted(open_entries)]
    return found
