"""What all acts on jobs share: locking, moving between phases, and letting quota go once the replicas are gone."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from apps.audit.services import record
from apps.core.bulk import update_each
from apps.core.inserts import insert
from apps.core.outbox import hint, publish
from apps.jobs.errors import ActNotPossible, RetentionEnded
from apps.jobs.failures import LOSSES
from apps.jobs.models import (
    ENDED,
    PLACED,
    WANTED,
    Job,
    JobPhase,
    JobQuerySet,
    Replica,
    ReplicaPhase,
    TimelineEntry,
    acts_in,
)
from apps.jobs.services._telling import tell_submitter
from apps.jobs.spec import JobSpec
from apps.quotas import services as quotas
from apps.quotas.models import Workload
from apps.tenants.actor import Actor

# Why an elastic job restarts when its size changes: nobody's failure, so neither counted nor paused for.
RESIZED = "resized"
# Doubled by each counted restart, as Kubernetes waits.
FIRST_BACKOFF_SECONDS, MOST_BACKOFF_SECONDS = 10, 360


def workload_of(job: Job) -> Workload:
    return Workload.objects.get(subject_kind=Job.live_kind, subject_id=job.pk)


def locked(job_id: UUID) -> Job:
    """The job, locked after its workload: admission takes them in this order too, so the two never wait for each other."""
    workloads = Workload.objects.select_for_update(of=("self",)).filter(subject_kind=Job.live_kind, subject_id=job_id)
    workloads.values_list("pk").first()
    return Job.objects.select_for_update(of=("self",)).select_related("cluster").get(pk=job_id)


def locked_if_there(job_id: UUID) -> Job | None:
    """The same, for reports that may come after the job was removed."""
    try:
        return locked(job_id)
    except Job.DoesNotExist:
        return None


def lock_all(jobs: JobQuerySet) -> list[Job]:
    """Lock many jobs after their workloads, before anything else is done to the first of them.

    In one order, for two requests must not wait crosswise: each act locks the trail until the commit.
    """
    workloads = Workload.objects.filter(subject_kind=Job.live_kind, subject_id__in=jobs.values("pk"))
    list(workloads.select_for_update(of=("self",)).order_by("pk").values_list("pk"))
    return list(jobs.select_for_update(of=("self",)).order_by("pk"))


def demand(job: Job, act: str) -> None:
    """Raise ActNotPossible unless the job's phase allows `act`, RetentionEnded when it is being purged."""
    if job.purge_at is not None and job.purge_at <= timezone.now():
        raise RetentionEnded
    possible = acts_in(job.phase, in_bin=job.deleted_at is not None)
    if act in possible:
        return
    where = "in the bin" if job.deleted_at is not None else job.phase
    raise ActNotPossible(
        f"You cannot {act} a job that is {where}. "
        + (f"Possible are: {', '.join(possible)}." if possible else "Nothing can be done to it now."),
        phase=job.phase,
        possible=possible,
    )


def tell(job: Job, *, actor: Actor, reason: str = "", message: str = "") -> None:
    """Write an entry of the job's timeline."""
    insert(
        TimelineEntry(
            **job.place,
            job=job,
            attempt=job.attempt,
            phase=job.phase,
            reason=reason,
            message=message[:500],
            actor_id=actor.user_id,
            actor_label=actor.label,
        )
    )


def move(job: Job, phase: JobPhase, *, actor: Actor, reason: str, message: str, now: datetime) -> None:
    """Change the job's phase, in memory and on the timeline; `save` writes and announces it.

    Whatever another phase wants of the replicas, the reconciler hears of it by a new generation.
    """
    before, wanted_before = job.phase, job.phase in WANTED
    job.phase, job.reason, job.message = phase, reason, message[:500]
    if phase is not JobPhase.QUEUED:
        job.why, job.queue_position = "", None
    job.said = []
    if phase in ENDED:
        job.finished_at = now
        job.eta_seconds = None
        job.purge_at = now + timedelta(seconds=job.spec["fault_policy"]["keep_seconds"])
    else:
        job.finished_at = job.purge_at = None
    seconds = job.spec["fault_policy"]["deadline_seconds"]
    if phase in PLACED and seconds is not None and job.admitted_at is not None:
        job.deadline_at = job.admitted_at + timedelta(seconds=seconds)
    else:
        job.deadline_at = None
    if phase is not JobPhase.RESTARTING:
        job.restart_at = None
    if wanted_before != (phase in WANTED):
        job.generation += 1
    _set_alarm(job)
    tell(job, actor=actor, reason=reason, message=message)
    tell_submitter(job, before=before)


