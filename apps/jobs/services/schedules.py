"""What users do with schedules. Whoever writes or resumes one becomes its owner: it never does more than they may."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from apps.audit.services import record
from apps.core.errors import Conflict, InvalidRequest, NameTaken
from apps.core.outbox import publish
from apps.core.uniqueness import refused_when_taken
from apps.jobs.cron import next_due
from apps.jobs.models import Schedule, ScheduleRun, ScheduleState, Template
from apps.jobs.services._life import for_trail
from apps.jobs.services._runs import end_or_refuse, note_run, spec_of
from apps.jobs.services.submit import submit_job
from apps.jobs.spec import JobSpec
from apps.monitoring import services as monitoring
from apps.tenants.actor import Actor
from apps.tenants.models import Project

FIELDS = ("name", "cron", "time_zone", "template", "overlap", "missed", "starting_deadline_seconds")


@transaction.atomic
def create_schedule(
    *, actor: Actor, project: Project, spec: JobSpec | None = None, template: Template | None = None, **fields: Any
) -> Schedule:
    """Have a job submitted again and again. Raises NameTaken, and InvalidRequest unless it has a spec or a template."""
    _require_one(spec, template)
    schedule = Schedule(
        tenant_id=project.tenant_id,
        project=project,
        owner_id=actor.user_id,
        spec=spec.as_json() if spec else None,
        template=template,
        **fields,
    )
    schedule.next_run_at = _next(schedule, timezone.now())
    with refused_when_taken(_taken(schedule)):
        schedule.save(force_insert=True)
    publish(op="added", subject=schedule)
    _audit("create", schedule, actor=actor, before=None, after=describe(schedule))
    return schedule


@transaction.atomic
def change_schedule(*, actor: Actor, schedule: Schedule, **fields: Any) -> Schedule:
    """Change what is given (`spec` is a JobSpec). The actor becomes the owner. Raises as create_schedule does."""
    before = describe(schedule)
    if "spec" in fields:
        spec = fields.pop("spec")
        schedule.spec = spec.as_json() if spec else None
        if spec:
            schedule.template = None
    if fields.get("template"):
        schedule.spec = None
    for name, value in fields.items():
        setattr(schedule, name, value)
    _require_one(schedule.spec, schedule.template)
    if describe(schedule) == before:
        return schedule
    schedule.owner_id = actor.user_id
    schedule.generation += 1
    if schedule.state == ScheduleState.ACTIVE:
        schedule.next_run_at = _next(schedule, timezone.now())
    with refused_when_taken(_taken(schedule)):
        schedule.save()
    publish(op="changed", subject=schedule)
    _audit("change", schedule, actor=actor, before=before, after=describe(schedule))
    return schedule


@transaction.atomic
def delete_schedule(*, actor: Actor, schedule: Schedule) -> None:
    """Remove a schedule and what is known of its runs; the jobs that it submitted stay."""
    _audit("delete", schedule, actor=actor, before=describe(schedule), after=None)
    remove_schedule(schedule=schedule)


def remove_schedule(*, schedule: Schedule) -> None:
    monitoring.forget_notifications_of(object_id=schedule.pk)
    publish(op="removed", subject=schedule)
    schedule.delete()


@transaction.atomic
def pause_schedule(*, actor: Actor, schedule: Schedule) -> Schedule:
    """Submit nothing until it is resumed; what runs goes on. Raises Conflict unless it is active."""
    schedule = _locked(schedule)
    if schedule.state != ScheduleState.ACTIVE:
        raise Conflict(f"This schedule is {schedule.state}; only an active one can be paused.", state=schedule.state)
    return _move(schedule, ScheduleState.PAUSED, "pause", actor=actor)


@transaction.atomic
def resume_schedule(*, actor: Actor, schedule: Schedule) -> Schedule:
    """Submit again from the next due time on; those in between stay left out. The actor becomes the owner.

    Raises Conflict for one that is active.
    """
    schedule = _locked(schedule)
    if schedule.state == ScheduleState.ACTIVE:
        raise Conflict("This schedule is active already.", state=schedule.state)
    schedule.owner_id = actor.user_id
    return _move(schedule, ScheduleState.ACTIVE, "resume", actor=actor)


@transaction.atomic
def run_schedule_now(*, actor: Actor, schedule: Schedule) -> ScheduleRun:
    """Submit its job once, now, as the actor; its due times stay as they are.

    Raises ScheduleBusy when a job of it is not over and it forbids that, TemplateGone, and what submit_job raises.
    """
    schedule, now = _locked(schedule), timezone.now()
    end_or_refuse(schedule, actor=actor)
    job = submit_job(actor=actor, project=schedule.project, spec=spec_of(schedule), schedule=schedule)
    _audit("run", schedule, actor=actor, before=None, after={"job": str(job.pk)})
    return note_run(schedule, due_at=now, by_hand=True, job=job)


def describe(schedule: Schedule) -> dict[str, Any]:
    """A schedule as the audit trail keeps it."""
    described = {field: getattr(schedule, field) for field in FIELDS if field != "template"}
    described["template"] = schedule.template.name if schedule.template else None
    described["spec"] = for_trail(schedule.spec) if schedule.spec else None
    return described


def _move(schedule: Schedule, state: ScheduleState, act: str, *, actor: Actor) -> Schedule:
    before = schedule.state
    schedule.state, schedule.state_reason = state, ""
    schedule.next_run_at = _next(schedule, timezone.now()) if state == ScheduleState.ACTIVE else None
    schedule.save(update_fields=["state", "state_reason", "owner_id", "next_run_at"])
    publish(op="changed", subject=schedule)
    _audit(act, schedule, actor=actor, before={"state": before}, after={"state": schedule.state})
    return schedule


def _locked(schedule: Schedule) -> Schedule:
    return Schedule.objects.select_for_update(of=("self",)).select_related("project", "template").get(pk=schedule.pk)


def _next(schedule: Schedule, now: datetime) -> datetime:
    return next_due(schedule.cron, schedule.time_zone, after=now)[0]


def _require_one(spec: object, template: Template | None) -> None:
    if (spec is None) == (template is None):
        raise InvalidRequest(
            errors=[{"pointer": "/spec", "detail": "Give either a specification or the id of a template, as template."}]
        )


def _taken(schedule: Schedule) -> NameTaken:
    return NameTaken(f"There is a schedule called {schedule.name} in this project.", at="/name")


def _audit(
    act: str, schedule: Schedule, *, actor: Actor, before: dict[str, Any] | None, after: dict[str, Any] | None
) -> None:
    record(
        actor=actor,
        action=f"schedule.{act}",
        kind=Schedule.live_kind,
        subject_id=schedule.pk,
        label=schedule.name,
        tenant_id=schedule.tenant_id,
        project_id=schedule.project_id,
        before=before,
        after=after,
    )
