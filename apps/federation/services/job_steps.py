"""What time and our own part do to a federated job: a worker looks at each that stands, and brings it one step on.

Each look is one transaction under the locks of `locked`, and does at most one thing; the next look does what follows. So it
is safe to run twice, late and by several at once, and a worker that dies leaves the job where it was.

The gate goes as far as submitting: both parts then queue in their own tenant's quota, and one may get machines before the
other. How long it holds them alone is bounded by the job's patience.
"""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from apps.core.errors import Problem
from apps.federation.models import (
    PART_OVER,
    PART_WAITS,
    SILENT_AFTER,
    TOLD_EVERY,
    FederatedJob,
    FederatedPhase,
    LetterState,
    Part,
)
from apps.federation.services import parts
from apps.federation.services._changes import tell_of_job
from apps.federation.services._jobs import BEAT, audited, begin_to_end, changed, end, locked, note, soon, tell_them
from apps.jobs.models import JobPhase
from apps.tenants.actor import system_actor

HANSE = system_actor("Hanse")
_PARTS = {
    JobPhase.RUNNING: Part.RUNNING,
    JobPhase.SUCCEEDED: Part.SUCCEEDED,
    JobPhase.FAILED: Part.FAILED,
    JobPhase.CANCELLED: Part.STOPPED,
}
_TOLD_AS = {Part.QUEUED: "job-started", Part.SUCCEEDED: "job-ended", Part.FAILED: "job-ended", Part.STOPPED: "job-ended"}


@transaction.atomic
def advance_job(*, job_id: UUID) -> None:
    """Look at one job, and bring it a step on where there is one."""
    job = locked(job_id)
    if job is None or job.over:
        return
    something_runs = _look_at_our_part(job)
    if job.phase == FederatedPhase.ENDING:
        _stop(job, something_runs)
    elif ends := _why_it_ends(job):
        outcome, code, reason = ends
        begin_to_end(job, outcome, code, actor=HANSE, reason=reason)
    elif job.phase == FederatedPhase.READY and job.gate_open:
        _submit(job)
    else:
        _notice_silence(job)
    if job.phase in (FederatedPhase.READY, FederatedPhase.RUNNING, FederatedPhase.ENDING) and _is_time_to_tell(job):
        tell_them(job, BEAT)


def _look_at_our_part(job: FederatedJob) -> bool:
    """Write down how far our part is, and tell what is new; whether anything of it may still be running."""
    before = (job.ours, job.our_round, job.our_channels_open)
    job.our_channels_open = job.channels_open
    something_runs = False
    if job.job_id is not None:
        phase, progress, something_runs = parts.phase_of(job.job_id)
        job.our_round = max(job.our_round, round(progress * job.rounds))
        part = _PARTS.get(JobPhase(phase), Part.QUEUED)
        if part != job.ours:
            job.ours, job.ours_since = part, timezone.now()
            note(job, f"federated-part-{part}")
    if (job.ours, job.our_round, job.our_channels_open) != before:
        changed(job)
        if (job.ours, job.our_channels_open) != (before[0], before[2]) and job.ours != Part.NONE:
            tell_them(job, _TOLD_AS.get(Part(job.ours), BEAT) if job.ours != before[0] else BEAT)
    return something_runs


def _stop(job: FederatedJob, something_runs: bool) -> None:
    """Cancel our part; the job is over once its machines are free."""
    if job.ours not in PART_OVER:
        parts.stop(job, actor=HANSE)
        soon(job)
    elif not something_runs:
        end(job, actor=HANSE)


def _why_it_ends(job: FederatedJob) -> tuple[str, str, str] | None:
    """(as what, what the timeline says, why) when it cannot go on, or needs not."""
    now, since = timezone.now(), job.awaited_since
    if job.phase == FederatedPhase.PROPOSED:
        refused = job.letters.filter(kind="job-proposed", outgoing=True, state=LetterState.REFUSED).first()
        if refused:
            return FederatedPhase.REFUSED, "federated-not-taken", refused.said
    if job.phase in (FederatedPhase.PROPOSED, FederatedPhase.OFFERED) and job.answer_by <= now:
        return FederatedPhase.STOPPED, "federated-unanswered", ""
    if not job.may_go_on:
        return FederatedPhase.STOPPED, "federated-contract-over", ""
    if job.ours == job.theirs == Part.SUCCEEDED:
        return FederatedPhase.SUCCEEDED, "federated-both-succeeded", ""
    if job.ours == Part.FAILED or job.theirs == Part.FAILED:
        return FederatedPhase.FAILED, "federated-failed-at", ""
    if job.ours == Part.STOPPED or job.theirs == Part.STOPPED:
        return FederatedPhase.STOPPED, "federated-part-cancelled", ""
    if since and since + job.patience <= now:
        return FederatedPhase.LOST, "federated-lost-here", ""
    alone = job.ours == Part.RUNNING and job.theirs in PART_WAITS
    if alone and max(job.ours_since, job.theirs_since) + job.patience <= now:
        return FederatedPhase.STOPPED, "federated-alone-too-long", ""
    return None


def _submit(job: FederatedJob) -> None:
    """The gate is open: our part becomes a job of ours."""
    try:
        with transaction.atomic():
            part = parts.submit(job)
    except (Problem, parts.PartRefused) as refusal:
        reason = (refusal.detail or refusal.title) if isinstance(refusal, Problem) else str(refusal)
        begin_to_end(job, FederatedPhase.FAILED, "federated-not-submitted", actor=HANSE, reason=reason)
        return
    job.job_id, job.phase, job.started_at = part.pk, FederatedPhase.RUNNING, timezone.now()
    job.ours, job.ours_since = Part.QUEUED, job.started_at
    note(job, "federated-part-queued")
    changed(job)
    tell_them(job, "job-started")
    audited("start", job, HANSE)


def _notice_silence(job: FederatedJob) -> None:
    since = job.awaited_since
    if since and job.silent_at is None and since + SILENT_AFTER <= timezone.now():
        job.silent_at = timezone.now()
        note(job, "federated-silent")
        changed(job)
        tell_of_job("federated-job.silent", job)


def _is_time_to_tell(job: FederatedJob) -> bool:
    return job.told_at is None or job.told_at + TOLD_EVERY <= timezone.now()
