"""Giving nodes to tenants: a pool is for whoever has quota of its flavors, so both are given, and taken back, together."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction

from apps.clusters import services as clusters
from apps.clusters.models import Cluster, NodePool
from apps.clusters.pools import chooses
from apps.quotas.models import Quota, QuotaLine
from apps.quotas.services.managing import Line, change_quota, create_quota, lines_of, remove_quota
from apps.quotas.services.rounds import lock_cluster
from apps.tenants.actor import Actor
from apps.tenants.models import Tenant


@transaction.atomic
def give_nodes(*, actor: Actor, cluster: Cluster, tenants: Sequence[Tenant], **fields: Any) -> NodePool:
    """Keep nodes for these tenants: each is guaranteed its part of what the nodes have now. Raises as create_pool does."""
    lock_cluster(cluster.pk)
    pool = clusters.create_pool(actor=actor, cluster=cluster, **fields)
    parts = _parts(pool, len(tenants))
    for tenant in tenants:
        quota = Quota.objects.filter(cluster=cluster, tenant=tenant).select_related("cohort", "cluster", "tenant").first()
        if quota is None:
            create_quota(actor=actor, tenant=tenant, cluster=cluster, cohort=None, lines=parts)
        else:
            change_quota(actor=actor, quota=quota, cohort=quota.cohort, lines=[*lines_of(quota), *parts], confirm=True)
    return pool


@transaction.atomic
def take_back_nodes(*, actor: Actor, pool: NodePool, confirm: bool = False) -> None:
    """Take the pool out of all quotas, and let its nodes be everybody's again.

    Raises QuotaInUse when that hits work and is not confirmed, NodePoolInUse while projects have shares of it.
    """
    lock_cluster(pool.cluster_id)
    names = set(pool.flavors.values_list("name", flat=True))
    rows = Quota.objects.filter(lines__flavor__pool=pool).distinct().order_by("pk")
    for quota in rows.select_related("tenant", "cluster", "cohort"):
        left = [line for line in lines_of(quota) if line.flavor not in names]
        if left:
            change_quota(actor=actor, quota=quota, cohort=quota.cohort, lines=left, confirm=confirm)
        else:
            remove_quota(actor=actor, quota=quota, confirm=confirm)
    clusters.remove_pool(actor=actor, pool=pool)


def tenants_of(pools: Iterable[NodePool]) -> dict[UUID, list[Tenant]]:
    """Whom each pool is for."""
    found: dict[UUID, list[Tenant]] = {pool.pk: [] for pool in pools}
    lines = QuotaLine.objects.filter(flavor__pool__in=found).select_related("flavor", "quota__tenant")
    for line in lines.order_by("quota__tenant__slug"):
        pool_id = line.flavor.pool_id
        if pool_id is not None and line.quota.tenant not in found[pool_id]:
            found[pool_id].append(line.quota.tenant)
    return found


def _parts(pool: NodePool, among: int) -> list[Line]:
    """What each of so many tenants is guaranteed: equal parts of what its nodes have; what is left over, nobody."""
    if not among:
        return []
    of_nodes: Counter[tuple[str, str]] = Counter()
    for node in pool.cluster.nodes.all():
        if chooses(pool, node.name, node.labels):
            for flavor, amounts in node.allocatable.items():
                of_nodes.update({(f"{flavor}-{pool.name}", resource): amount for resource, amount in amounts.items()})
    flavors = pool.flavors.order_by("name")
    return [
        Line(flavor.name, resource, of_nodes[flavor.name, resource] // among)
        for flavor in flavors
        for resource in flavor.resources
    ]
