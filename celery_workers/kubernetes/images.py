"""Bringing an image to the nodes of a flavor: a pod on each that ends once the image is there.

It goes by what is there: which pods stand is listed anew each round, so that another worker may take it up.
"""

import hashlib
from collections import defaultdict
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from apps.clusters.models import Flavor, Health, Node
from apps.core import operations
from apps.core.errors import Conflict, NotVisible
from apps.core.models import Operation, OperationState
from apps.jobs.errors import PullUnfinished
from apps.tenants.models import Project
from celery_workers.kubernetes import asked, left_over, projects
from celery_workers.kubernetes.client import Client
from celery_workers.kubernetes.client import Conflict as TakenThere
from celery_workers.kubernetes.clusters import client_for
from celery_workers.kubernetes.manifests import labels
from celery_workers.kubernetes.manifests.image import pull_pod
from celery_workers.kubernetes.paths import collection
from celery_workers.kubernetes.pods import NEVER_AN_IMAGE, NO_IMAGE, PULLING

# How many nodes pull side by side, for what they pull from is shared.
AT_ONCE = 50
# A node that the registry refuses goes on trying; so long is waited for it.
PATIENCE = timedelta(minutes=20)
Json = dict[str, Any]


def run(operation_id: UUID) -> None:
    """Work at the operation for one turn, then ask for the next until every node has the image or cannot get it."""
    operation = operations.pending(operation_id)
    if operation is None:
        return
    flavor = Flavor.objects.filter(pk=operation.arguments["flavor_id"]).select_related("cluster").first()
    project = Project.objects.filter(pk=operation.subject_id).select_related("tenant").first()
    if flavor is None or project is None:
        operations.finish(operation_id=operation_id, problem=NotVisible("Its project or flavor is gone."))
        return
    asked.in_turns(operation_id, _Pull(operation, project, flavor).look)


class _Pull:
    _client: Client

    def __init__(self, operation: Operation, project: Project, flavor: Flavor) -> None:
        self._operation, self._project, self._flavor = operation, project, flavor
        self._path = collection("v1", "Pod", project.namespace)
        self._image = str(operation.arguments["image"])
        self._ready = set((operation.result or {}).get("ready", []))

    def look(self) -> dict[str, Any] | None:
        """Look at every node, start more, and say how far that is; None when the pull is over."""
        self._client = client_for(self._flavor.cluster)
        projects.ensure(self._client, self._flavor.cluster, self._project)
        nodes = self._nodes()
        if not nodes:
            none = Conflict(f"No healthy node of {self._flavor.cluster.slug} has the flavor {self._flavor.name}.")
            operations.finish(operation_id=self._operation.pk, problem=none)
            return None
        waiting = self._round(nodes)
        result = {
            "image": self._image,
            "flavor": self._flavor.name,
            "total": len(nodes),
            "ready": sorted(self._ready),
            "waiting": [{"node": node, "why": why} for node, why in sorted(waiting.items()) if why],
        }
        if len(self._ready) == len(nodes):
            operations.finish(operation_id=self._operation.pk, result=result)
            return None
        if timezone.now() >= self._operation.created_at + PATIENCE:
            self._give_up(result)
            return None
        return result

    def _nodes(self) -> list[str]:
        """Those of the flavor that are there now, and those that have it already."""
        rows = Node.objects.filter(cluster=self._flavor.cluster, schedulable=True, allocatable__has_key=self._flavor.name)
        return sorted({*rows.exclude(health=Health.DOWN).values_list("name", flat=True), *self._ready})

    def _round(self, nodes: list[str]) -> dict[str, str]:
        """Look at every pod and start more. -> node: what keeps the image from it, empty while that is on its way."""
        there = {str(pod["spec"]["nodeName"]): pod for pod in self._pods() if not pod["metadata"].get("deletionTimestamp")}
        waiting = {}
        for node, pod in there.items():
            hindrance = _hindrance(pod)
            if hindrance is None:
                self._ready.add(node)
                self._delete(pod)
            else:
                waiting[node] = hindrance
        missing = [node for node in nodes if node not in self._ready and node not in there]
        for node in missing[: max(0, AT_ONCE - sum(not why for why in waiting.values()))]:
            self._start(node)
            waiting[node] = ""
        return waiting

    def _start(self, node: str) -> None:
        marks = labels.of_project(
            cluster_id=self._flavor.cluster_id, tenant_id=self._project.tenant_id, project_id=self._project.pk
        )
        short = hashlib.sha256(node.encode()).hexdigest()[:10]
        pod = pull_pod(
            name=f"pull-{self._operation.pk.hex}-{short}",
            namespace=self._project.namespace,
            marks={**marks, labels.IMAGE_PULL: str(self._operation.pk)},
            node=node,
            image=self._image,
        )
        try:
            self._client.create(self._path, pod)
        except TakenThere as taken:
            if taken.reason != "AlreadyExists":
                raise

    def _give_up(self, result: dict[str, Any]) -> None:
        for pod in self._pods():
            self._delete(pod)
        first = next(iter(result["waiting"]), None)
        still = f"{len(result['ready'])} of {result['total']} nodes have {self._image}."
        why = f" {first['node']}: {first['why']}" if first else ""
        operations.finish(operation_id=self._operation.pk, result=result, problem=PullUnfinished(still + why))

    def _pods(self) -> list[Json]:
        """Those of this pull. Others are taken away when their pull is over, or was given up with its worker."""
        pods: dict[UUID | None, list[Json]] = defaultdict(list)
        for page in self._client.pages(self._path, {"labelSelector": labels.IMAGE_PULL}):
            for pod in page["items"]:
                pods[labels.id_in(pod["metadata"]["labels"], labels.IMAGE_PULL)].append(pod)
        mine = pods.pop(self._operation.pk, [])
        if pods:
            going = Operation.objects.filter(pk__in=filter(None, pods), state=OperationState.PENDING)
            for pk in pods.keys() - set(going.values_list("pk", flat=True)):
                for pod in pods[pk]:
                    self._delete(pod)
        return mine

    def _delete(self, pod: Json) -> None:
        left_over.delete(self._client, "v1", "Pod", pod)


def _hindrance(pod: Json) -> str | None:
    """What keeps the image from its node, empty while it is on its way; None when it is there.

    The kubelet names an image once it has it; and what was started, or could not be, had it too.
    """
    status = pod.get("status", {})
    container: Json = next(iter(status.get("containerStatuses") or []), {})
    state = container.get("state") or {}
    waiting = state.get("waiting") or {}
    reason = waiting.get("reason", "")
    if container.get("imageID") or "running" in state or "terminated" in state:
        return None
    if reason in NO_IMAGE | NEVER_AN_IMAGE:
        return str(waiting.get("message") or reason)
    if reason not in ("", *PULLING):
        return None
    if status.get("phase") == "Failed":
        return str(status.get("message") or status.get("reason") or "The node did not take the pod.")
    return ""
