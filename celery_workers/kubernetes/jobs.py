"""Jobs in a Kubernetes cluster: the replicas that are wanted against the pods that are there.

The pods are made here one by one, or by the operator of the job's kind, which is given one object an attempt.
"""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import replace
from typing import TypeVar

import structlog
from django.utils import timezone

from apps.core.errors import Unavailable
from apps.core.models import Lease
from apps.jobs import services as jobs
from apps.jobs.kinds import Kind
from apps.jobs.models import WANTED, Job, Replica, ReplicaPhase
from apps.jobs.placement import WantedReplica, service_name, wanted_replicas
from celery_workers.inputs import InputMissing, inputs_of
from celery_workers.kubernetes import left_over, projects
from celery_workers.kubernetes.attempt import Attempt, gangs_of
from celery_workers.kubernetes.client import Client, Conflict, Denied, Forbidden, Invalid, NotFound, Refused
from celery_workers.kubernetes.clusters import client_for
from celery_workers.kubernetes.manifests import job as manifests
from celery_workers.kubernetes.manifests import kinds, labels
from celery_workers.kubernetes.manifests.job import Run
from celery_workers.kubernetes.manifests.labels import Manifest
from celery_workers.kubernetes.paths import collection, collection_of, path_of
from celery_workers.kubernetes.pods import PodSeen, read_pod

Given = TypeVar("Given")
Made = TypeVar("Made")

AT_ONCE = 8
# Making many takes longer than a lease lasts; it is renewed after so many.
MADE_BETWEEN_RENEWALS = 64
_log = structlog.get_logger(__name__)


class KubernetesBackend:
    """Makes and deletes pods, or has them made; what becomes of them afterwards, `kubernetes.observe` sees."""

    def reconcile_job(self, job: Job, lease: Lease[Job]) -> None:
        assert job.cluster is not None  # noqa: S101 - only placed jobs come here
        client = client_for(job.cluster)
        wanted = {replica.rank: replica for replica in wanted_replicas(job)}
        if not wanted:
            _stop_operator(client, job)
        there = pods_of(client, job)
        stop_pods(client, [pod for pod in there if not (pod.attempt == job.attempt and pod.rank in wanted)])
        of_attempt = {pod.rank: pod for pod in there if pod.attempt == job.attempt}
        missing = [replica for rank, replica in wanted.items() if rank not in of_attempt]
        started = set(job.replicas_now().exclude(phase=ReplicaPhase.WAITING).values_list("rank", flat=True))
        made: list[PodSeen] = []
        denied: list[jobs.ReplicaSeen] = []
        try:
            made = _start(
                client,
                job,
                [replica for replica in missing if replica.rank not in started],
                go_on=lambda: lease.renew(job),
            )
        except InputMissing as lacking:
            jobs.cannot_start(job_id=job.pk, attempt=job.attempt, code=lacking.code, message=lacking.message)
        except Denied as refusal:
            denied = [
                refused(replica.rank, "admission-denied", str(refusal)) for replica in missing if replica.rank not in started
            ]
        _forget_secrets(client, job)
        jobs.observe(
            job_id=job.pk,
            attempt=job.attempt,
            replicas=[pod.seen for pod in (*of_attempt.values(), *made)]
            + [vanished(replica.rank) for replica in missing if replica.rank in started]
            + denied,
        )

    def forget_job(self, job: Job) -> bool:
        assert job.cluster is not None  # noqa: S101 - only placed jobs come here
        client = client_for(job.cluster)
        pods = {(pod.attempt, pod.rank): pod for pod in pods_of(client, job)}
        unread = Replica.objects.filter(job=job, log_complete=False).values_list("attempt", "rank")
        if any(not pod.terminal for pod in pods.values()) or pods.keys() & set(unread):
            return False
        # It owns everything else; the cluster removes that after it.
        client.delete(f"{collection('v1', 'Service', job.project.namespace)}/{service_name(job.pk)}")
        return True


def vanished(rank: int) -> jobs.ReplicaSeen:
    """A replica that was started and of which no pod is left: it is not started a second time."""
    return jobs.ReplicaSeen(rank=rank, phase="lost", reason="deleted", finished_at=timezone.now())


def refused(rank: int, code: str, message: str) -> jobs.ReplicaSeen:
    """A replica that never was, because of `code`; what then, the fault policy says."""
    return jobs.ReplicaSeen(rank=rank, phase="failed", reason=code, message=message, finished_at=timezone.now())


def stop_pods(client: Client, pods: Sequence[PodSeen]) -> None:
    """Tell pods to end; those that have ended stay, for their logs."""
    running = [pod for pod in pods if not pod.terminal and not pod.deleting]
    _each(lambda pod: client.delete(pod_path(pod), uid=pod.uid), running)


def pod_path(pod: PodSeen) -> str:
    return f"{collection('v1', 'Pod', pod.namespace)}/{pod.name}"


def pods_of(client: Client, job: Job) -> list[PodSeen]:
    path = collection("v1", "Pod", job.project.namespace)
    query = {"labelSelector": labels.selector({**labels.MANAGED_BY, labels.JOB: str(job.pk)})}
    found = (read_pod(pod) for page in client.pages(path, query) for pod in page["items"])
    return [pod for pod in found if pod is not None]


