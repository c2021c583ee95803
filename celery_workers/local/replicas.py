"""Directories of replicas on this machine: made, started, read, stopped. Hanse only writes files here and sends signals.

<root>/<job>/<attempt>/<rank>/ is described in the runner's package. <root>/.open/ names each replica whose end has not
been reported and collected, so that finding those costs one listing however many directories are kept.
<root>/.closed says that this machine is being stopped and starts nothing.
Replicas of apps lie the same way below <root>/.apps/: of an app its revision and the replica's number.
"""

import json
import math
import os
import pwd
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any
from uuid import UUID

import psutil
from django.conf import settings

from apps.core.errors import Unavailable
from celery_workers.local.devices import node_name
from celery_workers.local.runner.files import Identity, Spec, replace_file
from celery_workers.local.runner.secrets import Secrets, remove_files
from portal.settings.environment import REPOSITORY

LAUNCH_SECONDS = 20
# The runner imports from here, and from nowhere else that its caller's environment names.
_BOOTSTRAP = (
    "import runpy, sys; sys.path.append(sys.argv.pop(1));"
    " runpy.run_module(sys.argv.pop(1), run_name='__main__', alter_sys=True)"
)
RUNNING = ("starting", "running")
RUNNER_GONE = "runner-gone"


JOBS, APPS = "", ".apps"


def _root(shelf: str = JOBS) -> Path:
    return Path(settings.LOCAL_COMPUTE_DIRECTORY) / shelf


def program(module: str, *arguments: str) -> list[str]:
    """A module of the runner's as a command."""
    return [sys.executable, "-I", "-c", _BOOTSTRAP, str(REPOSITORY), module, *arguments]


@dataclass(frozen=True)
class Status:
    """What a runner wrote. `lost` is also what is left when a runner went without a last word."""

    phase: str
    pid: int | None
    runner: Identity
    started_at: datetime | None
    finished_at: datetime | None
    exit_code: int | None
    signal: int | None
    reason: str

    @property
    def final(self) -> bool:
        return self.phase not in RUNNING


