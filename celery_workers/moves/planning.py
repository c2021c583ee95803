"""Plans, made: where machines go (placing), what each start costs by forecast, and starts under limits (planner)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from math import ceil
from typing import Any
from uuid import UUID

import numpy as np
from django.utils import timezone

from apps.core.errors import Problem
from apps.forecasts.models import Target, TargetKind
from apps.moves import services
from apps.moves.errors import NothingToMove, TooManyMoves
from apps.moves.models import Goal, Place, Plan, PlannedMove, PlanState
from celery_workers.alone import alone_at
from celery_workers.moves.advising import Mover, Outlook, closed_steps, outlooks
from celery_workers.moves.placing import Host, Machine, Move, Placing, consolidate, drain, in_each_cluster, rebalance
from celery_workers.prediction.algorithms.interface import Floats
from celery_workers.prediction.migrations import Estimate
from celery_workers.prediction.planner import Most, Step, Wish
from celery_workers.prediction.planner import plan as give_starts
from celery_workers.prediction.scores import smoothed

SLOT = timedelta(minutes=15)
SLOTS_AN_HOUR = timedelta(hours=1) // SLOT
# To wait an hour must save so many points of load: a plan that waits for nothing keeps its hosts busy for nothing.
WAITING_POINTS = 0.05
MOST_MOVES = 2_000
# What an idle host draws: an assumption, said beside what it saves.
IDLE_WATTS = 150


def make(plan_id: UUID) -> None:
    """Make a plan that was asked for."""
    with alone_at(plan_id) as alone:
        plan = Plan.objects.filter(pk=plan_id, state=PlanState.PLANNING).first()
        if not alone or plan is None:
            return
        try:
            moves, left, totals = _planned(plan)
        except Problem as problem:
            services.planning_failed(plan_id=plan_id, problem=problem)
        else:
            services.recommend(plan_id=plan_id, moves=moves, left=left, totals=totals)


@dataclass(frozen=True)
class Timed:
    """A move with what each of its starts would cost. loads: expected by start; None without a forecast."""

    move: Move
    takes: Estimate
    wish: Wish
    loads: Floats | None


def _planned(plan: Plan) -> tuple[list[PlannedMove], list[dict[str, str]], dict[str, Any]]:
    targets, expected = _fleet(plan)
    placing = _placed(plan, _hosts(targets, expected))
    if not placing.moves and not placing.left:
        raise NothingToMove
    if len(placing.moves) > MOST_MOVES:
        raise TooManyMoves(moves=len(placing.moves), most=MOST_MOVES)
    mover = Mover.at(Place.objects.filter(pk=plan.place_id).first() if plan.place_id else None)
    timed = [_timed(move, targets[move.machine.id], expected.get(move.machine.id), mover, plan) for move in placing.moves]
    found = give_starts([each.wish for each in timed], Most(**plan.limits))
    starts = {step.name: step for step in found.steps}
    moves = [_kept(plan, each, starts[each.wish.name], mover, targets) for each in timed if each.wish.name in starts]
    moves.sort(key=lambda move: (move.starts_at, move.machine))
    for number, move in enumerate(moves, start=1):
        move.number = number
    left = [{"machine": machine.name, "binding": obstacle} for machine, obstacle in placing.left]
    names = {each.wish.name: each.move.machine.name for each in timed}
    left += [{"machine": names[step.name], "binding": step.binding} for step in found.left]
    return moves, left, _totals(moves, left, placing)


def _fleet(plan: Plan) -> tuple[dict[UUID, Target], dict[UUID, Outlook]]:
    """Hosts of the clusters concerned, and what runs on them; of machines what is expected."""
    hosts = Target.objects.filter(kind=TargetKind.HOST)
    if plan.host_ids:
        clusters = hosts.filter(pk__in=plan.host_ids).values("parent_id")
        hosts = hosts.filter(parent__in=clusters) | hosts.filter(pk__in=plan.host_ids)
    if plan.goal != Goal.DRAIN and plan.host_ids:
        hosts = hosts.filter(pk__in=plan.host_ids)
    found = list(hosts.order_by("name"))
    machines = list(
        Target.objects.filter(kind=TargetKind.VM, parent__in=[host.pk for host in found]).select_related("parent")
    )
    return {each.pk: each for each in (*found, *machines)}, outlooks(machines, now=timezone.now())


def _hosts(targets: Mapping[UUID, Target], expected: Mapping[UUID, Outlook]) -> list[Host]:
    hosts = {
        target.pk: Host(
            id=target.pk,
            name=target.name,
            memory=target.memory_bytes or 0,
            vcpus=target.vcpus or 0,
            rack=target.labels.get("rack", ""),
            cluster=target.parent_id,
        )
        for target in targets.values()
        if target.kind == TargetKind.HOST
    }
    for target in targets.values():
        if target.kind == TargetKind.VM and target.parent_id in hosts:
            outlook = expected.get(target.pk)
            hosts[target.parent_id].machines.append(
                Machine(
                    id=target.pk,
                    name=target.name,
                    memory=target.memory_bytes or 0,
                    vcpus=target.vcpus or 0,
                    load=float(outlook.curves.mean.mean()) if outlook else 0.0,
                    group=target.labels.get("group", ""),
                )
            )
    return list(hosts.values())


def _placed(plan: Plan, hosts: list[Host]) -> Placing:
    if plan.goal == Goal.DRAIN:
        return in_each_cluster(hosts, lambda of_cluster: drain(of_cluster, set(plan.host_ids)))
    return in_each_cluster(hosts, rebalance if plan.goal == Goal.REBALANCE else consolidate)


def _timed(move: Move, target: Target, outlook: Outlook | None, mover: Mover, plan: Plan) -> Timed:
    slots = plan.hours * SLOTS_AN_HOUR
    hourly = outlook.curves.mean[:, : plan.hours] if outlook else None
    concurrent = max(plan.limits["source"], 1)
    takes = mover.estimate(target, float(hourly.mean()) if hourly is not None else 0.0, concurrent=concurrent)
    steps = max(ceil(takes.high / SLOT.total_seconds()), 1)
    waiting = np.arange(max(slots - steps + 1, 0)) * WAITING_POINTS / SLOTS_AN_HOUR
    loads = None
    costs = waiting
    if hourly is not None:
        quarters = np.repeat(hourly, SLOTS_AN_HOUR, axis=1)[:, _passed(plan, outlook) :]
        loads = smoothed(quarters, steps)[0] if quarters.shape[1] >= steps else np.zeros(0)
        costs = np.full(len(waiting), np.inf)
        reach = min(len(loads), len(waiting))
        costs[:reach] = loads[:reach] + waiting[:reach]
    closed = closed_steps(plan.closed, plan.starts_at, SLOT, slots)
    costs = np.array([np.inf if closed & {*range(at, at + steps)} else cost for at, cost in enumerate(costs)])
    wish = Wish(
        name=str(move.machine.id),
        source=move.source.name,
        target=move.target.name,
        costs=costs,
        steps=steps,
        link=move.source.rack if move.source.rack != move.target.rack else "",
        group=move.machine.group,
    )
    return Timed(move, takes, wish, loads)


def _passed(plan: Plan, outlook: Outlook | None) -> int:
    """How many quarters of the running hour were over when the plan began."""
    return max((plan.starts_at - outlook.hour) // SLOT, 0) if outlook else 0


def _kept(plan: Plan, each: Timed, step: Step, mover: Mover, targets: Mapping[UUID, Target]) -> PlannedMove:
    move, best = each.move, int(np.argmin(each.wish.costs))
    load = None if each.loads is None else float(each.loads[step.start])
    concurrent = max(plan.limits["source"], 1)
    takes = each.takes if load is None else mover.estimate(targets[move.machine.id], load, concurrent=concurrent)
    return PlannedMove(
        plan=plan,
        target_id=move.machine.id,
        machine=move.machine.name,
        from_host_id=move.source.id,
        from_host=move.source.name,
        to_host_id=move.target.id,
        to_host=move.target.name,
        starts_at=plan.starts_at + step.start * SLOT,
        binding=step.binding,
        wanted_at=plan.starts_at + best * SLOT,
        seconds=takes.seconds,
        low=takes.low,
        high=takes.high,
        downtime_seconds=takes.downtime_seconds,
        load=load,
        gain=None if each.loads is None or load is None else float(each.loads[0] - load),
    )


def _totals(moves: Sequence[PlannedMove], left: Sequence[Mapping[str, str]], placing: Placing) -> dict[str, Any]:
    emptied = len(placing.emptied) if not left else 0
    gains = [move.gain for move in moves if move.gain is not None]
    return {
        "moves": len(moves),
        "left": len(left),
        "seconds": round(sum(move.seconds for move in moves), 1),
        "downtime_seconds": round(sum(move.downtime_seconds for move in moves), 2),
        "mean_gain": round(sum(gains) / len(gains), 2) if gains else None,
        "hosts_emptied": emptied,
        "kwh_a_day": round(emptied * IDLE_WATTS * 24 / 1000, 1),
        "bound": sum(bool(move.binding) for move in moves),
    }
