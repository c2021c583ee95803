"""When to move a machine: its newest forecast, how long the move would take and stand still under each hour's load."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from math import ceil, floor
from typing import Any
from uuid import UUID

from django.utils import timezone

from apps.core import operations
from apps.core.errors import NotVisible, Problem
from apps.forecasts.models import Forecast, Target
from apps.forecasts.services.runs import full_hour
from apps.moves.errors import NotForecast, NoWindow
from apps.moves.models import Place
from celery_workers.forecasts.history import said
from celery_workers.moves.learning import GIB, USUAL_LINK, document, model_of, usual_link
from celery_workers.prediction.algorithms.interface import Forecast as Curves
from celery_workers.prediction.migrations import UNFITTED, Estimate, Move, MoveModel
from celery_workers.prediction.scores import smoothed
from celery_workers.prediction.windows import Limits, Window, advise

HOUR = timedelta(hours=1)
# How fast a machine that uses all its processors writes to its memory; one that uses half, half as fast. An assumption:
# nobody has published how the two go together, and answers say so.
DIRTY_AT_FULL_GIB = 0.2
# Forecasts reach no farther.
_OLDEST = timedelta(hours=72)


@dataclass(frozen=True)
class Outlook:
    """What is expected of a machine from the running hour on."""

    target: Target
    forecast: Forecast
    hour: datetime
    curves: Curves

    @property
    def hours(self) -> int:
        return int(self.curves.mean.shape[1])


def outlooks(targets: Sequence[Target], *, now: datetime) -> dict[UUID, Outlook]:
    """Of those that have a forecast which has not passed."""
    hour = full_hour(now)
    rows = {row.target_id: row for row in Forecast.objects.newest_of([each.pk for each in targets], since=hour - _OLDEST)}
    found = {}
    for target in targets:
        row = rows.get(target.pk)
        passed = (hour - row.issued_at) // HOUR if row else 0
        whole = len(row.curves[0]) if row else 0
        if row and passed < whole:
            curves = said([bytes(row.said)], whole)
            rest = Curves(curves.mean[:, passed:], curves.quantiles[:, passed:], curves.levels)
            found[target.pk] = Outlook(target, row, hour, rest)
    return found


@dataclass(frozen=True)
class Mover:
    """What moves take here. dirty: bytes a second, where somebody knows."""

    model: MoveModel = UNFITTED
    usual: int = USUAL_LINK
    dirty: int | None = None

    @classmethod
    def at(cls, place: Place | None, *, dirty: int | None = None) -> "Mover":
        return cls(model_of(place), usual_link(place), dirty) if place else cls(dirty=dirty)

    def estimate(self, target: Target, load: float, *, concurrent: int = 1) -> Estimate:
        """Moving `target` off its host while its load is so many points."""
        link = target.parent.link_bits_per_second if target.parent else None
        dirty = load / 100 * DIRTY_AT_FULL_GIB if self.dirty is None else self.dirty / GIB
        disk = target.local_disk_bytes or 0
        return self.model.estimate(
            Move(
                memory_gib=(target.memory_bytes or 0) / GIB,
                disk_gib=disk / GIB,
                local_disk=bool(disk),
                dirty_gib_per_second=dirty,
                concurrent=concurrent,
                link=(link or self.usual) / self.usual,
            )
        )


def windows(operation_id: UUID) -> None:
    """Answer when to move a machine."""
    operation = operations.pending(operation_id)
    if operation is None:
        return
    try:
        result = _advise(operation.subject_id, operation.arguments, now=timezone.now())
    except Problem as problem:
        operations.finish(operation_id=operation_id, problem=problem)
    else:
        operations.finish(operation_id=operation_id, result=result)


def _advise(target_id: UUID, asked: Mapping[str, Any], *, now: datetime) -> dict[str, Any]:
    target = Target.objects.select_related("parent").filter(pk=target_id).first()
    if target is None:
        raise NotVisible("The machine was removed meanwhile.")
    outlook = outlooks([target], now=now).get(target.pk)
    if outlook is None:
        raise NotForecast
    place = Place.objects.filter(pk=asked["place_id"]).first() if "place_id" in asked else None
    mover = Mover.at(place, dirty=asked.get("dirty_bytes_per_second"))
    takes = mover.estimate(target, float(outlook.curves.mean[0].mean()))
    steps = min(max(ceil(takes.high / 3600), 1), outlook.hours)
    loads = smoothed(outlook.curves.mean, steps)[0]
    stands = [mover.estimate(target, float(load)).downtime_seconds for load in loads]
    limits = _allowed(outlook, _limits(outlook, asked), steps, stands, asked.get("most_downtime_seconds"))
    (advice,) = advise(outlook.curves, steps=steps, limits=limits)
    if advice is None:
        raise NotForecast
    return {
        "issued_at": outlook.forecast.issued_at.isoformat(),
        "hours": outlook.hours,
        "any_time": advice.any_time,
        "now": {
            "load": round(float(loads[0]), 2),
            "downtime_seconds": stands[0],
            "allowed": 0 in limits.starts(outlook.hours, steps),
        },
        "windows": [_window(each, outlook, now, stands) for each in advice.windows],
        "duration": document(takes, mover.model),
        "dirty_from": "assumed" if mover.dirty is None else "given",
        "synthetic": target.synthetic,
    }


def _limits(outlook: Outlook, asked: Mapping[str, Any]) -> Limits:
    def hours(name: str) -> float | None:
        return (datetime.fromisoformat(asked[name]) - outlook.hour) / HOUR if name in asked else None

    first, last = hours("not_before"), hours("deadline")
    return Limits(
        not_before=0 if first is None or first <= 0 else ceil(first),
        deadline=None if last is None else int(max(last, 0)),
        closed=closed_steps(asked.get("closed", ()), outlook.hour, HOUR, outlook.hours),
    )


def closed_steps(closed: Sequence[Mapping[str, str]], since: datetime, step: timedelta, steps: int) -> frozenset[int]:
    """Which of the steps from `since` on touch a time in which nothing may move."""
    found: set[int] = set()
    for one in closed:
        first, last = ((datetime.fromisoformat(one[name]) - since) / step for name in ("starts_at", "ends_at"))
        found |= {*range(max(floor(first), 0), min(ceil(last), steps))}
    return frozenset(found)


def _allowed(outlook: Outlook, limits: Limits, steps: int, stands: Sequence[float], most: float | None) -> Limits:
    """The limits, with those starts forbidden that would have the machine stand still for too long. Raises NoWindow."""
    starts = limits.starts(outlook.hours, steps)
    if not starts:
        raise NoWindow(f"The forecast reaches {outlook.hours} hours, and the move may take {steps}.", binding="time")
    too_long = frozenset(at for at in starts if most is not None and stands[at] > most)
    if len(too_long) == len(starts):
        least = min(stands[at] for at in starts)
        raise NoWindow(f"It would stand still for {least:.2f} s at least.", binding="downtime", least_seconds=least)
    return replace(limits, forbidden=too_long)


def _window(window: Window, outlook: Outlook, now: datetime, stands: Sequence[float]) -> dict[str, Any]:
    begins = outlook.hour + window.start * HOUR
    return {
        "starts_at": max(begins, now.replace(microsecond=0)).isoformat(),
        "ends_at": (begins + window.steps * HOUR).isoformat(),
        "load": round(window.cost, 2),
        "gain": round(window.gain, 2),
        "low": round(window.low, 2),
        "high": round(window.high, 2),
        "downtime_seconds": stands[window.start],
    }
