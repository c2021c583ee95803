"""Clients of the WebSocket that cost little beside the server, and the follower whose lines they look at."""

import asyncio
import struct
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import orjson

BATCH_SECONDS = 0.02
LINE = "x" * 80
REPLICA = "1/0"
TEXT, CLOSE, PING, PONG = 1, 8, 9, 10


def opening(cookie: str) -> bytes:
    return (
        "GET /ws/ HTTP/1.1\r\nHost: testserver\r\nOrigin: http://testserver\r\n"
        f"Cookie: {cookie}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
    ).encode()


def following(subject_id: UUID, have: int = 0) -> bytes:
    after = {"after": {REPLICA: have}} if have else {}
    return orjson.dumps({"do": "follow-logs", "id": "l", "subject_kind": "job", "subject_id": subject_id, **after})


class Socket(asyncio.Protocol):
    """Reads frames and gives them to `take`, and None when it is closed; `say` is sent once it is open."""

    def __init__(self, request: bytes, say: bytes, take: Callable[[bytes | None], None]) -> None:
        self._request, self._say, self._take = request, say, take
        self._buffer, self.why = bytearray(), "closed"
        self.open = asyncio.Event()

    def connection_made(self, transport: Any) -> None:
        self.transport = transport
        transport.write(self._request)

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        if not self.open.is_set():
            head, found, rest = self._buffer.partition(b"\r\n\r\n")
            if not found:
                return
            if b" 101 " not in head:
                self.why = head.decode()
                self.transport.close()
                return
            self.open.set()
            self._buffer = rest
            if self._say:
                self.transport.write(_masked(self._say))
        while (frame := self._frame()) is not None:
            kind, payload = frame
            if kind == PING:
                self.transport.write(_masked(payload, PONG))
            elif kind == CLOSE:
                self.why = f"closed with {int.from_bytes(payload[:2])}"
            else:
                self._take(payload)

    def connection_lost(self, error: Exception | None) -> None:
        self._take(None)

    def _frame(self) -> tuple[int, bytes] | None:
        if len(self._buffer) < 2:
            return None
        size, begin = self._buffer[1], 2
        if size == 126 and len(self._buffer) >= 4:
            (size,), begin = struct.unpack_from(">H", self._buffer, 2), 4
        elif size == 127 and len(self._buffer) >= 10:
            (size,), begin = struct.unpack_from(">Q", self._buffer, 2), 10
        elif size > 125:
            return None
        if len(self._buffer) < begin + size:
            return None
        frame = self._buffer[0] & 0x0F, bytes(self._buffer[begin : begin + size])
        del self._buffer[: begin + size]
        return frame


@dataclass
class Viewer:
    """Somebody who follows one replica's log to its line `last`, once and in order, or fails.

    fetch: reads the lines from the first to the second number that the archive has, for what is said to be missed. Without
    it a viewer that is cut off fails; with it, it comes back.
    """

    socket: Path
    cookie: str
    subject_id: UUID | None
    last: int
    fetch: Callable[[int, int], Awaitable[list[int]]] | None = None
    have: int = 0
    frames: int = 0
    returns: int = 0
    missed: int = 0
    # (when a frame came, how old its first line was then)
    delays: list[tuple[float, float]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting: asyncio.Queue[bytes | None] = asyncio.Queue()

    async def open(self) -> None:
        say = following(self.subject_id, self.have) if self.subject_id else b""
        make = lambda: Socket(opening(self.cookie), say, self._waiting.put_nowait)  # noqa: E731
        _, self.connection = await asyncio.get_running_loop().create_unix_connection(make, str(self.socket))
        try:
            await asyncio.wait_for(self.connection.open.wait(), 30)
        except TimeoutError:
            self.connection.transport.abort()
            raise

    async def watch(self) -> None:
        """Take frames until the last line came."""
        try:
            while self.have < self.last:
                frame = await self._waiting.get()
                if frame is None and self.fetch:
                    await self._come_back()
                elif frame is None:
                    raise RuntimeError(f"{self.connection.why} at line {self.have}")
                elif frame.startswith(b'{"is":"lines"'):
                    self._lines(orjson.loads(frame)["lines"])
                elif frame.startswith(b'{"is":"missed"'):
                    await self._missed(orjson.loads(frame))
        finally:
            self.connection.transport.abort()

    async def _come_back(self) -> None:
        while not self._waiting.empty():
            self._waiting.get_nowait()
        self.returns += 1
        while True:
            try:
                await self.open()
                return
            except (OSError, TimeoutError):
                await asyncio.sleep(0.2)

    def _lines(self, lines: list[Any]) -> None:
        first, last = lines[0], lines[-1]
        if first[0] != self.have + 1 or last[0] - first[0] != len(lines) - 1:
            raise RuntimeError(f"line {first[0]} after {self.have}")
        self.have = last[0]
        self.frames += 1
        now = time.time()
        self.delays.append((now, now - datetime.fromisoformat(first[1]).timestamp()))

    async def _missed(self, frame: Any) -> None:
        if self.fetch is None or frame["from"] != self.have + 1:
            raise RuntimeError(f"{frame} after {self.have}")
        found = await self.fetch(frame["from"], frame["to"])
        if found != list(range(frame["from"], frame["to"] + 1)):
            raise RuntimeError(f"the archive lacks lines of {frame}")
        self.missed += len(found)
        self.have = frame["to"]


def write(scope: Any, job_id: UUID, rate: int, seconds: float) -> None:
    """What a follower does: hand over the newest lines every moment."""
    from django.db import connection

    from apps.monitoring.services import Line, append_lines

    begin, number, last = time.monotonic(), 0, int(rate * seconds)
    while number < last:
        due = min(last, int((time.monotonic() - begin) * rate) + 1)
        append_lines(
            scope=scope,
            subject_kind="job",
            subject_id=job_id,
            attempt=1,
            rank=0,
            lines=[Line(one, datetime.now(UTC), "out", LINE) for one in range(number + 1, due + 1)],
            source_position=due,
            final=due == last,
        )
        number = due
        time.sleep(BATCH_SECONDS)
    connection.close()


def _masked(payload: bytes, kind: int = TEXT) -> bytes:
    """A frame as clients must send it; a mask of zeros leaves the payload as it is."""
    size = (
        struct.pack(">BB", 0x80 | kind, 0x80 | len(payload))
        if len(payload) < 126
        else struct.pack(">BBH", 0x80 | kind, 0xFE, len(payload))
    )
    return size + b"\0\0\0\0" + payload
