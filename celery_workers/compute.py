"""The back end of a cluster: what carries out the jobs that were placed there, and the volumes that lie there."""

import os
import socket
from functools import partial
from typing import Protocol
from uuid import UUID

import structlog

from apps.clusters.models import Cluster, ClusterKind
from apps.core.errors import Unavailable
from apps.core.models import Lease
from apps.jobs import services as jobs
from apps.jobs.models import Job
from apps.storage import volumes
from apps.storage.models import Volume
from celery_workers.kubernetes import volumes as claims
from celery_workers.kubernetes.jobs import KubernetesBackend
from celery_workers.local import volumes as directories
from celery_workers.local.jobs import LocalBackend

_log = structlog.get_logger(__name__)


class Backend(Protocol):
    """Compares what is wanted with what is there, and acts. Safe to call twice, late, or by two at a time."""

    def reconcile_job(self, job: Job, lease: Lease[Job]) -> None:
        """Make the replicas be what `placement.wanted_replicas` says, and tell `jobs.services.observe` what is there.

        What takes long renews `lease` meanwhile, and stops when that is refused.
        Raises Unavailable when it cannot be carried out now, saying who must act; it will be asked again.
        """

    def forget_job(self, job: Job) -> bool:
        """Remove what is left of a job of which nothing runs; False while something of it is still being read.

        Raises Unavailable as above.
        """


def for_(cluster: Cluster) -> Backend:
    """Raises Unavailable for a kind that nothing here can carry out."""
    if cluster.kind == ClusterKind.LOCAL:
        return LocalBackend()
    if cluster.kind == ClusterKind.KUBERNETES:
        return KubernetesBackend()
    raise Unavailable(
        f"Nothing here can carry out jobs on clusters of the kind {cluster.kind}; an operator must give {cluster.slug} a "
        "back end, or the job another cluster."
    )


def reconcile_job(job_id: UUID) -> None:
    """Carry out the newest generation of a job, under its lease; whoever finds it leased leaves it to the holder.

    What cannot be carried out now is told with the job, and stays due.
    """
    with Job.objects.select_related("cluster", "project").leased(job_id, holder=holder()) as lease:
        if lease is None:
            return
        for job in lease.rounds():
            try:
                if job.cluster is not None:
                    for_(job.cluster).reconcile_job(job, lease)
            except Unavailable as problem:
                _log.warning("job-not-reconciled", job_id=str(job_id), detail=problem.detail)
                jobs.not_reconciled(job_id=job.pk, fence=job.fence, generation=job.generation, message=problem.detail)
                return
            jobs.reconciled(job_id=job.pk, fence=job.fence, generation=job.generation)


def reconcile_volume(volume_id: UUID) -> None:
    """Carry out what is wanted of a volume, under its lease, and write down what is there; as with jobs."""
    with Volume.objects.select_related("cluster", "project__tenant").leased(volume_id, holder=holder()) as lease:
        if lease is None:
            return
        for volume in lease.rounds():
            try:
                _carry_out_volume(volume, lease)
            except Unavailable as problem:
                _log.warning("volume-not-reconciled", volume_id=str(volume_id), detail=problem.detail)
                volumes.not_carried_out(volume_id=volume.pk, fence=volume.fence, problem=problem.detail)
                return


def _carry_out_volume(volume: Volume, lease: Lease[Volume]) -> None:
    local = volume.cluster.kind == ClusterKind.LOCAL
    if volume.deleting_at is not None:
        if directories.remove(volume) if local else claims.remove(volume):
            volumes.gone(volume_id=volume.pk, fence=volume.fence)
        else:
            volumes.still_there(volume_id=volume.pk, fence=volume.fence)
        return
    seen = directories.carry_out(volume, go_on=partial(lease.renew, volume)) if local else claims.carry_out(volume)
    if seen is not None:
        volumes.carried_out(volume_id=volume.pk, fence=volume.fence, generation=volume.generation, seen=seen)


def holder() -> str:
    """Who takes a lease, for whoever reads the table."""
    return f"{socket.gethostname()[:80]}/{os.getpid()}"