@dataclass(frozen=True, order=True)
class ReplicaDirectory:
    """One rank of one attempt of one job, or one replica of one revision of an app, on this machine."""

    job_id: UUID
    attempt: int
    rank: int
    shelf: str = JOBS

    @property
    def path(self) -> Path:
        return _root(self.shelf) / str(self.job_id) / str(self.attempt) / str(self.rank)

    @property
    def artifacts(self) -> Path:
        return self.path / "work" / "artifacts"

    @property
    def code(self) -> Path:
        return self.path / "work" / "code"

    @property
    def files(self) -> Path:
        """What was brought along: to read, not to change."""
        return self.path / "files"

    @property
    def checkpoints(self) -> Path:
        """One for all replicas and attempts of the job, so that what one saved the next finds."""
        return _root(self.shelf) / str(self.job_id) / "checkpoints"

    @property
    def label(self) -> str:
        return f"{self.job_id}.{self.attempt}.{self.rank}"

    @property
    def _entry(self) -> Path:
        return _root(self.shelf) / ".open" / self.label

    # ---- starting

    def prepare(
        self,
        spec: Spec,
        files: Mapping[str, str],
        code: Callable[[Path], None] | None = None,
        brought: Callable[[Path], None] | None = None,
        links: Mapping[str, Path] = MappingProxyType({}),
    ) -> None:
        """Make the directory, unless a runner has it already. Doing it twice changes nothing.

        links: volumes, by where they are found below the working directory.
        code, brought: write the job's code, or the app's files, into the directory that they are given, which they make.
        """
        self._entry.parent.mkdir(parents=True, exist_ok=True)
        self._entry.touch()
        if (self.path / "status.json").exists():
            return
        self.artifacts.mkdir(parents=True, exist_ok=True)
        self.checkpoints.mkdir(exist_ok=True)
        for name, content in files.items():
            replace_file(self.path / "work" / Path(name).name, content)
        for place, write in ((self.code, code), (self.files, brought)):
            if write is not None and not place.exists():
                unfinished = place.with_name(f".{place.name}")
                shutil.rmtree(unfinished, ignore_errors=True)
                write(unfinished)
                unfinished.rename(place)
        for name, target in links.items():
            link = self.path / "work" / name
            link.parent.mkdir(exist_ok=True)
            with suppress(FileExistsError):
                link.symlink_to(target)
        self._hand_over()
        if not (self.path / "spec.json").exists():
            replace_file(self.path / "spec.json", json.dumps(asdict(spec)))

    def _hand_over(self) -> None:
        """Let the replica's user reach and own `work` and what the job's attempts share, and nothing else."""
        work = self.path / "work"
        root = _root()
        for directory in (*(parent for parent in work.parents if root in parent.parents), root):
            directory.chmod(0o711)
        work.chmod(0o700)
        self.checkpoints.chmod(0o700)
        if os.geteuid() == 0 and settings.LOCAL_COMPUTE_USER:
            account = compute_account()
            for path in (self.checkpoints, work, *work.rglob("*")):
                os.chown(path, account.pw_uid, account.pw_gid, follow_symlinks=False)

    def launch(self, secrets: Secrets) -> "subprocess.Popen[bytes]":
        """Start the runner; `launch_all` waits until it says that it stands."""
        with os.fdopen(os.memfd_create("secrets"), "wb+") as given:
            given.write(secrets.written())
            given.seek(0)
            return subprocess.Popen(
                program("celery_workers.local.runner", str(self.path)),
                stdin=given,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env={"PATH": os.defpath, "LANG": "C.UTF-8"},
                cwd="/",
                start_new_session=True,
            )

    # ---- watching

    def status(self) -> Status | None:
        """What is known of the replica; None before its runner stands."""
        status = self._read_status()
        if status is None or status.final or status.runner.alive:
            return status
        # It may have finished between the two looks. Otherwise it went, by a kill or with the machine.
        status = self._read_status() or status
        if status.final:
            return status
        return Status(**{**vars(status), "phase": "lost", "reason": RUNNER_GONE})

    def _read_status(self) -> Status | None:
        try:
            written: dict[str, Any] = json.loads((self.path / "status.json").read_text())
        except FileNotFoundError:
            return None
        except ValueError:
            written = {}
        try:
            times = {name: datetime.fromisoformat(written[name]) if written[name] else None for name in _TIMES}
            return Status(**{**written, **times, "runner": Identity(**written["runner"])})
        except (KeyError, TypeError, ValueError):
            # Not the runner's writing: where Hanse is an ordinary user, a replica could write it too.
            return Status("lost", None, Identity(0, 0, ""), None, None, None, None, "status-unreadable")

    def read_spec(self) -> Spec | None:
        try:
            return Spec(**json.loads((self.path / "spec.json").read_text()))
        except (FileNotFoundError, ValueError, TypeError):
            return None

    # ---- ending

    def stop(self, *, phase: str = "stopped", reason: str = "", grace_seconds: float | None = None) -> None:
        """Ask the runner to end its replica. One that is only about to stand sees the file and starts nothing."""
        if not (self.path / "stop").exists():
            with suppress(FileNotFoundError):
                asked = {"phase": phase, "reason": reason, "grace_seconds": grace_seconds}
                replace_file(self.path / "stop", json.dumps(asked))
        status = self._read_status()
        if status is not None and not status.final:
            status.runner.send(signal.SIGTERM)

    def kill_left_over(self, status: Status) -> None:
        """Kill what a runner that went left behind: its command dies with it, what that had started may not."""
        for process in psutil.process_iter():
            with suppress(psutil.Error, ProcessLookupError, PermissionError):
                if self._belongs(process, status):
                    process.kill()

    def _belongs(self, process: psutil.Process, status: Status) -> bool:
        try:
            return process.environ().get("HANSE_REPLICA") == self.label
        except psutil.AccessDenied:
            # Then by its session, whose number is not given anew while any of it lives; and never a stranger's.
            started = status.started_at.timestamp() if status.started_at else math.inf
            ours = compute_account().pw_uid if os.geteuid() == 0 else os.geteuid()
            return (
                os.getsid(process.pid) == status.pid and process.uids().real == ours and process.create_time() >= started - 1
            )

    def remove_secrets(self) -> None:
        """Take away what a runner that went has left of the replica's secrets."""
        with suppress(FileNotFoundError):
            remove_files(self.path)

    # ---- keeping

    @property
    def followed(self) -> bool:
        """Everything it printed and used was passed on."""
        return (self.path / "followed").exists()

    def mark_followed(self) -> None:
        self._mark("followed")

    @property
    def collected(self) -> bool:
        """Everything it left was kept."""
        return (self.path / "collected").exists()

    def mark_collected(self) -> None:
        self._mark("collected")

    @property
    def settled(self) -> bool:
        return self.followed and self.collected

    def _mark(self, name: str) -> None:
        with suppress(FileNotFoundError):
            (self.path / name).touch()

    def usage_read(self) -> int:
        """How far usage.jsonl was passed on, as the last follower noted."""
        try:
            return int((self.path / "usage-read").read_text())
        except FileNotFoundError:
            return 0

    def keep_usage_read(self, position: int) -> None:
        with suppress(FileNotFoundError):
            replace_file(self.path / "usage-read", str(position))

    def remove(self) -> None:
        """Delete everything kept of it. Its runner must have ended."""
        shutil.rmtree(self.path, ignore_errors=True)

    def close(self) -> None:
        """All is known of this replica: it need not be looked at again."""
        self._entry.unlink(missing_ok=True)


