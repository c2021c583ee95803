"""What projects are open to in a cluster: the portal, and their network exceptions, as far as the cluster may open them."""

import socket
import time
from collections.abc import Iterable
from ipaddress import ip_address, ip_network
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import structlog
from django.conf import settings

from apps.clusters.models import Cluster, ClusterConnection
from apps.core.sentences import Said, say
from apps.isolation import services as isolation
from apps.isolation.addresses import Network, is_permitted, is_within, left_out, ports_of
from apps.isolation.models import Direction, NetworkException
from apps.tenants.models import Project
from celery_workers.kubernetes.client import Client, Forbidden, NotFound
from celery_workers.kubernetes.manifests.network import Opening
from celery_workers.kubernetes.paths import collection

# By exception: its generation, and what keeps it closed.
Hindered = dict[UUID, tuple[int, Said | None]]
# Asked for with every job; an API server seldom moves.
_KNOWN_SECONDS = 300.0
_api_servers: dict[tuple[UUID, str], tuple[list[Network], float]] = {}
_log = structlog.get_logger(__name__)


def openings(client: Client, cluster: Cluster, project: Project) -> tuple[tuple[Opening, ...], Hindered]:
    """What a project is open to in a cluster, and for each of its exceptions what keeps it closed there, if anything."""
    found, hindered = list(_portal()), Hindered()
    rows = list(NetworkException.objects.filter(project=project).order_by("name"))
    limits = isolation.limits_of(project.tenant_id) if rows else None
    guarded = api_servers(client, cluster) if any(row.cidr for row in rows) else []
    for row in rows:
        problem = _problem(row, limits, guarded)
        hindered[row.pk] = (row.generation, problem)
        if problem is None and (row.cidr or row.peer_project_id):
            found.append(_opening(row, limits, guarded))
    return tuple(found), hindered


def _problem(row: NetworkException, limits: list[Network] | None, guarded: Iterable[Network]) -> Said | None:
    if not row.cidr:
        return None
    if is_within(ip_network(row.cidr), guarded):
        return say("network-api-server", network=row.cidr)
    return None if is_permitted(ip_network(row.cidr), limits) else say("network-beyond-limit", network=row.cidr)


def _opening(row: NetworkException, limits: list[Network] | None, guarded: Iterable[Network]) -> Opening:
    closed = left_out(ip_network(row.cidr), limits, guarded=guarded) if row.cidr else []
    return Opening(
        f"exception-{row.name}",
        cidrs=(row.cidr,) if row.cidr else (),
        ports=tuple(ports_of(text) for text in row.ports),
        protocol=row.protocol,
        direction="ingress" if row.direction == Direction.INGRESS else "egress",
        project=row.peer_project_id,
        without=tuple(map(str, closed)),
    )


def api_servers(client: Client, cluster: Cluster) -> list[Network]:
    """Addresses of the cluster's API server: as Hanse reaches it, and as pods do."""
    server = ClusterConnection.objects.filter(cluster=cluster).values_list("server", flat=True).get()
    known, at = _api_servers.get((cluster.pk, server), ([], -_KNOWN_SECONDS))
    if time.monotonic() - at < _KNOWN_SECONDS:
        return known
    addresses = set(_addresses_of(server))
    try:
        service = client.get(f"{collection('v1', 'Service', 'default')}/kubernetes")
        addresses |= set(service["spec"].get("clusterIPs", []))
        slices = client.get(
            "/apis/discovery.k8s.io/v1/namespaces/default/endpointslices",
            {"labelSelector": "kubernetes.io/service-name=kubernetes"},
        )
        addresses |= {address for one in slices["items"] for end in one["endpoints"] or [] for address in end["addresses"]}
    except (Forbidden, NotFound) as refusal:  # preflight says so
        _log.warning("api-server-not-known", cluster=cluster.slug, error=str(refusal))
    found = [ip_network(address) for address in sorted(addresses)]
    _api_servers[cluster.pk, server] = (found, time.monotonic())
    return found


def _portal() -> tuple[Opening, ...]:
    """The portal itself, to which replicas report how far they are."""
    parts = urlsplit(settings.PUBLIC_URL)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    # What is this machine here would be the pod itself there.
    cidrs = tuple(str(ip_network(one)) for one in _addresses_of(settings.PUBLIC_URL) if not ip_address(one).is_loopback)
    return (Opening("to-portal", cidrs, ((port, port),)),) if cidrs else ()


def _addresses_of(url: str) -> list[str]:
    try:
        found: list[Any] = socket.getaddrinfo(urlsplit(url).hostname, None, type=socket.SOCK_STREAM)
    except OSError:
        return []
    return sorted({str(ip_address(place[0].partition("%")[0])) for *_, place in found})
