"""A project as a namespace: what holds its limits, its network and its identity in a cluster."""

from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

import orjson

from apps.clusters.models import KUEUE_VERSION
from celery_workers.kubernetes.manifests import labels, network
from celery_workers.kubernetes.manifests.labels import Manifest
from celery_workers.kubernetes.manifests.network import Opening
from celery_workers.kubernetes.manifests.quantities import quantity

# Whom replicas run as: known to the cluster, and to nobody's API.
ACCOUNT = "hanse-jobs"
# With what pods pull their images.
PULLS_WITH = "hanse-registries"
# Docker's own registry has another name in credentials.
_DOCKER = {"docker.io": "https://index.docker.io/v1/"}
# One a namespace.
LOCAL_QUEUE = "hanse"
_SECURITY = {f"pod-security.kubernetes.io/{mode}": "restricted" for mode in ("enforce", "audit", "warn")}
# For containers that say nothing of themselves, which a quota on these resources would refuse.
_ASSUMED_REQUEST = {"cpu": "100m", "memory": "128Mi"}
_ASSUMED_LIMIT = {"cpu": "1", "memory": "1Gi"}


@dataclass(frozen=True)
class Login:
    """To a registry, or a path in it."""

    server: str
    username: str
    password: str


@dataclass(frozen=True)
class ProjectInCluster:
    """`most`: what all pods together may ask for, by the cluster's names of resources (cpu in millicores).

    `claims`: what all volumes may be together, by the names of quotas: those that members make by kubectl count too.
    `queue`: the ClusterQueue of its tenant, where Kueue admits. `registries`: whence its images may come; None: from
    everywhere. `pools`: node pools that its tenant has quota in. `sandbox`:
    the RuntimeClass without which none of its pods starts.
    """

    cluster_id: UUID
    tenant_id: UUID
    project_id: UUID
    tenant: str
    project: str
    namespace: str
    most: Mapping[str, int] = field(default_factory=dict)
    claims: Mapping[str, int] = field(default_factory=dict)
    openings: Sequence[Opening] = ()
    queue: str = ""
    registries: Sequence[str] | None = None
    logins: Sequence[Login] = ()
    pools: Sequence[str] = ()
    sandbox: str = ""


def of_project(project: ProjectInCluster) -> list[Manifest]:
    """Everything of it, the namespace first."""
    return [
        _namespace(project),
        _resource_quota(project),
        _no_system_priorities(project),
        _limit_range(project),
        _pull_secret(project),
        _service_account(project),
        *_network_policies(project),
        *_local_queue(project),
    ]


def _object(project: ProjectInCluster, kind: str, name: str, *, version: str = "v1", **content: object) -> Manifest:
    marks = labels.of_project(cluster_id=project.cluster_id, tenant_id=project.tenant_id, project_id=project.project_id)
    return {
        "apiVersion": version,
        "kind": kind,
        "metadata": {"name": name, "namespace": project.namespace, "labels": marks},
        **content,
    }


def _namespace(project: ProjectInCluster) -> Manifest:
    manifest = _object(project, "Namespace", project.namespace)
    del manifest["metadata"]["namespace"]
    manifest["metadata"]["labels"] |= _SECURITY
    manifest["metadata"]["annotations"] = {f"{labels.DOMAIN}/name": f"{project.tenant}/{project.project}"}
    if project.registries is not None:  # read by the cluster's policy
        manifest["metadata"]["annotations"][labels.REGISTRIES] = ",".join(project.registries)
    if project.sandbox:
        manifest["metadata"]["annotations"][labels.SANDBOX] = project.sandbox
    if project.pools:
        manifest["metadata"]["annotations"][labels.POOLS] = ",".join(project.pools)
    return manifest


def _resource_quota(project: ProjectInCluster) -> Manifest:
    """The second wall behind admission, also for what a tenant's own tools make there.

    Extended resources are counted by the name `requests.<resource>`; under their plain name nothing would be.
    """
    hard = {f"requests.{resource}": quantity(resource, amount) for resource, amount in sorted(project.most.items())}
    closed = {"services.loadbalancers": "0", "services.nodeports": "0"}
    claims = {name: str(most) for name, most in sorted(project.claims.items())}
    return _object(project, "ResourceQuota", "hanse", spec={"hard": {**hard, **closed, **claims}})


def _no_system_priorities(project: ProjectInCluster) -> Manifest:
    """Every cluster has these two classes, before which all other pods give way; this holds without any policy too."""
    system = ["system-cluster-critical", "system-node-critical"]
    scope = {"scopeName": "PriorityClass", "operator": "In", "values": system}
    return _object(
        project,
        "ResourceQuota",
        "hanse-priorities",
        spec={"hard": {"pods": "0"}, "scopeSelector": {"matchExpressions": [scope]}},
    )


def _limit_range(project: ProjectInCluster) -> Manifest:
    limit = {"type": "Container", "defaultRequest": _ASSUMED_REQUEST, "default": _ASSUMED_LIMIT}
    return _object(project, "LimitRange", "hanse", spec={"limits": [limit]})


def _pull_secret(project: ProjectInCluster) -> Manifest:
    """Always there, so that what is taken from it is taken from the cluster too."""
    auths = {
        _DOCKER.get(login.server, login.server): {
            "username": login.username,
            "password": login.password,
            "auth": b64encode(f"{login.username}:{login.password}".encode()).decode(),
        }
        for login in project.logins
    }
    data = {".dockerconfigjson": b64encode(orjson.dumps({"auths": auths})).decode()}
    return _object(project, "Secret", PULLS_WITH, type="kubernetes.io/dockerconfigjson", data=data)


def _service_account(project: ProjectInCluster) -> Manifest:
    return _object(
        project,
        "ServiceAccount",
        ACCOUNT,
        automountServiceAccountToken=False,
        imagePullSecrets=[{"name": PULLS_WITH}],
    )


def _network_policies(project: ProjectInCluster) -> list[Manifest]:
    return [
        _object(project, "NetworkPolicy", name, version="networking.k8s.io/v1", spec=spec)
        for name, spec in network.policies(project.openings).items()
    ]


def _local_queue(project: ProjectInCluster) -> list[Manifest]:
    """Where Kueue admits: the project's door into its tenant's quota."""
    if not project.queue:
        return []
    return [_object(project, "LocalQueue", LOCAL_QUEUE, version=KUEUE_VERSION, spec={"clusterQueue": project.queue})]
