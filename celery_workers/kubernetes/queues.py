"""What a cluster's Kueue goes by, written from the portal's own records; what is not wanted any more is taken away."""

from collections.abc import Iterator
from contextlib import suppress
from uuid import UUID

import structlog

from apps.clusters.models import KUEUE_VERSION, AdmittedBy, Cluster, ClusterKind, Flavor, FlavorKind
from apps.core.errors import Unavailable
from apps.quotas.models import Cohort, PriorityClass, Quota
from apps.tenants.models import TenantPhase
from celery_workers.kubernetes import left_over
from celery_workers.kubernetes.client import Client, NotFound, Refused
from celery_workers.kubernetes.clusters import client_for
from celery_workers.kubernetes.manifests import kueue, labels
from celery_workers.kubernetes.manifests.kueue import FlavorOf, LineOf, QuotaOf, object_name
from celery_workers.kubernetes.manifests.labels import Manifest
from celery_workers.kubernetes.paths import path_of

# What refers to others goes first.
_REMOVED = ("LocalQueue", "ClusterQueue", "Cohort", "ResourceFlavor", "WorkloadPriorityClass")
_log = structlog.get_logger(__name__)


def write_for(cluster_id: UUID) -> None:
    """Write it now; what fails is written when everything is looked through."""
    cluster = Cluster.objects.filter(pk=cluster_id, kind=ClusterKind.KUBERNETES).first()
    if cluster is None:
        return
    try:
        write(client_for(cluster), cluster)
    except (Unavailable, Refused) as failure:
        _log.warning("queues-not-written", cluster=cluster.slug, error=str(failure))


def write(client: Client, cluster: Cluster) -> None:
    """Make flavors, priorities, cohorts and quotas in Kueue be those of the portal; none where the portal admits.

    Doing it twice changes nothing. Raises Unavailable or Refused when the cluster fails it.
    """
    wanted = list(manifests(cluster)) if cluster.admission == AdmittedBy.KUEUE else []
    for manifest in wanted:
        client.apply(path_of(manifest), manifest, force=True)
    marks = labels.selector({**labels.MANAGED_BY, labels.CLUSTER: str(cluster.pk)})
    for kind in _REMOVED:
        if kind == "LocalQueue" and wanted:
            continue  # those of projects, which are looked after with their namespaces
        with suppress(NotFound):  # there is no Kueue
            kept = {manifest["metadata"]["name"] for manifest in wanted if manifest["kind"] == kind}
            left_over.remove(client, KUEUE_VERSION, kind, marks, kept=kept)


def manifests(cluster: Cluster) -> Iterator[Manifest]:
    """Everything, in the order in which one refers to the other."""
    flavors = flavors_of(cluster)
    yield from (kueue.resource_flavor(cluster.pk, flavor) for flavor in flavors)
    for priority in PriorityClass.objects.order_by("name"):
        name = priority_name(priority)
        yield kueue.priority_class(cluster.pk, name, value=priority.value, description=priority.description)
    cohorts = Cohort.objects.filter(cluster=cluster).order_by("name")
    yield from (kueue.cohort(cluster.pk, object_name(cohort.name, cohort.pk)) for cohort in cohorts)
    quotas = Quota.objects.filter(cluster=cluster).select_related("tenant", "cohort").prefetch_related("lines__flavor")
    for quota in quotas.order_by("pk"):
        yield kueue.cluster_queue(cluster.pk, _quota(quota), flavors)


def flavors_of(cluster: Cluster) -> list[FlavorOf]:
    """Those of which the cluster has a name for what they are a class of."""
    rows = Flavor.objects.filter(cluster=cluster).order_by("name")
    named = (row for row in rows if row.kind == FlavorKind.CPU or row.device_resource)
    pools = any(row.pool_id is not None for row in rows)
    return [
        FlavorOf(
            row.pk,
            row.name,
            row.device_resource,
            row.node_labels,
            row.node_taints,
            beside_pools=pools and row.pool_id is None,
        )
        for row in named
    ]


def of_tenant(cluster: Cluster, tenant_id: UUID) -> str:
    """Name of the tenant's ClusterQueue; empty where the portal admits, or when the tenant has no quota there."""
    if cluster.admission != AdmittedBy.KUEUE:
        return ""
    quota = Quota.objects.filter(cluster=cluster, tenant_id=tenant_id).select_related("tenant").first()
    return object_name(quota.tenant.slug, quota.pk) if quota else ""


def priority_name(priority: PriorityClass) -> str:
    return object_name(priority.name, priority.pk)


def resource_name(flavor: Flavor, resource: str) -> str:
    """What the cluster calls a resource of the flavor."""
    return resource if flavor.kind == FlavorKind.CPU else flavor.device_resource


def _quota(quota: Quota) -> QuotaOf:
    lines = [
        LineOf(
            line.flavor_id,
            resource_name(line.flavor, line.resource),
            line.nominal,
            line.borrowing_limit,
            line.lending_limit,
        )
        for line in quota.lines.all()
    ]
    return QuotaOf(
        id=quota.pk,
        tenant_id=quota.tenant_id,
        tenant=quota.tenant.slug,
        lines=lines,
        cohort=object_name(quota.cohort.name, quota.cohort.pk) if quota.cohort else "",
        reclaim=quota.cohort.reclaim_within_cohort if quota.cohort else "never",
        active=quota.tenant.phase == TenantPhase.ACTIVE,
    )
