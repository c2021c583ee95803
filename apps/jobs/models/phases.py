"""The phases of a job, what they mean for its replicas, and what users may do in each."""

from django.db import models


class JobPhase(models.TextChoices):
    DRAFT = "draft"
    QUEUED = "queued"
    ADMITTED = "admitted"
    STARTING = "starting"
    RUNNING = "running"
    SUSPENDED = "suspended"
    PREEMPTED = "preempted"
    RESTARTING = "restarting"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELLED = "cancelled"


ENDED = frozenset({JobPhase.SUCCEEDED, JobPhase.FAILED, JobPhase.CANCELLED})
# Phases in which replicas may exist, beside those that are told to go.
PLACED = frozenset({JobPhase.ADMITTED, JobPhase.STARTING, JobPhase.RUNNING, JobPhase.RESTARTING})
# Phases in which replicas are wanted.
WANTED = PLACED - {JobPhase.RESTARTING}
UNDER_WAY = PLACED | {JobPhase.QUEUED, JobPhase.PREEMPTED}

# act of a user -> phases in which it is possible. In the bin only `restore` is.
ACTS: dict[str, frozenset[JobPhase]] = {
    "submit": frozenset({JobPhase.DRAFT}),
    "cancel": UNDER_WAY | {JobPhase.SUSPENDED},
    "suspend": UNDER_WAY,
    "resume": frozenset({JobPhase.SUSPENDED}),
    "retry": frozenset({JobPhase.FAILED, JobPhase.CANCELLED}),
    "clone": frozenset(JobPhase),
    "delete": ENDED | {JobPhase.DRAFT},
}
_ACTS_IN = {phase: [act for act, phases in ACTS.items() if phase in phases] for phase in JobPhase}


def acts_in(phase: str, *, in_bin: bool) -> list[str]:
    """What a user may do to a job in this phase."""
    return ["restore"] if in_bin else _ACTS_IN[JobPhase(phase)]
