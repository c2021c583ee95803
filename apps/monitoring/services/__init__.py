"""What followers call to keep logs and metrics, how they are let go, and how people are told what happens."""

from apps.monitoring.archive import Line
from apps.monitoring.services.delivery import deliver_notifications, inboxes_of
from apps.monitoring.services.inbox import (
    choose,
    forget_notifications_in,
    forget_notifications_of,
    forget_old_notifications,
    mark_read,
    mute,
    send_digests,
    unmute,
)
from apps.monitoring.services.lines import append_lines, archive_due, newest_texts, resume_point
from apps.monitoring.services.mails import retry_mail
from apps.monitoring.services.points import record_metrics
from apps.monitoring.services.removal import forget_subject

__all__ = [
    "Line",
    "append_lines",
    "archive_due",
    "choose",
    "deliver_notifications",
    "forget_notifications_in",
    "forget_notifications_of",
    "forget_old_notifications",
    "forget_subject",
    "inboxes_of",
    "mark_read",
    "mute",
    "newest_texts",
    "record_metrics",
    "resume_point",
    "retry_mail",
    "send_digests",
    "unmute",
]
