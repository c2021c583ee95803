"""Runs of schedules: what becomes of a due time, written once."""

from datetime import datetime

from apps.core.notifications import notify
from apps.core.outbox import publish
from apps.jobs.errors import ScheduleBusy, TemplateGone
from apps.jobs.models import ENDED, Job, JobPhase, Overlap, RunOutcome, Schedule, ScheduleRun
from apps.jobs.services.acts import cancel_job
from apps.jobs.spec import JobSpec
from apps.tenants.actor import Actor

KEPT_RUNS = 100


def spec_of(schedule: Schedule) -> JobSpec:
    """What the schedule submits. Raises TemplateGone."""
    if schedule.spec is not None:
        return JobSpec.model_validate(schedule.spec)
    if schedule.template is None:
        raise TemplateGone(f"Schedule {schedule.name} has no template any more.")
    return JobSpec.model_validate(schedule.template.spec)


def end_or_refuse(schedule: Schedule, *, actor: Actor) -> None:
    """Do what the schedule says about its jobs that are not over. Raises ScheduleBusy when it forbids them."""
    under_way = Job.objects.filter(schedule_id=schedule.pk).exclude(phase__in={*ENDED, JobPhase.DRAFT}).order_by("pk")
    if schedule.overlap == Overlap.FORBID and (job := under_way.first()):
        raise ScheduleBusy(f"Job {job.name} of {job.created_at:%Y-%m-%d %H:%M} UTC is {job.phase}.", job_id=str(job.pk))
    if schedule.overlap == Overlap.REPLACE:
        for job in under_way:
            cancel_job(actor=actor, job=job, reason="replaced", message=f"Replaced by the next of schedule {schedule.name}.")


def note_run(
    schedule: Schedule,
    *,
    due_at: datetime,
    job: Job | None = None,
    outcome: RunOutcome = RunOutcome.SUBMITTED,
    reason: str = "",
    message: str = "",
    by_hand: bool = False,
) -> ScheduleRun:
    """Write down what became of a due time, on the schedule too, and announce it; forget runs of long ago."""
    run = ScheduleRun.objects.create(
        tenant_id=schedule.tenant_id,
        schedule=schedule,
        due_at=due_at,
        by_hand=by_hand,
        outcome=outcome,
        reason=reason,
        message=message[:500],
        job_id=job.pk if job else None,
    )
    begins_to_fail = outcome == RunOutcome.FAILED and (schedule.last_outcome, schedule.last_reason) != (outcome, reason)
    schedule.last_due_at, schedule.last_outcome, schedule.last_reason = due_at, outcome, reason
    schedule.last_job_id = job.pk if job else None
    schedule.save()
    publish(op="changed", subject=schedule)
    kept = ScheduleRun.objects.filter(schedule=schedule).order_by("-pk").values_list("pk", flat=True)
    if len(ids := list(kept[KEPT_RUNS : KEPT_RUNS + 1])):
        ScheduleRun.objects.filter(schedule=schedule, pk__lte=ids[0]).delete()
    if begins_to_fail:
        tell("schedule.failed", schedule, reason=reason, message=message)
    return run


def tell(code: str, schedule: Schedule, *, reason: str, message: str) -> None:
    """Tell the owner (and whose role it is) of a schedule that fails, or was stopped."""
    tenant, project = schedule.project.tenant.slug, schedule.project.slug
    notify(
        code,
        object_kind=Schedule.live_kind,
        object_id=schedule.pk,
        path=f"/t/{tenant}/p/{project}/schedules/{schedule.pk}",
        to=[schedule.owner_id],
        tenant_id=schedule.tenant_id,
        project_id=schedule.project_id,
        name=schedule.name,
        tenant=tenant,
        project=project,
        reason=reason,
        message=message,
    )
