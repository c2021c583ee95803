"""What time does to schedules: each due time is carried out once, whoever looks, however often, however late."""

from datetime import datetime, timedelta
from uuid import UUID

import structlog
from django.db import connection, transaction

from apps.core.errors import Problem
from apps.core.outbox import publish
from apps.jobs.cron import last_due, next_due
from apps.jobs.errors import ScheduleBusy
from apps.jobs.models import Job, Missed, RunOutcome, Schedule, ScheduleState
from apps.jobs.services._runs import end_or_refuse, note_run, spec_of, tell
from apps.jobs.services.submit import submit_job
from apps.tenants.access import actor_of_user
from apps.tenants.actor import Actor

AT_ONCE = 200
# Later than this nobody looked: the sweep comes every ten seconds.
ON_TIME = timedelta(minutes=1)
_log = structlog.get_logger(__name__)


def run_due_schedules(*, now: datetime) -> None:
    """Carry out what is due. Safe to run twice, or by several at a time; each schedule is its own transaction."""
    due = Schedule.objects.filter(state=ScheduleState.ACTIVE, next_run_at__lte=now).order_by("next_run_at")
    for schedule_id in due.values_list("pk", flat=True)[:AT_ONCE]:
        try:
            _run_due(schedule_id, now=now)
        except Exception:  # one that cannot be carried out holds up no other; the next sweep tries again
            if not connection.is_usable():
                raise
            _log.exception("schedule-not-run", schedule_id=str(schedule_id))


@transaction.atomic
def _run_due(schedule_id: UUID, *, now: datetime) -> None:
    # Whoever holds it carries it out; when they die before the commit, nothing of it was.
    rows = Schedule.objects.select_for_update(of=("self",), skip_locked=True)
    rows = rows.select_related("project__tenant", "template", "owner")
    schedule = rows.filter(pk=schedule_id, state=ScheduleState.ACTIVE, next_run_at__lte=now).first()
    if schedule is None or schedule.next_run_at is None:
        return
    due_at = last_due(schedule.cron, schedule.time_zone, first=schedule.next_run_at, now=now)
    some_missed = due_at != schedule.next_run_at
    schedule.next_run_at = next_due(schedule.cron, schedule.time_zone, after=now)[0]
    in_time = timedelta(seconds=schedule.starting_deadline_seconds) if schedule.missed == Missed.CATCH_UP else ON_TIME
    if now - due_at > max(in_time, ON_TIME):
        message = "Nobody looked when it was due, and it is too late to catch up."
        note_run(schedule, due_at=due_at, outcome=RunOutcome.SKIPPED, reason="missed", message=message)
        return
    actor = _actor(schedule)
    if actor is None:
        return
    _submit(schedule, actor, due_at, message="Earlier due times were missed." if some_missed else "")


def _actor(schedule: Schedule) -> Actor | None:
    """The owner, as they are now; None when they may not submit any more, and the schedule is stopped."""
    owner = schedule.owner
    actor = actor_of_user(owner) if owner.is_active else None
    if actor is None:
        reason, message = "owner-gone", f"{owner.name}, who owns it, has no active account any more."
    elif "jobs.submit" not in actor.on_project(schedule.project_id, schedule.tenant_id):
        reason, message = "permission-lost", f"{owner.name}, who owns it, may not submit jobs here any more."
    else:
        return actor
    schedule.state, schedule.state_reason, schedule.next_run_at = ScheduleState.STOPPED, reason, None
    schedule.save(update_fields=["state", "state_reason", "next_run_at"])
    publish(op="changed", subject=schedule)
    tell("schedule.stopped", schedule, reason=reason, message=message)
    return None


def _submit(schedule: Schedule, actor: Actor, due_at: datetime, *, message: str) -> None:
    """Submit its job; what stands against it becomes the run's reason."""
    job: Job | None = None
    outcome, reason = RunOutcome.SUBMITTED, ""
    try:
        with transaction.atomic():
            end_or_refuse(schedule, actor=actor)
            job = submit_job(actor=actor, project=schedule.project, spec=spec_of(schedule), schedule=schedule)
    except ScheduleBusy as problem:
        outcome, reason, message = RunOutcome.SKIPPED, "still-running", problem.detail
    except Problem as problem:
        outcome, reason, message = RunOutcome.FAILED, problem.code, problem.detail or problem.title
    note_run(schedule, due_at=due_at, job=job, outcome=outcome, reason=reason, message=message)
