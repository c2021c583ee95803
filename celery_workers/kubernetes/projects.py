"""Projects as namespaces of a cluster: made when something of theirs first runs there, and put right when they drift."""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from hashlib import sha256
from threading import Lock
from typing import Any
from uuid import UUID

import orjson
import structlog

from apps.clusters.models import Cluster, OnDrift
from apps.core.errors import Unavailable
from apps.isolation import services as isolation
from apps.quotas.models import QuotaLine, Share
from apps.secrets import services as secrets
from apps.secrets.models import Secret, SecretKind
from apps.storage.volumes import limit_of
from apps.tenants.models import Project
from celery_workers.kubernetes import drift, left_over, members, queues
from celery_workers.kubernetes.client import Client, Conflict, Forbidden, NotFound, Refused
from celery_workers.kubernetes.manifests import labels
from celery_workers.kubernetes.manifests.labels import Manifest
from celery_workers.kubernetes.manifests.network import Opening
from celery_workers.kubernetes.manifests.project import Login, ProjectInCluster, of_project
from celery_workers.kubernetes.openings import openings
from celery_workers.kubernetes.paths import path_of

# What was put right so recently need not be looked at again for the next job.
FRESH_SECONDS = 60.0
_ensured: dict[tuple[UUID, UUID], tuple[bytes, float]] = {}
_lock = Lock()
_log = structlog.get_logger(__name__)


def ensure(client: Client, cluster: Cluster, project: Project) -> None:
    """Make the project's namespace, with all that belongs into it, be as it should. Doing it twice changes nothing.

    What somebody else has changed is taken back, or left as it is where an operator wants that. Raises Unavailable when
    the cluster does not take it.
    """
    opened, hindered = openings(client, cluster, project)
    manifests = of_project(project_in(cluster, project, opened))
    wanted = _digest(manifests)
    with _lock:
        before, at = _ensured.get((cluster.pk, project.pk), (b"", 0.0))
    if before == wanted and time.monotonic() - at < FRESH_SECONDS:
        isolation.record_applied(cluster=cluster.slug, hindered=hindered)  # what keeps one closed is in no manifest
        return
    for manifest in manifests:
        _apply(client, manifest, force=cluster.on_drift == OnDrift.REPAIR)
    _remove_closed(client, project, kept=manifests)
    isolation.record_applied(cluster=cluster.slug, hindered=hindered)
    with _left_to_preflight(cluster, project):
        members.write_project(client, cluster, project)
    _remember(cluster, project, manifests)


def compare(client: Client, cluster: Cluster, project: Project, *, repair: bool) -> list[dict[str, Any]]:
    """What differs in the project's namespace from what should be there; only that is applied.

    With `repair`, what somebody else has changed is taken back; without, an object of which
    they hold a field stays as it is. Raises Unavailable or Refused.
    """
    opened, hindered = openings(client, cluster, project)
    manifests = of_project(project_in(cluster, project, opened))
    found = []
    for manifest in manifests:
        if difference := drift.of(client, manifest):
            found.append(difference.as_json(repaired=repair))
            _apply(client, manifest, force=repair)
    _remove_closed(client, project, kept=manifests)
    isolation.record_applied(cluster=cluster.slug, hindered=hindered)
    with _left_to_preflight(cluster, project):
        for manifest in members.wanted(cluster, project):
            if difference := drift.of(client, manifest):
                _apply(client, manifest, force=True)
                if difference.by:  # else it is a change of roles that was on its way
                    found.append(difference.as_json(repaired=True))
    if repair or not found:
        _remember(cluster, project, manifests)
    return found


def _remember(cluster: Cluster, project: Project, manifests: list[Manifest]) -> None:
    with _lock:
        _ensured[cluster.pk, project.pk] = (_digest(manifests), time.monotonic())


def _digest(manifests: list[Manifest]) -> bytes:
    """What they are known by: they hold credentials, which are not kept."""
    return sha256(orjson.dumps(manifests)).digest()


def _logins(project: Project) -> list[Login]:
    """With what its pods pull images: its secrets of the kind registry, as they are now."""
    rows = Secret.objects.filter(project=project, kind=SecretKind.REGISTRY).order_by("name")
    opened = [secrets.open_version(secret_id=row.pk, version=row.newest) for row in rows]
    texts = [{key: value.decode() for key, value in entries.items()} for entries in opened]
    return [Login(one["server"], one["username"], one["password"]) for one in texts]


def project_in(cluster: Cluster, project: Project, opened: Sequence[Opening]) -> ProjectInCluster:
    """What the namespace of a project is made of."""
    runtime, required = isolation.sandbox_of(project.tenant_id)
    return ProjectInCluster(
        cluster_id=cluster.pk,
        tenant_id=project.tenant_id,
        project_id=project.pk,
        tenant=project.tenant.slug,
        project=project.slug,
        namespace=project.namespace,
        most=_most(cluster, project),
        claims=_claims(project),
        openings=opened,
        queue=queues.of_tenant(cluster, project.tenant_id),
        registries=isolation.registries_of(project.tenant_id),
        logins=_logins(project),
        pools=_pools(cluster, project),
        sandbox=runtime if required else "",
    )


def _claims(project: Project) -> dict[str, int]:
    """The tenant's limits of volumes: no namespace gets round them, whoever makes a claim there."""
    limit = limit_of(project.tenant)
    most = {"persistentvolumeclaims": limit.most_volumes, "requests.storage": limit.most_bytes}
    return {name: amount for name, amount in most.items() if amount is not None}


def _pools(cluster: Cluster, project: Project) -> list[str]:
    """Names of the node pools that are kept for its tenant, among others or alone."""
    lines = QuotaLine.objects.filter(quota__cluster=cluster, quota__tenant_id=project.tenant_id)
    names = lines.exclude(flavor__pool=None).values_list("flavor__pool__name", flat=True)
    return sorted(set(names))


def _apply(client: Client, manifest: Manifest, *, force: bool) -> None:
    """Without `force`, an object of which somebody else holds a field stays as it is, whole."""
    try:
        client.apply(path_of(manifest), manifest, force=force)
    except Conflict:
        if force:
            raise
    except Refused as refusal:
        what = f"{manifest['kind']} {manifest['metadata']['name']}"
        raise Unavailable(f"The cluster does not take the {what} of the project: {refusal}") from refusal


@contextmanager
def _left_to_preflight(cluster: Cluster, project: Project) -> Iterator[None]:
    """Jobs run without: where Hanse may not bind members, preflight says so, and whoever asks for a kubeconfig is told."""
    try:
        yield
    except (Forbidden, Refused) as refusal:
        _log.warning("members-not-written", cluster=cluster.slug, project=str(project), error=str(refusal))


def _remove_closed(client: Client, project: Project, *, kept: list[Manifest]) -> None:
    """Take away openings of the network that are not wanted any more; those of apps are taken away with them."""
    kind = "networking.k8s.io/v1", "NetworkPolicy"
    names = {manifest["metadata"]["name"] for manifest in kept if manifest["kind"] == "NetworkPolicy"}
    of_project = f"{labels.selector(labels.MANAGED_BY)},!{labels.APP}"
    with suppress(NotFound):
        left_over.remove(client, *kind, of_project, kept=names, namespace=project.namespace)


def _most(cluster: Cluster, project: Project) -> dict[str, int]:
    """What the project may hold at most, by the cluster's names; what has no limit is left out.

    Flavors that share a name in the cluster (two models of GPU) are counted together, as Kubernetes counts.
    """
    caps = {
        (share.flavor_id, share.resource): share.cap
        for share in Share.objects.filter(project=project, quota__cluster=cluster).exclude(cap=None)
    }
    limits: dict[str, int | None] = {}
    lines = QuotaLine.objects.filter(quota__cluster=cluster, quota__tenant_id=project.tenant_id)
    for line in lines.select_related("flavor", "quota").order_by("pk"):
        name = line.flavor.device_resource or line.resource
        whole: int | None = line.nominal
        if line.quota.cohort_id is not None:
            whole = None if line.borrowing_limit is None else line.nominal + line.borrowing_limit
        known = [limit for limit in (whole, caps.get((line.flavor_id, line.resource))) if limit is not None]
        most = min(known, default=None)
        before = limits.get(name, 0)
        limits[name] = None if most is None or before is None else before + most
    return {name: most for name, most in limits.items() if most is not None}


def forget() -> None:
    """Look at every namespace again when it is needed next."""
    with _lock:
        _ensured.clear()
