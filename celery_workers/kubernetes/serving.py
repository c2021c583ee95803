"""What becomes of apps in clusters: their pods as the cluster's own probes find them, told to apps.

Everything here may be told again: a new observer lists what is there and tells all of it, which changes nothing.
"""

import time
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from apps.clusters.models import Cluster
from apps.core.sentences import Said, say
from apps.inference import services
from apps.inference.models import App, AppReplica
from apps.inference.services import PodSeen, ScalingSeen
from celery_workers.kubernetes.client import Client
from celery_workers.kubernetes.follow import Printing
from celery_workers.kubernetes.manifests import labels
from celery_workers.kubernetes.manifests.app import SCALER_KIND
from celery_workers.kubernetes.paths import collection
from celery_workers.kubernetes.pods import NEVER_AN_IMAGE, NO_IMAGE, PULLING
from celery_workers.kubernetes.watch import Watched

Json = Mapping[str, Any]

COMPARE_SECONDS = 10.0
_MOST_CHARACTERS = 300


@dataclass(frozen=True)
class AppPod:
    """All that is kept of a pod of an app. `over`: it holds nothing any more, and its Deployment has made another."""

    app_id: UUID
    namespace: str
    uid: str
    container: str
    has_log: bool
    over: bool
    seen: PodSeen


@dataclass(frozen=True)
class DeploymentSeen:
    """`refusal`: why the cluster makes no pod; `replicas`: how many are asked of it."""

    app_id: UUID
    namespace: str
    replicas: int
    refusal: str


def read_pod(pod: Json) -> AppPod | None:
    """None for what is not of ours."""
    metadata, status = pod["metadata"], pod.get("status") or {}
    marks = metadata.get("labels") or {}
    app_id = labels.id_in(marks, labels.APP)
    revision = str(marks.get(labels.REVISION, ""))
    if app_id is None or not revision.isdecimal():
        return None
    container: Json = next(iter(status.get("containerStatuses") or []), {})
    ready = _condition(status, "Ready").get("status") == "True"
    seen = PodSeen(
        name=metadata["name"],
        revision=int(revision),
        created_at=datetime.fromisoformat(metadata["creationTimestamp"]),
        node=pod["spec"].get("nodeName") or "",
        ready=ready,
        going="deletionTimestamp" in metadata,
        restarts=int(container.get("restartCount") or 0),
        said=tuple(_ails(status, container)) if not ready else _as_ready(container),
    )
    state = container.get("state") or {}
    return AppPod(
        app_id,
        metadata["namespace"],
        metadata["uid"],
        container=str(pod["spec"]["containers"][0]["name"]),
        has_log="running" in state or "terminated" in state or seen.restarts > 0,
        over=status.get("phase") in ("Succeeded", "Failed"),
        seen=seen,
    )


def _ails(status: Json, container: Json) -> Iterable[Said]:
    """What keeps a pod from serving, as apps say it."""
    scheduled = _condition(status, "PodScheduled")
    waiting = (container.get("state") or {}).get("waiting") or {}
    reason, message = str(waiting.get("reason") or ""), _plain(waiting.get("message"))
    if scheduled.get("status") == "False":
        yield say("replica-unschedulable", message=_plain(scheduled.get("message")))
    elif reason in NO_IMAGE | NEVER_AN_IMAGE:
        yield say("replica-image", message=message or reason)
    elif reason and reason not in (*PULLING, "CrashLoopBackOff"):
        yield say("replica-held-up", message=message or reason)
    ended = (container.get("lastState") or {}).get("terminated") or {}
    if ended:
        yield _end(ended)


def _as_ready(container: Json) -> tuple[Said, ...]:
    """A kubelet names the container that it runs; a node that is only played has none."""
    return () if container.get("containerID") else (say("replica-simulated"),)


def _end(terminated: Json) -> Said:
    code = int(terminated.get("exitCode") or 0)
    if terminated.get("reason") == "OOMKilled":
        return say("replica-memory")
    return say("replica-killed", signal=code - 128) if 128 < code < 160 else say("replica-exited", number=code)


def read_deployment(deployment: Json) -> DeploymentSeen | None:
    metadata = deployment["metadata"]
    app_id = labels.id_in(metadata.get("labels") or {}, labels.APP)
    if app_id is None:
        return None
    failing = _condition(deployment.get("status") or {}, "ReplicaFailure")
    refusal = _plain(failing.get("message")) if failing.get("status") == "True" else ""
    return DeploymentSeen(app_id, metadata["namespace"], int(deployment["spec"].get("replicas", 1)), refusal)


@dataclass(frozen=True)
class ScalerSeen:
    app_id: UUID
    namespace: str
    seen: ScalingSeen | None