_TIMES = ("started_at", "finished_at")


def compute_account() -> pwd.struct_passwd:
    """The system user that replicas run as. Raises Unavailable when there is none, or it is root."""
    try:
        account = pwd.getpwnam(settings.LOCAL_COMPUTE_USER) if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())
    except KeyError:
        account = None
    if account is None or account.pw_uid == 0:
        raise Unavailable("Replicas never run as root: HANSE_LOCAL_COMPUTE_USER must name the system user to run them as.")
    return account


def opened(job_id: UUID | None = None, *, shelf: str = JOBS) -> list[ReplicaDirectory]:
    """Replicas whose end has not been reported and collected, of all jobs (apps) or of one."""
    found = []
    with suppress(FileNotFoundError):
        for entry in os.scandir(_root(shelf) / ".open"):
            job, attempt, rank = entry.name.split(".")
            if job_id is None or job == str(job_id):
                found.append(ReplicaDirectory(UUID(job), int(attempt), int(rank), shelf))
    return sorted(found)


def all_opened() -> list[ReplicaDirectory]:
    """Of jobs and of apps."""
    return [*opened(), *opened(shelf=APPS)]


def kept_jobs(shelf: str = JOBS) -> list[UUID]:
    """Jobs (apps) that have a directory here."""
    try:
        return [UUID(entry.name) for entry in os.scandir(_root(shelf)) if not entry.name.startswith(".")]
    except FileNotFoundError:
        return []


def kept(shelf: str) -> list[ReplicaDirectory]:
    """Every replica that has a directory here."""
    return [
        ReplicaDirectory(job_id, int(place.parent.name), int(place.name), shelf)
        for job_id in kept_jobs(shelf)
        for place in (_root(shelf) / str(job_id)).glob("[0-9]*/[0-9]*")
    ]


def remove_job(job_id: UUID, *, shelf: str = JOBS) -> None:
    """Delete everything kept of a job (app). Its runners must have ended."""
    shutil.rmtree(_root(shelf) / str(job_id), ignore_errors=True)


def remove_work(job_id: UUID) -> None:
    """Delete what the replicas of a job worked with; what was recorded of them stays until the job goes."""
    directory = _root() / str(job_id)
    for work in (directory / "checkpoints", *directory.glob("[0-9]*/*/work")):
        shutil.rmtree(work, ignore_errors=True)


def close_machine() -> None:
    """Start nothing more, until `open_machine`."""
    _root().mkdir(parents=True, exist_ok=True)
    (_root() / ".closed").touch()


def open_machine() -> None:
    (_root() / ".closed").unlink(missing_ok=True)


def require_open_machine() -> None:
    """Raises Unavailable when this machine must not start anything, or has no account to start it with."""
    if not settings.LOCAL_COMPUTE:
        raise Unavailable(
            "Local compute is off; whoever runs this portal can start it with HANSE_LOCAL_COMPUTE=1 in development mode."
        )
    if (_root() / ".closed").exists():
        raise Unavailable("This machine is being stopped and starts nothing; whoever runs this portal can start it again.")
    compute_account()


def not_standing(failed: Iterable[ReplicaDirectory], *, called: str) -> Unavailable:
    """What to raise when runners did not come to stand. `called`: what their numbers are of."""
    numbers = ", ".join(str(directory.rank) for directory in failed)
    return Unavailable(
        f"The runners of {called} {numbers} did not come to stand. If that goes on, an operator should look whether "
        f"{node_name()} is overloaded."
    )


def launch_all(
    directories: Iterable[ReplicaDirectory], secrets: Mapping[ReplicaDirectory, Secrets] = MappingProxyType({})
) -> list[ReplicaDirectory]:
    """Start runners side by side, each with its secrets.

    Returns those that did not come to stand; they may be tried again.
    """
    launched = [(directory, directory.launch(secrets.get(directory, Secrets()))) for directory in directories]
    failed = []
    for directory, process in launched:
        try:
            stands = process.wait(LAUNCH_SECONDS) == 0
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            stands = False
        if not stands:
            failed.append(directory)
    return failed


def running_specs() -> list[Spec]:
    """What the replicas that run now were started with."""
    return [
        spec
        for directory in all_opened()
        if (status := directory.status()) and not status.final and (spec := directory.read_spec())
    ]
