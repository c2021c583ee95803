"""Where a shell is opened: in the replica's pod, or on this machine."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings

from apps.clusters.access import Access
from apps.clusters.models import ClusterConnection, ClusterKind
from apps.core.errors import Unavailable
from apps.jobs.errors import ReplicaNotRunning
from apps.jobs.services import Shell as Permitted
from celery_workers.kubernetes.clusters import client_for
from celery_workers.kubernetes.exec import KubernetesShell
from celery_workers.kubernetes.jobs import pods_of
from celery_workers.kubernetes.pods import PodSeen
from celery_workers.local.replicas import ReplicaDirectory
from celery_workers.local.shell import LocalShell
from celery_workers.shells import Shell


@dataclass(frozen=True)
class OnThisMachine:
    directory: ReplicaDirectory

    async def open(self, command: Sequence[str]) -> Shell:
        return await LocalShell.open(self.directory, command)


@dataclass(frozen=True)
class InPod:
    access: Access
    pod: PodSeen

    async def open(self, command: Sequence[str]) -> Shell:
        return await KubernetesShell.open(self.access, self.pod, command)


def place_of(shell: Permitted) -> OnThisMachine | InPod:
    """Ask the database, and the cluster which pod it is. Raises ReplicaNotRunning, Unavailable."""
    replica, job = shell.replica, shell.replica.job
    assert job.cluster is not None  # noqa: S101 - it has a replica that runs
    if job.cluster.kind == ClusterKind.LOCAL:
        if not settings.LOCAL_COMPUTE:
            raise Unavailable("Local compute is off; whoever runs this portal can switch it on in development mode.")
        directory = ReplicaDirectory(job.pk, replica.attempt, replica.rank)
        status = directory.status()
        if status is None or status.phase != "running":
            raise ReplicaNotRunning(f"{shell.name} has just ended.", phase=status.phase if status else "starting")
        return OnThisMachine(directory)
    pods = pods_of(client_for(job.cluster), job)
    mine = [pod for pod in pods if (pod.attempt, pod.rank) == (replica.attempt, replica.rank) and not pod.ended]
    pod = next((pod for pod in mine if pod.uid == str(replica.pod_uid)), None)
    if pod is None:
        raise ReplicaNotRunning(f"The pod of {shell.name} is gone.", phase="lost")
    return InPod(ClusterConnection.objects.defer(None).get(cluster=job.cluster).access(), pod)
