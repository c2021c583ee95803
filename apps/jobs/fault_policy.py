"""What happens when a replica of a job fails: first the rules, one after another, then the general answer."""

from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, model_validator

from apps.core.strict import Strict
from apps.jobs.failures import LOSSES, OF_THE_ATTEMPT

ExitCode = Annotated[int, Field(ge=1, le=255)]


class Restart(StrEnum):
    NEVER = "never"
    ON_FAILURE = "on-failure"
    ON_EXIT_CODES = "on-exit-codes"


class Clean(StrEnum):
    """Which working directories (or pods) go when the job has ended."""

    NONE = "none"
    SUCCEEDED = "succeeded"
    ALL = "all"


class FaultEvent(StrEnum):
    """What became of a replica. Volcano's policies call some of these PodFailed, PodEvicted and OOMKilled."""

    FAILED = "failed"
    EXIT_CODE = "exit-code"
    OUT_OF_MEMORY = "out-of-memory"
    EVICTED = "evicted"
    NODE_LOST = "node-lost"
    DELETED = "deleted"
    UNSCHEDULABLE = "unschedulable"


class FaultAction(StrEnum):
    """What then becomes of the job. Volcano's words are RestartJob, AbortJob and CompleteJob."""

    RESTART = "restart"
    FAIL = "fail"
    COMPLETE = "complete"


# event -> codes of the dictionary of failures; the two that are not here are seen by how the program ended.
_CODES = {
    FaultEvent.OUT_OF_MEMORY: {"out-of-memory"},
    FaultEvent.EVICTED: {"evicted", "displaced"},
    FaultEvent.NODE_LOST: {"lost"},
    FaultEvent.DELETED: {"deleted"},
    FaultEvent.UNSCHEDULABLE: {"unschedulable"},
}


class FaultRule(Strict):
    """One event, and what follows from it."""

    event: FaultEvent = Field(description="What became of a replica; `failed` is any end of the program with an error.")
    exit_codes: list[ExitCode] = Field(
        default_factory=list, max_length=50, description="With exit-code: which; a signal counts as 128 + its number."
    )
    role: str | None = Field(None, min_length=1, max_length=40, description="Only of replicas of this role; null: of all.")
    action: FaultAction = Field(description="complete: the job ends as succeeded, and what still runs of it is stopped.")

    @model_validator(mode="after")
    def codes_when_asked_for(self) -> Self:
        if (self.event is FaultEvent.EXIT_CODE) != bool(self.exit_codes):
            raise ValueError("exit_codes go with event: exit-code, and it needs them")
        return self

    def speaks_of(self, *, role: str, code: str, exit_code: int | None) -> bool:
        """code: of the dictionary of failures. exit_code: None when the replica did not end by itself."""
        if self.role not in (None, role):
            return False
        match self.event:
            case FaultEvent.FAILED:
                return code not in LOSSES | OF_THE_ATTEMPT
            case FaultEvent.EXIT_CODE:
                return code not in LOSSES and exit_code in self.exit_codes
            case _:
                return code in _CODES[self.event]


class FaultPolicy(Strict):
    """What happens when a replica fails: all replicas are stopped, and the job fails or is tried again as a whole.

    The first of `rules` that speaks of it decides; `restart` where none does.
    Losing a machine is not the workload's doing. So where no rule says otherwise it is tried again with any policy but
    `never`; that happens at most ten times, and does not count against the back-off limit.
    """

    rules: list[FaultRule] = Field(
        default_factory=list, max_length=20, description="Exceptions from `restart`; the first that fits decides."
    )
    restart: Restart = Field(Restart.NEVER, description="When the job is tried again, after a growing pause.")
    exit_codes: list[ExitCode] = Field(
        default_factory=list, max_length=50, description="With on-exit-codes: the codes after which it is tried again."
    )
    backoff_limit: int = Field(3, ge=0, le=100, description="Restarts before the job fails.")
    deadline_seconds: int | None = Field(
        None,
        ge=1,
        le=365 * 86_400,
        description="Longest time from its admission to its end; suspension and preemption begin it anew.",
    )
    clean: Clean = Clean.NONE
    keep_seconds: int = Field(30 * 86_400, ge=60, le=10 * 365 * 86_400, description="Kept this long after its end.")

    @model_validator(mode="after")
    def codes_when_asked_for(self) -> Self:
        if (self.restart is Restart.ON_EXIT_CODES) != bool(self.exit_codes):
            raise ValueError("exit_codes go with restart: on-exit-codes, and it needs them")
        return self

    def decide(self, *, role: str, code: str, exit_code: int | None = None) -> tuple[FaultAction, int | None]:
        """What follows from the failure of a replica, and the number of the rule that says so (None: `restart` does).

        Whether it was tried too often is not asked here.
        """
        for number, rule in enumerate(self.rules, start=1):
            if rule.speaks_of(role=role, code=code, exit_code=exit_code):
                return rule.action, number
        if self.restart is Restart.ON_EXIT_CODES and code not in LOSSES:
            again = exit_code in self.exit_codes
        else:
            again = self.restart is not Restart.NEVER
        return (FaultAction.RESTART if again else FaultAction.FAIL), None
