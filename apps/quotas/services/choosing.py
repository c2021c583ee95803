"""Who decides what starts in a cluster."""

from django.db import transaction

from apps.clusters import services as clusters
from apps.clusters.models import Cluster
from apps.quotas.errors import AdmissionInUse
from apps.quotas.models import Workload, WorkloadState
from apps.quotas.services.rounds import lock_cluster
from apps.tenants.actor import Actor


@transaction.atomic
def choose_admission(*, actor: Actor, cluster: Cluster, admission: str) -> Cluster:
    """Let the portal admit in the cluster, or its Kueue.

    Raises AdmissionInUse while work is there, KueueNotFound as clusters does.
    """
    if admission == cluster.admission:
        return cluster
    lock_cluster(cluster.pk)
    count = Workload.objects.filter(cluster=cluster).exclude(state=WorkloadState.FINISHED).count()
    if count:
        raise AdmissionInUse(
            f"{count} workloads run, wait or are suspended in {cluster.slug}; let them end or cancel them first.",
            workloads=count,
        )
    return clusters.change_admission(actor=actor, cluster=cluster, admission=admission)
