"""Clients of registered clusters, kept for as long as how they are reached stays the same."""

import threading
from uuid import UUID

from apps.clusters.models import Cluster, ClusterConnection, ClusterKind
from apps.core.errors import Unavailable
from celery_workers.kubernetes.client import Client

_clients: dict[UUID, tuple[int, Client]] = {}
_lock = threading.Lock()


def client_for(cluster: Cluster) -> Client:
    """The client of a cluster of the kind kubernetes. Raises Unavailable when nobody said how it is reached."""
    number = ClusterConnection.objects.filter(cluster=cluster).values_list("number", flat=True).first()
    if cluster.kind != ClusterKind.KUBERNETES or number is None:
        raise Unavailable(f"Nobody said how {cluster.slug} is reached; an operator must register it anew.")
    with _lock:
        known = _clients.get(cluster.pk)
        if known is not None and known[0] == number:
            return known[1]
    connection = ClusterConnection.objects.defer(None).get(cluster=cluster)
    client = Client(connection.access())
    with _lock:
        _clients[cluster.pk] = (connection.number, client)
    return client
