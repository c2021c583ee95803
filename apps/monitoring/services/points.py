"""Values of metrics, as workloads and observers report them."""

import math
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import structlog
from redis.exceptions import RedisError

from apps.core.registries import SubjectScope
from apps.monitoring import streams
from apps.monitoring.models import MetricPoint

MOST_NAME_CHARACTERS = 80

_log = structlog.get_logger(__name__)


def record_metrics(
    *,
    scope: SubjectScope,
    subject_kind: str,
    subject_id: UUID,
    attempt: int,
    rank: int | None,
    points: Sequence[tuple[str, datetime, float]],
) -> None:
    """Keep (name, moment, value) of one replica, or of the subject as a whole when `rank` is None.

    Repeating a call changes nothing: a series has one value a moment. Values that are no finite numbers are left out.
    """
    kept = [(name[:MOST_NAME_CHARACTERS], at, float(value)) for name, at, value in points if math.isfinite(value)]
    if not kept:
        return
    MetricPoint.objects.bulk_create(
        [
            MetricPoint(
                tenant_id=scope.tenant_id,
                project_id=scope.project_id,
                subject_kind=subject_kind,
                subject_id=subject_id,
                attempt=attempt,
                rank=rank,
                name=name,
                at=at,
                value=value,
            )
            for name, at, value in kept
        ],
        ignore_conflicts=True,
    )
    try:
        streams.add_points(subject_id=subject_id, attempt=attempt, rank=rank, points=kept)
    except RedisError as error:
        _log.warning("live-points-not-sent", subject_id=str(subject_id), error=str(error))
