"""What a cluster's Kueue says of the workloads that it was handed, told to quotas; and what is asked there, put right.

Everything here may be told again: a new observer lists what is there and tells all of it, which changes nothing.
"""

import re
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from apps.clusters.models import KUEUE_VERSION, Cluster, Flavor
from apps.inference.models import AppReplica, ReplicaPhase
from apps.jobs.models import Job, JobPhase
from apps.quotas import services as quotas
from apps.quotas.models import Workload, WorkloadState
from apps.quotas.services import Granted
from celery_workers.kubernetes import asking, queues
from celery_workers.kubernetes.client import Client
from celery_workers.kubernetes.manifests import labels
from celery_workers.kubernetes.manifests.kueue import object_name
from celery_workers.kubernetes.paths import collection
from celery_workers.kubernetes.watch import Watched

Json = Mapping[str, Any]

COMPARE_SECONDS = 10.0
# So long the list may be behind what was asked, and how many are put right in one look.
BEHIND, MOST_AT_ONCE = timedelta(seconds=5), 100


@dataclass(frozen=True)
class Assigned:
    """What Kueue gave to a pod set. `flavors`: resource -> Kueue's name of the flavor."""

    count: int
    flavors: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class AskingSeen:
    """All that is kept of a Workload of Kueue. `evicted`: why, when it is; `reason`, `why`: of what waits."""

    workload_id: UUID
    number: int
    deleting: bool = False
    finished: bool = False
    ready: bool = False
    evicted: str = ""
    reason: str = ""
    why: str = ""
    assigned: tuple[tuple[str, Assigned], ...] = ()
    ended: tuple[tuple[str, int], ...] = ()

    @property
    def key(self) -> tuple[UUID, int]:
        return self.workload_id, self.number


def read_workload(found: Json) -> AskingSeen | None:
    """None for what is not of ours."""
    marks = found["metadata"].get("labels") or {}
    try:
        workload_id, number = UUID(marks[labels.WORKLOAD]), int(marks[labels.ASKING])
    except (KeyError, ValueError):
        return None
    status = found.get("status") or {}
    conditions = {one["type"]: one for one in status.get("conditions") or []}
    true = {name for name, one in conditions.items() if one["status"] == "True"}
    reserved = conditions.get("QuotaReserved", {})
    evicted = ""
    if "Evicted" in true:
        preempted = conditions.get("Preempted", {}) if "Preempted" in true else {}
        evicted = str(preempted.get("reason") or conditions["Evicted"].get("reason") or "Evicted")
    admitted = "Admitted" in true
    waits = reserved if reserved.get("status") == "False" else conditions.get("Admitted", {})
    return AskingSeen(
        workload_id=workload_id,
        number=number,
        deleting="deletionTimestamp" in found["metadata"],
        finished="Finished" in true,
        ready="PodsReady" in true,
        evicted=evicted,
        reason="" if admitted else str(waits.get("reason") or ""),
        why="" if admitted else str(waits.get("message") or "").strip(),
        assigned=_assigned(status) if admitted else (),
        ended=tuple(sorted((one["name"], int(one["count"])) for one in status.get("reclaimablePods") or [])),
    )


def _assigned(status: Json) -> tuple[tuple[str, Assigned], ...]:
    given = status["admission"]["podSetAssignments"]
    return tuple(
        (str(one["name"]), Assigned(int(one.get("count", 0)), tuple(sorted((one.get("flavors") or {}).items()))))
        for one in given
    )


