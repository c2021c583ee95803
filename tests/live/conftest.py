"""The process `live` as it runs in production (uvicorn, its own process), and a client for its socket."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import orjson
import pytest
import redis
from django.conf import settings
from django.db import connection
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from apps.core.models import OutboxEvent
from apps.core.walls import WEB
from apps.monitoring import streams
from celery_workers.watchers.relay import Relay
from embedded.redis import Redis
from tests.conftest import Client
from tests.eventually import eventually
from tests.monitoring.fixtures import follower_dies, redis_forgets
from tests.testbed.ports import own_port

__all__ = ["follower_dies", "redis_forgets"]

ORIGIN = "http://127.0.0.1:8000"
PATIENCE_SECONDS = 15.0


@dataclass
class Socket:
    """A viewer. `seen` is all it was sent."""

    connection: ClientConnection
    seen: list[dict[str, Any]] = field(default_factory=list)

    def say(self, **frame: Any) -> None:
        self.connection.send(orjson.dumps(frame, default=str).decode())

    def next(self, seconds: float = PATIENCE_SECONDS) -> dict[str, Any]:
        frame = orjson.loads(self.connection.recv(timeout=seconds))
        self.seen.append(frame)
        return frame

    def until(self, is_: str, seconds: float = PATIENCE_SECONDS) -> dict[str, Any]:
        deadline = time.monotonic() + seconds
        while True:
            frame = self.next(deadline - time.monotonic())
            if frame["is"] == is_:
                return frame

    def all_until_pong(self) -> list[dict[str, Any]]:
        """What was on its way when a ping was answered."""
        before = len(self.seen)
        self.say(do="ping")
        self.until("pong")
        return self.seen[before:-1]

    def closed_with(self, seconds: float = PATIENCE_SECONDS) -> int:
        try:
            while True:
                self.next(seconds)
        except ConnectionClosed as closed:
            return closed.rcvd.code if closed.rcvd else 1006

    def follow(self, id_: str, subject_id: Any, after: dict[str, int] | None = None) -> None:
        self.say(do="follow-logs", id=id_, subject_kind="job", subject_id=subject_id, after=after or {})


@dataclass
class LiveProcess:
    """uvicorn with the production's options, as a process of its own."""

    port: int
    redis_url: str
    objects_url: str
    database_address: str = ""
    process: subprocess.Popen[bytes] | None = None
    sockets: list[Socket] = field(default_factory=list)
    requests: list[httpx.Client] = field(default_factory=list)

    def start(self) -> None:
        database = connection.settings_dict
        address = self.database_address or f"{database['HOST']}:{database['PORT']}"
        url = f"postgresql://{WEB}:{database['PASSWORD']}@{address}/{database['NAME']}"
        command = [sys.executable, "-m", "uvicorn", "portal.asgi:application", "--port", str(self.port)]
        command += ["--ws", "websockets-sansio", "--ws-per-message-deflate", "false", "--ws-max-size", "65536"]
        command += ["--log-level", "warning", "--no-access-log"]
        environment = {**os.environ, "HANSE_DATABASE_URL": url, "HANSE_REDIS_URL": self.redis_url}
        environment["HANSE_OBJECTS_URL"] = self.objects_url
        self.process = subprocess.Popen(command, env=environment, cwd=settings.CONSOLE_DIRECTORY.parents[1])
        eventually(self._answers, within=60)

    def kill(self) -> None:
        assert self.process
        self.process.kill()
        self.process.wait()

    def stop(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.kill()

    def open(
        self, client: Client | None = None, *, origin: str | None = ORIGIN, ticket: str = "", queue: int | None = None
    ) -> Socket:
        """A socket with the client's session, or with a ticket; `queue`: frames after which it waits to be read."""
        cookies = "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items()) if client else ""
        query = f"?ticket={ticket}" if ticket else ""
        headers = {"Cookie": cookies} if cookies else None
        socket = Socket(self.connect(self.port, f"/ws/{query}", origin=origin, additional_headers=headers, max_queue=queue))
        self.sockets.append(socket)
        return socket

    def viewer(self, client: Client | None = None, **options: Any) -> Socket:
        """A socket that was let in."""
        socket = self.open(client, **options)
        socket.say(do="ping")
        assert socket.next() == {"is": "pong"}
        return socket

    @staticmethod
    def connect(port: int, path: str, **options: Any) -> ClientConnection:
        return connect(f"ws://127.0.0.1:{port}{path}", compression=None, max_size=None, legacy=True, **options)

    def http(self, client: Client | None = None, **headers: str) -> httpx.Client:
        """Requests with the client's session; they answer when `live` does."""
        cookies = {name: morsel.value for name, morsel in client.cookies.items()} if client else {}
        asking = httpx.Client(
            base_url=f"http://127.0.0.1:{self.port}", cookies=cookies, headers=headers, timeout=PATIENCE_SECONDS
        )
        self.requests.append(asking)
        return asking

    def hang_up(self) -> None:
        while self.sockets:
            self.sockets.pop().connection.close()
        while self.requests:
            self.requests.pop().close()
        # What they had asked for is over, so that the tables can be emptied.
        eventually(lambda: not self._at_work())

    @staticmethod
    def _at_work() -> int:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND usename = %s"
                " AND state <> 'idle'",
                [WEB],
            )
            return int(cursor.fetchone()[0])

    def _answers(self) -> bool:
        assert self.process
        assert self.process.poll() is None, "the live process ended"
        try:
            return httpx.get(f"http://127.0.0.1:{self.port}/healthz").status_code == 200
        except httpx.TransportError:
            return False


@pytest.fixture(scope="session")
def _live(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveProcess]:
    process = LiveProcess(own_port(28100), settings.REDIS_URL, f"file://{tmp_path_factory.mktemp('objects')}")
    with django_db_blocker.unblock():
        process.start()
    yield process
    process.stop()


@pytest.fixture
def live(_live: LiveProcess, transactional_db: None, settings: Any) -> Iterator[LiveProcess]:
    settings.OBJECTS_URL = _live.objects_url
    yield _live
    _live.hang_up()


@dataclass
class OwnRedis:
    """A Redis that a test may kill; it keeps its data as the embedded one does."""

    server: Redis
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self.server.configure()
        self.process = subprocess.Popen(self.server.command(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        eventually(self._answers)

    def kill(self) -> None:
        assert self.process
        self.process.kill()
        self.process.wait()

    def _answers(self) -> bool:
        try:
            return bool(redis.from_url(self.server.url).ping())
        except redis.RedisError:
            return False


@pytest.fixture
def own_redis(tmp_path: Path, settings: Any) -> Iterator[OwnRedis]:
    store = OwnRedis(Redis(tmp_path / "redis", own_port(28300), "for-tests-only"))
    store.start()
    settings.REDIS_URL = store.server.url
    yield store
    store.kill()
    streams._client.cache_clear()


@pytest.fixture
def own_live(own_redis: OwnRedis, transactional_db: None) -> Iterator[LiveProcess]:
    """A live process that a test may kill."""
    process = LiveProcess(own_port(28200), own_redis.server.url, settings.OBJECTS_URL)
    process.start()
    yield process
    process.hang_up()
    process.stop()


@pytest.fixture
def relay() -> Relay:
    return Relay(lambda task, arguments, context: None)


@pytest.fixture
def relayed(relay: Relay) -> Callable[[], None]:
    """Move all events that are in the outbox."""

    def move() -> None:
        while OutboxEvent.objects.exists():
            relay.move_events()

    return move