def _start(client: Client, job: Job, missing: Sequence[WantedReplica], *, go_on: Callable[[], bool]) -> list[PodSeen]:
    """Make the pods, and before them what they refer to; as long as `go_on` agrees, the rest is for the next round.

    Nothing starts before the job's code was fetched; then there is a new generation. Raises InputMissing, Denied when a
    rule of the cluster is against it, and Unavailable when the cluster does not take it now; what stands stays.
    """
    if not missing:
        return []
    assert job.cluster is not None  # noqa: S101 - only placed jobs come here
    with inputs_of(job) as inputs:
        if inputs is None:
            return []
        projects.ensure(client, job.cluster, job.project)
        attempt = Attempt.of(job, inputs, cluster=job.cluster)
        owner = str(_apply(client, manifests.service(attempt.run))["metadata"]["uid"])
        for manifest in attempt.belongings(missing, owner=owner):
            _apply(client, manifest)
        if attempt.kind is not Kind.PODS:
            for manifest in kinds.render(attempt.kind, attempt.run, missing, inputs.given, owner=owner):
                _create(client, manifest)
            return []  # the operator makes its pods
        run = _as_a_gang(client, job, attempt.run, missing, owner=owner)
        made: list[PodSeen] = []
        for first in range(0, len(missing), MADE_BETWEEN_RENEWALS):
            if not go_on():
                break
            together = missing[first : first + MADE_BETWEEN_RENEWALS]
            pods = [manifests.pod(run, one, inputs.given[one.role], owner=owner) for one in together]
            made += filter(None, _each(lambda pod: _make(client, pod), pods))
        return made


def _as_a_gang(client: Client, job: Job, run: Run, missing: Sequence[WantedReplica], *, owner: str) -> Run:
    """The run as one gang of the cluster's scheduler: where that knows gangs, and Kueue does not see to it.

    An attempt of which pods stand already goes on as it was begun.
    """
    version, pods = gangs_of(job, missing), missing[0].world_size
    if not version:
        return run
    gang = replace(run, gangs=version)
    group = manifests.pod_group(gang, pods, owner=owner)
    try:
        if len(missing) == pods:
            _create(client, group)
        else:
            client.get(path_of(group))
    except NotFound:
        return run
    except Forbidden as refusal:  # preflight says so, too
        _log.warning("gang-left-to-the-portal", job_id=str(job.pk), refusal=str(refusal))
        return run
    return gang


def _make(client: Client, manifest: Manifest) -> PodSeen | None:
    """Make a pod; one that is there already is that pod: whoever made it tells of it, or watch does."""
    pod = _create(client, manifest)
    return read_pod(pod) if pod else None


def _create(client: Client, manifest: Manifest) -> Manifest | None:
    """Make it; None when it is there already. Raises InputMissing when the cluster will never take it, and Denied."""
    with _refusals_told(manifest):
        try:
            return client.create(collection_of(manifest), manifest)
        except Conflict as conflict:
            if conflict.reason != "AlreadyExists":
                raise
            return None


def _stop_operator(client: Client, job: Job) -> None:
    """Let the operator of the attempt make no pods any more. Its object stays, and owns what it made.

    Where a pod has failed it ends by itself. Some, suspended before they saw that, would delete that pod with its log; the
    others are told, for until they see it they make anew what is stopped here.
    """
    kind = job.parsed_spec().kind
    failed = job.replicas_now().filter(phase=ReplicaPhase.FAILED).exists()
    if kind is Kind.PODS or not job.attempt or not kinds.may_be_suspended(kind, failed=failed):
        return
    with suppress(NotFound):
        client.patch(kinds.path_of(kind, job.project.namespace, job.pk, job.attempt), kinds.suspended(kind))


def _apply(client: Client, manifest: Manifest) -> Manifest:
    with _refusals_told(manifest):
        return client.apply(path_of(manifest), manifest, force=True)


@contextmanager
def _refusals_told(manifest: Manifest) -> Iterator[None]:
    """Raises InputMissing when the cluster will never take it, Unavailable when it does not now, and Denied as it is."""
    try:
        yield
    except Denied:
        raise
    except Invalid as refusal:
        raise InputMissing("replica-refused", str(refusal)) from refusal
    except Refused as refusal:
        raise Unavailable(f"The cluster does not take the {manifest['kind']} of the job: {refusal}") from refusal


def _forget_secrets(client: Client, job: Job) -> None:
    """Remove what only earlier attempts, or a job that wants nothing any more, were given."""
    marks = {**labels.MANAGED_BY, labels.JOB: str(job.pk)}
    kept = str(job.attempt) if job.phase in WANTED else ""
    try:
        page = client.get(collection("v1", "Secret", job.project.namespace), {"labelSelector": labels.selector(marks)})
    except NotFound:
        return
    for secret in page.get("items", []):
        if secret["metadata"]["labels"].get(labels.ATTEMPT) != kept:
            left_over.delete(client, "v1", "Secret", secret)


def _each(act: Callable[[Given], Made], over: Sequence[Given]) -> list[Made]:
    """Do it to each, some at a time; the first failure is raised after all were tried."""
    if len(over) < 2:
        return [act(one) for one in over]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        doing = [pool.submit(act, one) for one in over]
    return [one.result() for one in doing]
