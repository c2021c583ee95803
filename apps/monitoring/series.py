"""Series of metrics, thinned out to what a chart can show: of each stretch of time the lowest and the highest value.

Every point that is returned was measured, at that moment; where nothing was, nothing is, so gaps stay gaps.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from apps.monitoring.models import MetricPoint

_THINNED = """
SELECT attempt, rank, name,
  (array_agg(at ORDER BY value, at))[1], min(value), (array_agg(at ORDER BY value DESC, at))[1], max(value)
FROM (
  SELECT attempt, rank, name, at, value,
    floor(extract(epoch FROM at - %s) / %s) AS stretch
  FROM ({points}) AS point
) AS placed
GROUP BY attempt, rank, name, stretch ORDER BY attempt, rank, name, stretch
"""


@dataclass
class Series:
    """`count` and `mean` are of all values in the range, not only of the points shown."""

    name: str
    attempt: int
    rank: int | None
    count: int
    minimum: float
    maximum: float
    mean: float
    points: list[tuple[datetime, float]] = field(default_factory=list)


def read_series(
    *,
    subject_kind: str,
    subject_id: UUID,
    attempt: int | None,
    names: Sequence[str],
    since: datetime | None,
    until: datetime | None,
    most_points: int,
) -> list[Series]:
    """The subject's series in a range of time, each with at most `most_points` points. Two queries."""
    points = MetricPoint.objects.within(
        subject_kind=subject_kind, subject_id=subject_id, attempt=attempt, names=names, since=since, until=until
    )
    summaries = points.summaries()
    found = {
        (row["attempt"], row["rank"], row["name"]): Series(
            row["name"],
            row["attempt"],
            row["rank"],
            row["count"],
            row["minimum"],
            row["maximum"],
            row["mean"],
        )
        for row in summaries
    }
    if not found:
        return []
    if max(series.count for series in found.values()) <= most_points:
        for attempt_, rank, name, at, value in points.order_by("at").values_list("attempt", "rank", "name", "at", "value"):
            found[attempt_, rank, name].points.append((at, value))
    else:
        begin = min(row["first_at"] for row in summaries)
        seconds = (max(row["last_at"] for row in summaries) - begin).total_seconds()
        for attempt_, rank, name, *pair in _thinned(points, begin, seconds / (most_points // 2) * 1.000001):
            low, high = (pair[0], pair[1]), (pair[2], pair[3])
            found[attempt_, rank, name].points += [low] if low == high else sorted((low, high))
    return list(found.values())


def _thinned(points: Any, begin: datetime, step_seconds: float) -> list[tuple[Any, ...]]:
    inner, parameters = points.order_by().values("attempt", "rank", "name", "at", "value").query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(_THINNED.format(points=inner), [begin, step_seconds, *parameters])
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows
