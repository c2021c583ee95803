"""What Kueue goes by, from the portal's own records, and what it is asked.

Objects without a namespace end their name in ten digits of an id of the portal's: another portal, or an administrator, may
have a flavor v100 as well.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from apps.clusters.models import KUEUE_VERSION
from apps.clusters.pools import key_of
from celery_workers.kubernetes.manifests import labels
from celery_workers.kubernetes.manifests.job import CONTAINER, NodeClass, nodes_of
from celery_workers.kubernetes.manifests.labels import Manifest
from celery_workers.kubernetes.manifests.project import LOCAL_QUEUE
from celery_workers.kubernetes.manifests.quantities import quantity

_RECLAIM = {"never": "Never", "lower-priority": "LowerPriority", "any": "Any"}
_PROCESSORS = ("cpu", "memory")
# Kueue holds against a flavor only those keys of a selector that the flavor has itself: one without the label of a pool
# would do for whoever asks for the pool. So where there are pools, the others have a label that their nodes have too, and
# whoever asks for a pool asks for another value of it; that is said to Kueue alone, and to no pod.
_BESIDE_POOLS, _IN_A_POOL = {"kubernetes.io/os": "linux"}, {"kubernetes.io/os": "in-a-pool"}


@dataclass(frozen=True)
class FlavorOf:
    """A flavor; `resource`: its devices' name in the cluster, empty for processors and memory.

    `beside_pools`: it is of none, and there are some.
    """

    id: UUID
    name: str
    resource: str = ""
    node_labels: Mapping[str, str] = field(default_factory=dict)
    node_taints: Sequence[Mapping[str, str]] = ()
    beside_pools: bool = False

    @property
    def covers(self) -> tuple[str, ...]:
        """What the cluster calls that of which it is a class."""
        return (self.resource,) if self.resource else _PROCESSORS


@dataclass(frozen=True)
class LineOf:
    """A line of a quota. `resource`: as the cluster calls it."""

    flavor: UUID
    resource: str
    nominal: int
    borrowing_limit: int | None = None
    lending_limit: int | None = None


@dataclass(frozen=True)
class QuotaOf:
    """A tenant's quota. `cohort`: name of the object, if it is in one."""

    id: UUID
    tenant_id: UUID
    tenant: str
    lines: Sequence[LineOf]
    cohort: str = ""
    reclaim: str = "any"
    active: bool = True


@dataclass(frozen=True)
class PodSetOf:
    """Pods that are alike. `requests`: {"<flavor>": {"<resource as the cluster calls it>": amount of one pod}}."""

    name: str
    count: int
    min_count: int
    requests: Mapping[str, Mapping[str, int]]


@dataclass(frozen=True)
class Asking:
    """One request to Kueue: a workload, the `number`th time that it is handed over. `priority`: name of the object."""

    cluster_id: UUID
    tenant_id: UUID
    project_id: UUID
    workload_id: UUID
    number: int
    subject_kind: str
    subject_id: UUID
    subject_name: str
    namespace: str
    priority: str
    priority_value: int
    pod_sets: Sequence[PodSetOf]
    flavors: Mapping[str, NodeClass]


def object_name(name: str, of: UUID) -> str:
    return f"{name}-{of.hex[-10:]}"


def resource_flavor(cluster_id: UUID, flavor: FlavorOf) -> Manifest:
    spec: Manifest = {}
    node_labels = {**(_BESIDE_POOLS if flavor.beside_pools else {}), **flavor.node_labels}
    if node_labels:
        spec["nodeLabels"] = dict(sorted(node_labels.items()))
    if flavor.node_taints:
        spec["nodeTaints"] = [dict(taint) for taint in flavor.node_taints]
    return _object(cluster_id, "ResourceFlavor", object_name(flavor.name, flavor.id), spec=spec)


def cohort(cluster_id: UUID, name: str) -> Manifest:
    return _object(cluster_id, "Cohort", name, spec={})


def priority_class(cluster_id: UUID, name: str, *, value: int, description: str) -> Manifest:
    manifest = _object(cluster_id, "WorkloadPriorityClass", name, value=value)
    return {**manifest, "description": description} if description else manifest


def cluster_queue(cluster_id: UUID, quota: QuotaOf, flavors: Sequence[FlavorOf]) -> Manifest:
    """A quota: what is asked for together is covered together, so processors with memory, and each kind of device."""
    groups: dict[tuple[str, ...], list[Manifest]] = {}
    lines = {(line.flavor, line.resource): line for line in quota.lines}
    for flavor in sorted(flavors, key=lambda one: one.name):
        of_flavor = [lines.get((flavor.id, resource)) for resource in flavor.covers]
        if any(of_flavor):
            resources = [_limits(quota, name, line) for name, line in zip(flavor.covers, of_flavor, strict=True)]
            groups.setdefault(flavor.covers, []).append(
                {"name": object_name(flavor.name, flavor.id), "resources": resources}
            )
    marks = {labels.CLUSTER: str(cluster_id), labels.TENANT: str(quota.tenant_id)}
    spec: Manifest = {
        # Only namespaces of this tenant, which nobody else may label so.
        "namespaceSelector": {"matchLabels": marks},
        "queueingStrategy": "BestEffortFIFO",
        "resourceGroups": [
            {"coveredResources": list(covered), "flavors": of_group} for covered, of_group in sorted(groups.items())
        ],
        "preemption": {
            "withinClusterQueue": "LowerPriority",
            "reclaimWithinCohort": _RECLAIM[quota.reclaim] if quota.cohort else "Never",
        },
        "stopPolicy": "None" if quota.active else "Hold",
    }
    if quota.cohort:
        spec["cohortName"] = quota.cohort
    return _object(cluster_id, "ClusterQueue", object_name(quota.tenant, quota.id), tenant=quota.tenant_id, spec=spec)


