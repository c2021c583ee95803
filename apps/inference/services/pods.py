"""What became of an app's pods, told to the places that it was admitted for.

Its cluster makes and ends pods; which of them stands in which place is written down here, so that quota is held by what is
there: a place goes with a pod that goes, and stays with the app while one pod gives way to another.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import ceil
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from apps.core.sentences import Said, as_json, say
from apps.inference.models import ADMITTED, App, AppReplica, ReplicaPhase
from apps.inference.services._life import SUBJECT, end, locked, replicas_of, settle, wake
from apps.quotas import services as quotas


@dataclass(frozen=True)
class PodSeen:
    """A pod of an app. `going`: told to end; `restarts`: how often its server has ended by itself; `said`: what ails it."""

    name: str
    revision: int
    created_at: datetime
    node: str = ""
    ready: bool = False
    going: bool = False
    restarts: int = 0
    said: tuple[Said, ...] = ()


@dataclass(frozen=True)
class ScalingSeen:
    """What a cluster's autoscaler says of an app.

    percent: of the processors asked for, what is in use; limited: by load there would be more, if there were places;
    blind: why it cannot measure.
    """

    current: int
    desired: int
    percent: int | None = None
    limited: bool = False
    blind: str = ""


@transaction.atomic
def scaling_seen(*, app_id: UUID, seen: ScalingSeen) -> None:
    """Write what the autoscaler says, when that is news, and have places asked for or given back accordingly."""
    app = locked(app_id)
    if app is None or app.max_replicas is None:
        return
    desired = seen.desired
    if seen.limited:
        by_load = ceil(seen.current * (seen.percent or 0) / app.cpu_percent)
        desired = max(by_load, seen.desired + 1)
    said: list[Said] = []
    if seen.blind:
        said.append(say("scaling-blind", message=seen.blind))
    elif seen.percent is not None:
        said.append(say("scaling-by-load", percent=seen.percent, target=app.cpu_percent))
    if desired > app.max_replicas:
        said.append(say("scaling-at-most", most=app.max_replicas))
    desired = app.within_bounds(desired)
    scaling = {"current": seen.current, "desired": desired, "percent": seen.percent, "said": as_json(said)}
    if scaling == app.scaling:
        return
    grows = desired != app.desired
    app.scaling, app.desired = scaling, desired
    app.save(update_fields=["scaling", "desired"])
    if grows:
        wake(app)
    settle(app)


@transaction.atomic
def pods_seen(*, app_id: UUID, pods: Sequence[PodSeen], refusal: str = "") -> None:
    """Write which pods stand in the app's places and how they fare, when that is news: all of them, in whatever order.

    refusal: why the cluster makes no pod.
    """
    app = locked(app_id)
    if app is None:
        return
    replicas = replicas_of(app)
    bound = bind(replicas, pods)
    news = [_tell(app, one, bound.get(one.number), refusal) for one in replicas if one.phase != ReplicaPhase.WAITING]
    failures = max((pod.restarts for pod in pods if pod.revision == app.revision and not pod.ready), default=0)
    if any(news) or failures != app.failures:
        app.failures = failures
        wake(app)
        settle(app)


def bind(replicas: Iterable[AppReplica], pods: Iterable[PodSeen]) -> Mapping[int, PodSeen]:
    """Number of each place that has a pod, and that pod. Places that are wanted come first, and get none that is going."""
    left = {pod.name: pod for pod in sorted(pods, key=lambda pod: (pod.going, pod.created_at, pod.name))}
    bound: dict[int, PodSeen] = {}
    stays = [one for one in replicas if one.phase in ADMITTED]
    leaves = [one for one in replicas if one.phase == ReplicaPhase.DRAINING]
    for places, takes_going in ((stays, False), (leaves, True)):
        for one in places:
            if one.pod in left and (takes_going or not left[one.pod].going):
                bound[one.number] = left.pop(one.pod)
        for one in places:
            free = next((pod for pod in left.values() if takes_going or not pod.going), None)
            if one.number not in bound and free is not None:
                bound[one.number] = left.pop(free.name)
    return bound


def _tell(app: App, replica: AppReplica, pod: PodSeen | None, refusal: str) -> bool:
    """Write how the pod in a place fares; whether that is news."""
    if replica.phase == ReplicaPhase.DRAINING:
        if pod is None:
            end(replica, ReplicaPhase.STOPPED)
        elif replica.pod != pod.name:
            AppReplica.objects.filter(pk=replica.pk).update(pod=pod.name, node=pod.node, revision=pod.revision)
        return pod is None or replica.pod != pod.name
    before = (replica.phase, replica.pod, replica.node, replica.revision, replica.said)
    was_up = replica.phase in (ReplicaPhase.READY, ReplicaPhase.UNREADY) and pod is not None and replica.pod == pod.name
    if pod is None:
        replica.phase, replica.pod, replica.revision = ReplicaPhase.STARTING, "", app.revision
        replica.said = as_json([say("replica-refused", message=refusal)] if refusal else [])
    else:
        if pod.ready and not (was_up and replica.phase == ReplicaPhase.READY):
            replica.ready_at = timezone.now()
        not_ready = ReplicaPhase.UNREADY if was_up else ReplicaPhase.STARTING
        replica.phase = ReplicaPhase.READY if pod.ready else not_ready
        replica.pod, replica.revision, replica.said = pod.name, pod.revision, as_json(pod.said)
        if pod.node and pod.node != replica.node:
            replica.node = pod.node
            quotas.stands_on(subject_kind=SUBJECT, subject_id=replica.pk, node=pod.node)
    if before == (replica.phase, replica.pod, replica.node, replica.revision, replica.said):
        return False
    replica.save(update_fields=["phase", "pod", "node", "revision", "said", "ready_at"])
    return True
