"""The back end of a cluster: what carries out the jobs that were placed there."""

import os
import socket
from typing import Protocol
from uuid import UUID

import structlog

from apps.clusters.models import Cluster, ClusterKind
from apps.core.errors import Unavailable
from apps.core.models import Lease
from apps.jobs import services as jobs
from apps.jobs.models import Job
from celery_workers.kubernetes.jobs import KubernetesBackend
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


def holder() -> str:
    """Who takes a lease, for whoever reads the table."""
    return f"{socket.gethostname()[:80]}/{os.getpid()}"
