"""Letting a subject's logs and metrics go, and what was told of it."""

from uuid import UUID

import structlog
from redis.exceptions import RedisError

from apps.monitoring import streams
from apps.monitoring.models import LogChunk, MetricPoint
from apps.monitoring.services.inbox import forget_notifications_of
from apps.monitoring.services.lines import stop_following

_log = structlog.get_logger(__name__)


def forget_subject(*, subject_kind: str, subject_id: UUID) -> None:
    """Delete the metrics, the index of the logs and the notifications of a subject that is purged.

    The chunks' objects belong to the same producer as its artifacts: delete them with
    `apps.storage.services.delete_of_producer`, after this. May be interrupted and repeated.
    """
    stop_following(subject_id)
    MetricPoint.objects.filter(subject_kind=subject_kind, subject_id=subject_id).delete()
    LogChunk.objects.of_subject(subject_kind, subject_id).delete()
    forget_notifications_of(object_id=subject_id)
    try:
        streams.forget(subject_id)
    except RedisError as error:
        _log.warning("streams-not-forgotten", subject_id=str(subject_id), error=str(error))
