"""Plans: asked for, made, approved, carried out by the simulator, called off. Workers compute; here is what counts."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import models, transaction
from django.utils import timezone

from apps.audit import services as audit
from apps.core.errors import InvalidRequest, Problem, Unavailable
from apps.core.outbox import hint, publish
from apps.forecasts.models import Target, TargetKind
from apps.moves.errors import NotApproved, PlanIsOver
from apps.moves.models import CARRIED_OUT, OPEN, UNDER_WAY, Goal, MoveState, Place, Plan, PlannedMove, PlanState
from apps.tenants.actor import Actor, system_actor

# Forecasts move on: what was recommended before that is made anew.
APPROVED_WITHIN = timedelta(hours=1)
SENT_AGAIN_AFTER, GIVEN_UP_AFTER = timedelta(seconds=30), timedelta(minutes=10)
KEPT = timedelta(days=90)
# What a move really took and how long its machine stood still, as the simulator says.
Draw = Callable[[PlannedMove], tuple[float, float]]


@transaction.atomic
def request_plan(
    *,
    actor: Actor,
    goal: str,
    hosts: Sequence[UUID],
    hours: int,
    limits: Mapping[str, int],
    closed: Sequence[Mapping[str, str]],
    place: Place | None,
    now: datetime,
) -> Plan:
    """Have a worker make a plan. Raises InvalidRequest for hosts that are none."""
    found = Target.objects.filter(pk__in=hosts, kind=TargetKind.HOST).count()
    if found < len(set(hosts)):
        raise InvalidRequest(errors=[{"pointer": "/hosts", "detail": f"{len(set(hosts)) - found} of these are no hosts."}])
    if goal == Goal.DRAIN and not hosts:
        raise InvalidRequest(errors=[{"pointer": "/hosts", "detail": "Name the hosts that are to be drained."}])
    plan = Plan.objects.create(
        goal=goal,
        host_ids=sorted(set(hosts)),
        hours=hours,
        limits=dict(limits),
        closed=list(closed),
        asked_by=actor.user_id,
        place_id=place.pk if place else None,
        starts_at=now.replace(second=0, microsecond=0),
    )
    publish(op="added", subject=plan)
    hint("moves.plan", plan_id=plan.pk)
    audit.record(actor=actor, action="moves.plan", kind=Plan.live_kind, subject_id=plan.pk, label=str(plan))
    return plan


@transaction.atomic
def recommend(
    *, plan_id: UUID, moves: Sequence[PlannedMove], left: Sequence[Mapping[str, Any]], totals: Mapping[str, Any]
) -> None:
    """Keep what was planned, once. Older recommendations of the same goal and hosts are superseded."""
    plan = Plan.objects.select_for_update().filter(pk=plan_id, state=PlanState.PLANNING).first()
    if plan is None:
        return
    PlannedMove.objects.bulk_create(moves, batch_size=500)
    machines = Target.objects.filter(pk__in=[move.target_id for move in moves])
    plan.left, plan.totals, plan.made_at = list(left), dict(totals), timezone.now()
    plan.synthetic = not machines.filter(synthetic=False).exists()
    _become(plan, PlanState.RECOMMENDED)
    older = Plan.objects.filter(goal=plan.goal, host_ids=plan.host_ids, state=PlanState.RECOMMENDED).exclude(pk=plan.pk)
    for other in older.select_for_update():
        _become(other, PlanState.SUPERSEDED)


@transaction.atomic
def planning_failed(*, plan_id: UUID, problem: Problem) -> None:
    plan = Plan.objects.select_for_update().filter(pk=plan_id, state=PlanState.PLANNING).first()
    if plan is not None:
        plan.problem = problem.as_document()
        _become(plan, PlanState.FAILED)


@transaction.atomic
def approve_plan(*, actor: Actor, plan: Plan, pace: int, now: datetime) -> Plan:
    """Have the simulator carry it out, `pace` times as fast as time. Raises NotApproved."""
    plan = Plan.objects.select_for_update().get(pk=plan.pk)
    if plan.state != PlanState.RECOMMENDED:
        raise NotApproved(f"It is {plan.state}.", reason="not-recommended")
    if not plan.synthetic:
        raise NotApproved(
            "Some of its machines are real, and there is only the simulator to move them.", reason="not-synthetic"
        )
    if not plan.made_at or now - plan.made_at > APPROVED_WITHIN:
        raise NotApproved("It was made more than an hour ago.", reason="old")
    plan.approved_by, plan.approved_at, plan.pace = actor.user_id, now, pace
    _become(plan, PlanState.PENDING)
    audit.record(actor=actor, action="moves.approve", kind=Plan.live_kind, subject_id=plan.pk, label=str(plan))
    return plan


@transaction.atomic
def cancel_plan(*, actor: Actor, plan: Plan) -> Plan:
    """Begin no more of its moves; one that is under way is let finish. Raises PlanIsOver."""
    plan = Plan.objects.select_for_update().get(pk=plan.pk)
    if plan.state not in OPEN:
        raise PlanIsOver(f"It is {plan.state}.")
    plan.moves.filter(state=MoveState.WAITING).update(state=MoveState.CANCELLED)
    # What is moving arrives: nobody can take it back halfway.
    for move in plan.moves.filter(state=MoveState.MOVING).order_by("number"):
        _arrive(move)
    _become(plan, PlanState.CANCELLED)
    audit.record(actor=actor, action="moves.cancel", kind=Plan.live_kind, subject_id=plan.pk, label=str(plan))
    return plan


def carry_on(*, now: datetime, draw: Draw) -> None:
    """Move on what is being carried out; have what nobody plans planned once more, or give it up; forget what is old."""
    for pk in Plan.objects.filter(state__in=CARRIED_OUT).order_by("pk").values_list("pk", flat=True):
        _advance(pk, now=now, draw=draw)
    planned = Plan.objects.filter(state=PlanState.PLANNING)
    for plan in planned.filter(created_at__lt=now - GIVEN_UP_AFTER):
        minutes = GIVEN_UP_AFTER // timedelta(minutes=1)
        detail = f"No worker made it within {minutes} minutes; an operator can look at the page Health."
        planning_failed(plan_id=plan.pk, problem=Unavailable(detail))
    with transaction.atomic():
        for plan in planned.filter(created_at__lt=now - SENT_AGAIN_AFTER):
            hint("moves.plan", plan_id=plan.pk)
        Plan.objects.filter(created_at__lt=now - KEPT).exclude(state__in=UNDER_WAY).delete()


@transaction.atomic
def _advance(plan_id: UUID, *, now: datetime, draw: Draw) -> None:
    """Begin the moves whose time has come, and end those whose time is over, by the clock of the simulator."""
    plan = Plan.objects.select_for_update().filter(pk=plan_id, state__in=CARRIED_OUT).first()
    if plan is None:
        return
    clock, changed = plan.clock(now), False
    for move in plan.moves.filter(state__in=(MoveState.WAITING, MoveState.MOVING)).order_by("starts_at", "number"):
        if move.state == MoveState.WAITING and move.starts_at <= clock:
            changed = True
            _begin(move, draw)
        if move.state == MoveState.MOVING and _ends_at(move) <= clock:
            changed = True
            _arrive(move)
    if plan.moves.filter(state__in=(MoveState.WAITING, MoveState.MOVING)).exists():
        if changed:
            _become(plan, PlanState.ONGOING)
        return
    failed = plan.moves.filter(state=MoveState.FAILED).exists()
    _become(plan, PlanState.FAILED if failed else PlanState.SUCCEEDED)
    actor = system_actor("simulator")
    audit.record(actor=actor, action="moves.carried-out", kind=Plan.live_kind, subject_id=plan.pk, label=str(plan))


def _begin(move: PlannedMove, draw: Draw) -> None:
    if not Target.objects.filter(pk=move.target_id, parent_id=move.from_host_id).exists():
        move.state, move.failure = MoveState.FAILED, "not-there"
    else:
        move.state, move.began_at = MoveState.MOVING, move.starts_at
        move.actual_seconds, move.actual_downtime_seconds = draw(move)
    move.save()


def _ends_at(move: PlannedMove) -> datetime:
    return move.starts_at + timedelta(seconds=move.actual_seconds or 0)


def _arrive(move: PlannedMove) -> None:
    here = Target.objects.filter(pk=move.target_id, parent_id=move.from_host_id, synthetic=True)
    there = Target.objects.filter(pk=move.to_host_id).exists()
    if there and here.update(parent_id=move.to_host_id, generation=models.F("generation") + 1):
        move.state = MoveState.SUCCEEDED
    else:
        move.state, move.failure = MoveState.FAILED, "not-there"
    move.save()


def _become(plan: Plan, state: PlanState) -> None:
    plan.state = state
    if state not in OPEN:
        plan.finished_at = timezone.now()
    plan.save()
    publish(op="changed", subject=plan)
