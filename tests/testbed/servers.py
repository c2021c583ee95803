"""Real PostgreSQL and Redis, started once a test run and shared by its workers."""

import contextlib
import fcntl
import json
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg2
import redis

from embedded.accounts import running_as_root
from embedded.ports import next_free
from embedded.postgres import Postgres
from embedded.redis import Redis

PASSWORD = "for-tests-only"


@dataclass(frozen=True)
class Servers:
    postgres_url: str
    redis_url: str


@contextlib.contextmanager
def shared_servers(directory: Path) -> Iterator[Servers]:
    """Start the servers, or join those that another worker of this run started; the last to leave stops them."""
    directory.mkdir(parents=True, exist_ok=True)
    if running_as_root():
        for parent in (directory, *directory.parents[:-1]):
            parent.chmod(parent.stat().st_mode | 0o111)
    state_file = directory / "servers.json"
    with _locked(directory):
        state = json.loads(state_file.read_text()) if state_file.exists() else _start(directory)
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


def _start(directory: Path) -> dict[str, object]:
    postgres = Postgres(directory / "postgres", next_free(25432), PASSWORD, durable=False)
    postgres.initialise()
    store = Redis(directory / "redis", next_free(26379), PASSWORD, durable=False)
    log = (directory / "servers.log").open("ab")
    pids = [
        subprocess.Popen(postgres.command(), stdout=log, stderr=log, user=postgres.system_user, cwd="/").pid,
        subprocess.Popen(store.command(), stdout=log, stderr=log).pid,
    ]
    _until(lambda: psycopg2.connect(postgres.admin_url).close(), psycopg2.OperationalError)
    _until(redis.from_url(store.url).ping, redis.ConnectionError)
    return {"pids": pids, "users": 0, "postgres_url": postgres.url, "redis_url": store.url}


def _until(probe, unready: type[Exception], seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while True:
        try:
            probe()
            return
        except unready:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)


@contextlib.contextmanager
def _locked(directory: Path) -> Iterator[None]:
    with (directory / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
