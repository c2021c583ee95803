"""What was measured of targets, and what was forecast: rows by target and day, or hour of issue, in partitions of weeks.

What hangs on a target goes with it by the database itself. Partitions are made by a function of the database when the
first row of a week comes, and dropped as a whole by a sweep.
"""

from array import array
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import ClassVar
from uuid import UUID

from django.db import connection, models
from django.utils import timezone

from apps.forecasts.models.targets import Target
from apps.forecasts.packing import HOURS, STEPS, UNKNOWN, unpack

# Samples and forecasts are kept so long; samples that come later than that are refused.
KEPT = timedelta(days=35)


@dataclass(frozen=True)
class Load:
    """A stretch of one target's load. Values are hundredths of a point, UNKNOWN where too little came."""

    starts_at: datetime
    step: timedelta
    mean: "array[int]"
    highest: "array[int]"


class DayQuerySet(models.QuerySet["Day"]):
    def load(self, target: Target, *, first: date, days: int, hourly: bool) -> Load:
        """The load of one target by hours, or by steps of 5 minutes."""
        steps, column = (HOURS, "hours") if hourly else (STEPS, "samples")
        rows = self.filter(target=target, day__gte=first, day__lt=first + timedelta(days=days))
        found = {day: unpack(bytes(packed)[: 4 * steps]) for day, packed in rows.values_list("day", column)}
        mean, highest, nothing = array("H"), array("H"), array("H", [UNKNOWN] * 2 * steps)
        for at in range(days):
            both = found.get(first + timedelta(days=at), nothing)
            mean += both[:steps]
            highest += both[steps:]
        return Load(datetime.combine(first, time(), UTC), timedelta(days=1) / steps, mean, highest)

    def hours_of(self, targets: Collection[UUID], *, first: date, days: int) -> list[tuple[UUID, int, bytes]]:
        """(target, how many days after `first`, its packed hours) of many targets, in one query."""
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT target_id, day - %s, hours FROM forecasts_day WHERE target_id = ANY (%s) AND day >= %s AND day < %s",
                [first, list(targets), first, first + timedelta(days=days)],
            )
            return [(target, after, bytes(hours)) for target, after, hours in cursor.fetchall()]


class Day(models.Model):
    """The samples of a target on one day (UTC), packed (packing.py), and the same by hours."""

    pk = models.CompositePrimaryKey("target_id", "day")
    target = models.ForeignKey(Target, on_delete=models.DO_NOTHING, related_name="days", db_index=False)
    day = models.DateField()
    samples = models.BinaryField()
    hours = models.BinaryField()

    objects: ClassVar[models.Manager["Day"]] = DayQuerySet.as_manager()


class ForecastQuerySet(models.QuerySet["Forecast"]):
    def newest_of(self, targets: Collection[UUID], *, since: datetime) -> "ForecastQuerySet":
        """The newest of each target, of those that were issued from `since` on."""
        issued = self.filter(target__in=targets, issued_at__gte=since)
        return issued.order_by("target_id", "-issued_at").distinct("target_id")


class Forecast(models.Model):
    """What was said at an hour of the hours behind it: mean, then low, median and high of the 80 % band, packed alike."""

    pk = models.CompositePrimaryKey("target_id", "issued_at")
    target = models.ForeignKey(Target, on_delete=models.DO_NOTHING, related_name="forecasts", db_index=False)
    issued_at = models.DateTimeField(help_text="The full hour behind which the first step begins.")
    engine = models.CharField(max_length=20)
    device = models.CharField(max_length=4, help_text="What it was really computed on.")
    said = models.BinaryField()
    made_at = models.DateTimeField(default=timezone.now)
    hours_known = models.PositiveSmallIntegerField(default=0, help_text="How many of the two weeks before it were measured.")

    objects: ClassVar[ForecastQuerySet] = ForecastQuerySet.as_manager()  # type: ignore[assignment]

    @property
    def curves(self) -> tuple["array[int]", "array[int]", "array[int]", "array[int]"]:
        """mean, low, median, high."""
        values = unpack(bytes(self.said))
        steps = len(values) // 4
        return values[:steps], values[steps : 2 * steps], values[2 * steps : 3 * steps], values[3 * steps :]
