"""The whole portal on this machine: found when it runs, else started, one step after the other; stopped by pid.

supervisord keeps the processes and outlives the terminal that started it, so a second start finds the first.
"""

import json
import os
import signal
import subprocess
import sys
import time
import xmlrpc.client
import zlib
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import httpx
import psutil
import psycopg2
import redis
from supervisor.xmlrpc import SupervisorTransport

from embedded.accounts import ensure_user, running_as_root
from embedded.caddy import Caddy
from embedded.keys import Keys
from embedded.layout import REPOSITORY, Layout
from embedded.ports import next_free
from embedded.postgres import Postgres
from embedded.processes import Process, check_connections, portal_processes, program_section
from embedded.redis import Redis

REPLICA_USER = "hanse_replica"
# In the environment of every process under supervision: which installation it belongs to.
MARK = "HANSE_STACK"
_GROUPS = {"servers": 10, "portal": 50, "door": 90}


class StartFailed(Exception):
    """A step of the start did not succeed; the message says which, and where its log is."""


@dataclass(frozen=True)
class Record:
    """What runs, as written to var/run/stack.json."""

    port: int
    postgres_port: int
    redis_port: int
    supervisor: int


class Stack:
    def __init__(self, layout: Layout, *, durable: bool = True) -> None:
        self.layout = layout
        self._durable = durable
        self._record_file = layout.run / "stack.json"

    @property
    def keys(self) -> Keys:
        return Keys.of(self.layout.secrets)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.record().port}"

    def record(self) -> Record:
        """Raises FileNotFoundError when nothing was started."""
        return Record(**json.loads(self._record_file.read_text()))

    def was_started(self) -> bool:
        """Whether something was started and not stopped since, be it running or not."""
        return self._record_file.exists()

    def runs(self) -> bool:
        """Whether its supervisor answers."""
        try:
            return bool(self._supervisor().getState()["statename"] == "RUNNING")
        except (OSError, xmlrpc.client.Error):
            return False

    def ready(self) -> bool:
        """Whether the portal answers and says that it reaches all it needs."""
        try:
            return httpx.get(f"{self.address}/readyz", timeout=3).status_code == 200
        except (httpx.HTTPError, FileNotFoundError):
            return False

    def environment(self) -> dict[str, str]:
        """The environment of the portal's processes, and of commands that act on this installation."""
        record, keys, layout = self.record(), self.keys, self.layout
        return {
            **os.environ,
            "HANSE_MODE": "development",
            "HANSE_SECRET_KEY": keys.secret_key,
            "HANSE_TOKEN_KEY": keys.token_key,
            "HANSE_ENCRYPTION_KEYS": keys.encryption_keys,
            "HANSE_DATABASE_URL": self._postgres(record.postgres_port).url,
            "HANSE_REDIS_URL": self._redis(record.redis_port).url,
            "HANSE_OBJECTS_URL": f"file://{layout.objects}",
            "HANSE_PUBLIC_URL": f"http://127.0.0.1:{record.port}",
            "HANSE_ALLOWED_HOSTS": "localhost",
            "HANSE_TRUSTED_PROXIES": "1",
            "HANSE_LOCAL_COMPUTE": "1",
            "HANSE_LOCAL_COMPUTE_USER": REPLICA_USER if running_as_root() else "",
            "HANSE_LOCAL_COMPUTE_DIRECTORY": str(layout.local),
            "PROMETHEUS_MULTIPROC_DIR": str(layout.run / "prometheus"),
        }

    def launch(self, *, port: int) -> None:
        """Start supervisord; nothing under it runs yet.

        Raises TooManyConnections before anything is started.
        """
        self.end_leftovers()
        if running_as_root():
            ensure_user(REPLICA_USER)
        # Installations begin their search apart, so that two that start at once do not choose the same port.
        apart = zlib.crc32(str(self.layout.var).encode()) % 700
        record = Record(port, next_free(15432 + apart), next_free(16379 + apart), 0)
        self._postgres(record.postgres_port).initialise()
        self._clear_prometheus()
        processes = self._processes(record)
        check_connections(processes, granted=int(os.environ.get("HANSE_DATABASE_CONNECTIONS", "100")))
        configuration = self.layout.run / "supervisord.conf"
        configuration.touch(0o600)
        configuration.write_text(self._configuration(processes))
        self._write(record)
        supervisor = subprocess.Popen(
            [sys.executable, "-m", "supervisor.supervisord", "-n", "-c", str(configuration)],
            cwd=REPOSITORY,
            env={**self.environment(), MARK: str(self.layout.var)},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        self._write(replace(record, supervisor=supervisor.pid))
        self._until(self.runs, "supervisord", seconds=20)

    def start_servers(self) -> None:
        """Start PostgreSQL and Redis; returns when both answer and the database is there."""
        record = self.record()
        postgres, store = self._postgres(record.postgres_port), self._redis(record.redis_port)
        self._supervisor().startProcessGroup("servers", False)
        self._until(lambda: _answers(postgres), "postgres", seconds=60)
        self._until(lambda: _pings(store), "redis", seconds=60)
        _create_database(postgres)

    def start_portal(self) -> None:
        """Start web, live, worker, beat, watch and the one port; `wait_until_ready` waits for them."""
        self._supervisor().startProcessGroup("portal", False)
        self._supervisor().startProcessGroup("door", False)

    def wait_until_ready(self) -> None:
        """Return when the portal says that it reaches all it needs. Raises StartFailed with the end of web's log."""
        self._until(self.ready, "web", seconds=90)

    def seed(self) -> None:
        """Fill an empty portal with the demonstration."""
        self.command("-m", "demonstration.seed", DEMONSTRATION_PASSWORD=self.keys.demonstration)

    def command(self, *arguments: str, **further: str) -> None:
        """Run a Python module of this installation to its end, with `further` in its environment.

        Raises StartFailed with what it printed.
        """
        result = subprocess.run(
            [sys.executable, *arguments],
            cwd=REPOSITORY,
            env={**self.environment(), **further},
            capture_output=True,
            text=True,
            check=False,
        )
        if result.returncode:
            raise StartFailed(f"`python {' '.join(arguments)}` failed:\n{(result.stdout + result.stderr)[-3000:]}")

    def pid(self, process: str) -> int:
        """The process id of one supervised process; 0 while it does not run."""
        name = next(p.group for p in self._processes(self.record()) if p.name == process)
        return int(self._supervisor().getProcessInfo(f"{name}:{process}")["pid"])

    def stop(self) -> None:
        """Stop everything that was started: the portal before its servers; then whatever is left, by pid."""
        try:
            supervisor = psutil.Process(self.record().supervisor)
        except (FileNotFoundError, psutil.NoSuchProcess):
            supervisor = None
        if supervisor is not None and self.runs():
            self._supervisor().shutdown()
            try:
                supervisor.wait(timeout=90)
            except psutil.TimeoutExpired:
                supervisor.kill()
        self.end_leftovers()
        self._record_file.unlink(missing_ok=True)

    def end_leftovers(self) -> None:
        """End processes of this installation that outlived their supervisor (it was killed), servers last."""
        left = [process for process in psutil.process_iter() if self._is_ours(process)]
        for process in left:
            _signal(process, signal.SIGINT if process.name() == "postgres" else signal.SIGTERM)
        for process in psutil.wait_procs(left, timeout=15)[1]:
            _signal(process, signal.SIGKILL)

    def _is_ours(self, process: psutil.Process) -> bool:
        try:
            return process.pid != os.getpid() and process.environ().get(MARK) == str(self.layout.var)
        except (psutil.NoSuchProcess, psutil.AccessDenied, psutil.ZombieProcess):
            return False

    def _postgres(self, port: int) -> Postgres:
        return Postgres(self.layout.postgres, port, self.keys.database, durable=self._durable)

    def _redis(self, port: int) -> Redis:
        return Redis(self.layout.redis, port, self.keys.redis, durable=self._durable)

    def _processes(self, record: Record) -> Sequence[Process]:
        postgres, sockets = self._postgres(record.postgres_port), self.layout.sockets
        caddy = Caddy(self.layout.run / "Caddyfile", record.port, sockets / "web.sock", sockets / "live.sock")
        return [
            Process(
                "postgres",
                postgres.command(),
                group="servers",
                system_user=postgres.system_user,
                stop_signal="INT",
                stop_seconds=30,
                clean_environment=True,
            ),
            Process("redis", self._redis(record.redis_port).command(), group="servers", clean_environment=True),
            *portal_processes(self.layout),
            Process("caddy", caddy.command(), group="door", clean_environment=True),
        ]

    def _configuration(self, processes: Sequence[Process]) -> str:
        control, run = self.layout.sockets / "control.sock", self.layout.run
        sections = [
            f"[unix_http_server]\nfile={control}\nchmod=0700\nusername=hanse\npassword={self.keys.control}\n",
            f"[supervisord]\nlogfile={self.layout.logs / 'supervisord.log'}\nlogfile_maxbytes=5MB\nloglevel=warn\n"
            f"pidfile={run / 'supervisord.pid'}\nnodaemon=true\nsilent=true\numask=022\nidentifier=hanse\n"
            + ("user=root\n" if running_as_root() else ""),
            "[rpcinterface:supervisor]\nsupervisor.rpcinterface_factory=supervisor.rpcinterface:make_main_rpcinterface\n",
            *(program_section(process, logs=self.layout.logs, mark=f"{MARK}={self.layout.var}") for process in processes),
        ]
        for group, priority in _GROUPS.items():
            names = ",".join(process.name for process in processes if process.group == group)
            sections.append(f"[group:{group}]\nprograms={names}\npriority={priority}\n")
        return "\n".join(sections)

    def _supervisor(self) -> Any:
        control = f"unix://{self.layout.sockets / 'control.sock'}"
        transport = SupervisorTransport("hanse", self.keys.control, serverurl=control)
        return xmlrpc.client.ServerProxy("http://127.0.0.1", transport=transport).supervisor

    def _until(self, ready: Callable[[], bool], process: str, *, seconds: float) -> None:
        deadline = time.monotonic() + seconds
        while not ready():
            if time.monotonic() > deadline:
                log = self.layout.logs / f"{process}.log"
                raise StartFailed(f"{process} is not ready after {seconds:.0f} s. The end of {log}:\n{_tail(log)}")
            time.sleep(0.1)

    def _write(self, record: Record) -> None:
        self._record_file.write_text(json.dumps(asdict(record)))

    def _clear_prometheus(self) -> None:
        directory = self.layout.run / "prometheus"
        directory.mkdir(exist_ok=True)
        for file in directory.glob("*.db"):
            file.unlink()


def _answers(postgres: Postgres) -> bool:
    try:
        psycopg2.connect(postgres.admin_url, connect_timeout=3).close()
    except psycopg2.OperationalError:
        return False
    return True


def _pings(server: Redis) -> bool:
    try:
        return bool(redis.from_url(server.url, socket_timeout=3).ping())
    except (redis.ConnectionError, redis.TimeoutError):
        return False


def _create_database(postgres: Postgres) -> None:
    connection = psycopg2.connect(postgres.admin_url)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = 'hanse'")
        if cursor.fetchone() is None:
            cursor.execute("CREATE DATABASE hanse")
    connection.close()


def _signal(process: psutil.Process, number: signal.Signals) -> None:
    try:
        process.send_signal(number)
    except psutil.NoSuchProcess:
        return


def _tail(log: Path) -> str:
    return log.read_text(errors="replace")[-2000:] if log.exists() else "(there is none)"
