"""What the other party's letters say of federated jobs.

Each carries all of how their side stands, and a number: a later one makes up for those that were lost, and an earlier one,
or one that comes twice, changes nothing. Letters only write down; what follows of it a worker does (`advance_job`).
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils import timezone

from apps.core.outbox import publish
from apps.federation.errors import LetterRefused
from apps.federation.letters import Letter
from apps.federation.models import (
    FEDERATED_OVER,
    LEAST_PATIENCE_SECONDS,
    MOST_PATIENCE_SECONDS,
    ContractPhase,
    FederatedJob,
    FederatedPhase,
    Part,
    Partner,
)
from apps.federation.services._changes import as_they, tell_of_job
from apps.federation.services._jobs import (
    BEAT,
    REASONS,
    audited,
    begin_to_end,
    changed,
    end,
    forget_beats,
    note,
    soon,
    tell_them,
)
from apps.federation.services.contract_letters import found

MOST_PARAMETERS, MOST_OF_A_PARAMETER = 50, 500
_NAME = re.compile(r"[A-Za-z][\w.-]{0,59}")
_ENDS = {
    "refused": "federated-refused-by",
    "stopped": "federated-stopped-by",
    "failed": "federated-failed-at",
    "lost": "federated-lost-here",
}
_AT_AN_END = frozenset({FederatedPhase.STOPPED, FederatedPhase.LOST})


@dataclass(frozen=True)
class Told:
    """How the side that writes stands."""

    id: UUID
    number: int
    part: Part
    round: int
    channels_open: bool
    outcome: str
    why: str
    reason: str


def read_proposed(partner: Partner, letter: Letter, text: str) -> FederatedJob:
    """They propose a job under a contract that stands. Raises LetterRefused."""
    shared = _uuid(letter, "job")
    if FederatedJob.objects.filter(contract__partner=partner, federated_job=shared).exists():
        return read_told(partner, letter, text)
    contract, told = found(partner, letter, ContractPhase.AGREED), _told(letter)
    name = letter.body.get("name")
    if not isinstance(name, str) or not 0 < len(name) <= 63:
        raise LetterRefused("It does not name the job.")
    job = FederatedJob(
        tenant_id=partner.tenant_id,
        contract=contract,
        federated_job=shared,
        their_id=told.id,
        name=name,
        rounds=_whole(letter, "rounds", least=1, most=int(contract.terms["rounds"])),
        parameters=checked_parameters(letter.body.get("parameters")),
        patience_seconds=_whole(letter, "patience_seconds", least=LEAST_PATIENCE_SECONDS, most=MOST_PATIENCE_SECONDS),
        proposed_by_them=True,
        phase=FederatedPhase.OFFERED,
        answer_by=min(letter.expires_at, contract.ends_at),
        theirs=told.part,
        their_channels_open=told.channels_open,
        their_number=told.number,
        heard_at=min(letter.written_at, timezone.now()),
    )
    left = int(contract.terms["rounds"]) - FederatedJob.objects.rounds_used(contract)
    if job.rounds > left:
        raise LetterRefused(f"It asks for {job.rounds} rounds, and the contract has {left} left.")
    job.save(force_insert=True)
    publish(op="added", subject=job)
    note(job, "federated-proposed", by_them=True, rounds=job.rounds)
    tell_of_job("federated-job.offered", job)
    audited("propose-came", job, as_they(partner), letter=str(letter.id))
    return job


def read_told(partner: Partner, letter: Letter, _text: str) -> FederatedJob:
    """How they stand now. Raises LetterRefused."""
    rows = FederatedJob.objects.select_for_update(of=("self",)).select_related("contract__partner__party__tenant")
    job = rows.filter(contract__partner=partner, federated_job=_uuid(letter, "job")).first()
    if job is None:
        raise LetterRefused("It is about a job that is not known here.")
    told = _told(letter)
    if told.number <= job.their_number:
        return job
    if letter.kind == BEAT:
        forget_beats(job, outgoing=False)
    before = (job.theirs, job.their_round, job.their_channels_open, job.silent_at)
    job.their_id, job.their_number, job.heard_at = told.id, told.number, min(letter.written_at, timezone.now())
    job.their_round, job.their_channels_open = max(job.their_round, told.round), told.channels_open
    if job.silent_at:
        job.silent_at = None
        note(job, "federated-heard-again", by_them=True)
    if told.part != job.theirs:
        job.theirs, job.theirs_since = told.part, timezone.now()
        note(job, f"federated-part-{told.part}", by_them=True)
    job.save()
    _follow(job, told, letter)
    if (job.theirs, job.their_round, job.their_channels_open, job.silent_at) != before:
        publish(op="changed", subject=job)
        soon(job)
    return job


def _follow(job: FederatedJob, told: Told, letter: Letter) -> None:
    """What their word changes here."""
    they = as_they(job.contract.partner)
    if job.over:
        _agree_on_the_end(job, told)
    elif told.outcome in _ENDS and job.phase != FederatedPhase.ENDING:
        why = told.why if told.why in REASONS else _ENDS[told.outcome]
        begin_to_end(job, told.outcome, why, actor=they, reason=told.reason, by_them=True)
    elif job.phase == FederatedPhase.PROPOSED and told.part != Part.NONE:
        job.phase, job.ready_at = FederatedPhase.READY, timezone.now()
        changed(job)
        tell_of_job("federated-job.accepted", job)
        audited("accept-came", job, they, letter=str(letter.id))


def _agree_on_the_end(job: FederatedJob, told: Told) -> None:
    """They may not have heard of it; and what both parts computed to the end has succeeded, whoever stopped it too late."""
    both = job.ours == job.theirs == Part.SUCCEEDED
    if both and job.phase in _AT_AN_END:
        job.outcome = FederatedPhase.SUCCEEDED
        end(job, actor=as_they(job.contract.partner))
    elif told.outcome == "" or (job.phase == FederatedPhase.SUCCEEDED and told.outcome != FederatedPhase.SUCCEEDED):
        tell_them(job, "job-ended")


def checked_parameters(given: Any) -> dict[str, str | int | float | bool]:
    """Names with texts, numbers, yes or no. Raises LetterRefused."""
    if not isinstance(given, dict) or len(given) > MOST_PARAMETERS:
        raise LetterRefused(f"Parameters are at most {MOST_PARAMETERS} names with values.")
    for name, value in given.items():
        if not _NAME.fullmatch(name):
            raise LetterRefused(f"{name[:60]!r} names no parameter: letters, digits, . _ -, beginning with a letter.")
        if not isinstance(value, str | int | float | bool) or len(str(value)) > MOST_OF_A_PARAMETER:
            raise LetterRefused(
                f"The parameter {name} is no text, number, yes or no of at most {MOST_OF_A_PARAMETER} signs."
            )
    return dict(given)


def _told(letter: Letter) -> Told:
    part, outcome = letter.body.get("part"), letter.body.get("outcome")
    if part not in Part.values or outcome not in ("", *FEDERATED_OVER):
        raise LetterRefused("It does not say how far their part is.")
    return Told(
        id=_uuid(letter, "id"),
        number=_whole(letter, "number", least=1, most=2**31 - 1),
        part=Part(part),
        round=_whole(letter, "round", least=0, most=2**31 - 1),
        channels_open=letter.body.get("open") is True,
        outcome=str(outcome),
        why=str(letter.body.get("why", "")),
        reason=str(letter.body.get("reason", ""))[:500],
    )


def _uuid(letter: Letter, name: str) -> UUID:
    try:
        return UUID(str(letter.body.get(name)))
    except ValueError as error:
        raise LetterRefused("It does not say which job it is about.") from error


def _whole(letter: Letter, name: str, *, least: int, most: int) -> int:
    value: Any = letter.body.get(name)
    if type(value) is not int or not least <= value <= most:
        raise LetterRefused(f"Its {name} is no whole number from {least} to {most}.")
    return value


READERS: Mapping[str, Callable[[Partner, Letter, str], FederatedJob]] = {
    "job-proposed": read_proposed,
    **dict.fromkeys(("job-ready", "job-refused", "job-started", BEAT, "job-stopped", "job-ended"), read_told),
}
