"""One log to many viewers, beside its floor: the same lines from the same Redis through nothing but XREAD and websockets.

    .venv/bin/python -m benches.log_fanout [viewers] [lines a second] [seconds]

Lines are written one at a time as a follower would at its fastest. Both servers are processes of their own and are
measured by the CPU they used; viewers are one process that reads frames and looks at their first and last line. Every
viewer must get every line once and in order, or the bench fails.
"""

import asyncio
import os
import struct
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from statistics import quantiles
from typing import Any
from uuid import UUID

import httpx
import orjson
import psutil

from benches.world import world
from embedded.ports import next_free

BATCH_SECONDS = 0.02
LINE = "x" * 80
REPOSITORY = Path(__file__).resolve().parents[1]


async def floor(port: int, url: str, stream: str, viewers: int) -> None:
    """The least that could do it: one loop reads, every 100 ms, and sends the same bytes to everybody."""
    from redis.asyncio import Redis
    from websockets.asyncio.server import ServerConnection, serve

    connected: set[ServerConnection] = set()

    async def admit(connection: ServerConnection) -> None:
        connected.add(connection)
        await connection.wait_closed()

    async with serve(admit, "127.0.0.1", port, compression=None, max_queue=None):
        store, at = Redis.from_url(url, socket_timeout=None), b"0-0"
        while len(connected) < viewers:
            await asyncio.sleep(0.05)
        while True:
            found: Any = await store.xread({stream: at}, block=1000, count=256)
            for _, entries in found.items() if isinstance(found, dict) else found:
                at = entries[-1][0]
                lines = b",".join(entry[b"lines"][1:-1] for _, entry in entries if entry[b"lines"] != b"[]")
                frame = '{"is":"lines","id":"l","attempt":1,"rank":0,"lines":[' + lines.decode() + "]}"
                for connection in connected:
                    await connection.send(frame)
                await asyncio.sleep(0.1)


@dataclass
class Viewer(asyncio.Protocol):
    """A WebSocket client that only reads, so that it costs little beside the servers."""

    request: bytes
    after: bytes
    done: asyncio.Future[None]
    last: int
    have: int = 0
    frames: int = 0
    delays: list[float] = field(default_factory=list)
    buffer: bytearray = field(default_factory=bytearray)
    open: bool = False

    def connection_made(self, transport: Any) -> None:
        self.transport = transport
        transport.write(self.request)

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        if not self.open:
            head, found, rest = self.buffer.partition(b"\r\n\r\n")
            if not found:
                return
            if b" 101 " not in head:
                self.fail(head.decode())
                return
            self.open, self.buffer = True, rest
            if self.after:
                self.transport.write(_masked(self.after))
        while frame := self._frame():
            self._take(frame)

    def connection_lost(self, error: Exception | None) -> None:
        if not self.done.done():
            self.fail(f"closed at line {self.have}")

    def fail(self, why: str) -> None:
        if not self.done.done():
            self.done.set_exception(RuntimeError(why))

    def _frame(self) -> bytes | None:
        if len(self.buffer) < 2:
            return None
        size, begin = self.buffer[1], 2
        if size == 126 and len(self.buffer) >= 4:
            (size,), begin = struct.unpack_from(">H", self.buffer, 2), 4
        elif size == 127 and len(self.buffer) >= 10:
            (size,), begin = struct.unpack_from(">Q", self.buffer, 2), 10
        elif size > 125:
            return None
        if len(self.buffer) < begin + size:
            return None
        frame = bytes(self.buffer[begin : begin + size])
        del self.buffer[: begin + size]
        return frame or b" "

    def _take(self, frame: bytes) -> None:
        if not frame.startswith(b'{"is":"lines"'):
            return
        lines = orjson.loads(frame)["lines"]
        first, last = lines[0], lines[-1]
        if first[0] != self.have + 1 or last[0] - first[0] != len(lines) - 1:
            self.fail(f"line {first[0]} after {self.have}")
        self.have = last[0]
        self.frames += 1
        self.delays.append(time.time() - datetime.fromisoformat(first[1]).timestamp())
        if self.have == self.last and not self.done.done():
            self.done.set_result(None)


@dataclass(frozen=True)
class Figures:
    cpu_seconds: float
    frames: int
    delays: list[float]
    deliveries: int

    def row(self, name: str, beside: "Figures | None" = None) -> str:
        cuts = quantiles(self.delays, n=100)
        ratio = f"{self.cpu_seconds / beside.cpu_seconds:.2f}" if beside else ""
        return (
            f"| {name} | {self.deliveries:,} | {self.cpu_seconds:.2f} | {self.cpu_seconds / self.frames * 1e6:.0f} "
            f"| {self.deliveries / self.cpu_seconds:,.0f} | {ratio} | {cuts[49] * 1000:.0f} | {cuts[98] * 1000:.0f} |"
        )