def begin_attempt(job: Job, *, workload: Workload) -> None:
    """Number a new attempt and write its replicas, as many as were admitted, where admission placed them.

    Independent replicas are all written, but those that have succeeded before; those without a place wait for one.
    """
    job.attempt += 1
    job.generation += 1
    forget_progress(job)
    job.replicas_running = 0
    if not job.spec["gang"]:
        left = left_replicas(job)
        job.replicas_wanted = len(left)
        Replica.objects.bulk_create(
            Replica(**job.place, job=job, attempt=job.attempt, role=role, index=index, rank=rank)
            for role, index, rank in left
        )
        give_places(job, workload=workload)
        return
    nodes = {(place["pod_set"], place["index"]): place["node"] for place in workload.placements}
    counts = [
        (pod_set["name"], workload.admitted_counts.get(pod_set["name"], pod_set["count"])) for pod_set in workload.pod_sets
    ]
    places = [(role, index) for role, count in counts for index in range(count)]
    Replica.objects.bulk_create(
        Replica(
            **job.place, job=job, attempt=job.attempt, role=role, index=index, rank=rank, node=nodes.get((role, index), "")
        )
        for rank, (role, index) in enumerate(places)
    )
    job.replicas_wanted = len(places)


def left_replicas(job: Job) -> list[tuple[str, int, int]]:
    """(role, index, rank) of the independent replicas that have not succeeded in any attempt."""
    everyone = [(role["name"], index) for role in job.spec["roles"] for index in range(role["replicas"])]
    done = set(Replica.objects.filter(job=job, phase=ReplicaPhase.SUCCEEDED).values_list("rank", flat=True))
    return [(role, index, rank) for rank, (role, index) in enumerate(everyone) if rank not in done]


def left_of(job: Job, spec: JobSpec) -> dict[str, int] | None:
    """How many replicas of each role are still to run; None when all are: the replicas of a gang run together again.

    A job whose replicas have all succeeded runs all of them again.
    """
    if spec.gang:
        return None
    left = Counter(role for role, _, _ in left_replicas(job))
    return {role.name: left[role.name] for role in spec.roles} if left else None


def ordinals(replicas: Iterable[Replica]) -> dict[tuple[str, int], Replica]:
    """Replicas of one attempt by (role, number within it), as admission counts the pods of a set."""
    seen: Counter[str] = Counter()
    found = {}
    for replica in sorted(replicas, key=lambda replica: replica.rank):
        found[replica.role, seen[replica.role]] = replica
        seen[replica.role] += 1
    return found


def give_places(job: Job, *, workload: Workload) -> int:
    """Write down where admission placed independent replicas; those are wanted from now on. Returns how many are new."""
    by_ordinal = ordinals(job.replicas_now())
    placed = []
    for place in workload.placements:
        replica = by_ordinal[place["pod_set"], place["index"]]
        if not replica.node:
            replica.node = place["node"]
            placed.append(replica)
    update_each(placed, ["node"])
    return len(placed)


def forget_progress(job: Job) -> None:
    """What an earlier attempt said of itself does not hold for the next."""
    job.progress = job.eta_seconds = job.progress_at = None
    job.metrics = {}


