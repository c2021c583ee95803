"""One log to many viewers, beside its floor: the same lines from the same Redis through nothing but XREAD and websockets.

    .venv/bin/python -m benches.log_fanout [viewers] [lines a second] [seconds]
    .venv/bin/python -m benches.log_fanout kills [viewers] [lines a second] [seconds]
    .venv/bin/python -m benches.log_fanout idle [sockets]

Lines are written one at a time as a follower would at its fastest. Both servers are processes of their own and are
measured by the CPU they used; viewers are one process that reads frames and looks at their first and last line. Every
viewer must get every line once and in order, or the bench fails. With `kills`, `live` and Redis are killed twice each on
the way, and viewers come back as the console does: with the number of the last line they have, reading what left Redis
meanwhile from the archive. `idle` opens sockets that follow nothing and says what one takes.
"""

import asyncio
import os
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import cycle, islice
from pathlib import Path
from statistics import quantiles
from typing import Any
from uuid import UUID

import psutil

from benches.serving import Serving, loads, serving
from benches.viewers import Viewer, write
from benches.world import world
from embedded.ports import next_free
from embedded.redis import Redis

READERS = 10


async def floor(socket: str, url: str, stream: str, viewers: int) -> None:
    """The least that could do it: one loop reads, every 100 ms, and sends the same bytes to everybody."""
    from redis.asyncio import Redis as Store
    from websockets.asyncio.server import ServerConnection, unix_serve

    connected: set[ServerConnection] = set()

    async def admit(connection: ServerConnection) -> None:
        connected.add(connection)
        await connection.wait_closed()

    async with unix_serve(admit, socket, compression=None, max_queue=None):
        store, at = Store.from_url(url, socket_timeout=None), b"0-0"
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


@dataclass(frozen=True)
class Figures:
    cpu_seconds: float
    seconds: float
    frames: int
    delays: list[float]
    deliveries: int

    def row(self, name: str, beside: "Figures | None" = None) -> str:
        cuts = quantiles(self.delays, n=100)
        ratio = f"{self.cpu_seconds / beside.cpu_seconds:.2f}" if beside else ""
        return (
            f"| {name} | {self.deliveries:,} | {self.cpu_seconds:.2f} | {self.cpu_seconds / self.seconds:.0%} "
            f"| {self.cpu_seconds / self.frames * 1e6:.0f} | {self.deliveries / self.cpu_seconds:,.0f} | {ratio} "
            f"| {cuts[49] * 1000:.0f} | {cuts[98] * 1000:.0f} |"
        )


HEADER = (
    "| | line deliveries | server CPU s | of a core | us a frame | deliveries a CPU second | times the floor "
    "| p50 ms | p99 ms |\n|---|--:|--:|--:|--:|--:|--:|--:|--:|"
)


@dataclass(frozen=True)
class Log:
    """A job whose log is written, and the cookies of some who may read it: one alone may have 300 sockets."""

    scope: Any
    job_id: UUID
    cookies: list[str]

    def viewers(self, served: Serving, count: int, last: int, *, plain: bool = False, fetch: Any = None) -> list[Viewer]:
        subject = None if plain else self.job_id
        cookies = islice(cycle(self.cookies), count)
        return [Viewer(served.socket, cookie, subject, last, fetch) for cookie in cookies]


@contextmanager
def _log() -> Iterator[Log]:
    from apps.core.registries import SubjectScope
    from tests.conftest import Client
    from tests.factories import make_member, make_project
    from tests.monitoring.logs import make_job

    project = make_project()
    cookies = []
    for _ in range(READERS):
        client = Client()
        reader = make_member("viewer", tenant=project.tenant).user
        client.force_login(reader, backend="allauth.account.auth_backends.AuthenticationBackend")
        cookies.append(f"hanse_session={client.cookie}")
    scope = SubjectScope(tenant_id=project.tenant_id, project_id=project.id)
    yield Log(scope, make_job(project).pk, cookies)


def fan_out(viewers: int, rate: int, seconds: int) -> None:
    from apps.monitoring import streams

    rows = []
    for name in ("floor: XREAD and websockets", "live"):
        with _log() as log:
            url = os.environ["HANSE_REDIS_URL"]
            plain = name != "live"
            with _floor(url, streams.log_key(log.job_id), viewers) if plain else serving("live") as served:
                follower = threading.Thread(target=write, args=(log.scope, log.job_id, rate, seconds))
                began = partial(_view, served, follower)
                rows.append((name, asyncio.run(began(partial(log.viewers, served, viewers, rate * seconds, plain=plain)))))
                follower.join()
    print(f"{viewers} viewers, {rate} lines/s, {seconds} s; every line once and in order; {loads()}\n\n{HEADER}")
    for name, figures in rows:
        print(figures.row(name, rows[0][1] if name != rows[0][0] else None))


async def _view(served: Serving, follower: threading.Thread, make: Any) -> Figures:
    viewers: list[Viewer] = make()
    for viewer in viewers:
        await viewer.open()
    await asyncio.sleep(2)
    before, began = served.cpu_seconds(), time.monotonic()
    follower.start()
    await asyncio.gather(*(viewer.watch() for viewer in viewers))
    return Figures(
        served.cpu_seconds() - before,
        time.monotonic() - began,
        sum(viewer.frames for viewer in viewers),
        [delay for viewer in viewers for _, delay in viewer.delays],
        len(viewers) * viewers[0].last,
    )


@contextmanager
def _floor(url: str, stream: str, viewers: int) -> Iterator[Serving]:
    with tempfile.TemporaryDirectory(prefix="hb-") as folder:
        socket = Path(folder) / "floor.sock"
        command = [sys.executable, "-m", "benches.log_fanout", "floor", str(socket), url, stream, str(viewers)]

        def ready() -> None:
            while not socket.exists():
                time.sleep(0.1)

        with Serving(socket, command).running(ready) as served:
            yield served


def kills(viewers: int, rate: int, seconds: int) -> None:
    """Two kills of `live` and two of Redis, each a sixth of the time after the one before.

    What was written while nobody was there to send it cannot come within a second; how long that lasts is said by itself.
    """
    from django.conf import settings

    from apps.monitoring.logs import SubjectLog

    with tempfile.TemporaryDirectory(prefix="hb-redis-") as folder, ExitStack() as stack:
        log = stack.enter_context(_log())
        store = Redis(Path(folder) / "redis", next_free(28300), "for-this-bench-only")
        store.configure()
        redis = psutil.Popen(store.command())
        settings.REDIS_URL = os.environ["HANSE_REDIS_URL"] = store.url

        def kept(first: int, last: int) -> list[int] | None:
            rows = SubjectLog("job", log.job_id).after(1, 0, first - 1)
            found = []
            for row in rows:
                if row[0] > last:
                    break
                found.append(row[0])
            return found if found and found[-1] == last else None

        archived, reading = 0, asyncio.Lock()

        async def fetch(first: int, last: int) -> list[int]:
            """What REST would answer; a line that was found for one viewer is not looked for again for the others."""
            nonlocal archived
            async with reading:
                while archived < last:
                    found = await asyncio.to_thread(kept, archived + 1, last)
                    if found == list(range(archived + 1, last + 1)):
                        archived = last
                    else:
                        await asyncio.sleep(0.5)
            return list(range(first, last + 1))

        killed: list[float] = []

        async def run(served: Serving) -> list[Viewer]:
            nonlocal redis
            everybody = log.viewers(served, viewers, rate * seconds, fetch=fetch)
            for viewer in everybody:
                await viewer.open()
            follower.start()
            watching = asyncio.gather(*(viewer.watch() for viewer in everybody))
            for victim in ("live", "Redis", "live", "Redis"):
                await asyncio.sleep(seconds / 6)
                killed.append(time.time())
                if victim == "live":
                    served.kill()
                    served.start()
                else:
                    redis.kill()
                    redis.wait()
                    redis = psutil.Popen(store.command())
            await asyncio.wait_for(watching, 300)
            return everybody

        follower = threading.Thread(target=write, args=(log.scope, log.job_id, rate, seconds), daemon=True)
        try:
            seen = asyncio.run(run(stack.enter_context(serving("live"))))
        finally:
            redis.kill()
        returns, missed = sum(viewer.returns for viewer in seen), sum(viewer.missed for viewer in seen)
        print(
            f"{viewers} viewers, {rate} lines/s, {seconds} s, two kills of live and two of Redis; {loads()}\n"
            f"{viewers * rate * seconds:,} deliveries: none lost, none doubled, none out of order\n"
            f"they came back {returns:,} times; {missed:,} lines from the archive\n{_after(killed, seen)}"
        )


LATE_SECONDS = 1.0


def _after(killed: list[float], seen: list[Viewer]) -> str:
    """How long after each kill the last viewer was up to date, and how late lines were while nobody had to catch up."""
    frames = [frame for viewer in seen for frame in viewer.delays]
    rows, quiet = [], frames
    for victim, begin, end in zip(("live", "Redis", "live", "Redis"), killed, [*killed[1:], float("inf")], strict=True):
        late = [at for at, delay in frames if delay > LATE_SECONDS and begin <= at < end]
        current = max(late, default=begin)
        rows.append(f"{victim} killed: everybody up to date after {current - begin:.1f} s")
        quiet = [(at, delay) for at, delay in quiet if not begin <= at <= current]
    cuts = quantiles([delay for _, delay in quiet], n=100)
    share = len(quiet) / len(frames)
    return "\n".join([*rows, f"besides ({share:.0%} of frames): p50 {cuts[49] * 1000:.0f} ms, p99 {cuts[98] * 1000:.0f} ms"])


def idle(sockets: int) -> None:
    with _log() as log, serving("live") as served:

        async def run() -> None:
            first = log.viewers(served, 20, 1, plain=True)
            for viewer in first:
                await viewer.open()
            await asyncio.sleep(3)
            before, began = served.memory_bytes(), served.cpu_seconds()
            viewers = log.viewers(served, sockets, 1, plain=True)
            for viewer in viewers:
                await viewer.open()
            opened = served.cpu_seconds() - began
            await asyncio.sleep(5)
            after, idling = served.memory_bytes(), served.cpu_seconds()
            await asyncio.sleep(20)
            idling = served.cpu_seconds() - idling
            print(
                f"{sockets:,} idle sockets: {(after - before) / sockets / 1024:.1f} KiB each, "
                f"{opened * 1000 / sockets:.1f} ms CPU to open one, {idling / 20:.1%} of a core while they idle; {loads()}"
            )
            for viewer in [*first, *viewers]:
                viewer.connection.transport.abort()

        asyncio.run(run())


if __name__ == "__main__":
    if sys.argv[1:2] == ["floor"]:
        asyncio.run(floor(sys.argv[2], sys.argv[3], sys.argv[4], int(sys.argv[5])))
        raise SystemExit
    which = sys.argv[1] if sys.argv[1:2] and not sys.argv[1].isdecimal() else "fan-out"
    numbers = [int(argument) for argument in sys.argv[1:] if argument.isdecimal()]
    with world():
        match which:
            case "fan-out":
                fan_out(*(numbers + [500, 1000, 20][len(numbers) :]))
            case "kills":
                kills(*(numbers + [500, 1000, 30][len(numbers) :]))
            case "idle":
                idle(*(numbers + [2000][len(numbers) :]))
            case _:
                raise SystemExit(__doc__)
