"""The process `web` as it runs in production (gunicorn, as `hanse_web`), on the database and Redis of the tests."""

import os
import signal
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import httpx
from django.conf import settings
from django.db import connection

from apps.core.walls import WEB
from tests.eventually import eventually
from tests.testbed.ports import own_port

START_SECONDS = 60


@dataclass
class WebProcess:
    """`database_address` and `redis_address`: another host and port that lead there; `role`: whom it connects as.

    `objects_url`: where it keeps objects; empty: where a portal does that was told nothing.
    """

    database_address: str = ""
    redis_address: str = ""
    role: str = WEB
    objects_url: str = ""
    log: Path | None = None
    port: int = field(default_factory=lambda: own_port(28600))
    process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def launch(self) -> None:
        """Start it without waiting until it answers."""
        command = [sys.executable, "-m", "gunicorn", "portal.wsgi:application", "--bind", f"127.0.0.1:{self.port}"]
        command += ["--worker-class", "gthread", "--workers", "1", "--threads", "8", "--timeout", "60"]
        command += ["--log-level", "warning", "--no-control-socket"]
        output = self.log.open("wb") if self.log else None
        environment = {**os.environ, **database_of(self.role, self.database_address), **redis_at(self.redis_address)}
        if self.objects_url:
            environment["HANSE_OBJECTS_URL"] = self.objects_url
        root = settings.CONSOLE_DIRECTORY.parents[1]
        self.process = subprocess.Popen(command, env=environment, cwd=root, stdout=output, stderr=output)

    def start(self) -> None:
        self.launch()
        eventually(self._answers, within=START_SECONDS)

    def stop(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(15)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()

    def _answers(self) -> bool:
        assert self.process
        assert self.process.poll() is None, "the process web ended"
        try:
            return httpx.get(f"{self.address}/healthz").status_code == 200
        except httpx.TransportError:
            return False


def database_of(role: str, address: str = "") -> dict[str, str]:
    """The setting of a process that connects as this role."""
    database = connection.settings_dict
    address = address or f"{database['HOST']}:{database['PORT']}"
    return {"HANSE_DATABASE_URL": f"postgresql://{role}:{database['PASSWORD']}@{address}/{database['NAME']}"}


def redis_at(address: str = "") -> dict[str, str]:
    if not address:
        return {"HANSE_REDIS_URL": settings.REDIS_URL}
    before, _, after = settings.REDIS_URL.rpartition("@")
    return {"HANSE_REDIS_URL": f"{before}@{address}/{after.partition('/')[2]}"}
