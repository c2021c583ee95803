"""One look at a cluster: does it answer, and as what."""

from uuid import UUID

from apps.clusters import services as clusters
from apps.clusters.models import Cluster, ClusterKind, Health
from apps.core.errors import Unavailable
from apps.core.sentences import say
from celery_workers.kubernetes import policies
from celery_workers.kubernetes.client import Refused
from celery_workers.kubernetes.clusters import client_for


def look_at(cluster_id: UUID) -> None:
    """Write down whether the cluster answers, and its version; one that is gone is none."""
    cluster = Cluster.objects.filter(pk=cluster_id, kind=ClusterKind.KUBERNETES).first()
    if cluster is None:
        return
    try:
        client = client_for(cluster)
        version = client.get("/version")
    except (Unavailable, Refused) as failure:
        clusters.record_health(cluster=cluster, health=Health.DOWN, said=[say("cluster-no-answer", reason=str(failure))])
        return
    versions = {**cluster.versions, "kubernetes": str(version.get("gitVersion", ""))[:60]}
    clusters.record_health(cluster=cluster, health=Health.HEALTHY, versions=versions)
    policies.write(client, cluster)  # before anybody can make something there
