"""What workloads say of themselves in their output: how far they are, and their metrics."""

import json
import math
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock
from typing import Any
from uuid import UUID

from apps.core.registries import SubjectScope
from apps.jobs import services as jobs
from apps.jobs.models import Job
from apps.monitoring import services as monitoring
from apps.monitoring.services import Line

REPORTS_A_READ, MOST_METRICS, LONGEST_NAME = 50, 50, 80
REPORT_SECONDS = 0.5
Point = tuple[str, datetime, float]


@dataclass(frozen=True)
class Report:
    """What a workload said about itself in one line of JSON."""

    at: datetime
    progress: float | None
    eta_seconds: float | None
    metrics: dict[str, float]


def read_report(line: Line) -> Report | None:
    """The line as a report, when it is one: a JSON object with a progress, or with metrics. Anything may be in it."""
    if line.stream != "out" or not line.text.startswith("{"):
        return None
    try:
        said: dict[str, Any] = json.loads(line.text)
    except (ValueError, RecursionError):
        return None
    given = said.get("metrics")
    named = list(given.items())[:MOST_METRICS] if isinstance(given, dict) else []
    metrics = {name: number for name, value in named if _is_name(name) and (number := _number(value)) is not None}
    report = Report(line.at, _number(said.get("progress")), _number(said.get("eta_seconds")), metrics)
    return report if report.metrics or report.progress is not None else None


def _is_name(name: str) -> bool:
    return 0 < len(name) <= LONGEST_NAME and name.isprintable()


def _number(value: Any) -> float | None:
    if not isinstance(value, int | float) or isinstance(value, bool):
        return None
    try:
        number = float(value)
    except OverflowError:
        return None
    return number if math.isfinite(number) else None


@dataclass
class Speech:
    """What an attempt says of itself. Of several ranks that speak, the lowest speaks for the job.

    Its ranks may be read by several threads.
    """

    scope: SubjectScope
    job_id: UUID
    attempt: int
    speaker: int | None = None
    newest: Report | None = None
    told_at: float = 0.0
    _lock: Lock = field(default_factory=Lock)

    def hear(self, rank: int, reports: Sequence[Report]) -> None:
        if not reports:
            return
        with self._lock:
            self._hear(rank, reports)

    def _hear(self, rank: int, reports: Sequence[Report]) -> None:
        if self.speaker is None or rank < self.speaker:
            self.speaker = rank
        own = rank == self.speaker
        points = [(name, report.at, value) for report in reports for name, value in report.metrics.items()]
        record(self.scope, self.job_id, self.attempt, None if own else rank, points)
        for report in reports if own else ():
            before = self.newest or report
            self.newest = Report(
                report.at,
                report.progress if report.progress is not None else before.progress,
                report.eta_seconds,
                {**before.metrics, **report.metrics},
            )

    def tell(self, *, final: bool) -> None:
        """Report the newest to jobs, at most twice a second."""
        with self._lock:
            if self.newest is None or (not final and time.monotonic() - self.told_at < REPORT_SECONDS):
                return
            newest, self.newest, self.told_at = self.newest, None, time.monotonic()
        jobs.report_progress(
            job_id=self.job_id,
            attempt=self.attempt,
            progress=newest.progress,
            eta_seconds=newest.eta_seconds,
            metrics=newest.metrics,
            at=newest.at,
        )


def reports_in(lines: Sequence[Line]) -> Sequence[Report]:
    """Of the reports that one read brought, at most so many, spread evenly, the newest among them."""
    reports = [report for line in lines if (report := read_report(line))]
    return reports[:: -max(1, math.ceil(len(reports) / REPORTS_A_READ))][::-1]


def record(scope: SubjectScope, job_id: UUID, attempt: int, rank: int | None, points: list[Point]) -> None:
    monitoring.record_metrics(
        scope=scope, subject_kind=Job.live_kind, subject_id=job_id, attempt=attempt, rank=rank, points=points
    )
