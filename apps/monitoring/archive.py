"""Log chunks: lines as JSON, compressed, in objects."""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from threading import Lock
from typing import Literal
from uuid import UUID

import orjson
import zstandard

from apps.core.written import encoded
from apps.monitoring.models import LogChunk
from apps.storage import services as storage
from apps.storage.models import StoredObject

MEDIA_TYPE = "application/x-ndjson+zstd"
UNPACKED_CHUNKS_KEPT = 16
LineStream = Literal["out", "err", "hanse"]
# [number, ISO time, stream, text], as lines travel everywhere: to Redis, the archive, browsers.
Row = tuple[int, str, LineStream, str]


@dataclass(frozen=True)
class Line:
    """One line of a replica; numbers start at 1 and come from where it was written. `stream` hanse: said by Hanse itself."""

    number: int
    at: datetime
    stream: LineStream
    text: str


def pack(lines: Sequence[Line]) -> bytes:
    """Encode lines as they travel, in one JSON array."""
    return encoded([(line.number, _sortable(line.at), line.stream, line.text) for line in lines])


def _sortable(at: datetime) -> str:
    """ISO-8601 in UTC, always as wide, so that texts compare as moments do."""
    return at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def compress(packed: bytes) -> bytes:
    return zstandard.ZstdCompressor(level=3).compress(packed)


class _Unpacked:
    """The newest unpacked chunks (they never change), for viewers who page through one."""

    def __init__(self) -> None:
        self._kept: OrderedDict[UUID, bytes] = OrderedDict()
        self._lock = Lock()

    def get(self, object_id: UUID) -> bytes | None:
        with self._lock:
            if object_id in self._kept:
                self._kept.move_to_end(object_id)
            return self._kept.get(object_id)

    def put(self, object_id: UUID, packed: bytes) -> None:
        with self._lock:
            self._kept[object_id] = packed
            while len(self._kept) > UNPACKED_CHUNKS_KEPT:
                self._kept.popitem(last=False)


_unpacked = _Unpacked()


def packed_lines(chunk: LogChunk) -> bytes:
    """A chunk's lines, still encoded. Raises apps.storage.errors.ObjectMissing."""
    packed = _unpacked.get(chunk.object_id)
    if packed is None:
        stored = storage.read(stored=StoredObject.objects.get(pk=chunk.object_id))
        packed = zstandard.ZstdDecompressor().decompress(stored)
        _unpacked.put(chunk.object_id, packed)
    return packed


def lines_of(chunk: LogChunk) -> list[Row]:
    rows: list[Row] = orjson.loads(packed_lines(chunk))
    return rows
