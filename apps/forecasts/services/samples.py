"""Loads as they are measured: taken in any order, late, twice or in part; what is wrong is refused by itself."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import connection, transaction
from psycopg2 import Binary
from psycopg2.extras import execute_values

from apps.forecasts.models.loads import KEPT
from apps.forecasts.models.targets import Target
from apps.forecasts.packing import EMPTY, NO_HOURS, PackedDay

# A clock over there may be so far ahead of ours; what rounds to above 100 is 100.
AHEAD, ROUNDED = timedelta(minutes=10), 1.0
MOST_SAID = 100
REASONS = (
    "unknown-target",
    "unknown-size",
    "out-of-range",
    "max-below-mean",
    "too-old",
    "ahead-of-the-clock",
    "between-steps",
)


@dataclass(frozen=True, kw_only=True)
class Series:
    """Loads of one target, a step each from `starts_at` on; None where nothing was measured. highest: None, as the mean."""

    kind: str
    name: str
    starts_at: datetime
    mean: Sequence[float | None]
    max: Sequence[float | None] | None = None


@dataclass
class Taken:
    """What became of samples. reasons: of the first that were refused: place of the series, place in it, why."""

    accepted: int = 0
    duplicates: int = 0
    refused: int = 0
    reasons: list[tuple[int, int, str]] = field(default_factory=list)

    def refuse(self, series: int, at: int, reason: str) -> None:
        self.refused += 1
        if len(self.reasons) < MOST_SAID:
            self.reasons.append((series, at, reason))


@dataclass(frozen=True)
class _Sample:
    minute: int
    mean: float
    highest: float


@transaction.atomic
def take_samples(*, series: Sequence[Series], unit: str, step_minutes: int, now: datetime) -> Taken:
    """Roll samples up into the days of their targets, by 5 minutes and by hours.

    unit: percent of the target's processors, ratio (0 to 1), or millicores. step_minutes: 1 or 5.
    A minute that came before is a duplicate and changes nothing.
    """
    taken = Taken()
    known = {(row.kind, row.name): row for row in Target.objects.held({each.name for each in series})}
    days: dict[tuple[UUID, date], list[_Sample]] = defaultdict(list)
    for place, each in enumerate(series):
        target = known.get((each.kind, each.name))
        points_of = _points(unit, target)
        # What is years ahead is only ahead, and stays within what a date can be.
        first = min(each.starts_at, now + timedelta(days=1))
        for at, mean in enumerate(each.mean):
            if mean is None:
                continue
            highest = each.max[at] if each.max else None
            moment = first + timedelta(minutes=at * step_minutes)
            values = (mean * points_of, (mean if highest is None else highest) * points_of)
            if reason := _objection(target, points_of, moment, values, step_minutes, now):
                taken.refuse(place, at, reason)
            elif target is not None:
                minute = moment.hour * 60 + moment.minute
                days[target.pk, moment.date()].append(_Sample(minute, *(min(value, 100.0) for value in values)))
    _write(days, step_minutes, taken)
    return taken


def make_weeks(days: Collection[date]) -> None:
    """Have the partitions of these days."""
    with connection.cursor() as cursor:
        for week in {day - timedelta(days=day.weekday()) for day in days}:
            cursor.execute("SELECT forecasts_make_week(%s)", [week])


def forget_old(*, now: datetime) -> int:
    """Drop the weeks of samples and forecasts that are no longer kept. Returns how many."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT forecasts_forget_weeks(%s)", [(now - KEPT).date()])
        return int(cursor.fetchone()[0])


def _points(unit: str, target: Target | None) -> float:
    """What one of the unit is in points of load; 0 where that cannot be said."""
    if unit == "millicores":
        return 0.1 / target.vcpus if target and target.vcpus else 0.0
    return {"percent": 1.0, "ratio": 100.0}[unit]


def _objection(
    target: Target | None, points: float, at: datetime, values: tuple[float, float], step_minutes: int, now: datetime
) -> str:
    mean, highest = values
    checks = (
        ("unknown-target", target is None),
        ("unknown-size", not points),
        ("too-old", at < now - KEPT),
        ("ahead-of-the-clock", at > now + AHEAD),
        ("between-steps", bool(at.minute % step_minutes or at.second or at.microsecond)),
        ("out-of-range", not (0 <= mean <= 100 + ROUNDED and 0 <= highest <= 100 + ROUNDED)),
        ("max-below-mean", highest < mean),
    )
    return next((reason for reason, wrong in checks if wrong), "")


def _write(days: dict[tuple[UUID, date], list[_Sample]], step_minutes: int, taken: Taken) -> None:
    if not days:
        return
    make_weeks({day for _, day in days})
    written = []
    for target, day, packed in _locked(sorted(days)):
        row = PackedDay.read(packed)
        for sample in days[target, day]:
            new = row.take(sample.minute, mean=sample.mean, highest=sample.highest, minutes=step_minutes)
            taken.accepted, taken.duplicates = taken.accepted + bool(new), taken.duplicates + (not new)
        written.append((target, day, Binary(row.packed()), Binary(row.hours())))
    with connection.cursor() as cursor:
        execute_values(
            cursor,
            "UPDATE forecasts_day SET samples = given.samples, hours = given.hours"
            " FROM (VALUES %s) AS given (target_id, day, samples, hours)"
            " WHERE forecasts_day.target_id = given.target_id::uuid AND forecasts_day.day = given.day::date",
            written,
            page_size=1000,
        )


def _locked(keys: list[tuple[UUID, date]]) -> Iterator[tuple[UUID, date, bytes]]:
    """These days, made where there are none; locked in one order, so that no two batches wait for each other."""
    with connection.cursor() as cursor:
        empty = [(*key, Binary(EMPTY), Binary(NO_HOURS)) for key in keys]
        insert = "INSERT INTO forecasts_day (target_id, day, samples, hours) VALUES %s ON CONFLICT DO NOTHING"
        execute_values(cursor, insert, empty, page_size=1000)
        cursor.execute(
            "SELECT target_id, day, samples FROM forecasts_day"
            " WHERE (target_id, day) IN (SELECT * FROM unnest(%s::uuid[], %s::date[]))"
            " ORDER BY target_id, day FOR UPDATE",
            [[target for target, _ in keys], [day for _, day in keys]],
        )
        yield from ((target, day, bytes(samples)) for target, day, samples in cursor.fetchall())
