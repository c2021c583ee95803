"""What clusters refuse in the namespaces of projects, written from what they have."""

import structlog

from apps.clusters.models import Cluster
from apps.core.errors import Unavailable
from celery_workers.kubernetes.client import Client, Refused
from celery_workers.kubernetes.manifests import policy
from celery_workers.kubernetes.paths import path_of

_CLASSES = "/apis/scheduling.k8s.io/v1/priorityclasses"
_log = structlog.get_logger(__name__)


def write(client: Client, cluster: Cluster) -> None:
    """Put the cluster's policy for projects in force. Doing it twice changes nothing.

    Where it is not served or Hanse may not write it, preflight says so; what fails is written when everything is looked
    through.
    """
    try:
        for manifest in policy.of_cluster(cluster.pk, priorities=_harmless(client)):
            client.apply(path_of(manifest), manifest, force=True)
    except (Unavailable, Refused) as failure:
        _log.warning("policy-not-written", cluster=cluster.slug, error=str(failure))


def _harmless(client: Client) -> list[str]:
    """Priority classes that put a pod before no pod without one; the server itself gives the default one to each."""
    classes = [found for page in client.pages(_CLASSES) for found in page["items"]]
    usual = max((one["value"] for one in classes if one.get("globalDefault")), default=0)
    return [one["metadata"]["name"] for one in classes if one["value"] <= usual]