def asking_name(subject_kind: str, subject_id: UUID, number: int) -> str:
    return f"{subject_kind}-{subject_id.hex}-{number}"


def workload(asking: Asking) -> Manifest:
    """What Kueue is asked: room for all pods. It belongs to no object, so that nobody but the portal acts on it."""
    marks = labels.of_project(cluster_id=asking.cluster_id, tenant_id=asking.tenant_id, project_id=asking.project_id)
    own = {labels.WORKLOAD: str(asking.workload_id), labels.ASKING: str(asking.number)}
    # Kueue lets one pod set of a workload be elastic.
    elastic = [pods.name for pods in asking.pod_sets if pods.min_count < pods.count]
    return {
        "apiVersion": KUEUE_VERSION,
        "kind": "Workload",
        "metadata": {
            "name": asking_name(asking.subject_kind, asking.subject_id, asking.number),
            "namespace": asking.namespace,
            "labels": {**marks, **own},
            "annotations": {f"{labels.DOMAIN}/name": asking.subject_name},
        },
        "spec": {
            "queueName": LOCAL_QUEUE,
            "priorityClassRef": {"group": "kueue.x-k8s.io", "kind": "WorkloadPriorityClass", "name": asking.priority},
            "priority": asking.priority_value,
            "podSets": [_pod_set(asking, pods, elastic=elastic == [pods.name]) for pods in asking.pod_sets],
        },
    }


def status(
    name: str,
    namespace: str,
    *,
    ready_at: datetime | None = None,
    finished_at: datetime | None = None,
    ended: Mapping[str, int] | None = None,
) -> Manifest:
    """What the portal says of a workload in return: whether its pods run, which of them have ended, that it is over."""
    said = {"PodsReady": (ready_at, "Started", "All pods run."), "Finished": (finished_at, "Ended", "The work has ended.")}
    conditions = [
        {"type": type_, "status": "True", "reason": reason, "message": message, "lastTransitionTime": _moment(at)}
        for type_, (at, reason, message) in said.items()
        if at is not None
    ]
    gone = [{"name": pods, "count": count} for pods, count in sorted((ended or {}).items()) if count]
    return {
        "apiVersion": KUEUE_VERSION,
        "kind": "Workload",
        "metadata": {"name": name, "namespace": namespace},
        "status": {
            **({"conditions": conditions} if conditions else {}),
            **({"reclaimablePods": gone} if gone else {}),
        },
    }


def _object(cluster_id: UUID, kind: str, name: str, *, tenant: UUID | None = None, **content: object) -> Manifest:
    of_tenant = {labels.TENANT: str(tenant)} if tenant else {}
    marks = {**labels.MANAGED_BY, labels.CLUSTER: str(cluster_id), **of_tenant}
    return {"apiVersion": KUEUE_VERSION, "kind": kind, "metadata": {"name": name, "labels": marks}, **content}


def _limits(quota: QuotaOf, resource: str, line: LineOf | None) -> Manifest:
    """A resource of which the quota does not speak is not to be had, not by borrowing either."""
    line = line or LineOf(quota.id, resource, nominal=0, borrowing_limit=0)
    limits = {"borrowingLimit": line.borrowing_limit, "lendingLimit": line.lending_limit} if quota.cohort else {}
    return {
        "name": resource,
        "nominalQuota": quantity(resource, line.nominal),
        **{name: quantity(resource, limit) for name, limit in limits.items() if limit is not None},
    }


def _pod_set(asking: Asking, pods: PodSetOf, *, elastic: bool) -> Manifest:
    """Pods as Kueue looks at them: what they ask for, and which nodes they could go to."""
    amounts: dict[str, int] = {}
    for resources in pods.requests.values():
        for resource, amount in resources.items():
            amounts[resource] = amounts.get(resource, 0) + amount
    requests = {resource: quantity(resource, amount) for resource, amount in sorted(amounts.items()) if amount}
    devices = [name for name in pods.requests if asking.flavors[name].resource]
    container = {"name": CONTAINER, "image": "none", "resources": {"requests": requests}}
    place = nodes_of(asking.flavors, pods.requests, devices=devices)
    if any(key_of(asking.cluster_id) in asking.flavors[name].node_labels for name in pods.requests):
        place["nodeSelector"] |= _IN_A_POOL
    return {
        "name": pods.name,
        "count": pods.count,
        **({"minCount": pods.min_count} if elastic else {}),
        "template": {
            "spec": {
                "restartPolicy": "Never",
                **place,
                "containers": [container],
            }
        },
    }


def _moment(at: datetime) -> str:
    return f"{at:%Y-%m-%dT%H:%M:%SZ}"