HEADER = (
    "| | line deliveries | server CPU s | us a frame | deliveries a CPU second | times the floor | p50 ms | p99 ms |\n"
    "|---|--:|--:|--:|--:|--:|--:|--:|"
)


def main(viewers: int, rate: int, seconds: int) -> None:
    with world():
        from django.test import Client

        from apps.core.registries import SubjectScope
        from apps.monitoring import streams
        from tests.factories import make_member, make_project
        from tests.monitoring.logs import make_job

        project = make_project()
        member = make_member("viewer", tenant=project.tenant)
        client = Client()
        client.force_login(member.user, backend="allauth.account.auth_backends.AuthenticationBackend")
        cookie = f"hanse_session={client.cookies['hanse_session'].value}"
        scope = SubjectScope(tenant_id=project.tenant_id, project_id=project.id)
        url = os.environ["HANSE_REDIS_URL"]
        rows = []

        for name in ("floor: XREAD and websockets", "live"):
            job = make_job(project)
            port = next_free(28600)
            if name == "live":
                server = ["uvicorn", "portal.asgi:application", "--port", str(port), "--ws", "websockets-sansio"]
                server += ["--ws-per-message-deflate", "false", "--log-level", "error", "--no-access-log"]
                say = orjson.dumps({"do": "follow-logs", "id": "l", "subject_kind": "job", "subject_id": job.id})
            else:
                server = ["benches.log_fanout", "floor", str(port), url, streams.log_key(job.id), str(viewers)]
                say = b""
            with _process([sys.executable, "-m", *server], port) as process:
                follower = threading.Thread(target=_write, args=(scope, job.id, rate, seconds))
                seen, cpu = asyncio.run(_view(port, viewers, cookie, say, rate * seconds, follower, process))
                follower.join()
            delays = [delay for viewer in seen for delay in viewer.delays]
            rows.append((name, Figures(cpu, sum(viewer.frames for viewer in seen), delays, viewers * rate * seconds)))

        print(f"{viewers} viewers, {rate} lines/s, {seconds} s; every line once and in order\n\n{HEADER}")
        for name, figures in rows:
            print(figures.row(name, rows[0][1] if name != rows[0][0] else None))


async def _view(
    port: int, count: int, cookie: str, say: bytes, last: int, follower: threading.Thread, server: Any
) -> tuple[list[Viewer], float]:
    """The viewers when all have the last line, and the CPU seconds of the server since the first was written."""
    loop = asyncio.get_running_loop()
    request = (
        f"GET /ws/ HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nOrigin: http://127.0.0.1:{port}\r\nCookie: {cookie}\r\n"
        "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
    ).encode()
    viewers = [Viewer(request, say, loop.create_future(), last) for _ in range(count)]
    for viewer in viewers:
        await loop.create_connection(lambda viewer=viewer: viewer, "127.0.0.1", port)
    while not all(viewer.open for viewer in viewers):
        await asyncio.sleep(0.1)
    await asyncio.sleep(2)
    before = sum(server.cpu_times()[:2])
    follower.start()
    await asyncio.gather(*(viewer.done for viewer in viewers))
    used = sum(server.cpu_times()[:2]) - before
    for viewer in viewers:
        viewer.transport.close()
    return viewers, used


def _write(scope: Any, job_id: UUID, rate: int, seconds: int) -> None:
    from django.db import connection

    from apps.monitoring.services import Line, append_lines

    begin, number = time.monotonic(), 0
    while number < rate * seconds:
        due = min(rate * seconds, int((time.monotonic() - begin) * rate) + 1)
        lines = [Line(one, datetime.now(UTC), "out", LINE) for one in range(number + 1, due + 1)]
        append_lines(
            scope=scope,
            subject_kind="job",
            subject_id=job_id,
            attempt=1,
            rank=0,
            lines=lines,
            source_position=due,
            final=due == rate * seconds,
        )
        number = due
        time.sleep(BATCH_SECONDS)
    connection.close()


@contextmanager
def _process(command: list[str], port: int) -> Any:
    process = psutil.Popen(command, cwd=REPOSITORY, stdout=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            try:
                httpx.get(f"http://127.0.0.1:{port}/healthz")
                break
            except httpx.TransportError:
                time.sleep(0.1)
        yield process
    finally:
        process.terminate()
        process.wait(20)


def _masked(payload: bytes) -> bytes:
    """A text frame as clients must send it; a mask of zeros leaves the payload as it is."""
    size = (
        struct.pack(">BB", 0x81, 0x80 | len(payload))
        if len(payload) < 126
        else struct.pack(">BBH", 0x81, 0xFE, len(payload))
    )
    return size + b"\0\0\0\0" + payload


if __name__ == "__main__":
    if sys.argv[1:2] == ["floor"]:
        asyncio.run(floor(int(sys.argv[2]), sys.argv[3], sys.argv[4], int(sys.argv[5])))
    else:
        given = [int(argument) for argument in sys.argv[1:]]
        main(*(given + [200, 1000, 8][len(given) :]))
