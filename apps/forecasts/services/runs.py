"""Runs of forecasts: asked for or standing, begun, carried on part by part, ended. Workers compute; here is what counts."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection, models, transaction
from django.utils import timezone
from psycopg2 import Binary
from psycopg2.extras import execute_values

from apps.audit import services as audit
from apps.core.errors import Problem
from apps.core.outbox import hint, publish
from apps.forecasts.engines import DEFAULT_ENGINE, DEFAULT_HORIZON
from apps.forecasts.errors import CannotForecast, RunIsOver
from apps.forecasts.models import KEPT, UNDER_WAY, Forecast, Model, Part, Run, RunState, Score, Target
from apps.forecasts.services.estimates import estimate
from apps.forecasts.services.samples import make_weeks
from apps.tenants.actor import Actor

STANDING_EVERY = timedelta(hours=6)
# A run of which nobody said anything for so long is given to a worker once more.
SENT_AGAIN_AFTER = timedelta(seconds=30)
# A part that failed so often is given up, and its run with it.
MOST_FAILURES = 3


def full_hour(moment: datetime) -> datetime:
    return moment.replace(minute=0, second=0, microsecond=0)


@transaction.atomic
def request_run(
    *, actor: Actor, selection: Mapping[str, Any], engine: str, horizon_hours: int, device: str, now: datetime
) -> Run:
    """Have workers forecast the selected targets. Raises NothingToForecast, TooDear, ForecastsUsedUp."""
    issued_at = full_hour(now)
    with connection.cursor() as cursor:  # so that two at once are not both the last that may be
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('forecasts_request'))")
    cost = estimate(selection=selection, engine=engine, horizon_hours=horizon_hours, issued_at=issued_at, now=now)
    if cost.refusal:
        raise cost.refusal
    run = Run.objects.create(
        asked_by=actor.user_id,
        issued_at=issued_at,
        selection=dict(selection),
        engine=engine,
        horizon_hours=horizon_hours,
        device_asked=device,
        targets=cost.targets,
    )
    _announce(run)
    audit.record(actor=actor, action="forecasts.request", kind=Run.live_kind, subject_id=run.pk, label=str(run))
    return run


@transaction.atomic
def cancel_run(*, actor: Actor, run: Run) -> Run:
    """End a run; what it forecast stays. Raises RunIsOver."""
    run = Run.objects.select_for_update().get(pk=run.pk)
    if run.state not in UNDER_WAY:
        raise RunIsOver(f"It {run.state} before.")
    _end(run, RunState.CANCELLED)
    audit.record(actor=actor, action="forecasts.cancel", kind=Run.live_kind, subject_id=run.pk, label=str(run))
    return run


@transaction.atomic
def begin_standing(*, now: datetime) -> Run | None:
    """Begin to forecast all targets, when it is time and none is under way."""
    newest = Run.objects.newest_standing()
    hour = full_hour(now)
    if newest and (newest.state in UNDER_WAY or hour - newest.issued_at < _pause_after(newest)):
        return None
    targets = Target.objects.count()
    if not targets:
        return None
    about = {"engine": DEFAULT_ENGINE, "horizon_hours": DEFAULT_HORIZON, "targets": targets}
    run, made = Run.objects.get_or_create(standing=True, issued_at=hour, defaults=about)
    if not made:
        return None
    _announce(run)
    return run


def _pause_after(run: Run) -> timedelta:
    """One that failed or was cancelled leaves a gap, which is filled the hour behind it."""
    return STANDING_EVERY if run.state == RunState.SUCCEEDED else timedelta(hours=1)


@transaction.atomic
def carry_on(*, now: datetime) -> None:
    """Give runs that nobody is at to workers once more; forget what is old."""
    for run in Run.objects.filter(state__in=UNDER_WAY, progressed_at__lt=now - SENT_AGAIN_AFTER):
        hint("forecasts.run", run_id=run.pk)
    Run.objects.filter(created_at__lt=now - KEPT).delete()
    Model.objects.filter(learned_until__lt=now - KEPT).delete()


@transaction.atomic
def next_turn(run_id: UUID) -> None:
    """Have a worker go on with it, behind what waits."""
    hint("forecasts.run", run_id=run_id)


@transaction.atomic
def start_run(*, run_id: UUID, parts: Iterable[Sequence[UUID]], model: Model | None, engine: str, others: int) -> bool:
    """Cut a run into parts, and have `others` called to them; False when somebody did before, or it is over."""
    run = Run.objects.select_for_update().filter(pk=run_id, state=RunState.PENDING).first()
    if run is None:
        return False
    if model and model._state.adding:
        model.save()
    made = [Part(run=run, number=number, target_ids=list(ids)) for number, ids in enumerate(parts)]
    Part.objects.bulk_create(made, batch_size=100)
    run.targets, run.model, run.engine = sum(len(part.target_ids) for part in made), model, engine
    run.seconds, run.device = (model.seconds if model else 0.0), (model.device if model else "")
    run.state, run.began_at, run.problem = RunState.RUNNING, timezone.now(), None
    # Now, that is before anybody holds what a new week would have to lock.
    make_weeks({run.issued_at.date()})
    _progressed(run)
    if not made:
        _end(run, RunState.SUCCEEDED)
    for _ in range(min(others, len(made))):
        hint("forecasts.run", run_id=run.pk)
    return True


class Over(Exception):
    """The run of a part ended meanwhile: nothing of the part may be kept."""


def finish_part(*, part: Part, forecasts: Sequence[Forecast], device: str, seconds: float) -> None:
    """Keep what was forecast of a part, in the transaction that holds it. Raises Over."""
    keep_forecasts(forecasts)
    part.done = True
    part.save(update_fields=["done"])
    # Last, so that whoever ends another part does not wait while these are written.
    run = Run.objects.select_for_update().get(pk=part.run_id)
    if run.state != RunState.RUNNING:
        raise Over
    run.forecast += len(forecasts)
    run.without += len(part.target_ids) - len(forecasts)
    run.seconds, run.device, run.problem = run.seconds + seconds, run.device or device, None
    if run.forecast + run.without >= run.targets:
        _end(run, RunState.SUCCEEDED)
    else:
        _progressed(run)


@transaction.atomic
def part_failed(*, part_id: UUID, error: str) -> None:
    """Count a failure that was not foreseen; after a few its run is given up, and says so."""
    Part.objects.filter(pk=part_id).update(failures=models.F("failures") + 1)
    part = Part.objects.get(pk=part_id)
    if part.failures >= MOST_FAILURES:
        detail = f"Part {part.number + 1} failed {part.failures} times ({error}); the worker's log has the trace."
        fail_run(run_id=part.run_id, problem=CannotForecast(detail, reason="failed"))


@transaction.atomic
def fail_run(*, run_id: UUID, problem: Problem) -> None:
    run = Run.objects.select_for_update().filter(pk=run_id, state__in=UNDER_WAY).first()
    if run is not None:
        run.problem = problem.as_document()
        _end(run, RunState.FAILED)


@transaction.atomic
def held_up(*, run_id: UUID, problem: Problem) -> None:
    """Say what a run waits for; it goes on by itself."""
    run = Run.objects.select_for_update().filter(pk=run_id, state__in=UNDER_WAY).first()
    if run is not None:
        run.problem = problem.as_document()
        _progressed(run)


def keep_forecasts(forecasts: Sequence[Forecast]) -> None:
    """Write forecasts down; of the same target and hour the later one counts."""
    if not forecasts:
        return
    make_weeks({forecast.issued_at.date() for forecast in forecasts})
    rows = [
        (row.target_id, row.issued_at, row.engine, row.device, Binary(row.said), row.made_at, row.hours_known)
        for row in forecasts
    ]
    with connection.cursor() as cursor:
        execute_values(
            cursor,
            "INSERT INTO forecasts_forecast (target_id, issued_at, engine, device, said, made_at, hours_known)"
            # A target may have been forgotten meanwhile.
            " SELECT given.* FROM (VALUES %s) AS given (target_id, issued_at, engine, device, said, made_at, hours_known)"
            " JOIN forecasts_target ON forecasts_target.id = given.target_id FOR KEY SHARE OF forecasts_target"
            " ON CONFLICT (target_id, issued_at) DO UPDATE SET engine = EXCLUDED.engine, device = EXCLUDED.device,"
            " said = EXCLUDED.said, made_at = EXCLUDED.made_at, hours_known = EXCLUDED.hours_known",
            rows,
            template="(%s::uuid, %s::timestamptz, %s, %s, %s, %s::timestamptz, %s)",
            page_size=1000,
        )


@transaction.atomic
def keep_score(*, run: Run, score: Mapping[str, Any], of_segments: Sequence[Score]) -> None:
    """Write down how good a run turned out to be, once, whoever else is at it."""
    Score.objects.bulk_create(of_segments, ignore_conflicts=True)
    run.score = dict(score)
    run.save(update_fields=["score"])
    publish(op="changed", subject=run)


def _announce(run: Run) -> None:
    publish(op="added", subject=run)
    hint("forecasts.run", run_id=run.pk)


def _progressed(run: Run) -> None:
    run.progressed_at = timezone.now()
    run.save()
    publish(op="changed", subject=run)


def _end(run: Run, state: RunState) -> None:
    run.state, run.finished_at = state, timezone.now()
    _progressed(run)
