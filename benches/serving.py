"""The processes `web` and `live` as `make run` starts them, and clients that keep to a rate whatever the answers take."""

import asyncio
import os
import statistics
import tempfile
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil

from apps.core.walls import OWNER, WEB
from embedded.layout import REPOSITORY, Layout
from embedded.processes import portal_processes

Stream = tuple[asyncio.StreamReader, asyncio.StreamWriter]


@dataclass
class Serving:
    """A process with its children, and the socket that it listens on."""

    socket: Path
    command: list[str]
    environment: Mapping[str, str] = field(default_factory=dict)

    @contextmanager
    def running(self, ready: Callable[[], None]) -> Iterator["Serving"]:
        """From when `ready` returns on; what it said is printed when anything fails, and it is stopped."""
        self.start()
        try:
            ready()
            yield self
        except BaseException:
            print(self.said())
            raise
        finally:
            self.stop()

    def start(self) -> None:
        self.log = tempfile.TemporaryFile()  # noqa: SIM115
        environment = {**os.environ, **self.environment}
        self.process = psutil.Popen(self.command, cwd=REPOSITORY, env=environment, stdout=self.log, stderr=self.log)

    def answers(self) -> None:
        """Return once it does."""
        asyncio.run(self._until_it_answers())

    def kill(self) -> None:
        for member in (*self.process.children(recursive=True), self.process):
            member.kill()
        self.process.wait()

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(20)

    def cpu_seconds(self) -> float:
        family = [self.process, *self.process.children(recursive=True)]
        return float(sum(sum(member.cpu_times()[:2]) for member in family))

    def memory_bytes(self) -> int:
        """Of its own: what it shares with no other process."""
        return int(self.process.memory_full_info().uss)

    async def _until_it_answers(self) -> None:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                status, _ = await _ask(await asyncio.open_unix_connection(self.socket), request("GET", "/healthz"))
                if status == 200:
                    return
            except (OSError, asyncio.IncompleteReadError):
                await asyncio.sleep(0.1)
        raise RuntimeError(f"it does not answer:\n{self.said()}")

    def said(self) -> str:
        """The end of its log."""
        self.log.seek(0)
        return self.log.read().decode()[-2000:]


@contextmanager
def serving(name: str) -> Iterator[Serving]:
    """`web` or `live`, behind the wall, without the proxy in front of it."""
    with tempfile.TemporaryDirectory(prefix="hb-", ignore_cleanup_errors=True) as folder:
        layout = Layout(Path(folder))
        layout.sockets.mkdir(parents=True, exist_ok=True)
        url = os.environ["HANSE_DATABASE_URL"].replace(f"//{OWNER}:", f"//{WEB}:")
        processes = {process.name: process for process in portal_processes(layout, web_database_url=url)}
        wanted = processes[name]
        served = Serving(layout.sockets / f"{name}.sock", list(wanted.command), wanted.environment)
        with served.running(served.answers):
            yield served


def request(method: str, path: str, body: bytes = b"", **headers: str) -> bytes:
    """An HTTP request; `idempotency_key` is the header Idempotency-Key."""
    lines = [f"{method} {path} HTTP/1.1", "Host: testserver"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    if body:
        lines += ["Content-Type: application/json", f"Content-Length: {len(body)}"]
    return "\r\n".join([*lines, "", ""]).encode() + body


@dataclass
class Answers:
    """What came back, and after how long. Time runs from when a request was due, not from when there was room to send it."""

    rate: float
    statuses: Counter[int] = field(default_factory=Counter)
    milliseconds: list[float] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)

    def row(self, name: str, cpu_seconds: float) -> str:
        cuts = statistics.quantiles(self.milliseconds, n=1000)
        count = len(self.milliseconds)
        worst = max(self.milliseconds)
        said = ", ".join(f"{status}: {times:,}" for status, times in sorted(self.statuses.items()))
        return (
            f"| {name} | {self.rate:.0f} | {count:,} | {said} | {cuts[499]:.0f} | {cuts[949]:.0f} | {cuts[989]:.0f} "
            f"| {worst:.0f} | {cpu_seconds * 1000 / count:.1f} |"
        )


HEADER = (
    "| | a second | asked | answered | p50 ms | p95 ms | p99 ms | worst ms | CPU ms of the server each |\n"
    "|---|--:|--:|---|--:|--:|--:|--:|--:|"
)


async def hold(served: Serving, rate: float, seconds: float, make: Callable[[int], bytes], *, keep: bool = False) -> Answers:
    """Send `make(number)` at this rate for so long, on as many connections as that takes. keep: the answers' bodies."""
    answers, idle = Answers(rate), deque[Stream]()

    async def one(number: int) -> None:
        due = began + number / rate
        await asyncio.sleep(due - time.perf_counter())
        stream = idle.pop() if idle else await asyncio.open_unix_connection(served.socket)
        status, body = await _ask(stream, make(number))
        answers.milliseconds.append((time.perf_counter() - due) * 1000)
        answers.statuses[status] += 1
        if keep:
            answers.bodies.append(body)
        idle.append(stream)

    began = time.perf_counter() + 0.5
    async with asyncio.TaskGroup() as group:
        for number in range(int(rate * seconds)):
            group.create_task(one(number))
    for _, writer in idle:
        writer.close()
    return answers


async def _ask(stream: Stream, asked: bytes) -> tuple[int, bytes]:
    reader, writer = stream
    writer.write(asked)
    head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
    length = int(head.partition("content-length:")[2].partition("\r\n")[0] or 0)
    return int(head.split(" ", 2)[1]), await reader.readexactly(length)


def loads() -> str:
    """How busy the machine is with other work, to be written beside figures that time says."""
    return f"load average {psutil.getloadavg()[0]:.1f} on {os.cpu_count()} cores"


def json_of(body: bytes) -> Any:
    import orjson

    return orjson.loads(body)
