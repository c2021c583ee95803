"""When schedules are due. Cron expressions as Debian's cron reads them, in a time zone.

Where the clocks change: a fixed time that is skipped comes right after the gap, one that is there twice comes once (the
first time). Expressions with `*` in the hour or minute follow the real hours: they miss none and double none.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice, takewhile
from zoneinfo import ZoneInfo, available_timezones

from cronsim import CronSim, CronSimError

LONGEST = 100
_RECENT = timedelta(days=7)


def check_cron(cron: str) -> None:
    """Raise ValueError, in words, for an expression that is none or is never due."""
    if len(cron) > LONGEST or len(cron.split()) != 5:
        raise ValueError("Five fields: minute, hour, day of the month, month, day of the week; such as 0 2 * * 1-5.")
    try:
        due = next(CronSim(cron, datetime(2026, 1, 1, tzinfo=UTC)), None)
    except CronSimError as error:
        raise ValueError(f"{error}: this field is not as cron reads it.") from error
    if due is None:
        raise ValueError("No day is ever like this.")


def check_zone(name: str) -> None:
    """Raise ValueError for what is no IANA time zone."""
    if name not in available_timezones():
        raise ValueError("This is no IANA time zone, such as Europe/Berlin.")


def due_times(cron: str, zone: str, *, after: datetime) -> Iterator[datetime]:
    """Every moment after `after`, in UTC, at which the expression is due."""
    return (due.astimezone(UTC) for due in CronSim(cron, after.astimezone(ZoneInfo(zone))))


def next_due(cron: str, zone: str, *, after: datetime, count: int = 1) -> list[datetime]:
    return list(islice(due_times(cron, zone, after=after), count))


def last_due(cron: str, zone: str, *, first: datetime, now: datetime) -> datetime:
    """The last due time up to `now`; `first` is one. However long nobody looked, few are counted through."""
    last = first
    for start in (max(first, now - _RECENT), first):
        for due in takewhile(lambda due: due <= now, due_times(cron, zone, after=start)):
            last = due
        if last != first:
            break
    return last
