"""What Hanse made in clusters, against what it still knows: put right, or taken away."""

from collections.abc import Iterable
from contextlib import suppress
from typing import Any
from uuid import UUID

import structlog

from apps.clusters import services as clusters
from apps.clusters.models import Cluster, ClusterConnection, ClusterKind, OnDrift
from apps.core import operations
from apps.core.errors import Unavailable
from apps.inference.models import App
from apps.jobs.models import Job
from apps.tenants.models import Project
from celery_workers.kubernetes import asked, left_over, policies, projects, queues
from celery_workers.kubernetes.client import Client, NotFound, Refused
from celery_workers.kubernetes.clusters import client_for
from celery_workers.kubernetes.manifests import labels
from celery_workers.kubernetes.manifests.app import KINDS
from celery_workers.kubernetes.paths import collection

# More are not written down; they are found again when these are put right.
MOST_DRIFTED = 200
_log = structlog.get_logger(__name__)


def tidy_clusters() -> None:
    """Look through every cluster; one that does not answer holds up no other."""
    reached = ClusterConnection.objects.filter(cluster__kind=ClusterKind.KUBERNETES).values("cluster")
    for cluster in Cluster.objects.filter(pk__in=reached):
        try:
            client = client_for(cluster)
            tidy_projects(client, cluster)
            tidy_jobs(client, cluster)
            tidy_apps(client, cluster)
            queues.write(client, cluster)
            policies.write(client, cluster)
        except (Unavailable, Refused) as failure:
            _log.warning("cluster-not-tidied", cluster=cluster.slug, error=str(failure))


def compare(operation_id: UUID) -> None:
    """Carry out the operation: write down what drifted, and put it right when that was asked for."""
    found = asked.of_cluster(operation_id)
    if found is None:
        return
    operation, cluster = found
    with asked.failures_told(operation_id):
        tidy_projects(client_for(cluster), cluster, repair=bool(operation.arguments["repair"]))
        cluster.refresh_from_db()
        operations.finish(operation_id=operation_id, result={"drifted": len(cluster.drifted)})


def tidy_projects(client: Client, cluster: Cluster, *, repair: bool | None = None) -> None:
    """Find what drifted in the namespaces of projects, and delete those of projects that are gone.

    repair: put it right; None: as the cluster's operator chose.
    """
    repair = cluster.on_drift == OnDrift.REPAIR if repair is None else repair
    drifted: list[dict[str, Any]] = []
    for page in client.pages(collection("v1", "Namespace"), {"labelSelector": _ours(cluster)}):
        made = _by_id(page["items"], labels.PROJECT)
        known = {project.pk: project for project in Project.objects.filter(pk__in=made).select_related("tenant")}
        for project_id, namespace in made.items():
            if project_id not in known:
                left_over.delete(client, "v1", "Namespace", namespace)
            elif "deletionTimestamp" not in namespace["metadata"]:
                drifted += projects.compare(client, cluster, known[project_id], repair=repair)
    clusters.record_drift(cluster=cluster, drifted=drifted[:MOST_DRIFTED])


def tidy_jobs(client: Client, cluster: Cluster) -> None:
    """Delete what is left of jobs that are gone: their service, which owns everything else of them."""
    for page in client.pages(collection("v1", "Service"), {"labelSelector": f"{_ours(cluster)},{labels.JOB}"}):
        made = _by_id(page["items"], labels.JOB)
        known = set(Job.objects.filter(pk__in=made).values_list("pk", flat=True))
        for job_id, service in made.items():
            if job_id not in known:
                left_over.delete(client, "v1", "Service", service)


def tidy_apps(client: Client, cluster: Cluster) -> None:
    """Delete what is left of apps that are gone, kind by kind."""
    for version, kind in KINDS:
        with suppress(NotFound):  # there is none of a kind that is not served
            for page in client.pages(collection(version, kind), {"labelSelector": f"{_ours(cluster)},{labels.APP}"}):
                named = {labels.id_in(one["metadata"]["labels"], labels.APP) for one in page["items"]}
                known = set(App.objects.filter(pk__in=filter(None, named)).values_list("pk", flat=True))
                for one in page["items"]:
                    app_id = labels.id_in(one["metadata"]["labels"], labels.APP)
                    if app_id and app_id not in known:
                        left_over.delete(client, version, kind, one)


def _by_id(found: Iterable[labels.Manifest], label: str) -> dict[UUID, labels.Manifest]:
    """Objects by what their label says, those where it says nothing left out."""
    return {pk: one for one in found if (pk := labels.id_in(one["metadata"]["labels"], label))}


def _ours(cluster: Cluster) -> str:
    return labels.selector({**labels.MANAGED_BY, labels.CLUSTER: str(cluster.pk)})