def read_scaler(scaler: Json) -> ScalerSeen | None:
    """`seen` is None until it has chosen for the first time."""
    metadata, status = scaler["metadata"], scaler.get("status") or {}
    app_id = labels.id_in(metadata.get("labels") or {}, labels.APP)
    if app_id is None:
        return None
    limited, active = _condition(status, "ScalingLimited"), _condition(status, "ScalingActive")
    able = _condition(status, "AbleToScale")
    blind = next((_plain(one.get("message")) for one in (active, able) if one.get("status") == "False"), "")
    measured = [one["resource"]["current"] for one in status.get("currentMetrics") or [] if one.get("type") == "Resource"]
    seen = ScalingSeen(
        current=int(status.get("currentReplicas") or 0),
        desired=int(status.get("desiredReplicas") or status.get("currentReplicas") or 0),
        percent=next((one.get("averageUtilization") for one in measured), None),
        limited=limited.get("status") == "True" and limited.get("reason") == "TooManyReplicas",
        blind=blind,
    )
    return ScalerSeen(app_id, metadata["namespace"], seen if status.get("conditions") else None)


class AppObserver:
    """Follows the apps of one cluster."""

    def __init__(self, client: Client, cluster: Cluster) -> None:
        self._cluster = cluster
        selector = labels.selector({**labels.MANAGED_BY, labels.CLUSTER: str(cluster.pk)}) + f",{labels.APP}"
        name = cluster.slug
        self.pods: Watched[AppPod] = Watched(
            client, collection("v1", "Pod"), selector, read_pod, cluster=name, kind="app-pods"
        )
        self.deployments: Watched[DeploymentSeen] = Watched(
            client, collection("apps/v1", "Deployment"), selector, read_deployment, cluster=name, kind="app-deployments"
        )
        self.scalers: Watched[ScalerSeen] = Watched(
            client, collection(*SCALER_KIND), selector, read_scaler, cluster=name, kind="app-scalers"
        )
        self._compared_at = float("-inf")

    @property
    def watches(self) -> tuple[Watched[Any], ...]:
        return self.pods, self.deployments, self.scalers

    def step(self) -> list[Printing]:
        """Tell what is new; now and then all of it, for what was lost on the way. Returns what prints in apps' places."""
        news = [watched.changes() for watched in self.watches]
        touched = {one.app_id for changed, gone in news for one in (*changed, *gone)}
        if any(watched.listed_at is None for watched in self.watches):
            return []
        if time.monotonic() - self._compared_at > COMPARE_SECONDS:
            self._compared_at = time.monotonic()
            touched |= set(
                AppReplica.objects.filter(finished_at=None, app__cluster=self._cluster).values_list("app", flat=True)
            )
            touched |= {pod.app_id for pod in self.pods.all()}
        return self._tell(touched) if touched else []

    def _tell(self, touched: set[UUID]) -> list[Printing]:
        printing: list[Printing] = []
        pods: dict[UUID, list[AppPod]] = defaultdict(list)
        for pod in self.pods.all():
            pods[pod.app_id].append(pod)
        made = {one.app_id: one for one in self.deployments.all()}
        scalers = {(one.app_id, one.namespace): one.seen for one in self.scalers.all()}
        for app in App.objects.filter(pk__in=touched, cluster=self._cluster).select_related("project__tenant"):
            # Whoever may make pods may write any label on them: only those in the app's own namespace are its.
            own = [pod for pod in pods[app.pk] if pod.namespace == app.project.namespace and not pod.over]
            deployment = made.get(app.pk)
            seen = [pod.seen for pod in own]
            services.pods_seen(app_id=app.pk, pods=seen, refusal=deployment.refusal if deployment else "")
            if scaling := scalers.get((app.pk, app.project.namespace)):
                services.scaling_seen(app_id=app.pk, seen=scaling)
            numbers = dict(app.instances.filter(finished_at=None).exclude(pod="").values_list("pod", "number"))
            printing += [_printing(pod, numbers[pod.seen.name]) for pod in own if pod.seen.name in numbers]
        return printing


def _printing(pod: AppPod, number: int) -> Printing:
    """Its log is that of the place in which it stands."""
    key = pod.app_id, pod.seen.revision, number
    return Printing(App.live_kind, key, pod.namespace, pod.seen.name, pod.uid, pod.container, pod.has_log)


def _condition(status: Json, name: str) -> Json:
    found: Json = next((one for one in status.get("conditions") or [] if one.get("type") == name), {})
    return found


def _plain(message: Any) -> str:
    return " ".join(str(message or "").split())[:_MOST_CHARACTERS]
