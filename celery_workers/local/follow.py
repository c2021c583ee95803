"""What replicas of this machine print and use, told to monitoring and jobs while they run.

A follower may die at any moment: where to continue comes from the archive (lines) and from a file (usage), and all that
is told may be told again.
"""

import json
import math
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from threading import Event
from typing import Any
from uuid import UUID

import structlog

from apps.core.registries import SubjectScope
from apps.jobs import services as jobs
from apps.jobs.models import Job
from apps.monitoring import services as monitoring
from apps.monitoring.errors import ArchiveBehind
from apps.monitoring.services import Line
from celery_workers.local import replicas
from celery_workers.local.replicas import ReplicaDirectory

READ_BYTES = 512 * 1024
# One that prints without end must not keep the others waiting.
READS_A_TURN = 8
REPORTS_A_READ, MOST_METRICS, LONGEST_NAME = 50, 50, 80
REPORT_SECONDS = 0.5
ARCHIVE_SECONDS = 1.0
KEEP_PLACE_SECONDS = 10.0
_log = structlog.get_logger(__name__)
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


class Follower:
    """Follows all open replicas in turn."""

    def __init__(self) -> None:
        self._tails: dict[ReplicaDirectory, Tail] = {}
        self._speeches: dict[tuple[UUID, int], Speech] = {}
        self._archived_at = 0.0

    def step(self, stop: Event) -> None:
        found = {directory for directory in replicas.opened() if not directory.followed}
        self._tails = {directory: tail for directory, tail in self._tails.items() if directory in found}
        attempts = {(directory.job_id, directory.attempt) for directory in found}
        self._speeches = {attempt: speech for attempt, speech in self._speeches.items() if attempt in attempts}
        for directory in sorted(found):
            if stop.is_set():
                return
            self._follow(directory, stop)
        if time.monotonic() - self._archived_at > ARCHIVE_SECONDS:
            self._archived_at = time.monotonic()
            monitoring.archive_due()

    def _follow(self, directory: ReplicaDirectory, stop: Event) -> None:
        # Before the output is read: what is final now, wrote everything before.
        status = directory.status()
        if status is None:
            return
        tail = self._tails.get(directory) or self._new_tail(directory)
        if tail is None:
            if status.final:
                directory.mark_followed()
            return
        try:
            done = any(tail.read(final=status.final) or stop.is_set() for _ in range(READS_A_TURN))
        except ArchiveBehind as problem:
            _log.warning("log-archive-behind", replica=directory.label, detail=str(problem))
            return
        final = status.final and done and not stop.is_set()
        tail.read_usage(final=final)
        tail.speech.tell(final=final)
        if final:
            directory.mark_followed()

    def _new_tail(self, directory: ReplicaDirectory) -> "Tail | None":
        """None when the job is gone: nobody is left to read what it printed."""
        job = Job.objects.filter(pk=directory.job_id).values("tenant_id", "project_id").first()
        if job is None:
            return None
        attempt = (directory.job_id, directory.attempt)
        speech = self._speeches.setdefault(attempt, Speech(*attempt))
        tail = self._tails[directory] = Tail(directory, SubjectScope(**job), speech)
        return tail


@dataclass
class Speech:
    """What an attempt says of itself. Of several ranks that speak, the lowest speaks for the job."""

    job_id: UUID
    attempt: int
    speaker: int | None = None
    newest: Report | None = None
    told_at: float = 0.0

    def hear(self, rank: int, reports: Sequence[Report]) -> None:
        if not reports:
            return
        if self.speaker is None or rank < self.speaker:
            self.speaker = rank
        own = rank == self.speaker
        points = [(name, report.at, value) for report in reports for name, value in report.metrics.items()]
        _record(self.job_id, self.attempt, None if own else rank, points)
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


@dataclass
class Tail:
    """How far one replica was read."""

    directory: ReplicaDirectory
    scope: SubjectScope
    speech: Speech
    position: int = field(init=False)
    usage_position: int = field(init=False)
    place_kept_at: float = field(default_factory=time.monotonic)

    def __post_init__(self) -> None:
        _, self.position = monitoring.resume_point(self.directory.job_id, self.directory.attempt, self.directory.rank)
        self.usage_position = self.directory.usage_read()

    def read(self, *, final: bool) -> bool:
        """Pass on the next lines; True when nothing is left for now. `final`: nothing is written any more."""
        data, exhausted = _whole_lines(self.directory, "output.log", self.position)
        if not data and not final:
            return True
        records = data.decode(errors="replace").split("\n")[:-1]
        lines = [line for record in records if (line := _line(record))]
        monitoring.append_lines(
            scope=self.scope,
            subject_kind=Job.live_kind,
            subject_id=self.directory.job_id,
            attempt=self.directory.attempt,
            rank=self.directory.rank,
            lines=lines,
            source_position=self.position + len(data),
            final=final and exhausted,
        )
        self.position += len(data)
        self.speech.hear(self.directory.rank, _thinned([report for line in lines if (report := read_report(line))]))
        return exhausted

    def read_usage(self, *, final: bool) -> None:
        exhausted = False
        while not exhausted:
            data, exhausted = _whole_lines(self.directory, "usage.jsonl", self.usage_position)
            points = [point for record in data.splitlines() for point in _usage(record)]
            _record(self.directory.job_id, self.directory.attempt, self.directory.rank, points)
            self.usage_position += len(data)
        if final or time.monotonic() - self.place_kept_at > KEEP_PLACE_SECONDS:
            self.place_kept_at = time.monotonic()
            self.directory.keep_usage_read(self.usage_position)


def _thinned(reports: Sequence[Report]) -> Sequence[Report]:
    """At most so many of what one read brought, spread evenly, the newest among them."""
    return reports[:: -max(1, math.ceil(len(reports) / REPORTS_A_READ))][::-1]


def _record(job_id: UUID, attempt: int, rank: int | None, points: list[Point]) -> None:
    monitoring.record_metrics(subject_kind=Job.live_kind, subject_id=job_id, attempt=attempt, rank=rank, points=points)


def _whole_lines(directory: ReplicaDirectory, name: str, position: int) -> tuple[bytes, bool]:
    """The next whole lines of a file from `position` on, and whether these are all that there are for now.

    A line that is still being written is left for later.
    """
    try:
        with (directory.path / name).open("rb") as file:
            file.seek(position)
            data = file.read(READ_BYTES)
    except FileNotFoundError:
        return b"", True
    return data[: data.rfind(b"\n") + 1], len(data) < READ_BYTES


# Where Hanse is an ordinary user, a replica could write to these files too; what makes no sense is passed over.
def _line(record: str) -> Line | None:
    try:
        number, at, stream, text = record.split("\t", 3)
        if stream not in ("out", "err", "hanse"):
            return None
        return Line(int(number), datetime.fromisoformat(at), stream, text)  # type: ignore[arg-type]
    except ValueError:
        return None


def _usage(record: bytes) -> list[Point]:
    try:
        said = json.loads(record)
        at = datetime.fromisoformat(said["at"])
        return [(name, at, float(said[name])) for name in ("cpu_millicores", "memory_bytes")]
    except (ValueError, TypeError, KeyError):
        return []
