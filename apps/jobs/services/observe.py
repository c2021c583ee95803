"""What workers saw of a job, written down once, whatever the order and however often they say it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from apps.core.bulk import update_each
from apps.jobs.failures import OF_THE_JOB
from apps.jobs.models import PLACED, WANTED, Job, JobPhase, Replica, ReplicaPhase
from apps.jobs.services._life import RESIZED, locked_if_there, move, ordinals, save, settle, workload_of
from apps.jobs.services._verdict import Outcome, Verdict, after_an_eviction, judge
from apps.quotas import services as quotas
from apps.tenants.actor import system_actor

WATCHER = system_actor("watcher")
# Whether the back end of its cluster has done what is wanted; there once that failed.
RECONCILED = "Reconciled"
# A replica only ever moves forward; its own end, when it becomes known, replaces that it was lost or stopped.
_STEP = {
    ReplicaPhase.WAITING: 0,
    ReplicaPhase.STARTING: 1,
    ReplicaPhase.RUNNING: 2,
    ReplicaPhase.LOST: 3,
    ReplicaPhase.STOPPED: 3,
    ReplicaPhase.SUCCEEDED: 4,
    ReplicaPhase.FAILED: 4,
}
_UNDER_WAY = (ReplicaPhase.STARTING, ReplicaPhase.RUNNING)
_PHASE_OF = {
    Outcome.STARTING: JobPhase.STARTING,
    Outcome.RUNNING: JobPhase.RUNNING,
    Outcome.SUCCEEDED: JobPhase.SUCCEEDED,
    Outcome.RESTART: JobPhase.RESTARTING,
    Outcome.FAILED: JobPhase.FAILED,
}


_SEEN = (
    "phase",
    "node",
    "pod_uid",
    "exit_code",
    "signal",
    "reason",
    "message",
    "made_at",
    "scheduled_at",
    "started_at",
    "finished_at",
)


@dataclass(frozen=True)
class ReplicaSeen:
    """One replica as it was found: starting, running, succeeded, failed, lost (its machine went) or stopped (as told).

    reason: a code; message: what the cluster says of it, in its own words; pod_uid: which pod it is there.
    """

    rank: int
    phase: str
    node: str = ""
    exit_code: int | None = None
    signal: int | None = None
    reason: str = ""
    message: str = ""
    pod_uid: str = ""
    made_at: datetime | None = None
    scheduled_at: datetime | None = None
    started_at: datetime | None = None
    finished_at: datetime | None = None


@transaction.atomic
def observe(*, job_id: UUID, attempt: int, replicas: Sequence[ReplicaSeen], now: datetime | None = None) -> None:
    """Write what was seen of an attempt's replicas and draw the consequences: the job's phase, its fault policy, its quota.

    Idempotent; reports may come in any order, twice or late. Of an older attempt, or of a job that is gone, they are
    refused without a word.
    """
    job = locked_if_there(job_id)
    if job is None or job.attempt != attempt:
        return
    now = now or timezone.now()
    known = {replica.rank: replica for replica in job.replicas_now()}
    moved = [known[seen.rank] for seen in replicas if seen.rank in known and _merge(known[seen.rank], seen)]
    if not moved:
        return
    update_each(moved, _SEEN)
    generation = job.generation
    everyone = list(known.values())
    job.replicas_running = sum(replica.phase == ReplicaPhase.RUNNING for replica in everyone)
    job.started_at = min(
        filter(None, (job.started_at, *(replica.started_at for replica in everyone))), default=job.started_at
    )
    if not job.spec["gang"]:
        _give_back(job, everyone, moved)
    if _open_to_judgement(job):
        verdict = judge(job, everyone, spec=job.parsed_spec(), lost_before=_lost_before(job))
        if verdict is not None:
            _apply(job, verdict, now=now)
    settle(job, actor=WATCHER, now=now)
    save(job, generation_before=generation)


def log_ended(*, job_id: UUID, attempt: int, rank: int) -> None:
    """Note that every line of a replica was taken over; those who follow a log to its end wait for it. Idempotent."""
    Replica.objects.filter(job_id=job_id, attempt=attempt, rank=rank, log_complete=False).update(log_complete=True)


@transaction.atomic
def reconciled(*, job_id: UUID, fence: int, generation: int) -> None:
    """Note that `generation` was carried out by the holder of the lease `fence`; an old fence is refused.

    Call it after `observe` told of every replica that the back end knows: with this, a replica that was never seen
    counts as one that never was.
    """
    job = locked_if_there(job_id)
    if job is None or job.fence != fence:
        return
    phase, held, due = job.phase, job.quota_held, job.restart_at
    before = job.generation
    job.observed_generation = max(job.observed_generation, min(generation, job.generation))
    settle(job, actor=WATCHER, now=timezone.now())
    if job.observed_generation == job.generation:
        job.end_pause()
    known = any(one["type"] == RECONCILED for one in job.conditions)
    mended = known and job.set_condition(RECONCILED, status=True, reason="reconciled")
    if (job.phase, job.quota_held, job.restart_at) == (phase, held, due) and not mended:
        job.save(update_fields=["observed_generation", "failed_tries", "retry_at"])
    else:
        save(job, generation_before=before)


@transaction.atomic
def not_reconciled(*, job_id: UUID, fence: int, generation: int, message: str, now: datetime | None = None) -> None:
    """Say why `generation` cannot be carried out now; it is tried again after a pause that grows with each try.

    message: what is wrong, and who must act. When something newer is wanted by now, there is no pause.
    """
    job = locked_if_there(job_id)
    if job is None or job.fence != fence or job.generation != generation:
        return
    job.pause(now=now or timezone.now())
    tries = f"Tried {job.failed_tries} time{'s' if job.failed_tries != 1 else ''}, next at {job.retry_at:%H:%M:%S} UTC."
    job.set_condition(RECONCILED, status=False, reason="unavailable", message=f"{message[:400]} {tries}")
    save(job, generation_before=job.generation)


def _merge(replica: Replica, seen: ReplicaSeen) -> bool:
    """Take over what is new in `seen`; True when anything is."""
    phase = ReplicaPhase(seen.phase)
    if replica.phase in _UNDER_WAY and replica.pod_uid and seen.pod_uid and str(replica.pod_uid) != seen.pod_uid:
        # Its pod was made anew, by an operator perhaps, and nobody saw the first one go: what that had computed is lost.
        replica.phase, replica.reason, replica.finished_at = ReplicaPhase.LOST, "deleted", timezone.now()
        return True
    changed = False
    if seen.pod_uid and replica.pod_uid is None:
        replica.pod_uid = UUID(seen.pod_uid)
        changed = True
    if seen.node and not replica.node:
        replica.node = seen.node
        changed = True
    if seen.started_at and (replica.started_at is None or seen.started_at < replica.started_at):
        replica.started_at = seen.started_at
        changed = True
    for moment in ("made_at", "scheduled_at"):
        if getattr(replica, moment) is None and getattr(seen, moment) is not None:
            setattr(replica, moment, getattr(seen, moment))
            changed = True
    if _STEP[phase] >= _STEP[ReplicaPhase(replica.phase)] and replica.message != seen.message[:300]:
        replica.message = seen.message[:300]
        changed = True
    if _STEP[phase] > _STEP[ReplicaPhase(replica.phase)]:
        replica.phase, replica.reason = phase, seen.reason[:60]
        replica.exit_code, replica.signal, replica.finished_at = seen.exit_code, seen.signal, seen.finished_at
        changed = True
    return changed


def _give_back(job: Job, everyone: Sequence[Replica], moved: Sequence[Replica]) -> None:
    """Independent replicas that have ended hold nothing any more, whatever the others do."""
    over = {replica.pk for replica in moved if _STEP[ReplicaPhase(replica.phase)] >= _STEP[ReplicaPhase.LOST]}
    if over and job.quota_held:
        pods = [place for place, replica in ordinals(everyone).items() if replica.pk in over]
        quotas.release_pods(workload=workload_of(job), pods=pods)


def _open_to_judgement(job: Job) -> bool:
    """Whether the replicas decide the job's phase: while they are wanted, and while the last of a failed attempt go.

    Until all are gone a failure that came earlier may still become known and change the verdict; a failure of the
    job itself (such as its deadline) stands.
    What lies in the bin stays as it was put there.
    """
    if job.deleted_at is not None:
        return False
    if job.phase in WANTED:
        return True
    if job.phase == JobPhase.RESTARTING:
        return job.restart_at is None and job.reason != RESIZED
    return job.phase in (JobPhase.FAILED, JobPhase.SUCCEEDED) and job.quota_held and job.reason not in OF_THE_JOB


def would_restart(job: Job) -> bool:
    """Whether a job tries again, by its fault policy, whichever replica its node loses; else it ends."""
    spec, lost_before = job.parsed_spec(), _lost_before(job)
    ends = {after_an_eviction(spec, role=role.name, lost_before=lost_before) for role in spec.roles}
    return ends == {Outcome.RESTART}


def _lost_before(job: Job) -> int:
    lost = Replica.objects.filter(job=job, attempt__lt=job.attempt, phase=ReplicaPhase.LOST)
    return lost.values("attempt").distinct().count()


def _apply(job: Job, verdict: Verdict, *, now: datetime) -> None:
    phase = _PHASE_OF[verdict.outcome]
    if verdict.outcome in (Outcome.STARTING, Outcome.RUNNING):
        if job.phase not in PLACED or _ORDER[phase] <= _ORDER[JobPhase(job.phase)]:
            return
    elif (job.phase, job.reason, job.message) == (phase, verdict.reason, verdict.message):
        return
    move(job, phase, actor=WATCHER, reason=verdict.reason, message=verdict.message, now=now)
    if phase == JobPhase.SUCCEEDED and job.progress is not None:
        job.progress = 1.0


_ORDER = {JobPhase.ADMITTED: 0, JobPhase.STARTING: 1, JobPhase.RUNNING: 2, JobPhase.RESTARTING: 3}
