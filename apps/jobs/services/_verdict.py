"""What the ends of an attempt's replicas mean for the job.

A pure function of what is known of all replicas, so that it does not matter in which order that became known: the
failure that came first decides (by time, then rank), for the others are mostly its echo. A replica that was lost only
decides where none failed, and one that was stopped only where none was lost: then nobody here told it to.
Independent replicas are judged when the last of them has ended.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum

from apps.jobs import failures
from apps.jobs.fault_policy import FaultAction, FaultPolicy
from apps.jobs.kinds import is_led
from apps.jobs.models import Job, Replica, ReplicaPhase
from apps.jobs.spec import JobSpec

# Not the workload's doing, so these do not count against its back-off limit; but a job that takes its machines down
# with it must come to an end.
MOST_LOST_ATTEMPTS = 10


class Outcome(Enum):
    STARTING = "starting"
    RUNNING = "running"
    SUCCEEDED = "succeeded"
    RESTART = "restart"
    FAILED = "failed"


@dataclass(frozen=True)
class Verdict:
    outcome: Outcome
    reason: str = ""
    message: str = ""


def judge(job: Job, replicas: Sequence[Replica], *, spec: JobSpec, lost_before: int) -> Verdict | None:
    """What the job should be by its replicas; None when nothing is known of any.

    lost_before: how many earlier attempts ended by losing a replica.
    """
    if not spec.gang:
        return _judge_independent(job, replicas, spec=spec, lost_before=lost_before)
    serving = {role.name for role in spec.roles if role.serves}
    led = is_led(spec.kind, spec.roles)
    working = [replica for replica in replicas if replica.role not in serving and not (led and replica.rank)]
    if all(replica.phase == ReplicaPhase.SUCCEEDED for replica in working):
        return Verdict(Outcome.SUCCEEDED, "succeeded", "All replicas ended with exit code 0.")
    if decisive := _decisive(replicas):
        return _failed(job, decisive, spec=spec, lost_before=lost_before)
    if all(replica.phase in (ReplicaPhase.RUNNING, ReplicaPhase.SUCCEEDED) for replica in replicas):
        return Verdict(Outcome.RUNNING, "running", f"All {len(replicas)} replicas run." if len(replicas) > 1 else "It runs.")
    if any(replica.phase != ReplicaPhase.WAITING for replica in replicas):
        return Verdict(Outcome.STARTING, "starting", "Its replicas are being started.")
    return None


def _judge_independent(job: Job, replicas: Sequence[Replica], *, spec: JobSpec, lost_before: int) -> Verdict | None:
    """Each runs to its own end; only when all have ended is there a verdict, on those that did not succeed."""
    begun = [replica for replica in replicas if replica.phase != ReplicaPhase.WAITING]
    if len(begun) == len(replicas) and all(replica.phase in _OVER for replica in replicas):
        decisive = _decisive(replicas)
        if decisive is None:
            return Verdict(Outcome.SUCCEEDED, "succeeded", "All replicas ended with exit code 0.")
        return _failed(job, decisive, spec=spec, lost_before=lost_before)
    if any(replica.phase != ReplicaPhase.STARTING for replica in begun):
        return Verdict(Outcome.RUNNING, "running", "Its replicas run, each as soon as there is room for it.")
    return Verdict(Outcome.STARTING, "starting", "Its replicas are being started.") if begun else None


_OVER = (ReplicaPhase.SUCCEEDED, ReplicaPhase.FAILED, ReplicaPhase.LOST, ReplicaPhase.STOPPED)


def after_an_eviction(spec: JobSpec, *, role: str, lost_before: int) -> Outcome:
    """What a job does whose replica is taken from its node: RESTART (of independent ones only that replica), or its end."""
    action, _ = spec.fault_policy.decide(role=role, code="evicted")
    if action is FaultAction.RESTART and lost_before >= MOST_LOST_ATTEMPTS:
        return Outcome.FAILED
    return _OUTCOMES[action]


_OUTCOMES = {
    FaultAction.RESTART: Outcome.RESTART,
    FaultAction.FAIL: Outcome.FAILED,
    FaultAction.COMPLETE: Outcome.SUCCEEDED,
}


def past_deadline(policy: FaultPolicy) -> str:
    return f"The job took longer than its deadline of {policy.deadline_seconds} s."


def _decisive(replicas: Sequence[Replica]) -> Replica | None:
    failed = [replica for replica in replicas if replica.phase == ReplicaPhase.FAILED]
    failed = [replica for replica in failed if replica.reason == "deadline"] or failed
    for phase in (ReplicaPhase.LOST, ReplicaPhase.STOPPED):
        failed = failed or [replica for replica in replicas if replica.phase == phase]
    never = datetime.max.replace(tzinfo=UTC)
    return min(failed, key=lambda replica: (replica.finished_at or never, replica.rank), default=None)


def _failed(job: Job, replica: Replica, *, spec: JobSpec, lost_before: int) -> Verdict:
    role = next(role for role in spec.roles if role.name == replica.role)
    lost = replica.phase == ReplicaPhase.LOST
    code = failures.code_of(replica, command=role.command)
    end = "" if lost else f" ({failures.describe_end(exit_code=replica.exit_code, signal=replica.signal)})"
    what = failures.DICTIONARY[code].phrase
    if code not in failures.OF_THE_ATTEMPT:
        what = f"{what}: replica {replica.rank}{end}"
    said = f" {replica.message}" if replica.message else ""
    policy = spec.fault_policy
    if code == "deadline":
        return Verdict(Outcome.FAILED, code, past_deadline(policy))
    action, rule = policy.decide(role=replica.role, code=code, exit_code=_exit_code(replica))
    by_rule = f" So says rule {rule} of its fault policy." if rule else ""
    if action is FaultAction.COMPLETE:
        return Verdict(Outcome.SUCCEEDED, "completed", f"Replica {replica.rank} has ended{end}.{by_rule}")
    if action is FaultAction.FAIL:
        return Verdict(Outcome.FAILED, code, f"{what}.{by_rule}{said}")
    if lost and lost_before >= MOST_LOST_ATTEMPTS:
        return Verdict(Outcome.FAILED, code, f"{what}, as in {lost_before} attempts before.")
    if not lost and job.restarts >= policy.backoff_limit:
        times = f"{job.restarts} restart{'s' if job.restarts != 1 else ''}"
        return Verdict(Outcome.FAILED, code, f"{what}, after {times}, as many as its fault policy allows.{said}")
    return Verdict(Outcome.RESTART, code, f"{what}. It is tried again.{by_rule}{said}")


def _exit_code(replica: Replica) -> int | None:
    """As a shell reports it."""
    return 128 + replica.signal if replica.signal is not None else replica.exit_code
