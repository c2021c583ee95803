"""What runs: the embedded servers, and the processes of the portal, each with what it may take from the database."""

import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from embedded.layout import REPOSITORY, Layout

# psql, `manage.py` and the checks of operators.
_CONNECTIONS_FOR_COMMANDS = 8
_WEB_PROCESSES, _WEB_THREADS = 2, 8
_WORKER_THREADS = 8
# Forecasts are computed by processes below `worker` (Dask), one a processor of those that may be used.
COMPUTING_PROCESSES = min(len(os.sched_getaffinity(0)), 8)


class TooManyConnections(Exception):
    """The processes could ask the database for more connections than it grants."""


@dataclass(frozen=True)
class Process:
    """One program under supervision. `connections`: the most it opens to the database at once."""

    name: str
    command: Sequence[str]
    group: str = "portal"
    connections: int = 0
    system_user: str | None = None
    stop_signal: str = "TERM"
    stop_seconds: int = 10
    # The whole process group is told to stop: for programs whose children do not outlive them for a reason.
    stop_as_group: bool = False
    clean_environment: bool = False
    # Where it starts; None: the repository, or / for those without our environment.
    directory: Path | None = None
    # What differs from the environment that all share. Kept in the configuration, which only its owner reads.
    environment: Mapping[str, str] = field(default_factory=dict)


def portal_processes(layout: Layout, *, web_database_url: str) -> list[Process]:
    """The portal's own processes (see docs/explanation/layers.md); web and live connect as the role behind the wall."""
    behind_the_wall = {"HANSE_DATABASE_URL": web_database_url}
    python = Path(sys.executable)
    programs = python.parent
    return [
        Process(
            "web",
            [
                *(str(programs / "gunicorn"), "portal.wsgi:application", "--bind", f"unix:{layout.sockets / 'web.sock'}"),
                *("--worker-class", "gthread", "--workers", str(_WEB_PROCESSES), "--threads", str(_WEB_THREADS)),
                *("--worker-tmp-dir", str(layout.run), "--timeout", "60", "--graceful-timeout", "8"),
                *("--keep-alive", "75", "--log-level", "warning", "--error-logfile", "-", "--no-control-socket"),
            ],
            connections=_WEB_PROCESSES * _WEB_THREADS,
            stop_as_group=True,
            environment=behind_the_wall,
        ),
        Process(
            "live",
            [
                *(str(programs / "uvicorn"), "portal.asgi:application", "--uds", str(layout.sockets / "live.sock")),
                *("--ws", "websockets-sansio", "--ws-per-message-deflate", "false", "--ws-max-size", "65536"),
                *("--no-access-log", "--log-level", "warning", "--timeout-graceful-shutdown", "3"),
                *("--forwarded-allow-ips", "*"),
            ],
            connections=12,
            environment=behind_the_wall,
        ),
        Process(
            "gateway",
            [
                *(str(programs / "uvicorn"), "celery_workers.gateway.asgi:application"),
                *("--uds", str(layout.sockets / "gateway.sock"), "--ws", "websockets-sansio"),
                *("--ws-per-message-deflate", "false", "--ws-max-size", "65536", "--lifespan", "off"),
                *("--no-access-log", "--log-level", "warning", "--timeout-graceful-shutdown", "3"),
                *("--forwarded-allow-ips", "*"),
            ],
            connections=5,
        ),
        Process(
            "worker",
            [
                *(str(programs / "celery"), "-A", "portal.celery", "worker", "-P", "threads", "-c", str(_WORKER_THREADS)),
                *(
                    "-Q",
                    "portal,local,mail,code,kubernetes,federation,prediction",
                    "-l",
                    "WARNING",
                    "--without-gossip",
                    "--without-mingle",
                    "-n",
                    "worker@hanse",
                ),
            ],
            connections=_WORKER_THREADS + 2 + COMPUTING_PROCESSES,
            stop_seconds=15,
        ),
        Process(
            "beat",
            [
                *(str(programs / "celery"), "-A", "portal.celery", "beat", "-l", "WARNING", "--pidfile="),
                *("--schedule", str(layout.run / "beat")),
            ],
        ),
        Process("watch", [str(python), "-m", "celery_workers.watchers"], connections=16, stop_seconds=15),
    ]


def check_connections(processes: Sequence[Process], *, granted: int) -> None:
    """Raises TooManyConnections, naming the processes, when their sum exceeds what the database grants."""
    asked = {process.name: process.connections for process in processes if process.connections}
    asked["commands"] = _CONNECTIONS_FOR_COMMANDS
    if sum(asked.values()) > granted:
        listed = ", ".join(f"{name} {count}" for name, count in asked.items())
        raise TooManyConnections(
            f"The processes could open {sum(asked.values())} database connections ({listed}), but "
            f"HANSE_DATABASE_CONNECTIONS grants {granted}. Raise it, and PostgreSQL's max_connections above it."
        )


def program_section(process: Process, *, logs: Path, mark: str) -> str:
    """The process as a section of supervisord's configuration. `mark` is a variable that tells it is ours."""
    command = list(process.command)
    if process.clean_environment:
        command = ["/usr/bin/env", "-i", "LANG=C.UTF-8", "PATH=/usr/bin:/bin", mark, *command]
    lines = {
        "command": " ".join(_quoted(part) for part in command),
        "directory": process.directory or ("/" if process.clean_environment else REPOSITORY),
        "autostart": "false",
        "autorestart": "true",
        "startsecs": 1,
        "startretries": 1000,
        "stopsignal": process.stop_signal,
        "stopwaitsecs": process.stop_seconds,
        "stopasgroup": str(process.stop_as_group).lower(),
        "killasgroup": "true",
        "redirect_stderr": "true",
        "stdout_logfile": logs / f"{process.name}.log",
        "stdout_logfile_maxbytes": "10MB",
        "stdout_logfile_backups": 3,
    }
    if process.system_user:
        lines["user"] = process.system_user
    if process.environment:
        lines["environment"] = ",".join(f'{name}="{value}"' for name, value in process.environment.items())
    return f"[program:{process.name}]\n" + "".join(f"{key}={_escaped(value)}\n" for key, value in lines.items())


def _quoted(part: str) -> str:
    return "'" + part.replace("'", "'\\''") + "'" if set(part) & set(" '\"\\;#") else part


def _escaped(value: object) -> str:
    """supervisord expands %(…)s in values."""
    return str(value).replace("%", "%%")
