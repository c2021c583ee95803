"""What replicas of this machine print and use, told to monitoring (and of jobs, to jobs) while they run.

A follower may die at any moment: where to continue comes from the archive (lines) and from a file (usage), and all that
is told may be told again.
"""

import json
import time
from dataclasses import dataclass, field
from datetime import datetime
from threading import Event
from typing import Any
from uuid import UUID

import structlog
from django.db.models import QuerySet

from apps.core.registries import SubjectScope
from apps.inference.models import App
from apps.jobs import services as jobs
from apps.jobs.models import Job
from apps.monitoring import services as monitoring
from apps.monitoring.errors import ArchiveBehind
from apps.monitoring.services import Line
from celery_workers.local import replicas
from celery_workers.local.replicas import ReplicaDirectory
from celery_workers.speech import Point, Speech, reports_in

READ_BYTES = 512 * 1024
# One that prints without end must not keep the others waiting.
READS_A_TURN = 8
ARCHIVE_SECONDS = 1.0
KEEP_PLACE_SECONDS = 10.0
_log = structlog.get_logger(__name__)


class Follower:
    """Follows all open replicas in turn."""

    def __init__(self) -> None:
        self._tails: dict[ReplicaDirectory, Tail] = {}
        self._speeches: dict[tuple[UUID, int], Speech] = {}
        self._archived_at = 0.0

    def step(self, stop: Event) -> None:
        found = {directory for directory in replicas.all_opened() if not directory.followed}
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
        if tail.speech is not None:
            tail.speech.tell(final=final)
        if final:
            if tail.speech is not None:
                jobs.log_ended(job_id=directory.job_id, attempt=directory.attempt, rank=directory.rank)
            directory.mark_followed()

    def _new_tail(self, directory: ReplicaDirectory) -> "Tail | None":
        """None when the job (app) is gone: nobody is left to read what it printed."""
        subject = Job if directory.shelf == replicas.JOBS else App
        rows: QuerySet[Any] = subject._default_manager.filter(pk=directory.job_id)
        place = rows.values("tenant_id", "project_id").first()
        if place is None:
            return None
        attempt, scope = (directory.job_id, directory.attempt), SubjectScope(**place)
        speech = self._speeches.setdefault(attempt, Speech(scope, *attempt)) if subject is Job else None
        tail = self._tails[directory] = Tail(directory, scope, subject.live_kind, speech)
        return tail


@dataclass
class Tail:
    """How far one replica was read."""

    directory: ReplicaDirectory
    scope: SubjectScope
    subject_kind: str
    speech: Speech | None
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
            subject_kind=self.subject_kind,
            subject_id=self.directory.job_id,
            attempt=self.directory.attempt,
            rank=self.directory.rank,
            lines=lines,
            source_position=self.position + len(data),
            final=final and exhausted,
        )
        self.position += len(data)
        if self.speech is not None:
            self.speech.hear(self.directory.rank, reports_in(lines))
        return exhausted

    def read_usage(self, *, final: bool) -> None:
        exhausted = False
        while not exhausted:
            data, exhausted = _whole_lines(self.directory, "usage.jsonl", self.usage_position)
            points = [point for record in data.splitlines() for point in _usage(record)]
            monitoring.record_metrics(
                scope=self.scope,
                subject_kind=self.subject_kind,
                subject_id=self.directory.job_id,
                attempt=self.directory.attempt,
                rank=self.directory.rank,
                points=points,
            )
            self.usage_position += len(data)
        if final or time.monotonic() - self.place_kept_at > KEEP_PLACE_SECONDS:
            self.place_kept_at = time.monotonic()
            self.directory.keep_usage_read(self.usage_position)


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
