"""What became of replicas in clusters, told to jobs; and pods that nobody wants any more, taken away.

Everything here may be told again: a new observer lists what is there and tells all of it, which changes nothing.
"""

import time
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

import structlog
from django.db.models import Exists, F, OuterRef
from django.utils import timezone

from apps.clusters.models import Cluster
from apps.jobs import services as jobs
from apps.jobs.fault_policy import Clean
from apps.jobs.kinds import Kind
from apps.jobs.models import ENDED, WANTED, CodeState, Job, JobCode, JobPhase, Replica, ReplicaPhase
from apps.jobs.services import ReplicaSeen
from celery_workers.kubernetes.client import Client
from celery_workers.kubernetes.jobs import pod_path, pods_of, refused, stop_pods, vanished
from celery_workers.kubernetes.manifests import labels
from celery_workers.kubernetes.operated import hindrance
from celery_workers.kubernetes.paths import collection
from celery_workers.kubernetes.pods import PodSeen, read_pod
from celery_workers.kubernetes.watch import Watched

COMPARE_SECONDS = 10.0
# What is asked of the database at once.
BATCH = 500
# How many jobs whose operator makes no pods are asked after in one look.
MOST_HINDERED = 50
_log = structlog.get_logger(__name__)


class PodObserver:
    """Follows the replicas of one cluster."""

    def __init__(self, client: Client, cluster: Cluster) -> None:
        self.client, self.cluster = client, cluster
        selector = labels.selector({**labels.MANAGED_BY, labels.CLUSTER: str(cluster.pk)}) + f",{labels.ATTEMPT}"
        self.pods: Watched[PodSeen] = Watched(
            client, collection("v1", "Pod"), selector, read_pod, cluster=cluster.slug, kind="replicas"
        )
        self._compared_at = float("-inf")

    def step(self) -> list[PodSeen]:
        """Tell what is new, and return it; now and then compare everything.

        Raises Unavailable or Refused when the cluster fails it.
        """
        changed, gone = map(_where_they_belong, self.pods.changes())
        now = timezone.now()
        self._tell(changed, gone, now=now)
        if self.pods.listed_at is not None and time.monotonic() - self._compared_at > COMPARE_SECONDS:
            self._compared_at = time.monotonic()
            self._compare(now=now)
        return changed

    def _tell(self, changed: Iterable[PodSeen], gone: Iterable[PodSeen], *, now: datetime) -> None:
        seen: dict[tuple[UUID, int], list[ReplicaSeen]] = defaultdict(list)
        over = []
        for pod in changed:
            pod = pod.given_up(now)
            seen[pod.job_id, pod.attempt].append(pod.seen)
            if pod.ended and not pod.terminal:
                over.append(pod)
        left = list(gone)
        wanted = _wanted(pod.job_id for pod in left)
        for pod in left:
            seen[pod.job_id, pod.attempt].append(pod.gone(wanted=wanted.get(pod.job_id) == pod.attempt, now=now))
        for (job_id, attempt), replicas in seen.items():
            jobs.observe(job_id=job_id, attempt=attempt, replicas=replicas, now=now)
        stop_pods(self.client, over)

    def _compare(self, *, now: datetime) -> None:
        """Look at everything, for what no event tells of: waits that became too long, and what was lost on the way."""
        everything = _where_they_belong(self.pods.all())
        self._tell([pod for pod in everything if pod.given_up(now) is not pod], [], now=now)
        for first in range(0, len(everything), BATCH):
            self._remove_unwanted(everything[first : first + BATCH])
        self._report_vanished({pod.key for pod in everything})
        self._report_hindered(now=now)

    def _remove_unwanted(self, pods: list[PodSeen]) -> None:
        """End pods that a reconciler which was late, or died, left behind; delete ended ones that nobody asks for."""
        found = {
            job.pk: job for job in Job.objects.filter(pk__in={pod.job_id for pod in pods}).only("phase", "attempt", "spec")
        }
        read = set(Replica.objects.filter(job__in=found, log_complete=True).values_list("job_id", "attempt", "rank"))
        for pod in pods:
            job = found.get(pod.job_id)
            wanted = job is not None and job.phase in WANTED and job.attempt == pod.attempt
            if wanted or pod.deleting:
                continue
            if not pod.terminal:
                _log.info("pod-unwanted", pod=pod.name, namespace=pod.namespace)
                stop_pods(self.client, [pod])
            elif job is None or (pod.key in read and (job.attempt != pod.attempt or _is_cleaned(job))):
                self.client.delete(pod_path(pod), uid=pod.uid)

    def _report_vanished(self, there: set[tuple[UUID, int, int]]) -> None:
        """Tell of replicas that are said to run and have no pod. What was listed may be old: a job's are listed anew."""
        rows = Replica.objects.filter(
            phase__in=(ReplicaPhase.STARTING, ReplicaPhase.RUNNING), job__cluster=self.cluster
        ).select_related("job__project")
        now_there: dict[UUID, set[tuple[UUID, int, int]]] = {}
        for replica in rows.iterator():
            key = replica.job_id, replica.attempt, replica.rank
            if key in there:
                continue
            if replica.job_id not in now_there:
                now_there[replica.job_id] = {pod.key for pod in pods_of(self.client, replica.job)}
            if key not in now_there[replica.job_id]:
                wanted = replica.job.phase in WANTED and replica.job.attempt == replica.attempt
                lost = vanished(replica.rank)
                seen = lost if wanted else ReplicaSeen(rank=replica.rank, phase="stopped", finished_at=lost.finished_at)
                jobs.observe(job_id=replica.job_id, attempt=replica.attempt, replicas=[seen])

    def _report_hindered(self, *, now: datetime) -> None:
        """Tell why operators make no pods; what was waited for in vain, or is refused, ends the attempt."""
        without = Replica.objects.filter(phase=ReplicaPhase.WAITING, attempt=F("job__attempt"), job=OuterRef("pk"))
        unready = JobCode.objects.filter(job=OuterRef("pk")).exclude(state=CodeState.READY)
        rows = Job.objects.filter(
            Exists(without),
            ~Exists(unready),
            cluster=self.cluster,
            phase__in=WANTED,
            observed_generation=F("generation"),
            spec__kind__in=[kind for kind in Kind if kind is not Kind.PODS],
        ).select_related("project")
        for job in rows[:MOST_HINDERED]:
            found = hindrance(self.client, job, now=now)
            if found is None:
                continue
            ranks = job.replicas_now().filter(phase=ReplicaPhase.WAITING).values_list("rank", flat=True)
            told = [
                refused(rank, found.code, found.message)
                if found.final
                else ReplicaSeen(rank=rank, phase="waiting", message=found.message)
                for rank in ranks
            ]
            jobs.observe(job_id=job.pk, attempt=job.attempt, replicas=told, now=now)


def _where_they_belong(pods: list[PodSeen]) -> list[PodSeen]:
    """Those in the namespace of the job that their labels name: whoever may make pods may write any label on them.

    Of a job that is gone nothing is known; they are what it left.
    """
    found: dict[UUID, str] = {}
    for first in range(0, len(pods), BATCH):
        named = {pod.job_id for pod in pods[first : first + BATCH]}
        rows = Job.objects.filter(pk__in=named).select_related("project").only("project__slug")
        found |= {job.pk: job.project.namespace for job in rows}
    return [pod for pod in pods if found.get(pod.job_id, pod.namespace) == pod.namespace]


def _wanted(job_ids: Iterable[UUID]) -> dict[UUID, int]:
    """The attempt of each job of which replicas are wanted."""
    return dict(Job.objects.filter(pk__in=set(job_ids), phase__in=WANTED).values_list("pk", "attempt"))


def _is_cleaned(job: Job) -> bool:
    clean = job.parsed_spec().fault_policy.clean
    succeeded = job.phase == JobPhase.SUCCEEDED
    return job.phase in ENDED and (clean is Clean.ALL or (clean is Clean.SUCCEEDED and succeeded))
