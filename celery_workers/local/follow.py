"""What replicas of this machine print and use, told to monitoring and jobs while they run.

A follower may die at any moment: where to continue comes from the archive (lines) and from a file (usage), and all that
is told may be told again.
"""

import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from threading import Event
from typing import Any
from uuid import UUID

import orjson
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
    """The line as a report, when it is one: a JSON object with a progress, or with metrics."""
    if line.stream != "out" or not line.text.startswith("{"):
        return None
    try:
        said: dict[str, Any] = orjson.loads(line.text)
    except orjson.JSONDecodeError:
        return None
    metrics = said.get("metrics")
    named = metrics.items() if isinstance(metrics, dict) else ()
    report = Report(
        at=line.at,
        progress=_number(said.get("progress")),
        eta_seconds=_number(said.get("eta_seconds")),
        metrics={name: value for name, given in named if (value := _number(given)) is not None},
    )
    return report if report.metrics or report.progress is not None else None


def _number(given: Any) -> float | None:
    return float(given) if isinstance(given, int | float) and not isinstance(given, bool) else None


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
            while tail.read(final=status.final):
                if stop.is_set():
                    return
        except ArchiveBehind as problem:
            _log.warning("log-archive-behind", replica=directory.label, detail=str(problem))
            return
        tail.read_usage(final=status.final)
        tail.speech.tell(final=status.final)
        if status.final:
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

    def hear(self, rank: int, reports: Iterable[Report]) -> None:
        reports = list(reports)
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
        """Pass on the next lines; True when there may be more. `final`: nothing is written any more."""
        data = _whole_lines(self.directory, "output.log", self.position)
        ended = final and len(data) < READ_BYTES
        if not data and not ended:
            return False
        lines = [_line(record) for record in data.decode(errors="replace").split("\n")[:-1]]
        monitoring.append_lines(
            scope=self.scope,
            subject_kind=Job.live_kind,
            subject_id=self.directory.job_id,
            attempt=self.directory.attempt,
            rank=self.directory.rank,
            lines=lines,
            source_position=self.position + len(data),
            final=ended,
        )
        self.position += len(data)
        self.speech.hear(self.directory.rank, filter(None, map(read_report, lines)))
        return bool(data) and not ended

    def read_usage(self, *, final: bool) -> None:
        while data := _whole_lines(self.directory, "usage.jsonl", self.usage_position):
            points: list[Point] = []
            for record in map(orjson.loads, data.splitlines()):
                at = datetime.fromisoformat(record.pop("at"))
                points += [(name, at, value) for name, value in record.items()]
            _record(self.directory.job_id, self.directory.attempt, self.directory.rank, points)
            self.usage_position += len(data)
        if final or time.monotonic() - self.place_kept_at > KEEP_PLACE_SECONDS:
            self.place_kept_at = time.monotonic()
            self.directory.keep_usage_read(self.usage_position)


def _record(job_id: UUID, attempt: int, rank: int | None, points: list[Point]) -> None:
    monitoring.record_metrics(subject_kind=Job.live_kind, subject_id=job_id, attempt=attempt, rank=rank, points=points)


def _whole_lines(directory: ReplicaDirectory, name: str, position: int) -> bytes:
    """The next whole lines of a file from `position` on; a line that is still being written is left for later."""
    try:
        with (directory.path / name).open("rb") as file:
            file.seek(position)
            data = file.read(READ_BYTES)
    except FileNotFoundError:
        return b""
    return data[: data.rfind(b"\n") + 1]


def _line(record: str) -> Line:
    number, at, stream, text = record.split("\t", 3)
    return Line(int(number), datetime.fromisoformat(at), stream, text)  # type: ignore[arg-type]  # the runner's own names
