"""What all changes of a federated job share: its timeline, what the other side is told, and how it comes to an end."""

from typing import Any
from uuid import UUID

from django.utils import timezone

from apps.audit.services import Who, record
from apps.core.outbox import hint, publish
from apps.federation.models import FederatedEvent, FederatedJob, FederatedPhase, Partner, PartyLetter
from apps.federation.services._changes import tell_of_job, write_letter

# Why a job ends, as one side tells the other; of what is not among them only the outcome is believed.
REASONS = frozenset(
    {
        "federated-refused-by",
        "federated-stopped-by",
        "federated-unanswered",
        "federated-contract-over",
        "federated-failed-at",
        "federated-part-cancelled",
        "federated-lost-here",
        "federated-alone-too-long",
        "federated-not-submitted",
    }
)
# The letter that says no more than that all is as it was; of these only the newest is kept.
BEAT = "job-beat"


def locked(job_id: UUID) -> FederatedJob | None:
    """The partner first, as whoever reads a letter does: then neither waits for what the other holds."""
    partners = Partner.objects.select_for_update(of=("self",), no_key=True)
    if partners.filter(contracts__federated_jobs=job_id).first() is None:
        return None
    rows = FederatedJob.objects.select_for_update(of=("self",)).with_sides()
    return rows.select_related("contract__partner__party__tenant").filter(pk=job_id).first()


def changed(job: FederatedJob) -> None:
    job.save()
    publish(op="changed", subject=job)


def soon(job: FederatedJob) -> None:
    """Have a worker bring it on; the sweep would, later."""
    hint("federation.advance", job_id=job.pk)


def note(job: FederatedJob, code: str, *, by_them: bool = False, **arguments: Any) -> None:
    """One line of the timeline."""
    FederatedEvent.objects.create(
        tenant_id=job.tenant_id,
        job=job,
        by_them=by_them,
        code=code,
        arguments=arguments,
        round=job.their_round if by_them else job.our_round,
    )


def tell_them(job: FederatedJob, kind: str, **more: Any) -> None:
    """All of how this side stands, numbered: any later letter makes up for one that was lost."""
    job.our_number += 1
    job.told_at = timezone.now()
    job.save(update_fields=["our_number", "told_at"])
    if kind == BEAT:
        forget_beats(job, outgoing=True)
    body = {
        "job": str(job.federated_job),
        "id": str(job.pk),
        "number": job.our_number,
        "part": job.ours,
        "round": job.our_round,
        "open": job.our_channels_open,
        "outcome": job.outcome,
        "why": job.why,
        "reason": job.note,
    }
    write_letter(job.contract.partner, kind, {**body, **more}, about=job)


def forget_beats(job: FederatedJob, *, outgoing: bool) -> None:
    """Those that a worker has in hand are left for the next time."""
    beats = PartyLetter.objects.filter(federated_job=job, kind=BEAT, outgoing=outgoing)
    free = list(beats.select_for_update(skip_locked=True).values_list("pk", flat=True))
    PartyLetter.objects.filter(pk__in=free).delete()


def begin_to_end(
    job: FederatedJob, outcome: FederatedPhase | str, code: str, *, actor: Who, reason: str = "", by_them: bool = False
) -> None:
    """What it ends as is decided; a worker stops what runs of it here first."""
    job.outcome, job.why, job.note, job.ended_by_them = str(outcome), code, reason[:500], by_them
    note(job, code, by_them=by_them, reason=job.note)
    if job.job_id is None:
        end(job, actor=actor)
        return
    job.phase = FederatedPhase.ENDING
    changed(job)
    if not by_them:
        tell_them(job, "job-ended" if outcome == FederatedPhase.SUCCEEDED else "job-stopped")
    audited("ending", job, actor)
    soon(job)


def end(job: FederatedJob, *, actor: Who) -> None:
    """Nothing of it runs here any more."""
    job.phase, job.ended_at, job.silent_at = FederatedPhase(job.outcome), timezone.now(), None
    note(job, f"federated-{job.phase}")
    changed(job)
    tell_them(job, "job-refused" if job.phase == FederatedPhase.REFUSED and not job.ended_by_them else "job-ended")
    if job.ended_by_them or job.phase in (FederatedPhase.FAILED, FederatedPhase.LOST, FederatedPhase.SUCCEEDED):
        tell_of_job(f"federated-job.{job.phase}", job, reason=job.note)
    audited("end", job, actor)


def audited(act: str, job: FederatedJob, actor: Who, **more: Any) -> None:
    """`federated_job` is the id under which the other side's trail has it, `their_id` its row there."""
    after: dict[str, Any] = {
        "federated_job": str(job.federated_job),
        "their_id": str(job.their_id) if job.their_id else None,
        "contract": str(job.contract.contract),
        "edition": job.contract.edition,
        "number": job.contract.partner.number,
        "phase": job.phase,
        "job_id": str(job.job_id) if job.job_id else None,
        **more,
    }
    record(
        actor=actor,
        action=f"federated-job.{act}",
        kind="federated-job",
        subject_id=job.pk,
        label=job.name,
        tenant_id=job.tenant_id,
        after={**after, "note": job.note} if job.note else after,
    )