def settle(job: Job, *, actor: Actor, now: datetime) -> None:
    """Once no replica of a job that wants none is left: give back its quota, queue it again, or count its back-off.

    A replica that was never seen to start counts as gone when the reconciler has carried out the newest generation.
    """
    if not job.quota_held or job.phase in WANTED or job.restart_at is not None:
        return
    left = Q(phase__in=(ReplicaPhase.STARTING, ReplicaPhase.RUNNING))
    if job.observed_generation < job.generation:
        left |= Q(phase=ReplicaPhase.WAITING)
    if job.replicas_now().filter(left).exists():
        return
    job.replicas_now().filter(phase=ReplicaPhase.WAITING).update(phase=ReplicaPhase.STOPPED)
    if job.phase == JobPhase.RESTARTING:
        workload = quotas.finish_shrinking(workload=workload_of(job))
        if job.reason == RESIZED:
            begin_attempt(job, workload=workload)
            size = f"{job.replicas_wanted} replica{'s' if job.replicas_wanted != 1 else ''}"
            message = f"Attempt {job.attempt} begins with {size}."
            move(job, JobPhase.STARTING, actor=actor, reason="restarted", message=message, now=now)
        else:
            _count_backoff(job, now=now)
            _set_alarm(job)
        return
    job.quota_held = False
    _ask_only_for_the_rest(job)
    if job.phase in ENDED:
        quotas.finish(workload=workload_of(job))
    elif job.phase == JobPhase.SUSPENDED:
        quotas.suspend(workload=workload_of(job))
    else:
        quotas.requeue(workload=workload_of(job))
        if job.phase == JobPhase.PREEMPTED:
            queue(job, actor=actor, reason="requeued", message="Waits for its turn again.", now=now)


def requeue_to_restart(job: Job, *, actor: Actor, message: str, now: datetime) -> None:
    """Let what is to be tried again wait for room as it did at first; none of its replicas holds any."""
    job.quota_held = False
    _ask_only_for_the_rest(job)
    quotas.requeue(workload=workload_of(job))
    queue(job, actor=actor, reason="restarted", message=message, now=now)


def _ask_only_for_the_rest(job: Job) -> None:
    left = None if job.phase in ENDED else left_of(job, job.parsed_spec())
    if left is not None:
        quotas.ask_only_for(workload=workload_of(job), counts=left)


def queue(job: Job, *, actor: Actor, reason: str, message: str, now: datetime) -> None:
    """Let the job wait for quota, for all of its replicas."""
    job.queued_at = now
    job.admitted_at = None
    job.replicas_wanted = sum(role["replicas"] for role in job.spec["roles"])
    move(job, JobPhase.QUEUED, actor=actor, reason=reason, message=message, now=now)


def save(job: Job, *, generation_before: int) -> None:
    """Write the job, announce it, and wake the reconciler when it has something to do."""
    if job.generation != generation_before:
        job.end_pause()
    job.save()
    publish(op="changed", subject=job)
    if job.generation != generation_before:
        hint("jobs.reconcile", job_id=job.pk)


def for_trail(spec: dict[str, Any]) -> dict[str, Any]:
    """A specification as the trail keeps it: of variables only the names, for their values may be secrets."""
    return {**spec, "roles": [{**role, "env": sorted(role["env"])} for role in spec["roles"]]}


def audit(job: Job, act: str, *, actor: Actor, before: dict[str, Any] | None, after: dict[str, Any] | None) -> None:
    record(
        actor=actor,
        action=f"job.{act}",
        kind=Job.live_kind,
        subject_id=job.pk,
        label=job.name,
        tenant_id=job.tenant_id,
        project_id=job.project_id,
        before=before,
        after=after,
    )


def _count_backoff(job: Job, *, now: datetime) -> None:
    """Count the restart and set when it is due. A lost machine is not the workload's doing and is not counted."""
    if job.reason not in LOSSES:
        job.restarts += 1
    doublings = min(max(job.restarts, 1) - 1, 10)
    job.restart_at = now + timedelta(seconds=min(FIRST_BACKOFF_SECONDS * 2**doublings, MOST_BACKOFF_SECONDS))


def _set_alarm(job: Job) -> None:
    """When the clock must look at this job next."""
    job.next_reconcile_at = min((at for at in (job.deadline_at, job.restart_at) if at is not None), default=None)
