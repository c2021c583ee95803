"""Lines on their way from a follower to the live stream and the archive.

A follower's process holds the lines that are not archived yet; their source has them too. So a follower that dies costs
nothing (the next one continues after the newest chunk), and a Redis that forgets is told again. Redis refuses a line
that does not follow the one it has, which keeps its stream without gaps and doubles whoever writes.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from threading import Lock, RLock
from time import monotonic
from uuid import UUID

import structlog
from django.db import IntegrityError, transaction
from redis.exceptions import RedisError

from apps.core import registries
from apps.core.errors import Problem
from apps.core.registries import SubjectScope
from apps.monitoring import archive, streams
from apps.monitoring.archive import Line
from apps.monitoring.errors import ArchiveBehind
from apps.monitoring.models import LogChunk
from apps.monitoring.text import safe_line
from apps.storage import services as storage

CHUNK_BYTES = 256 * 1024
CHUNK_SECONDS = 5.0
# So much is held of one replica while the archive cannot be written; then its follower has to wait.
HELD_BYTES = 4 * 1024 * 1024
RETRY_SECONDS = 2.0
SILENT_SECONDS = 600.0

_log = structlog.get_logger(__name__)
_tails: dict[tuple[UUID, int, int], "_Tail"] = {}
_tails_lock = Lock()


def append_lines(
    *,
    scope: SubjectScope,
    subject_kind: str,
    subject_id: UUID,
    attempt: int,
    rank: int,
    lines: Sequence[Line],
    source_position: int,
    final: bool,
) -> None:
    """Show lines of one replica to whoever follows, and archive them in chunks by size, by age, and when `final`.

    lines: in order of their numbers; those that are known already are passed over, so that repeating a call is safe.
    source_position: where the source continues after the last of them (kept with each chunk, see `resume_point`).
    final: nothing will follow. May be called with no lines, to archive what is old enough.
    Raises ArchiveBehind when too much is held, or when `final` and the archive cannot be written: repeat the call later.
    """
    key = (subject_id, attempt, rank)
    tail = _tails.get(key) or _tails.setdefault(key, _Tail(scope, subject_kind, subject_id, attempt, rank))
    with tail.lock:
        tail.take(lines, source_position)
        tail.show()
        if final:
            tail.archive()
        else:
            tail.archive_if_due()
    if final:
        with _tails_lock:
            _tails.pop(key, None)


def archive_due() -> None:
    """Archive what is old enough of all replicas of this process; a follower calls it about once a second.

    Replicas that were silent for long are let go; the archive knows where they stand.
    """
    with _tails_lock:
        tails = list(_tails.items())
    for key, tail in tails:
        with tail.lock:
            tail.show()
            tail.archive_if_due()
            silent = not tail.lines and monotonic() - tail.used_at > SILENT_SECONDS
        if silent:
            with _tails_lock:
                _tails.pop(key, None)


def resume_point(subject_id: UUID, attempt: int, rank: int) -> tuple[int, int]:
    """(number of the last archived line, position of the source after it), where a follower that starts continues."""
    chunk = LogChunk.objects.newest(subject_id, attempt, rank)
    return (chunk.last_number, chunk.source_position) if chunk else (0, 0)


def newest_texts(subject_id: UUID, attempt: int, rank: int) -> list[str]:
    """Texts of the archived lines of the newest moment, for a source that tells lines apart by their moments only."""
    chunk = LogChunk.objects.newest(subject_id, attempt, rank)
    rows = [row for row in archive.lines_of(chunk) if row[2] != "hanse"] if chunk else []
    return [text for _, at, _, text in rows if at == rows[-1][1]]


def stop_following(subject_id: UUID) -> None:
    """Drop what this process holds of a subject: what is not archived is not wanted any more."""
    with _tails_lock:
        for key in [key for key in _tails if key[0] == subject_id]:
            del _tails[key]


class _SubjectGone(Exception):
    """It was removed, with all that was archived of it: what its follower still holds is nobody's."""


