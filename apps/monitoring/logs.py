"""Reading a subject's lines: those in the archive, then those that only the live stream has.

Lines are read lazily and in order, so that a page costs the chunks that it lies in, however long the log is.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from heapq import merge
from itertools import islice
from uuid import UUID

import orjson
import structlog
from redis.exceptions import RedisError

from apps.core import away
from apps.monitoring import archive, streams
from apps.monitoring.archive import Row
from apps.monitoring.models import Extent, LogChunk

# [rank, number, ISO time, stream, text]
MergedRow = tuple[int, int, str, str, str]
# What was read of each rank: its lines up to that number. Between two pages of the merged log.
Boundary = Mapping[int, int]

CHUNKS_AT_ONCE = 20

_log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class MergedPage:
    lines: list[MergedRow]
    start: Boundary
    end: Boundary


class SubjectLog:
    """The log of one subject, as it is when it is first asked; `attempt` and `rank` narrow what is looked at."""

    def __init__(self, subject_kind: str, subject_id: UUID, *, attempt: int | None = None, rank: int | None = None) -> None:
        self.subject_id = subject_id
        chunks = LogChunk.objects.of_subject(subject_kind, subject_id)
        if attempt is not None:
            chunks = chunks.filter(attempt=attempt)
        if rank is not None:
            chunks = chunks.filter(rank=rank)
        self._chunks = chunks
        self._narrowed = (attempt, rank)

    @cached_property
    def extents(self) -> list[Extent]:
        """By attempt and rank."""
        known = {(extent.attempt, extent.rank): extent for extent in self._chunks.extents()}
        for (attempt, rank), number in self._live_numbers().items():
            before = known.get((attempt, rank), Extent(attempt, rank, 1, 0, 0))
            if number > before.last_number:
                lines = before.lines + number - before.last_number
                known[attempt, rank] = Extent(attempt, rank, before.first_number, number, lines)
        return [known[replica] for replica in sorted(known)]

    def after(self, attempt: int, rank: int, number: int) -> Iterator[Row]:
        """Lines of a replica with greater numbers, in order."""
        for chunk in self._chunks_after(attempt, rank, number):
            for row in archive.lines_of(chunk):
                if row[0] > number:
                    number = row[0]
                    yield row
        for row in self._tail(attempt, rank):
            if row[0] > number:
                number = row[0]
                yield row

    def before(self, attempt: int, rank: int, number: int) -> Iterator[Row]:
        """Lines of a replica with smaller numbers, the greatest first."""
        for row in reversed(self._tail(attempt, rank)):
            if row[0] < number:
                number = row[0]
                yield row
        for chunk in self._chunks_before(attempt, rank, number):
            for row in reversed(archive.lines_of(chunk)):
                if row[0] < number:
                    number = row[0]
                    yield row

    def batches(self, attempt: int, rank: int, number: int) -> Iterator[bytes]:
        """The same as `after`, still encoded, a chunk at a time; the first may begin with smaller numbers."""
        for chunk in self._chunks_after(attempt, rank, number):
            yield archive.packed_lines(chunk)
        yield from self._live_tails.get(streams.of_replica(attempt, rank), [])

    def _chunks_after(self, attempt: int, rank: int, number: int) -> Iterator[LogChunk]:
        """A few at a time, each time by a query of its own: a reader may take longer than one transaction."""
        chunks = self._chunks.filter(attempt=attempt, rank=rank).order_by("first_number")
        while page := list(chunks.filter(last_number__gt=number)[:CHUNKS_AT_ONCE]):
            yield from page
            number = page[-1].last_number
            if len(page) < CHUNKS_AT_ONCE:
                return

    def _chunks_before(self, attempt: int, rank: int, number: int) -> Iterator[LogChunk]:
        chunks = self._chunks.filter(attempt=attempt, rank=rank).order_by("-first_number")
        while page := list(chunks.filter(first_number__lt=number)[:CHUNKS_AT_ONCE]):
            yield from page
            number = page[-1].first_number
            if len(page) < CHUNKS_AT_ONCE:
                return

    def merged_after(self, attempt: int, boundary: Boundary, limit: int) -> MergedPage:
        """The next lines of all ranks, by time."""
        page = list(islice(self.merged(attempt, boundary), limit))
        end = {rank: boundary.get(rank, 0) for rank in self._ranks(attempt)}
        for row in page:
            end[row[0]] = row[1]
        return MergedPage(page, boundary, end)

    def merged_before(self, attempt: int, boundary: Boundary | None, limit: int) -> MergedPage:
        """The lines of all ranks right before a boundary (the last of all when it is None), by time."""
        if boundary is None:
            boundary = {extent.rank: extent.last_number for extent in self.extents if extent.attempt == attempt}
        ranks = [_with_rank(rank, self.before(attempt, rank, number + 1)) for rank, number in boundary.items()]
        page = list(islice(merge(*ranks, key=_by_time, reverse=True), limit))[::-1]
        start = dict(boundary)
        for row in reversed(page):
            start[row[0]] = row[1] - 1
        return MergedPage(page, start, boundary)

    def boundary_at(self, attempt: int, moment: datetime) -> Boundary:
        """Where the merged log stands at a moment: what each rank wrote before it is read."""
        chunks = self._chunks.filter(attempt=attempt, last_at__lt=moment)
        read = {extent.rank: extent.last_number for extent in chunks.extents()}
        boundary = {}
        for rank in self._ranks(attempt):
            boundary[rank] = read.get(rank, 0)
            for row in self.after(attempt, rank, boundary[rank]):
                if datetime.fromisoformat(row[1]) >= moment:
                    break
                boundary[rank] = row[0]
        return boundary

    def merged(self, attempt: int, boundary: Boundary) -> Iterator[MergedRow]:
        """All lines of all ranks after a boundary, by time; within a rank always by number."""
        ranks = [_with_rank(rank, self.after(attempt, rank, boundary.get(rank, 0))) for rank in self._ranks(attempt)]
        return merge(*ranks, key=_by_time)

    def _ranks(self, attempt: int) -> list[int]:
        return [extent.rank for extent in self.extents if extent.attempt == attempt]

    def _live_numbers(self) -> dict[tuple[int, int], int]:
        try:
            with away.asked():
                known = streams.newest_lines(self.subject_id)
        except RedisError as error:
            _log.warning("live-lines-not-read", subject_id=str(self.subject_id), error=str(error))
            return {}
        numbers = {_replica(name): number for name, number in known.items()}
        attempt, rank = self._narrowed
        return {
            replica: number
            for replica, number in numbers.items()
            if attempt in (None, replica[0]) and rank in (None, replica[1])
        }

    @cached_property
    def _live_tails(self) -> dict[str, list[bytes]]:
        archived = {streams.of_replica(one.attempt, one.rank): one.last_number for one in self._chunks.extents()}
        live = {streams.of_replica(attempt, rank): 0 for attempt, rank in self._live_numbers()}
        try:
            with away.asked():
                return streams.lines_since(self.subject_id, {**live, **archived})
        except RedisError as error:
            _log.warning("live-lines-not-read", subject_id=str(self.subject_id), error=str(error))
            return {}

    def _tail(self, attempt: int, rank: int) -> list[Row]:
        batches = self._live_tails.get(streams.of_replica(attempt, rank), [])
        return [row for batch in batches for row in orjson.loads(batch)]


def _replica(name: str) -> tuple[int, int]:
    attempt, _, rank = name.partition("/")
    return int(attempt), int(rank)


def _with_rank(rank: int, rows: Iterable[Row]) -> Iterator[MergedRow]:
    return ((rank, *row) for row in rows)


def _by_time(row: MergedRow) -> tuple[str, int]:
    return row[2], row[0]
