"""Real PostgreSQL and Redis, started once a test run and shared by its workers."""

import contextlib
import fcntl
import json
import os
import secrets
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

import psycopg2
import redis

from apps.core.roles import ROLES
from apps.core.walls import OWNER
from embedded.accounts import running_as_root
from embedded.ports import next_free
from embedded.postgres import Postgres
from embedded.redis import Redis

Server = TypeVar("Server")


@dataclass(frozen=True)
class Servers:
    """PostgreSQL, as the owner of the tables (all roles have its password), and Redis."""

    postgres_url: str
    redis_url: str


@contextlib.contextmanager
def shared_servers(directory: Path, *, durable: bool = False) -> Iterator[Servers]:
    """Start the servers, or join those that another worker of this run started; the last to leave stops them."""
    directory.mkdir(parents=True, exist_ok=True)
    if running_as_root():
        for parent in (directory, *directory.parents[:-1]):
            parent.chmod(parent.stat().st_mode | 0o111)
    state_file = directory / "servers.json"
    with _locked(directory):
        state = json.loads(state_file.read_text()) if state_file.exists() else _start(directory, durable)
        state["users"] += 1
        state_file.write_text(json.dumps(state))
    try:
        yield Servers(state["postgres_url"], state["redis_url"])
    finally:
        with _locked(directory):
            state = json.loads(state_file.read_text())
            state["users"] -= 1
            state_file.write_text(json.dumps(state))
            if not state["users"]:
                state_file.unlink()
                for pid in state["pids"]:
                    os.kill(pid, signal.SIGQUIT if pid == state["pids"][0] else signal.SIGTERM)


def _start(directory: Path, durable: bool) -> dict[str, object]:
    # A password of this run's own: whatever answers to it is ours, and not the server of a run that began just now.
    password = secrets.token_hex(16)
    shutil.rmtree(directory / "postgres", ignore_errors=True)  # of an earlier run with the same process id
    postgres = Postgres(directory / "postgres", 0, password, dict.fromkeys(ROLES, password), durable=durable)
    postgres.initialise()
    log = (directory / "servers.log").open("ab")

    def start_postgres(port: int) -> tuple[Postgres, subprocess.Popen[bytes]]:
        server = replace(postgres, port=port)
        return server, subprocess.Popen(server.command(), stdout=log, stderr=log, user=server.system_user, cwd="/")

    def start_redis(port: int) -> tuple[Redis, subprocess.Popen[bytes]]:
        server = Redis(directory / "redis", port, password, durable=durable)
        server.configure()
        return server, subprocess.Popen(server.command(), stdout=log, stderr=log)

    postgres, pid = _on_a_free_port(25432, start_postgres, lambda server: psycopg2.connect(server.admin_url).close())
    postgres.prepare()
    with contextlib.closing(psycopg2.connect(postgres.admin_url)) as connection, connection, connection.cursor() as cursor:
        cursor.execute(f"ALTER ROLE {OWNER} CREATEDB")  # each worker of a run makes a database of its own
    store, store_pid = _on_a_free_port(26379, start_redis, lambda server: redis.from_url(server.url).ping())
    return {"pids": [pid, store_pid], "users": 0, "postgres_url": postgres.url(OWNER), "redis_url": store.url}


def _on_a_free_port(
    first: int,
    start: Callable[[int], tuple[Server, "subprocess.Popen[bytes]"]],
    probe: Callable[[Server], object],
    *,
    seconds: float = 30,
) -> tuple[Server, int]:
    """Start a server; when another run takes the port in the same moment, ours ends and the next port is tried."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        server, process = start(next_free(first + secrets.randbelow(400)))
        while process.poll() is None and time.monotonic() < deadline:
            try:
                probe(server)
                return server, process.pid
            except (psycopg2.OperationalError, redis.RedisError):
                time.sleep(0.05)
        process.kill()
    raise RuntimeError(f"no server answered within {seconds:.0f} s; see servers.log")


@contextlib.contextmanager
def _locked(directory: Path) -> Iterator[None]:
    with (directory / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
