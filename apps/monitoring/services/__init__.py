"""What followers call to keep logs and metrics, and how they are let go."""

from apps.monitoring.archive import Line
from apps.monitoring.services.lines import append_lines, archive_due, resume_point
from apps.monitoring.services.points import record_metrics
from apps.monitoring.services.removal import forget_subject

__all__ = ["Line", "append_lines", "archive_due", "forget_subject", "record_metrics", "resume_point"]
