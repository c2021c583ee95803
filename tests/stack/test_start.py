"""`make run` as it is typed: at a terminal, after a kill, without network, without room."""

import os
import pty
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from embedded.layout import REPOSITORY, Layout
from embedded.ports import is_free
from embedded.stack import MARK, Stack
from embedded.up import end_everything
from tests.testbed.ports import own_port
from tests.testbed.stack import RunningStack, eventually

pytestmark = pytest.mark.stack

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="namespaces of one's own need root")
STAYS = {
    "name": "stays",
    "roles": [{"command": ["sleep", "3619"], "cpu_millicores": 100, "memory_bytes": "64Mi"}],
    "fault_policy": {"restart": "on-failure"},
}


@pytest.fixture
def stack() -> Iterator[Stack]:
    """An installation of its own; nothing of it is left running."""
    with tempfile.TemporaryDirectory(prefix="hanse-start-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o711)
        stack = Stack(Layout(Path(folder) / "var"))
        yield stack
        if stack.was_started():
            end_everything(stack)


class Terminal:
    """`make run` (its last step) at a terminal of its own; `typed` reaches it as keys do."""

    def __init__(self, stack: Stack, port: int) -> None:
        self.shown = ""
        process, self._keyboard = pty.fork()
        if process == 0:
            os.chdir(REPOSITORY)
            environment = {**os.environ, "HANSE_VAR": str(stack.layout.var), "HANSE_PORT": str(port), "TERM": "dumb"}
            os.execve(sys.executable, [sys.executable, "-m", "embedded.up"], environment)  # noqa: S606
        self.process = psutil.Process(process)
        threading.Thread(target=self._read, daemon=True).start()

    def type(self, keys: bytes) -> None:
        os.write(self._keyboard, keys)

    def shows(self, text: str) -> bool:
        return text in self.shown

    def ends(self) -> int:
        _, status = os.waitpid(self.process.pid, 0)
        return os.waitstatus_to_exitcode(status)

    def _read(self) -> None:
        try:
            while data := os.read(self._keyboard, 65536):
                self.shown += data.decode(errors="replace")
        except OSError:
            return  # its end


def ours(stack: Stack) -> list[str]:
    """Names of the processes that belong to the installation."""
    found = []
    for process in psutil.process_iter():
        try:
            if process.environ().get(MARK) == str(stack.layout.var):
                found.append(process.name())
        except psutil.Error:
            continue
    return found


class TestTerminal:
    def test_kill_of_all_that_looks_after_it_then_a_second_start_then_control_c(self, stack):
        port = own_port(18700)
        first = Terminal(stack, port)
        eventually(lambda: first.shows("Hanse is up"), seconds=240)
        portal = RunningStack(stack).portal("ann")
        project = portal.project("vision")["id"]
        job = portal.post(f"/api/v1/projects/{project}/jobs/", STAYS)
        address = f"/api/v1/projects/{project}/jobs/{job['id']}/"
        eventually(lambda: portal.get(address)["phase"] == "running", seconds=120)

        first.process.send_signal(signal.SIGKILL)
        os.kill(stack.record().supervisor, signal.SIGKILL)
        first.ends()
        assert {"postgres", "redis-server", "caddy"} <= set(ours(stack))  # orphans, which hold the port and the data

        second = Terminal(stack, port)
        eventually(lambda: second.shows("Hanse is up"), seconds=240)
        portal = RunningStack(stack).portal("ann")
        assert (portal.get(address)["phase"], portal.get(address)["attempt"]) == ("running", 1)  # it noticed nothing

        eventually(lambda: second.shows("Console"))
        second.type(b"\x03")
        assert second.ends() == 0, second.shown[-2000:]
        assert ours(stack) == []
        assert is_free(port)
        assert not any("sleep 3619" in " ".join(one.info["cmdline"] or []) for one in psutil.process_iter(["cmdline"]))

        third = Terminal(stack, port)
        eventually(lambda: third.shows("Hanse is up"), seconds=240)
        portal = RunningStack(stack).portal("ann")
        reasons = [entry["reason"] for entry in portal.get(f"{address}timeline/")["results"]]
        assert "lost" in reasons  # and its fault policy decided that it is tried again
        assert portal.get(address)["phase"] in ("restarting", "starting", "running")
        third.type(b"\x03")
        third.ends()


def run(*prefix: str, var: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*prefix, sys.executable, "-m", "embedded.up"],
        cwd=REPOSITORY,
        env={**os.environ, "HANSE_VAR": str(var), **environment},
        capture_output=True,
        text=True,
        timeout=400,
        check=False,
    )


class TestWithoutNetwork:
    @as_root
    def test_it_starts_and_trains_with_nothing_but_loopback(self, stack):
        alone = ("unshare", "--net", "sh", "-c", 'ip link set lo up && exec "$@"', "-")

        result = run(*alone, var=stack.layout.var, ONCE="1")

        assert result.returncode == 0, result.stdout + result.stderr
        assert result.stdout.splitlines()[-1].startswith("demonstration job ")


class TestWithoutRoom:
    @as_root
    @pytest.mark.parametrize(("options", "word"), [("size=64m", "full"), ("ro", "read-only")])
    def test_it_says_so_in_a_sentence(self, tmp_path, options, word):
        mounted = ("unshare", "--mount", "sh", "-c", f'mount -t tmpfs -o {options} none {tmp_path} && exec "$@"', "-")

        result = run(*mounted, var=tmp_path / "var")

        assert (result.returncode, "Traceback" in result.stdout + result.stderr) == (1, False)
        assert word in " ".join(result.stdout.split())
        assert "HANSE_VAR" in result.stdout
