"""Draining a node: what that would hit, and doing it.

A drain goes by what is there: it lists the pods of the node anew each round, so that it may be killed and taken up by
another worker. The node's own mark is what keeps it going: whoever uncordons the node, here or by kubectl, ends it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from apps.clusters.errors import DrainUnfinished
from apps.clusters.models import Node
from apps.core import operations
from apps.core.errors import Conflict
from apps.core.models import Operation
from apps.jobs import services as jobs
from apps.jobs.models import Job
from celery_workers.kubernetes import asked
from celery_workers.kubernetes.client import Client, Ending, Guarded, NotFound
from celery_workers.kubernetes.client import Conflict as ChangedThere
from celery_workers.kubernetes.clusters import client_for
from celery_workers.kubernetes.manifests import labels
from celery_workers.kubernetes.paths import collection
from celery_workers.kubernetes.selectors import matches

_OVER = ("Succeeded", "Failed")
_MIRROR = "kubernetes.io/config.mirror"
Json = dict[str, Any]


@dataclass(frozen=True)
class PodThere:
    """A pod that runs on the node. `owner`: what made it and would make it anew, such as ReplicaSet/web."""

    namespace: str
    name: str
    uid: str
    phase: str
    labels: Mapping[str, str]
    owner: str
    mirror: bool
    going: bool

    def stays(self, *, unmanaged: bool) -> str:
        """Why it is left where it is; empty when it is evicted. Daemons go on; what has no owner would never come back."""
        if self.mirror:
            return "mirror"
        if self.owner.startswith("DaemonSet/"):
            return "daemon"
        return "" if self.owner or unmanaged else "unmanaged"

    @property
    def named(self) -> Json:
        return {"namespace": self.namespace, "name": self.name}


def preview(operation_id: UUID) -> None:
    """Carry out the operation: tell what a drain would hit."""
    found = asked.of_node(operation_id)
    if found is None:
        return
    _, node = found
    with asked.failures_told(operation_id):
        client = client_for(node.cluster)
        pods = _running(client, node)
        rows = _described(pods, _guards(client, pods))
        operations.finish(operation_id=operation_id, result={"node": node.name, "pods": rows})


def run(operation_id: UUID) -> None:
    """Work at the operation for one turn, then ask for the next until all have left."""
    found = asked.of_node(operation_id)
    if found is not None:
        asked.in_turns(operation_id, _Drain(*found).look)


class _Drain:
    def __init__(self, operation: Operation, node: Node) -> None:
        self._operation, self._node = operation, node
        self._path = f"/api/v1/nodes/{node.name}"
        self._ends = operation.created_at + timedelta(seconds=int(operation.arguments["patience_seconds"]))
        self._begun = operation.result is not None
        self._total = int((operation.result or {}).get("total", 0))

    def look(self) -> Json | None:
        """Tell all that is to leave to do so, and say how far that is; None when the drain is over."""
        try:
            return self._round(client_for(self._node.cluster))
        except NotFound:
            asked.node_is_gone(self._operation.pk)
            return None

    def _round(self, client: Client) -> Json | None:
        if not self._begun:
            client.patch(self._path, {"spec": {"unschedulable": True}})
            self._begun = True
        if not client.get(self._path)["spec"].get("unschedulable"):
            uncordoned = Conflict("The node was uncordoned, which ends its drain.")
            operations.finish(operation_id=self._operation.pk, problem=uncordoned)
            return None
        unmanaged = bool(self._operation.arguments["unmanaged"])
        pods = _running(client, self._node)
        leaving = [pod for pod in pods if not pod.stays(unmanaged=unmanaged)]
        waiting = [{**pod.named, "why": why} for pod in leaving if (why := _evict(client, pod)) is not None]
        self._total = max(self._total, len(leaving))
        result = {
            "node": self._node.name,
            "total": self._total,
            "left": self._total - len(waiting),
            "waiting": waiting,
            "stays": [{**pod.named, "why": why} for pod in pods if (why := pod.stays(unmanaged=unmanaged))],
        }
        if waiting and timezone.now() < self._ends:
            return result
        first = next(iter(waiting), None)
        still = f"{len(waiting)} of {self._total} pods are still on {self._node.name}; "
        problem = DrainUnfinished(f"{still}{first['name']}: {first['why']}") if first else None
        operations.finish(operation_id=self._operation.pk, result=result, problem=problem)
        return None


def _evict(client: Client, pod: PodThere) -> str | None:
    """Ask it to leave. What keeps it, in words; None when it is gone."""
    if pod.going:
        return "It is ending."
    path = f"{collection('v1', 'Pod', pod.namespace)}/{pod.name}/eviction"
    eviction = {
        "apiVersion": "policy/v1",
        "kind": "Eviction",
        "metadata": pod.named,
        "deleteOptions": {"preconditions": {"uid": pod.uid}},
    }
    try:
        client.create(path, eviction)
    except (NotFound, ChangedThere):
        return None
    except Guarded as guard:
        return str(guard)
    except Ending:
        return "Its namespace is being deleted."
    return "It is ending."


def _running(client: Client, node: Node) -> list[PodThere]:
    query = {"fieldSelector": f"spec.nodeName={node.name}"}
    items = [item for page in client.pages(collection("v1", "Pod"), query) for item in page["items"]]
    return [_read(item) for item in items if item.get("status", {}).get("phase") not in _OVER]


def _read(pod: Json) -> PodThere:
    metadata = pod["metadata"]
    owner: Json = next((one for one in metadata.get("ownerReferences", []) if one.get("controller")), {})
    return PodThere(
        namespace=metadata["namespace"],
        name=metadata["name"],
        uid=metadata["uid"],
        phase=str(pod.get("status", {}).get("phase", "")),
        labels=metadata.get("labels", {}),
        owner=f"{owner['kind']}/{owner['name']}" if owner else "",
        mirror=_MIRROR in metadata.get("annotations", {}),
        going="deletionTimestamp" in metadata,
    )


def _guards(client: Client, pods: Iterable[PodThere]) -> dict[str, list[Json]]:
    """uid of a pod -> the disruption budgets that speak of it."""
    pods = list(pods)
    found: dict[str, list[Json]] = {pod.uid: [] for pod in pods}
    for page in client.pages("/apis/policy/v1/poddisruptionbudgets"):
        for budget in page["items"]:
            metadata, selector = budget["metadata"], budget.get("spec", {}).get("selector")
            said = {"name": metadata["name"], "allowed": int(budget.get("status", {}).get("disruptionsAllowed", 0))}
            for pod in pods:
                if pod.namespace == metadata["namespace"] and matches(selector, pod.labels):
                    found[pod.uid].append(said)
    return found


def _described(pods: Iterable[PodThere], guards: Mapping[str, list[Json]]) -> list[Json]:
    """What a drain does to each, those that are hit first."""
    pods = sorted(pods, key=lambda pod: (bool(pod.stays(unmanaged=False)), pod.namespace, pod.name))
    known = _jobs_of(pods)
    return [
        {
            **pod.named,
            "phase": pod.phase,
            "owner": pod.owner,
            "stays": pod.stays(unmanaged=False),
            "budgets": guards[pod.uid],
            "job": known.get(pod.labels.get(labels.JOB, "")),
        }
        for pod in pods
    ]


def _jobs_of(pods: Iterable[PodThere]) -> dict[str, Json]:
    """Id as in the label -> whose job it is, and what it would do."""
    ids = {pk for pod in pods if labels.ATTEMPT in pod.labels and (pk := labels.id_in(pod.labels, labels.JOB))}
    rows = Job.objects.filter(pk__in=ids).select_related("project", "tenant", "submitted_by")
    return {str(job.pk): _job(job) for job in rows}


def _job(job: Job) -> Json:
    spec = job.parsed_spec()
    return {
        "id": str(job.pk),
        "name": job.name,
        "tenant": job.tenant.slug,
        "project": job.project.slug,
        "submitted_by": job.submitted_by.name,
        "phase": job.phase,
        "gang": spec.gang,
        "restart": str(spec.fault_policy.restart),
        "restarts": jobs.would_restart(job),
    }
