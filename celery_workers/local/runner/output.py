"""What a replica prints, as numbered lines with their time."""

import contextlib
import os
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from celery_workers.local.runner.files import now

LINE_BYTES = 16 * 1024
_UNWRITTEN_BYTES = 2**20


class Lines:
    """Bytes of one stream cut into lines of bounded length; of what `\\r` overwrites, one state a second is kept."""

    def __init__(self) -> None:
        self._rest = b""
        self._overwritten_at = 0.0

    def feed(self, data: bytes) -> Iterator[str]:
        *whole, self._rest = (self._rest + data).split(b"\n")
        for line in whole:
            yield from _pieces(_shown(line.rstrip(b"\r")))
        overwritten, returned, newest = self._rest.rstrip(b"\r").rpartition(b"\r")
        if returned:
            self._rest = newest + self._rest[len(overwritten) + 1 + len(newest) :]
            if time.monotonic() - self._overwritten_at >= 1 and _shown(overwritten):
                self._overwritten_at = time.monotonic()
                yield from _pieces(_shown(overwritten))
        if len(self._rest) > LINE_BYTES:
            *pieces, self._rest = _cut(self._rest)
            for piece in pieces:
                yield piece.decode(errors="replace")

    def end(self) -> Iterator[str]:
        """What came after the last newline."""
        rest, self._rest = self._rest.rstrip(b"\r"), b""
        if rest:
            yield from _pieces(rest)


def _shown(line: bytes) -> bytes:
    """What a terminal would be left with: the part after the last carriage return."""
    return line.rpartition(b"\r")[2]


def _pieces(line: bytes) -> Iterator[str]:
    for piece in _cut(line):
        yield piece.decode(errors="replace")


def _cut(line: bytes) -> Iterator[bytes]:
    """Pieces of at most LINE_BYTES, none ending inside a character."""
    while len(line) > LINE_BYTES:
        cut = LINE_BYTES
        while cut > LINE_BYTES - 4 and line[cut] & 0xC0 == 0x80:
            cut -= 1
        yield line[:cut]
        line = line[cut:]
    yield line


class Output:
    """output.log. What a full disk refuses is kept for a while (1 MiB) and tried again; only lines kept get a number."""

    def __init__(self, path: Path, limit_bytes: int) -> None:
        self._descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o600)
        self._room_bytes = limit_bytes
        self._unwritten = b""
        self._number = 0

    def write(self, stream: str, texts: Iterable[str]) -> None:
        at = now()
        for text in texts:
            if self._room_bytes > 0 and len(self._unwritten) < _UNWRITTEN_BYTES:
                self._room_bytes -= self._append(stream, at, text)
                if self._room_bytes <= 0:
                    self._append("hanse", at, "The limit of kept output is reached; what follows is dropped.")
        self.flush()

    def say(self, text: str) -> None:
        """A line of Hanse's own; no limit holds it back."""
        self._append("hanse", now(), text)
        self.flush()

    def flush(self) -> None:
        with contextlib.suppress(OSError):
            while self._unwritten:
                self._unwritten = self._unwritten[os.write(self._descriptor, self._unwritten) :]

    def _append(self, stream: str, at: str, text: str) -> int:
        self._number += 1
        record = f"{self._number}\t{at}\t{stream}\t{text}\n".encode(errors="replace")
        self._unwritten += record
        return len(record)
