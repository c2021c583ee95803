"""What is sent to browsers, built once for all viewers of a stream.

A frame begins with the viewer's own name for the subscription; the rest, the same for all, is text made once.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import orjson

from apps.core.written import encoded

FRAME_BYTES = 128 * 1024
Entry = tuple[bytes, dict[bytes, bytes]]


def frame(is_: str, **members: Any) -> str:
    return encoded({"is": is_, **members}).decode()


@dataclass(frozen=True)
class EventItem:
    epoch: str
    seq: int
    kind: str
    project_id: UUID | None
    rest: str

    def frame(self, quoted_id: str) -> str:
        return f'{{"is":"event","id":{quoted_id},{self.rest}'


@dataclass(frozen=True)
class LinesItem:
    """Lines of one replica after line `after`, up to line `last`; without any, the word that they are archived."""

    replica: str
    after: int
    last: int
    lines: str

    def frame(self, quoted_id: str) -> str:
        return self._frame(quoted_id, self.lines)

    def frame_after(self, quoted_id: str, number: int) -> str:
        """The same without the lines up to `number`."""
        later = [line for line in orjson.loads(f"[{self.lines}]") if line[0] > number]
        return self._frame(quoted_id, orjson.dumps(later).decode()[1:-1])

    def _frame(self, quoted_id: str, lines: str) -> str:
        attempt, _, rank = self.replica.partition("/")
        return f'{{"is":"lines","id":{quoted_id},"attempt":{attempt},"rank":{rank},"lines":[{lines}]}}'


@dataclass(frozen=True)
class PointsItem:
    rest: str

    def frame(self, quoted_id: str) -> str:
        return f'{{"is":"points","id":{quoted_id},{self.rest}'


def events(entries: Iterable[Entry]) -> Iterator[EventItem]:
    for _, entry in entries:
        epoch, kind, project = (entry[name].decode() for name in (b"epoch", b"kind", b"project"))
        seq = int(entry[b"seq"])
        members = {
            "epoch": epoch,
            "seq": seq,
            "kind": kind,
            "object_id": entry[b"id"].decode(),
            "project_id": project or None,
            "version": int(entry[b"version"]),
            "op": entry[b"op"].decode(),
        }
        rest = f'{orjson.dumps(members).decode()[1:-1]},"object":{entry[b"object"].decode() or "null"}}}'
        yield EventItem(epoch, seq, kind, UUID(project) if project else None, rest)


def lines(entries: Iterable[Entry]) -> Iterator[LinesItem]:
    """Entries as items; those of one replica that follow each other become one, as far as a frame reaches."""
    open_: dict[str, tuple[int, int, list[str], int]] = {}
    for _, entry in entries:
        replica, after, last = entry[b"of"].decode(), int(entry[b"after"]), int(entry[b"last"])
        text = entry[b"lines"].decode()[1:-1]
        if replica in open_:
            first, until, parts, size = open_[replica]
            if until == after and size + len(text) <= FRAME_BYTES:
                open_[replica] = (first, last, [*parts, text] if text else parts, size + len(text))
                continue
            yield LinesItem(replica, first, until, ",".join(parts))
        open_[replica] = (after, last, [text] if text else [], len(text))
    for replica, (first, until, parts, _) in open_.items():
        yield LinesItem(replica, first, until, ",".join(parts))


def points(entries: Iterable[Entry]) -> Iterator[PointsItem]:
    for _, entry in entries:
        rank = entry[b"rank"].decode() or "null"
        yield PointsItem(f'"attempt":{entry[b"attempt"].decode()},"rank":{rank},"points":{entry[b"points"].decode()}}}')
