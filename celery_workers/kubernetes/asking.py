"""What Kueue is asked for a workload: exactly what is wanted of it now, and nothing of what was wanted before."""

from datetime import datetime
from typing import Any
from uuid import UUID

import structlog

from apps.clusters.models import KUEUE_VERSION, Cluster, ClusterKind, Flavor
from apps.core.errors import Unavailable
from apps.inference.models import AppReplica, ReplicaPhase
from apps.jobs.models import Job, JobPhase
from apps.quotas import services as quotas
from apps.quotas.models import Workload, WorkloadState
from celery_workers.kubernetes import left_over, projects, queues
from celery_workers.kubernetes.client import Client, Conflict, NotFound, Refused
from celery_workers.kubernetes.clusters import client_for
from celery_workers.kubernetes.manifests import kueue, labels
from celery_workers.kubernetes.manifests.job import NodeClass
from celery_workers.kubernetes.manifests.kueue import Asking, PodSetOf, asking_name
from celery_workers.kubernetes.manifests.labels import Manifest
from celery_workers.kubernetes.paths import collection, collection_of, path_of

_log = structlog.get_logger(__name__)


def reconcile(workload_id: UUID, cluster_id: UUID) -> None:
    """Ask the cluster's Kueue, or ask no longer. Doing it twice changes nothing; what fails now, `watch` does again."""
    cluster = Cluster.objects.filter(pk=cluster_id, kind=ClusterKind.KUBERNETES).first()
    if cluster is None:
        return
    rows = Workload.objects.select_related("cluster", "project__tenant", "priority_class")
    row = rows.filter(pk=workload_id).first()
    try:
        _reconcile(client_for(cluster), cluster, workload_id, row)
    except (Unavailable, Refused) as failure:
        _log.warning("kueue-not-asked", cluster=cluster.slug, workload_id=str(workload_id), error=str(failure))
        if row is not None and _is_asked(row, cluster):
            quotas.not_handed(workload_id=row.pk, asking=row.asking, message=str(failure))


def _reconcile(client: Client, cluster: Cluster, workload_id: UUID, row: Workload | None) -> None:
    there = False
    name = asking_name(row.subject_kind, row.subject_id, row.asking) if row is not None else ""
    for found in _objects(client, cluster, workload_id):
        newest = row is not None and found["metadata"]["name"] == name
        if row is not None and newest and _is_asked(row, cluster):
            there = True
            _tell(client, row, found)
        elif row is not None and newest and row.state == WorkloadState.FINISHED:
            _say(client, kueue.status(name, found["metadata"]["namespace"], finished_at=row.finished_at))
        else:
            left_over.delete(client, KUEUE_VERSION, "Workload", found)
    if row is not None and not there and _is_asked(row, cluster) and row.state == WorkloadState.PENDING:
        _ask(client, cluster, row)


def _is_asked(row: Workload, cluster: Cluster) -> bool:
    """Whether the Kueue of this cluster is to decide on it, or has."""
    return row.handed_at is not None and row.cluster_id == cluster.pk


def _objects(client: Client, cluster: Cluster, workload_id: UUID) -> list[Any]:
    marks = {**labels.MANAGED_BY, labels.CLUSTER: str(cluster.pk), labels.WORKLOAD: str(workload_id)}
    pages = client.pages(collection(KUEUE_VERSION, "Workload"), {"labelSelector": labels.selector(marks)})
    try:
        return [found for page in pages for found in page["items"] if "deletionTimestamp" not in found["metadata"]]
    except NotFound as missing:
        raise Unavailable(f"{cluster.slug} serves no {KUEUE_VERSION}; an operator must look after Kueue.") from missing


def _ask(client: Client, cluster: Cluster, row: Workload) -> None:
    projects.ensure(client, cluster, row.project)
    manifest = kueue.workload(asking_of(cluster, row))
    try:
        client.create(collection_of(manifest), manifest)
    except Conflict as conflict:
        if conflict.reason != "AlreadyExists":
            raise


def _tell(client: Client, row: Workload, found: Manifest) -> None:
    """Tell Kueue what it cannot see: that the pods run, which have ended, that a priority means something else now."""
    if row.state == WorkloadState.ADMITTED:
        metadata, said = found["metadata"], (found.get("status") or {}).get("conditions") or []
        # Said once: a gang that is tried again keeps its quota meanwhile.
        ready = any(one["type"] == "PodsReady" and one["status"] == "True" for one in said)
        ready_at = _running_since(row.subject_id, was_ready=ready)
        _say(client, kueue.status(metadata["name"], metadata["namespace"], ready_at=ready_at, ended=row.ended_counts))
    elif found["spec"].get("priority") != row.priority_value:
        path = collection(KUEUE_VERSION, "Workload", found["metadata"]["namespace"])
        client.patch(f"{path}/{found['metadata']['name']}", {"spec": {"priority": row.priority_value}})


def _running_since(subject_id: UUID, *, was_ready: bool) -> datetime | None:
    """Since when all pods of a job, or an app's replica, have run; None when they do not, and did not before."""
    if job := Job.objects.filter(pk=subject_id).first():
        return job.started_at if was_ready or job.phase == JobPhase.RUNNING else None
    replica = AppReplica.objects.filter(pk=subject_id).first()
    if replica is None:
        return None
    return replica.ready_at if was_ready or replica.phase == ReplicaPhase.READY else None


def _say(client: Client, status: Manifest) -> None:
    client.apply(f"{path_of(status)}/status", status, force=True)


def asking_of(cluster: Cluster, row: Workload) -> Asking:
    """What is asked for a workload that was handed over. Raises Unavailable when a flavor of it is gone."""
    flavors = {flavor.name: flavor for flavor in Flavor.objects.filter(cluster=cluster)}
    missing = {name for pods in row.pod_sets for name in pods["requests"]} - flavors.keys()
    if missing:
        raise Unavailable(f"{cluster.slug} has no flavor {', '.join(sorted(missing))} any more; an operator can add it.")
    pod_sets = [
        PodSetOf(
            name=pods["name"],
            count=pods["count"],
            min_count=pods["min_count"] if row.gang else pods["count"],
            requests={
                name: {queues.resource_name(flavors[name], resource): amount for resource, amount in amounts.items()}
                for name, amounts in pods["requests"].items()
            },
        )
        for pods in row.pod_sets
        if pods["count"]
    ]
    return Asking(
        cluster_id=cluster.pk,
        tenant_id=row.tenant_id,
        project_id=row.project_id,
        workload_id=row.pk,
        number=row.asking,
        subject_kind=row.subject_kind,
        subject_id=row.subject_id,
        subject_name=row.subject_name,
        namespace=row.project.namespace,
        priority=queues.priority_name(row.priority_class),
        priority_value=row.priority_value,
        pod_sets=pod_sets,
        flavors={
            name: NodeClass(flavor.device_resource, flavor.node_labels, flavor.node_taints)
            for name, flavor in flavors.items()
        },
    )
