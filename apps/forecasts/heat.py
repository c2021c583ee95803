"""The load of many targets by hour, what came and what is forecast, for maps of a fleet."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from apps.forecasts.models import Day, Forecast, Target
from apps.forecasts.packing import HOURS, UNKNOWN, points, unpack
from apps.forecasts.services.runs import full_hour

PAST_HOURS = AHEAD_HOURS = 48
HOUR = timedelta(hours=1)


def heat_of(targets: Sequence[Target], *, now: datetime) -> list[dict[str, Any]]:
    """Of each target the means of the hours before the running one, and those that are forecast from it on."""
    until = full_hour(now)
    since = until - PAST_HOURS * HOUR
    measured: dict[Any, list[float | None]] = {target.pk: [None] * PAST_HOURS for target in targets}
    days = PAST_HOURS // HOURS + 1
    midnight = since.replace(hour=0)
    for pk, after, packed in Day.objects.hours_of(list(measured), first=since.date(), days=days):
        for hour, value in enumerate(unpack(packed)[:HOURS]):
            at = (midnight + timedelta(days=after, hours=hour) - since) // HOUR
            if 0 <= at < PAST_HOURS and value != UNKNOWN:
                measured[pk][at] = points(value)
    forecasts = {row.target_id: row for row in Forecast.objects.newest_of(list(measured), since=since)}
    return [
        {
            "id": target.pk,
            "kind": target.kind,
            "name": target.name,
            "synthetic": target.synthetic,
            "starts_at": since,
            "measured": measured[target.pk],
            "forecast": _ahead(forecasts.get(target.pk), until),
        }
        for target in targets
    ]


def _ahead(forecast: Forecast | None, until: datetime) -> list[float | None]:
    """From `until` on, however long ago it was said; None where it does not reach."""
    if forecast is None:
        return [None] * AHEAD_HOURS
    passed = (until - forecast.issued_at) // HOUR
    said = [points(value) for value in forecast.curves[0][max(passed, 0) : passed + AHEAD_HOURS]]
    return said + [None] * (AHEAD_HOURS - len(said))
