"""Bringing an image to the nodes of a flavor: a pod on each that ends once the image is there.

It goes by what is there: which pods stand is listed anew each round, so that another worker may take it up.
"""

import hashlib
import time
from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

import structlog
from django.utils import timezone

from apps.clusters.models import Flavor, Health, Node
from apps.core import operations
from apps.core.errors import Conflict, NotVisible, Unavailable
from apps.core.models import Operation, OperationState
from apps.jobs.errors import PullUnfinished
from apps.tenants.models import Project
from celery_workers.kubernetes import asked, projects
from celery_workers.kubernetes.client import Client, Forbidden, Refused
from celery_workers.kubernetes.client import Conflict as TakenThere
from celery_workers.kubernetes.clusters import client_for
from celery_workers.kubernetes.manifests import labels
from celery_workers.kubernetes.manifests.image import pull_pod
from celery_workers.kubernetes.paths import collection
from celery_workers.kubernetes.pods import NEVER_AN_IMAGE, NO_IMAGE

# How many nodes pull side by side, for what they pull from is shared.
AT_ONCE = 50
TURN_SECONDS, ROUND_SECONDS = 15.0, 1.0
# A node that the registry refuses goes on trying; so long is waited for it.
PATIENCE = timedelta(minutes=20)
_log = structlog.get_logger(__name__)
Json = Mapping[str, Any]


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
    pull = _Pull(client_for(flavor.cluster), operation, project, flavor)
    try:
        pull.turn()
    except (Forbidden, Refused) as failure:
        operations.finish(operation_id=operation_id, problem=asked.as_problem(failure))
    except Unavailable as outage:  # it is sent again after a while, and given up when that goes on
        _log.warning("image-pull-interrupted", cluster=flavor.cluster.slug, error=str(outage))


class _Pull:
    def __init__(self, client: Client, operation: Operation, project: Project, flavor: Flavor) -> None:
        self._client, self._operation, self._project, self._flavor = client, operation, project, flavor
        self._path = collection("v1", "Pod", project.namespace)
        self._image = str(operation.arguments["image"])
        self._ready = set((operation.result or {}).get("ready", []))

    def turn(self) -> None:
        projects.ensure(self._client, self._flavor.cluster, self._project)
        self._remove_left_over()
        nodes = self._nodes()
        if not nodes:
            none = Conflict(f"No healthy node of {self._flavor.cluster.slug} has the flavor {self._flavor.name}.")
            operations.finish(operation_id=self._operation.pk, problem=none)
            return
        turn_ends = time.monotonic() + TURN_SECONDS
        while True:
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
                return
            if timezone.now() >= self._operation.created_at + PATIENCE:
                self._give_up(result)
                return
            over = time.monotonic() >= turn_ends
            if not operations.progress(operation_id=self._operation.pk, result=result, again=over) or over:
                return
            time.sleep(ROUND_SECONDS)

    def _nodes(self) -> list[str]:
        """Those of the flavor that are there now, and those that have it already."""
        rows = Node.objects.filter(cluster=self._flavor.cluster, schedulable=True, allocatable__has_key=self._flavor.name)
        return sorted({*rows.exclude(health=Health.DOWN).values_list("name", flat=True), *self._ready})

    def _round(self, nodes: list[str]) -> dict[str, str]:
        """Look at every pod and start more. -> node: what keeps the image from it, empty while that is on its way."""
        there = {str(pod["spec"]["nodeName"]): pod for pod in self._pods() if not pod["metadata"].get("deletionTimestamp")}
        for node in [node for node, pod in there.items() if _has_image(pod)]:
            self._ready.add(node)
            self._delete(there.pop(node))
        waiting = {node: _hindrance(pod) for node, pod in there.items()}
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
        operations.progress(operation_id=self._operation.pk, result=result)
        operations.finish(operation_id=self._operation.pk, problem=PullUnfinished(still + why))

    def _remove_left_over(self) -> None:
        """Pods of pulls that are over, or were given up with the worker that was at them."""
        pulls = [(labels.id_in(pod["metadata"]["labels"], labels.IMAGE_PULL), pod) for pod in self._list(labels.IMAGE_PULL)]
        asked_for = Operation.objects.filter(pk__in={pk for pk, _ in pulls if pk}, state=OperationState.PENDING)
        going = set(asked_for.values_list("pk", flat=True))
        for pk, pod in pulls:
            if pk not in going:
                self._delete(pod)

    def _pods(self) -> list[Json]:
        return self._list(f"{labels.IMAGE_PULL}={self._operation.pk}")

    def _list(self, selector: str) -> list[Json]:
        return [pod for page in self._client.pages(self._path, {"labelSelector": selector}) for pod in page["items"]]

    def _delete(self, pod: Json) -> None:
        self._client.delete(f"{self._path}/{pod['metadata']['name']}", uid=pod["metadata"]["uid"])


def _container(pod: Json) -> Json:
    found: Json = next(iter(pod.get("status", {}).get("containerStatuses") or []), {})
    return found


def _has_image(pod: Json) -> bool:
    """The kubelet names the image once it has it; and what was started, or could not be, had it too."""
    container = _container(pod)
    state = container.get("state") or {}
    waiting = (state.get("waiting") or {}).get("reason", "")
    tried = waiting not in ("", "ContainerCreating", "PodInitializing") and waiting not in NO_IMAGE | NEVER_AN_IMAGE
    return bool(container.get("imageID") or "running" in state or "terminated" in state or tried)


def _hindrance(pod: Json) -> str:
    waiting = (_container(pod).get("state") or {}).get("waiting") or {}
    if waiting.get("reason") in NO_IMAGE | NEVER_AN_IMAGE:
        return str(waiting.get("message") or waiting["reason"])
    status = pod.get("status", {})
    if status.get("phase") == "Failed":
        return str(status.get("message") or status.get("reason") or "The node did not take the pod.")
    return ""