@dataclass
class _Tail:
    """What is not archived yet of one replica. Everything but `lock` is used under it."""

    scope: SubjectScope
    subject_kind: str
    subject_id: UUID
    attempt: int
    rank: int
    lock: RLock = field(default_factory=RLock)
    floor: int = field(init=False)  # the line before the first that is held: archived, or never written
    last: int = field(init=False)
    shown: int = field(init=False)
    source_position: int = 0
    lines: list[Line] = field(default_factory=list)
    size: int = 0
    held_since: float = 0.0
    retry_at: float = 0.0
    used_at: float = field(default_factory=monotonic)
    live_since: str = ""  # the stream's entry with the first held line
    live_until: str = ""  # its newest entry

    def __post_init__(self) -> None:
        self.floor, self.source_position = resume_point(self.subject_id, self.attempt, self.rank)
        self.last = self.shown = self.floor

    def take(self, lines: Sequence[Line], source_position: int) -> None:
        self.used_at = monotonic()
        if self.size > HELD_BYTES:
            self.archive_if_due()
            if self.size > HELD_BYTES:
                raise ArchiveBehind
        for line in lines:
            if line.number <= self.last:
                continue
            if not self.lines:
                self.held_since = monotonic()
            text = safe_line(line.text)
            self.lines.append(Line(line.number, line.at, line.stream, text))
            self.size += len(text) + 60
            self.last = line.number
        self.source_position = max(self.source_position, source_position)

    def show(self) -> None:
        """Send the live stream what it lacks. Without Redis the archive goes on, and viewers read from there."""
        try:
            for _ in range(len(self.lines) + 1):
                batch = self._next_batch()
                if not batch:
                    return
                self._send(batch, last=batch[-1].number)
        except RedisError as error:
            _log.warning("live-lines-not-sent", subject_id=str(self.subject_id), error=str(error))

    def _send(self, batch: Sequence[Line], *, last: int) -> None:
        accepted = streams.add_lines(
            subject_id=self.subject_id,
            replica=streams.of_replica(self.attempt, self.rank),
            floor=self.floor,
            after=self.shown,
            last=last,
            lines=archive.pack(batch),
        )
        self.shown = accepted.last
        self.live_until = accepted.entry_id or self.live_until
        if batch:
            self.live_since = self.live_since or accepted.entry_id

    def _next_batch(self) -> list[Line]:
        size, batch = 0, []
        for line in self._after(self.shown):
            batch.append(line)
            size += len(line.text) + 60
            if size >= streams.LOG_ENTRY_BYTES:
                break
        return batch

    def _after(self, number: int) -> list[Line]:
        """Held lines after `number`, found from the end, where it usually is."""
        at = len(self.lines)
        while at and self.lines[at - 1].number > number:
            at -= 1
        return self.lines[at:]

    def archive_if_due(self) -> None:
        due = self.size >= CHUNK_BYTES or monotonic() - self.held_since >= CHUNK_SECONDS
        if not self.lines or not due or monotonic() < self.retry_at:
            return
        try:
            self.archive()
        except ArchiveBehind as error:
            self.retry_at = monotonic() + RETRY_SECONDS
            _log.warning(
                "chunk-not-archived", subject_id=str(self.subject_id), lines=len(self.lines), error=repr(error.__cause__)
            )

    def archive(self) -> None:
        """Write what is held as one chunk, and let Redis forget what is archived."""
        while self.lines:
            try:
                self._write_chunk()
            except IntegrityError:
                # Another follower was here too: what it archived need not be archived again.
                self._let_go(resume_point(self.subject_id, self.attempt, self.rank)[0])
            except _SubjectGone:
                self._let_go(self.last)
            except (Problem, OSError) as error:
                raise ArchiveBehind from error
            else:
                self._let_go(self.last)
                self._tell_archived()

    def _write_chunk(self) -> None:
        first, last = self.lines[0], self.lines[-1]
        stored = storage.put(
            tenant_id=self.scope.tenant_id,
            project_id=self.scope.project_id,
            producer_kind=self.subject_kind,
            producer_id=self.subject_id,
            purpose="log-chunk",
            name=f"{self.attempt}-{self.rank}-{first.number}.zst",
            source=archive.compress(archive.pack(self.lines)),
            media_type=archive.MEDIA_TYPE,
        )
        try:
            with transaction.atomic():
                if not registries.subject_holds[self.subject_kind](self.subject_id):
                    raise _SubjectGone  # noqa: TRY301 - it undoes the transaction, as a broken constraint does
                LogChunk.objects.create(
                    tenant_id=self.scope.tenant_id,
                    project_id=self.scope.project_id,
                    subject_kind=self.subject_kind,
                    subject_id=self.subject_id,
                    attempt=self.attempt,
                    rank=self.rank,
                    first_number=first.number,
                    last_number=last.number,
                    line_count=len(self.lines),
                    first_at=first.at,
                    last_at=last.at,
                    source_position=self.source_position,
                    object_id=stored.pk,
                )
        except (IntegrityError, _SubjectGone):
            storage.delete(stored=stored)
            raise

    def _let_go(self, number: int) -> None:
        self.lines = self._after(number)
        self.size = sum(len(line.text) + 60 for line in self.lines)
        self.held_since = monotonic()
        self.floor = number
        self.last = max(self.last, number)
        self.shown = max(self.shown, number)
        self.live_since = ""

    def _tell_archived(self) -> None:
        """Tell viewers how far the archive reaches, should Redis have lost lines on the way; then trim what it has."""
        with _tails_lock:
            others = [tail for tail in _tails.values() if tail.subject_id == self.subject_id and tail is not self]
        try:
            self._send((), last=self.shown)
            held = [tail.live_since for tail in others if tail.live_since]
            if oldest := min((*held, self.live_until), key=_age):
                streams.trim_lines(subject_id=self.subject_id, before_id=oldest)
        except RedisError as error:
            _log.warning("live-lines-not-sent", subject_id=str(self.subject_id), error=str(error))


def _age(entry_id: str) -> tuple[int, int]:
    milliseconds, _, number = entry_id.partition("-")
    return int(milliseconds or 0), int(number or 0)
