"""Shells in replicas: who may open one, and what the trail says of it (never what was typed)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction

from apps.core.errors import NotSignedIn, NotVisible
from apps.jobs.errors import ReplicaNotRunning
from apps.jobs.models import Job, Replica, ReplicaPhase
from apps.jobs.services._life import audit
from apps.tenants import tickets
from apps.tenants.actor import Actor


@dataclass(frozen=True)
class Shell:
    """A shell of `actor` in `replica`, whose job comes with project and cluster. No command: what it has for a shell."""

    actor: Actor
    replica: Replica
    command: Sequence[str]

    @property
    def name(self) -> str:
        return f"{self.replica.role}-{self.replica.index}"


def permit_exec(*, actor: Actor, job: Job, rank: int, command: Sequence[str]) -> str:
    """A ticket for one shell in a replica of the job's newest attempt. Raises NotVisible, ReplicaNotRunning."""
    replica = _running(job, attempt=job.attempt, rank=rank)
    about = {"job": str(job.pk), "attempt": replica.attempt, "rank": replica.rank, "command": list(command)}
    return tickets.issue(actor, door=tickets.EXEC, about=about)


@transaction.atomic
def begin_exec(*, ticket: str) -> Shell:
    """Redeem a ticket: who comes with it must still be allowed to, and the replica still run.

    Raises NotSignedIn, NotVisible, ReplicaNotRunning. There is no shell of which the trail does not know.
    """
    actor, about = tickets.redeem_at(tickets.EXEC, ticket)
    if actor is None:
        raise NotSignedIn
    rows = Job.objects.permitted(actor, "jobs.exec").select_related("project", "cluster")
    job = rows.filter(pk=UUID(about["job"])).first()
    if job is None:
        raise NotVisible
    shell = Shell(actor, _running(job, attempt=about["attempt"], rank=about["rank"]), tuple(about["command"]))
    audit(job, "exec", actor=actor, before=None, after=_for_trail(shell))
    return shell


@transaction.atomic
def end_exec(*, shell: Shell, ended: str, seconds: float) -> None:
    """Write down that a shell is over: `ended` is a code for why."""
    after = {**_for_trail(shell), "ended": ended, "seconds": round(seconds, 1)}
    audit(shell.replica.job, "exec-end", actor=shell.actor, before=None, after=after)


def _running(job: Job, *, attempt: int, rank: int) -> Replica:
    replica = Replica.objects.filter(job=job, attempt=attempt, rank=rank).first()
    if replica is None:
        raise NotVisible
    if replica.phase != ReplicaPhase.RUNNING:
        raise ReplicaNotRunning(f"{replica.role}-{replica.index} is {replica.phase}.", phase=replica.phase)
    replica.job = job
    return replica


def _for_trail(shell: Shell) -> dict[str, Any]:
    return {"replica": shell.name, "attempt": shell.replica.attempt, "command": list(shell.command) or "shell"}
