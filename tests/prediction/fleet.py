"""Fleets of any size with loads by the hour, written as they lie; what is measured by 5 minutes is left out."""

from datetime import timedelta

import numpy as np
from django.db import connection
from django.utils import timezone
from psycopg2 import Binary
from psycopg2.extras import execute_values

from apps.core.ids import new_id
from apps.forecasts.packing import EMPTY, HOURS
from apps.forecasts.services.samples import make_weeks

AT_ONCE = 1_000


def make_fleet(machines: int, *, days: int, prefix: str = "vm") -> None:
    """VMs that each have a level, a rhythm of a day and noise: today's hours and those of the `days` before it."""
    random = np.random.default_rng(0)
    today = timezone.now().date()
    calendar = [today - timedelta(days=back) for back in reversed(range(days + 1))]
    make_weeks(calendar)
    hours = np.arange(len(calendar) * HOURS)
    for first in range(0, machines, AT_ONCE):
        count = min(AT_ONCE, machines - first)
        levels, swings = random.gamma(2, 6, (count, 1)) + 1, random.uniform(0, 1, (count, 1))
        noise = random.normal(0, 0.15, (count, len(hours)))
        loads = levels * np.clip(
            1 + swings * np.sin((hours + random.integers(0, 24, (count, 1))) * np.pi / 12) + noise, 0, 5
        )
        means = np.clip(loads * 100, 0, 9_900).astype("<u2")
        peaks = np.clip(means * 1.3, 0, 10_000).astype("<u2")
        ids = [new_id() for _ in range(count)]
        with connection.cursor() as cursor:
            _insert(
                cursor,
                "forecasts_target (id, kind, name, zone, size, labels, synthetic, created_at, generation)",
                [(one, "vm", f"{prefix}-{first + at}", "", "", "{}", True, timezone.now(), 1) for at, one in enumerate(ids)],
            )
            _insert(
                cursor,
                "forecasts_day (target_id, day, samples, hours)",
                [
                    (one, day, Binary(EMPTY), Binary(_packed(means[at], after) + _packed(peaks[at], after)))
                    for at, one in enumerate(ids)
                    for after, day in enumerate(calendar)
                ],
            )


def _packed(series: "np.ndarray[tuple[int, ...], np.dtype[np.uint16]]", after: int) -> bytes:
    return series[after * HOURS : (after + 1) * HOURS].tobytes()


def _insert(cursor, into: str, rows: list[tuple]) -> None:
    values = [tuple(str(value) if name == 0 else value for name, value in enumerate(row)) for row in rows]
    execute_values(cursor, f"INSERT INTO {into} VALUES %s", values, page_size=1_000)  # noqa: S608 - no user's words
