"""Loads as engines take them, read from the days of many targets at once; and what engines say, as it is kept."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

import numpy as np
import numpy.typing as npt

from apps.forecasts.models import Day
from apps.forecasts.packing import HOURS, UNKNOWN
from celery_workers.prediction.algorithms.interface import Floats, Forecast

# What a model learns from, and what a forecast is made of: engines look back at two weeks.
LEARNED_DAYS, FORECAST_DAYS = 34, 15


def hours_before(targets: Sequence[UUID], until: datetime, *, days: int) -> Floats:
    """The means of the whole hours before the full hour `until`: (targets, hours), NaN where too little came."""
    first = (until - timedelta(days=days)).date()
    length = int((until - datetime(first.year, first.month, first.day, tzinfo=until.tzinfo)) / timedelta(hours=1))
    return _hours(targets, first_day=first, days=days + 1)[:, :length]


def since_measured(history: Floats) -> Floats:
    """Without the hours before the first that is known of any target; all of it where none is."""
    measured = np.flatnonzero(np.isfinite(history).any(axis=0))
    return history[:, measured[0] :] if len(measured) else history


def hours_from(targets: Sequence[UUID], since: datetime, *, hours: int) -> Floats:
    """The means of the `hours` from the full hour `since` on: what came of a forecast."""
    days = (since.hour + hours - 1) // HOURS + 1
    return _hours(targets, first_day=since.date(), days=days)[:, since.hour : since.hour + hours]


def _hours(targets: Sequence[UUID], *, first_day: date, days: int) -> Floats:
    found = np.full((len(targets), days * HOURS), float(UNKNOWN))
    rows = {target: at for at, target in enumerate(targets)}
    for target, after, packed in Day.objects.hours_of(targets, first=first_day, days=days):
        found[rows[target], after * HOURS : (after + 1) * HOURS] = np.frombuffer(packed, dtype="<u2", count=HOURS)
    found[found == UNKNOWN] = np.nan
    return found / 100


def kept(forecast: Forecast) -> tuple[npt.NDArray[np.bool_], list[bytes]]:
    """Of which series there is a forecast; and of each, mean, low, median and high as they are packed."""
    there: npt.NDArray[np.bool_] = np.asarray(np.isfinite(forecast.mean).all(axis=1))
    curves = [forecast.mean, *(forecast.quantiles[:, :, at] for at in range(3))]
    packed = np.round(np.nan_to_num(np.stack(curves, axis=1)) * 100).astype("<u2")
    return there, [series.tobytes() for series in packed]


def said(packed: Sequence[bytes], hours: int) -> Forecast:
    """Forecasts as they were kept, `hours` of each."""
    curves = np.stack([np.frombuffer(each, dtype="<u2").reshape(4, -1)[:, :hours] for each in packed]) / 100
    return Forecast(curves[:, 0], np.moveaxis(curves[:, 1:], 1, 2))