class AskingObserver:
    """Follows what one cluster's Kueue was asked."""

    def __init__(self, client: Client, cluster: Cluster) -> None:
        self._client, self._cluster = client, cluster
        selector = labels.selector({**labels.MANAGED_BY, labels.CLUSTER: str(cluster.pk)}) + f",{labels.WORKLOAD}"
        path = collection(KUEUE_VERSION, "Workload")
        self.seen: Watched[AskingSeen] = Watched(
            client, path, selector, read_workload, cluster=cluster.slug, kind="workloads"
        )
        self._compared_at = float("-inf")

    def step(self) -> None:
        """Tell what is new; now and then compare everything. Raises Unavailable or Refused when the cluster fails it."""
        changed, gone = self.seen.changes()
        if changed or gone:
            self._tell(changed, gone)
        if self.seen.listed_at is not None and time.monotonic() - self._compared_at > COMPARE_SECONDS:
            self._compared_at = time.monotonic()
            self._compare()

    def _tell(self, changed: Iterable[AskingSeen], gone: Iterable[AskingSeen]) -> None:
        flavors = list(Flavor.objects.filter(cluster=self._cluster))
        for one in changed:
            place: dict[str, Any] = {"workload_id": one.workload_id, "asking": one.number}
            if one.deleting or one.finished:
                continue
            if one.evicted:
                quotas.evicted_by_kueue(**place, cause=one.evicted)
            elif one.assigned:
                quotas.granted(**place, pod_sets={name: _granted(given, flavors) for name, given in one.assigned})
            elif one.why:
                quotas.waits_in_kueue(**place, reason=one.reason, message=_in_our_words(one.why, flavors))
        for one in gone:
            quotas.gone_from_kueue(workload_id=one.workload_id, asking=one.number)

    def _compare(self) -> None:
        """Look at everything, for what was lost on the way: by a worker that died, or while nobody watched."""
        there = {one.key: one for one in self.seen.all() if not one.deleting}
        handed = {
            (row.pk, row.asking): row for row in Workload.objects.filter(cluster=self._cluster).exclude(handed_at=None)
        }
        runs = self._running(handed.values())
        settled = timezone.now() - BEHIND
        wrong: list[UUID] = []
        for key, row in handed.items():
            seen = there.get(key)
            if seen is None and row.state == WorkloadState.PENDING:
                wrong += [row.pk] if row.handed_at is not None and row.handed_at < settled else []
            elif seen is None:
                quotas.gone_from_kueue(workload_id=row.pk, asking=row.asking)
            elif row.state == WorkloadState.ADMITTED:
                ended = tuple(sorted((name, count) for name, count in row.ended_counts.items() if count))
                wrong += [row.pk] if seen.ended != ended or (row.subject_id in runs and not seen.ready) else []
            else:
                self._tell([seen], [])
        wrong += self._left_over(there, handed)
        for workload_id in dict.fromkeys(wrong[:MOST_AT_ONCE]):
            asking.reconcile(workload_id, self._cluster.pk)

    def _running(self, rows: Iterable[Workload]) -> set[UUID]:
        """Subjects of which all pods run."""
        subjects = [row.subject_id for row in rows if row.state == WorkloadState.ADMITTED]
        jobs = Job.objects.filter(pk__in=subjects, phase=JobPhase.RUNNING).values_list("pk", flat=True)
        replicas = AppReplica.objects.filter(pk__in=subjects, phase=ReplicaPhase.READY).values_list("pk", flat=True)
        return {*jobs, *replicas}

    def _left_over(
        self, there: Mapping[tuple[UUID, int], AskingSeen], handed: Mapping[tuple[UUID, int], Workload]
    ) -> list[UUID]:
        """Workloads of which there is something that is not asked any more; of what has ended the last stays, as ended."""
        others = [one for key, one in there.items() if key not in handed]
        over = Workload.objects.filter(pk__in={one.workload_id for one in others}, state=WorkloadState.FINISHED)
        last = dict(over.values_list("pk", "asking"))
        return [one.workload_id for one in others if not (one.finished and last.get(one.workload_id) == one.number)]


def _granted(given: Assigned, flavors: list[Flavor]) -> Granted:
    """In the portal's words: each flavor that could have been asked for stands for the one given of its resource."""
    by_name = {object_name(flavor.name, flavor.pk): flavor.name for flavor in flavors}
    of_resource = {resource: by_name[name] for resource, name in given.flavors if name in by_name}
    chosen = {
        flavor.name: of_resource[name]
        for flavor in flavors
        if (name := queues.resource_name(flavor, flavor.resources[0])) in of_resource
    }
    return Granted(given.count, chosen)


def _in_our_words(message: str, flavors: Iterable[Flavor]) -> str:
    """With flavors called as people know them."""
    for flavor in flavors:
        message = message.replace(object_name(flavor.name, flavor.pk), flavor.name)
    return re.sub(r"\s+", " ", message)
