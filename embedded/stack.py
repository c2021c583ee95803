"""The whole portal on this machine: found when it runs, else started, one step after the other; stopped by pid.

supervisord keeps the processes and outlives the terminal that started it, so a second start finds the first.
"""

import json
import os
import subprocess
import sys
import zlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace

import httpx
import psycopg2
import redis

from apps.core.walls import OWNER, WEB, WORKER
from demonstration.hardware import SIMULATED
from embedded.accounts import ensure_user, running_as_root
from embedded.caddy import Caddy, Gate
from embedded.keys import Keys
from embedded.layout import REPOSITORY, Layout
from embedded.ports import next_free
from embedded.postgres import PROGRAMS, Postgres
from embedded.processes import COMPUTING_PROCESSES, Process, check_connections, portal_processes
from embedded.redis import Redis
from embedded.seaweedfs import ACCESS_KEY, REGION, SeaweedFS, no_ports, ports_from
from embedded.supervisor import StartFailed, Supervisor

REPLICA_USER = "hanse_replica"
# In the environment of every process under supervision: which installation it belongs to.
MARK = "HANSE_STACK"
_GROUPS = {"servers": 10, "store": 20, "portal": 50, "door": 90}


@dataclass(frozen=True)
class Record:
    """What runs, as written to var/run/stack.json."""

    port: int
    postgres_port: int
    redis_port: int
    supervisor: int
    files_port: int = 0
    apps_port: int = 0
    seaweedfs_ports: dict[str, int] = field(default_factory=no_ports)


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
        return self._supervisor.runs()

    def ready(self) -> bool:
        """Whether the portal answers and says that it reaches all it needs."""
        try:
            # The first answer after a start took 4 s on a busy machine.
            return httpx.get(f"{self.address}/readyz", timeout=15).status_code == 200
        except (httpx.HTTPError, FileNotFoundError):
            return False

    def environment(self) -> dict[str, str]:
        """The environment of workers and of commands that act on this installation; others have another database URL."""
        record, keys, layout = self.record(), self.keys, self.layout
        return {
            **os.environ,
            "HANSE_MODE": "development",
            "HANSE_SECRET_KEY": keys.secret_key,
            "HANSE_TOKEN_KEY": keys.token_key,
            "HANSE_ENCRYPTION_KEYS": keys.encryption_keys,
            "HANSE_DATABASE_URL": self.database_url(WORKER),
            "HANSE_REDIS_URL": self._redis(record.redis_port).url,
            "HANSE_OBJECTS_URL": f"file://{layout.objects}",
            "HANSE_S3_URL": self._seaweedfs(record).url,
            "HANSE_S3_PUBLIC_URL": f"http://127.0.0.1:{record.files_port}",
            "HANSE_APPS_URL": f"http://127.0.0.1:{record.apps_port}",
            "HANSE_GATE_ADMIN": str(self._gate().admin),
            "HANSE_GATE_LISTEN": self._gate().listen,
            "HANSE_GATE_DOORMAN": self._gate().doorman,
            "HANSE_GATE_LOG": str(self._gate().log),
            "HANSE_S3_REGION": REGION,
            "HANSE_S3_ACCESS_KEY": ACCESS_KEY,
            "HANSE_S3_SECRET_KEY": self._seaweedfs(record).secret_key,
            "HANSE_PUBLIC_URL": f"http://127.0.0.1:{record.port}",
            "HANSE_ALLOWED_HOSTS": "localhost",
            "HANSE_TRUSTED_PROXIES": "1",
            "HANSE_ALLOWED_NETWORKS": "127.0.0.0/8,::1/128",
            "HANSE_LOCAL_COMPUTE": "1",
            "HANSE_LOCAL_COMPUTE_USER": REPLICA_USER if running_as_root() else "",
            "HANSE_LOCAL_COMPUTE_DIRECTORY": str(layout.local),
            "HANSE_SIMULATED_DEVICES": SIMULATED,
            "HANSE_DASK_PROCESSES": str(COMPUTING_PROCESSES),
            "PROMETHEUS_MULTIPROC_DIR": str(layout.run / "prometheus"),
            # pg_dump and pg_restore of the same PostgreSQL, for backups.
            "PATH": f"{PROGRAMS}{os.pathsep}{os.environ.get('PATH', os.defpath)}",
        }

    def database_url(self, role: str) -> str:
        return self._postgres(self.record().postgres_port).url(role)

    def launch(self, *, port: int) -> None:
        """Start supervisord; nothing under it runs yet.

        What an earlier one left behind was ended before (`end_leftovers`).
        Raises TooManyConnections before anything is started.
        """
        if running_as_root():
            ensure_user(REPLICA_USER)
        # Installations begin their search apart, so that two that start at once do not choose the same port.
        apart = zlib.crc32(str(self.layout.var).encode()) % 700
        record = Record(
            port,
            next_free(15432 + apart),
            next_free(16379 + apart),
            0,
            files_port=next_free(18100 + apart),
            apps_port=next_free(17300 + apart),
            seaweedfs_ports=ports_from(19000 + 10 * apart),
        )
        self._postgres(record.postgres_port).initialise()
        self._redis(record.redis_port).configure()
        self._seaweedfs(record).configure()
        self._caddy(record).configure()
        self._gate().configure()
        self._clear_prometheus()
        processes = self._processes(record)
        check_connections(processes, granted=int(os.environ.get("HANSE_DATABASE_CONNECTIONS", "100")))
        self._write(record)
        supervisor = self._supervisor.launch(processes, groups=_GROUPS, environment=self.environment())
        self._write(replace(record, supervisor=supervisor))

    def start_servers(self) -> None:
        """Start PostgreSQL and Redis; returns when both answer, and the database and its roles are there."""
        record = self.record()
        postgres, store = self._postgres(record.postgres_port), self._redis(record.redis_port)
        self._supervisor.start("servers")
        self._supervisor.until(lambda: _answers(postgres), "postgres", seconds=60)
        self._supervisor.until(lambda: _pings(store), "redis", seconds=60)
        postgres.prepare()

    def start_store(self) -> None:
        """Start the store of buckets; returns before it is up: the portal does without it meanwhile, and says so."""
        self._supervisor.start("store")

    def migrate(self) -> None:
        """Bring tables and static files to where the code expects them, as the owner of the tables."""
        self.command_as_owner("-m", "embedded.prepare")

    def command_as_owner(self, *arguments: str) -> str:
        """`command` with the role that owns the tables, for what reads or writes all of them."""
        return self.command(*arguments, HANSE_DATABASE_URL=self.database_url(OWNER))

    def start_portal(self) -> None:
        """Start web, live, worker, beat, watch and the one port; `wait_until_ready` waits for them."""
        self._supervisor.start("portal")
        self._supervisor.start("door")

    def wait_until_ready(self) -> None:
        """Return when the portal says that it reaches all it needs. Raises StartFailed with the end of web's log."""
        # Far more than it takes: on a machine that is busy with something else it is slow, not broken.
        self._supervisor.until(self.ready, "web", seconds=240)

    def seed(self) -> None:
        """Fill an empty portal with the demonstration."""
        self.command("-m", "demonstration.seed", DEMONSTRATION_PASSWORD=self.keys.demonstration)

    def simulate_fleet(self) -> None:
        """Bring a made-up fleet, some of whose VMs are the demonstration's tenants'; done again, it brings what is newer."""
        self.command("manage.py", "simulate_fleet", "--tenant", "aurora", "--tenant", "borealis")

    def command(self, *arguments: str, **further: str) -> str:
        """Run a Python program of this installation to its end, with `further` in its environment; returns its output.

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
        return result.stdout

    def pid(self, process: str) -> int:
        """The process id of one supervised process; 0 while it does not run."""
        group = next(p.group for p in self._processes(self.record()) if p.name == process)
        return self._supervisor.pid(process, group=group)

    def stop(self) -> None:
        """Stop everything that was started: the portal before its servers; then whatever is left, by pid."""
        self._supervisor.stop(self.record().supervisor if self.was_started() else None)
        self._record_file.unlink(missing_ok=True)

    def end_leftovers(self) -> None:
        """End processes of this installation that outlived their supervisor (it was killed), servers last."""
        self._supervisor.end_leftovers()

    def _postgres(self, port: int) -> Postgres:
        keys = self.keys
        passwords = {OWNER: keys.database_owner, WEB: keys.database_web, WORKER: keys.database_worker}
        return Postgres(self.layout.postgres, port, keys.database, passwords, durable=self._durable)

    def _redis(self, port: int) -> Redis:
        return Redis(self.layout.redis, port, self.keys.redis, durable=self._durable)

    def _seaweedfs(self, record: Record) -> SeaweedFS:
        return SeaweedFS(self.layout.seaweedfs, record.seaweedfs_ports, self.keys.seaweedfs)

    def _caddy(self, record: Record) -> Caddy:
        sockets = self.layout.sockets
        return Caddy(
            self.layout.run / "Caddyfile",
            record.port,
            sockets / "web.sock",
            sockets / "live.sock",
            sockets / "gateway.sock",
            record.files_port,
            self._seaweedfs(record).url,
            record.apps_port,
            self._gate().socket,
        )

    def _gate(self) -> Gate:
        sockets = self.layout.sockets
        return Gate(
            self.layout.run / "gate.json",
            sockets / "apps.sock",
            sockets / "gate.sock",
            sockets / "gateway.sock",
            self.layout.logs / "requests-of-apps.log",
        )

    def _processes(self, record: Record) -> Sequence[Process]:
        postgres = self._postgres(record.postgres_port)
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
            *(
                # Its filer has closed its store long before it has done waiting for the others.
                Process(f"seaweedfs-{name}", command, group="store", stop_seconds=3, clean_environment=True)
                for name, command in self._seaweedfs(record).commands().items()
            ),
            *portal_processes(self.layout, web_database_url=postgres.url(WEB)),
            Process("gate", self._gate().command(), group="door", clean_environment=True),
            Process("caddy", self._caddy(record).command(), group="door", clean_environment=True),
        ]

    @property
    def _supervisor(self) -> Supervisor:
        layout = self.layout
        return Supervisor(layout.run, layout.sockets, layout.logs, self.keys.control, (MARK, str(layout.var)))

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
