"""The process `gateway` as it runs in production, beside a machine for replicas."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest
from django.conf import settings
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from apps.core.walls import WORKER
from tests.celery_workers.conftest import Portal, git, machine, portal
from tests.eventually import eventually
from tests.testbed.ports import own_port
from tests.testbed.web import database_of, redis_at

__all__ = ["git", "machine", "portal"]

PATIENCE_SECONDS = 20.0


@dataclass
class Terminal:
    """A browser's terminal: what it shows, and what it was told besides."""

    connection: ClientConnection
    shown: str = ""
    told: list[dict[str, Any]] = field(default_factory=list)
    closed_with: int = 0

    def type(self, text: str) -> None:
        self.connection.send(text.encode())

    def resize(self, columns: int, rows: int) -> None:
        self.connection.send(json.dumps({"columns": columns, "rows": rows}))

    def until_shown(self, text: str) -> str:
        while text not in self.shown:
            self._take()
            assert not self.closed_with, (self.shown, self.told)
        return self.shown

    def until_closed(self) -> int:
        while not self.closed_with:
            self._take()
        return self.closed_with

    def _take(self) -> None:
        try:
            message = self.connection.recv(timeout=PATIENCE_SECONDS)
        except ConnectionClosed as closed:
            self.closed_with = closed.rcvd.code if closed.rcvd else 1006
            return
        if isinstance(message, bytes):
            self.shown += message.decode(errors="replace")
        else:
            self.told.append(json.loads(message))


@dataclass
class Gateway:
    port: int
    directory: Path
    process: subprocess.Popen[bytes] | None = None
    terminals: list[Terminal] = field(default_factory=list)

    def start(self) -> None:
        command = [sys.executable, "-m", "uvicorn", "celery_workers.gateway.asgi:application", "--port", str(self.port)]
        command += ["--ws", "websockets-sansio", "--ws-max-size", "65536", "--lifespan", "off", "--log-level", "warning"]
        compute = {
            "HANSE_LOCAL_COMPUTE": "1",
            "HANSE_LOCAL_COMPUTE_USER": "nobody" if os.geteuid() == 0 else "",
            "HANSE_LOCAL_COMPUTE_DIRECTORY": str(self.directory),
        }
        environment = {**os.environ, **database_of(WORKER), **redis_at(), **compute}
        self.process = subprocess.Popen(command, env=environment, cwd=settings.CONSOLE_DIRECTORY.parents[1])
        eventually(self._answers, within=60)

    def stop(self) -> None:
        assert self.process
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(30)

    def open(self, ticket: str, *, origin: str | None = "http://127.0.0.1:8000") -> Terminal:
        address = f"ws://127.0.0.1:{self.port}/ws/exec/?ticket={ticket}"
        terminal = Terminal(connect(address, compression=None, origin=origin, legacy=True))
        self.terminals.append(terminal)
        return terminal

    def hang_up(self) -> None:
        while self.terminals:
            self.terminals.pop().connection.close()

    def _answers(self) -> bool:
        assert self.process
        assert self.process.poll() is None, "the gateway ended"
        try:
            return httpx.get(f"http://127.0.0.1:{self.port}/healthz").status_code == 200
        except httpx.TransportError:
            return False


@pytest.fixture(scope="session")
def _gateway(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    directory = tmp_path_factory.mktemp("gateway") / "local"
    if os.geteuid() == 0:
        for parent in (*directory.parents,):
            parent.chmod(parent.stat().st_mode | 0o111)
    running = Gateway(own_port(28900), directory)
    with django_db_blocker.unblock():
        running.start()
    yield running
    running.stop()


@pytest.fixture
def gateway(_gateway: Gateway, transactional_db: None, machine: Path, settings: Any) -> Iterator[Gateway]:
    """Its replicas are those of the test's machine."""
    settings.LOCAL_COMPUTE_DIRECTORY = _gateway.directory
    yield _gateway
    _gateway.hang_up()


@pytest.fixture
def running(gateway: Gateway, portal: Portal) -> Any:
    """A job of one replica that runs, knows a secret, and will go on for long."""
    job = portal.submit("sleep", "600", env={"GREETING": "ahoy"})
    yield portal.until(job, "running")
    portal.until_settled(end(portal, job))


def end(portal: Portal, job: Any) -> Any:
    from apps.jobs import services

    job.refresh_from_db()
    return job if job.ended else services.cancel_job(actor=portal.actor, job=job)
