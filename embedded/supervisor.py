"""supervisord: keeps some processes, outlives the terminal that started it, and is found again by its socket."""

import os
import signal
import subprocess
import sys
import time
import xmlrpc.client
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
from supervisor.xmlrpc import SupervisorTransport

from embedded.accounts import running_as_root
from embedded.layout import REPOSITORY
from embedded.processes import Process, program_section


class StartFailed(Exception):
    """A step of the start did not succeed; the message says which, and where its log is."""


@dataclass(frozen=True)
class Supervisor:
    """`mark` (name, value) stands in the environment of each of its processes, so that they are known when it is killed."""

    run: Path
    sockets: Path
    logs: Path
    password: str
    mark: tuple[str, str]

    def launch(self, processes: Sequence[Process], *, groups: Mapping[str, int], environment: Mapping[str, str]) -> int:
        """Start supervisord and return its pid; nothing under it runs yet. `groups`: name -> priority, low ones first."""
        configuration = self.run / "supervisord.conf"
        configuration.touch(0o600)
        configuration.write_text(self._configuration(processes, groups))
        supervisor = subprocess.Popen(
            [sys.executable, "-m", "supervisor.supervisord", "-n", "-c", str(configuration)],
            cwd=REPOSITORY,
            env={**environment, self.mark[0]: self.mark[1]},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        self.until(self.runs, "supervisord", seconds=20)
        return supervisor.pid

    def runs(self) -> bool:
        """Whether it answers."""
        try:
            return bool(self._control().getState()["statename"] == "RUNNING")
        except (OSError, xmlrpc.client.Error):
            return False

    def start(self, group: str) -> None:
        """Start the processes of a group; returns before they are up."""
        self._control().startProcessGroup(group, False)

    def pid(self, process: str, *, group: str) -> int:
        """The process id of one supervised process; 0 while it does not run."""
        return int(self._control().getProcessInfo(f"{group}:{process}")["pid"])

    def stop(self, pid: int | None) -> None:
        """Stop everything, last group first; then whatever is left, by pid. `pid`: of supervisord, None when not known."""
        try:
            supervisor = psutil.Process(pid) if pid else None
        except psutil.NoSuchProcess:
            supervisor = None
        if supervisor is not None and self.runs():
            self._control().shutdown()
            try:
                supervisor.wait(timeout=90)
            except psutil.TimeoutExpired:
                supervisor.kill()
        self.end_leftovers()

    def kill(self) -> None:
        """End everything at once, whatever it was about to write."""
        for process in psutil.process_iter():
            if self._is_ours(process):
                _signal(process, signal.SIGKILL)

    def end_leftovers(self) -> None:
        """End processes that outlived their supervisor (it was killed), servers last."""
        left = [process for process in psutil.process_iter() if self._is_ours(process)]
        for process in left:
            _signal(process, signal.SIGINT if process.name() == "postgres" else signal.SIGTERM)
        for process in psutil.wait_procs(left, timeout=15)[1]:
            _signal(process, signal.SIGKILL)

    def until(self, ready: Callable[[], bool], process: str, *, seconds: float) -> None:
        """Return when `ready` says so. Raises StartFailed with the end of the log of `process` when it does not in time."""
        deadline = time.monotonic() + seconds
        while not ready():
            if time.monotonic() > deadline:
                log = self.logs / f"{process}.log"
                raise StartFailed(f"{process} is not ready after {seconds:.0f} s. The end of {log}:\n{_tail(log)}")
            time.sleep(0.1)

    def _is_ours(self, process: psutil.Process) -> bool:
        try:
            return process.pid != os.getpid() and process.environ().get(self.mark[0]) == self.mark[1]
        except (psutil.NoSuchProcess, psutil.AccessDenied, psutil.ZombieProcess):
            return False

    def _configuration(self, processes: Sequence[Process], groups: Mapping[str, int]) -> str:
        sections = [
            f"[unix_http_server]\nfile={self._socket}\nchmod=0700\nusername=hanse\npassword={self.password}\n",
            f"[supervisord]\nlogfile={self.logs / 'supervisord.log'}\nlogfile_maxbytes=5MB\nloglevel=warn\n"
            f"pidfile={self.run / 'supervisord.pid'}\nnodaemon=true\nsilent=true\numask=022\nidentifier=hanse\n"
            + ("user=root\n" if running_as_root() else ""),
            "[rpcinterface:supervisor]\nsupervisor.rpcinterface_factory=supervisor.rpcinterface:make_main_rpcinterface\n",
            *(program_section(process, logs=self.logs, mark="=".join(self.mark)) for process in processes),
        ]
        for group, priority in groups.items():
            names = ",".join(process.name for process in processes if process.group == group)
            sections.append(f"[group:{group}]\nprograms={names}\npriority={priority}\n")
        return "\n".join(sections)

    @property
    def _socket(self) -> Path:
        return self.sockets / "control.sock"

    def _control(self) -> Any:
        transport = SupervisorTransport("hanse", self.password, serverurl=f"unix://{self._socket}")
        return xmlrpc.client.ServerProxy("http://127.0.0.1", transport=transport).supervisor


def _signal(process: psutil.Process, number: signal.Signals) -> None:
    try:
        process.send_signal(number)
    except psutil.NoSuchProcess:
        return


def _tail(log: Path) -> str:
    return log.read_text(errors="replace")[-2000:] if log.exists() else "(there is none)"
