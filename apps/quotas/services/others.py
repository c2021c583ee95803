"""What one may know of tenants that one may not see: what they are granted and hold in a shared cluster, by number.

A tenant borrows what others do not use and waits behind what others run, so explanations need it. The database gives it
by functions that look over the wall for exactly this (see the migration `walls` of quotas); for whoever sees all tenants
they give nothing, since there it is no other's.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

import orjson
from django.db import connection

from apps.quotas.admission import Key, Limit, Queue


@dataclass(frozen=True)
class OthersQuota:
    """A quota of somebody else."""

    id: UUID
    tenant_id: UUID
    cluster_id: UUID
    cohort_id: UUID | None
    active: bool
    limits: dict[Key, Limit]

    @property
    def queue(self) -> Queue:
        return Queue(str(self.tenant_id), self.limits, str(self.cohort_id) if self.cohort_id else None, active=self.active)


@dataclass(frozen=True)
class OthersAmount:
    """What somebody else holds of one resource: of a tenant, or of projects of one's own tenant that one may not see."""

    cluster_id: UUID
    tenant_id: UUID
    key: Key
    amount: int


def others_in(cluster_ids: Iterable[UUID]) -> list[OthersQuota]:
    """Quotas in these clusters beside those that the reader may see."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, tenant_id, cluster_id, cohort_id, active, lines FROM quotas_of_others(%s::uuid[])",
            [[str(cluster_id) for cluster_id in cluster_ids]],
        )
        rows = cursor.fetchall()
    return [
        OthersQuota(id_, tenant_id, cluster_id, cohort_id, active, _limits(lines))
        for id_, tenant_id, cluster_id, cohort_id, active, lines in rows
    ]


def _limits(lines: str) -> dict[Key, Limit]:
    return {(flavor, resource): Limit(*limits) for flavor, resource, *limits in orjson.loads(lines)}


def held_by_others(cluster_ids: Iterable[UUID]) -> list[OthersAmount]:
    """What is held in these clusters beside what the reader may see."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT cluster_id, tenant_id, flavor, resource, amount FROM quotas_held_by_others(%s::uuid[])",
            [[str(cluster_id) for cluster_id in cluster_ids]],
        )
        return [
            OthersAmount(cluster, tenant, (flavor, resource), int(amount))
            for cluster, tenant, flavor, resource, amount in cursor.fetchall()
        ]
