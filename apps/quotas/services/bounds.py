"""What could ever start: a tenant's limits and the hardware of its clusters, without what runs and waits there.

A submit is measured against this. It must not become slower with what was submitted before it, so nothing is read here
that grows with workloads or tenants, and of nodes only how many there are of each shape. One question for all clusters,
for it is asked fifty times a second; the ORM would need eight.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import orjson
from django.db import connection
from django.utils import timezone

from apps.clusters.models import Cluster, ClusterKind, Flavor
from apps.quotas.admission import Key, Limit, Node, Queue, Share, Snapshot, UserCap, flat
from apps.quotas.services.requests import Hardware

# Tenants of a cohort beside the asking one, which lend it something; no tenant is called so.
_OTHERS = ""
_ASK = """\
SELECT cluster.id, cluster.slug, cluster.kind, cluster.admission, cluster.capabilities, quota.cohort_id,
    (SELECT jsonb_agg(jsonb_build_array(
            flavor.name, line.resource, line.nominal, line.borrowing_limit, line.lending_limit))
        FROM quotas_quotaline AS line JOIN clusters_flavor AS flavor ON flavor.id = line.flavor_id
        WHERE line.quota_id = quota.id),
    quotas_lent_by_others(quota.cohort_id, quota.tenant_id),
    (SELECT jsonb_agg(jsonb_build_object(
            'name', name, 'kind', kind, 'model', model, 'unit_memory_bytes', unit_memory_bytes) ORDER BY name)
        FROM clusters_flavor AS flavor WHERE cluster_id = cluster.id AND (pool_id IS NULL OR EXISTS (
            SELECT FROM quotas_quotaline AS line WHERE line.quota_id = quota.id AND line.flavor_id = flavor.id))),
    (SELECT jsonb_agg(jsonb_build_array(allocatable, nodes))
        FROM (SELECT allocatable, count(*) AS nodes FROM clusters_node WHERE cluster_id = cluster.id GROUP BY 1) AS shape),
    (SELECT jsonb_agg(jsonb_build_array(flavor.name, share.resource, share.guaranteed, share.cap))
        FROM quotas_share AS share JOIN clusters_flavor AS flavor ON flavor.id = share.flavor_id
        WHERE share.quota_id = quota.id AND share.project_id = %(project)s),
    (SELECT jsonb_agg(jsonb_build_array(user_id, group_id, running_workloads, gpus))
        FROM quotas_usercap AS cap
        WHERE cap.tenant_id = quota.tenant_id AND (cap.user_id = %(user)s OR cap.user_id IS NULL AND (
            cap.group_id IS NULL
            OR cap.group_id IN (SELECT group_id FROM accounts_group_users WHERE user_id = %(user)s))))
FROM quotas_quota AS quota JOIN clusters_cluster AS cluster ON cluster.id = quota.cluster_id
WHERE quota.tenant_id = %(tenant)s AND (%(slug)s::text IS NULL OR cluster.slug = %(slug)s)
ORDER BY cluster.slug
"""


@dataclass(frozen=True)
class Bounds:
    """Of one cluster; the snapshot holds of the tenant's world only what bounds the owner that was asked for."""

    cluster: Cluster
    hardware: Hardware
    snapshot: Snapshot


def bounds_of(*, tenant_id: UUID, project_id: UUID, user_id: UUID, slug: str | None) -> list[Bounds]:
    """Of every cluster in which the tenant has quota, or of the one called `slug`; in the order of their slugs.

    Each cluster has only the columns that a request needs of it, and is not to be saved.
    """
    asked = {"tenant": tenant_id, "project": project_id, "user": user_id, "slug": slug}
    with connection.cursor() as cursor:
        cursor.execute(_ASK, asked)
        rows = cursor.fetchall()
    return [_bounds(row, str(tenant_id), str(project_id), str(user_id)) for row in rows]


def _bounds(row: tuple[Any, ...], tenant: str, project: str, user: str) -> Bounds:
    pk, slug, kind, admission, capabilities, cohort, *documents = row
    lines, lent, flavors, shapes, shares, caps = (orjson.loads(text) if text else [] for text in documents)
    cluster = Cluster(id=pk, slug=slug, kind=kind, admission=admission, capabilities=orjson.loads(capabilities))
    limits = {(flavor, resource): Limit(*numbers) for flavor, resource, *numbers in lines}
    hardware = Hardware(
        cluster=slug,
        flavors=tuple(Flavor(**flavor) for flavor in flavors),
        nodes=tuple(flat(allocatable) for allocatable, _ in shapes),
        covered=frozenset(limits),
        runs_images=kind != ClusterKind.LOCAL,
        capabilities=frozenset(cluster.capabilities),
    )
    snapshot = Snapshot(
        now=timezone.now().timestamp(),
        queues=_queues(tenant, str(cohort) if cohort else None, limits, lent),
        nodes=tuple(
            node for amounts, (_, count) in zip(hardware.nodes, shapes, strict=True) for node in [Node("", amounts)] * count
        ),
        shares={(project, (flavor, resource)): Share(guaranteed, cap) for flavor, resource, guaranteed, cap in shares},
        caps={(tenant, of_user or of_group or ""): UserCap(running, gpus) for of_user, of_group, running, gpus in caps},
        groups={user: tuple(of_group for _, of_group, _, _ in caps if of_group)},
    )
    return Bounds(cluster, hardware, snapshot)


def _queues(tenant: str, cohort: str | None, limits: Mapping[Key, Limit], lent: list[Any]) -> tuple[Queue, ...]:
    """The tenant's own queue, and one for all others of its cohort, which has what they lend together."""
    others = {(flavor, resource): Limit(amount) for flavor, resource, amount in lent}
    return Queue(tenant, limits, cohort), Queue(_OTHERS, others, cohort)
