"""The life of one command."""

import contextlib
import json
import os
import selectors
import signal
import socket
import subprocess
import time
from dataclasses import asdict
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import psutil

from celery_workers.local.runner.cgroup import MemoryGroup
from celery_workers.local.runner.files import Identity, Spec, now, replace_file
from celery_workers.local.runner.limits import account_of, limit
from celery_workers.local.runner.output import Lines, Output
from celery_workers.local.runner.secrets import Mask, Secrets, remove_files
from celery_workers.local.runner.usage import Meter

TICK_SECONDS = 0.5
USAGE_SECONDS = 2.0
LEFT_OVER_SECONDS = 2.0


class Replica:
    """The command of one directory, from start to end. Making one writes its first status."""

    def __init__(self, directory: Path, spec: Spec, secrets: Secrets) -> None:
        self._directory, self._spec, self._secrets = directory, spec, secrets
        self._output = Output(directory / "output.log", spec.output_limit_bytes)
        self._selector = selectors.DefaultSelector()
        self._meter, self._usage_at = Meter(), 0.0
        self._group = MemoryGroup.make("-".join(directory.parts[-3:]), limit_bytes=spec.memory_bytes)
        self._pid = 0
        self._wait_status: int | None = None
        self._told_to_stop = False
        self._look_at = 0.0
        # How it will have ended, whatever the command makes of it, and when patience with it ends.
        self._ending: tuple[str, str] | None = None
        self._kill_at = float("inf")
        self._deadline = datetime.fromisoformat(spec.deadline_at) if spec.deadline_at else None
        runner = Identity.of(os.getpid())
        assert runner is not None  # noqa: S101 - this process runs
        self._status: dict[str, Any] = {
            "phase": "starting",
            "runner": asdict(runner),
            **dict.fromkeys(("pid", "started_at", "exit_code", "signal", "finished_at")),
            "reason": "",
        }
        # Before anybody can read whom to signal: until then a signal would end the runner without a last word.
        self._wake_on_signals()
        self._record()

    def run(self) -> None:
        """Start the command and stay until nothing of it is left."""
        self._look_for_stop()
        if self._ending:
            self._finish(*self._ending)
        elif refusal := self._start():
            self._output.say(refusal)
            self._finish("failed", "cannot-start", exit_code=127)
        else:
            while self._wait_status is None:
                self._tick()
            self._end_left_over()
            self._judge(self._wait_status)

    # ---- starting

    def _start(self) -> str | None:
        """Start the command; when that cannot be, say what is wrong."""
        spec, identity, account = self._spec, {}, None
        for note in spec.notes:
            self._output.say(note)
        if not spec.command:
            return "There is no command: this machine starts commands, not images."
        if os.geteuid() == 0:
            account = account_of(spec)
            if account is None:
                return "Replicas never run as root: HANSE_LOCAL_COMPUTE_USER must name the system user to run them as."
            identity = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
        try:
            self._secrets.write_files(self._directory, account)
            process = self._popen(identity)
        except (OSError, subprocess.SubprocessError, ValueError) as failure:
            return f"{spec.command[0]!r} cannot be started: {failure}"
        self._process, self._pid = process, process.pid
        for stream, pipe in (("out", process.stdout), ("err", process.stderr)):
            assert pipe is not None  # noqa: S101 - asked for below
            os.set_blocking(pipe.fileno(), False)
            self._selector.register(pipe, selectors.EVENT_READ, (stream, Lines(), Mask(self._secrets.values)))
        self._status |= {"phase": "running", "pid": self._pid, "started_at": now()}
        self._record()
        return None

    def _popen(self, identity: dict[str, Any]) -> "subprocess.Popen[bytes]":
        """Born in the replica's memory group, where there is one. Raises as Popen does."""
        spec = self._spec
        with contextlib.ExitStack() as stack:
            if self._group is not None:
                try:
                    stack.enter_context(self._group.inside())
                except OSError:
                    self._group.remove()
                    self._group = None
            process: subprocess.Popen[bytes] = subprocess.Popen(
                spec.command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                bufsize=0,
                cwd=self._directory / spec.work,
                env={**spec.env, **self._secrets.environment(self._directory)},
                start_new_session=True,
                umask=0o077,
                preexec_fn=partial(limit, spec),
                **identity,
            )
            return process

    def _wake_on_signals(self) -> None:
        self._alarm, self._bell = socket.socketpair()
        self._alarm.setblocking(False)
        self._bell.setblocking(False)
        signal.set_wakeup_fd(self._bell.fileno(), warn_on_full_buffer=False)
        for number in (signal.SIGCHLD, signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, self._on_signal)
        self._selector.register(self._alarm, selectors.EVENT_READ)

    def _on_signal(self, number: int, _frame: object) -> None:
        self._told_to_stop |= number in (signal.SIGTERM, signal.SIGINT)

    # ---- watching

    def _tick(self) -> None:
        self._listen(TICK_SECONDS)
        self._reap()
        # A command that prints much wakes this loop often; looking around costs more than reading a line.
        if time.monotonic() < self._look_at and not self._told_to_stop:
            return
        self._look_at = time.monotonic() + TICK_SECONDS
        self._look_for_stop()
        if self._deadline and datetime.now(UTC) >= self._deadline and self._end("failed", "deadline"):
            self._output.say("The deadline of the job has passed: the replica is ended.")
        if time.monotonic() >= self._kill_at:
            self._kill_tree()
        self._measure()

    def _listen(self, seconds: float) -> None:
        """Wait for output, a signal or the time, and write down what was printed."""
        for key, _ in self._selector.select(seconds):
            if key.data is None:
                with contextlib.suppress(BlockingIOError):
                    self._alarm.recv(4096)
                continue
            stream, lines, mask = key.data
            data = os.read(key.fd, 65536)
            self._output.write(stream, lines.feed(mask.feed(data) if data else mask.end()))
            if not data:
                self._output.write(stream, lines.end())
                self._selector.unregister(key.fileobj)
        self._output.flush()

    def _reap(self) -> bool:
        """Wait for every child that ended: the command, and strangers that came to this subreaper.

        False when no child is left: then nothing that the command started is alive, as orphans become our children
        at once. (A look at the process table can miss one that is just being handed over.)
        """
        with contextlib.suppress(ChildProcessError):
            while True:
                pid, wait_status = os.waitpid(-1, os.WNOHANG)
                if not pid:
                    return True
                if pid == self._pid:
                    self._wait_status = wait_status
        return False

    def _look_for_stop(self) -> None:
        told, self._told_to_stop = self._told_to_stop, False
        asked: Any = {}
        try:
            asked = json.loads((self._directory / "stop").read_text())
        except FileNotFoundError:
            if not told:
                return
        except ValueError:
            pass
        if not isinstance(asked, dict):
            asked = {}
        phase = "lost" if asked.get("phase") == "lost" else "stopped"
        grace = asked.get("grace_seconds")
        self._end(phase, str(asked.get("reason", "")), grace if isinstance(grace, int | float) else None)

    def _measure(self) -> None:
        limit = self._spec.memory_bytes
        if time.monotonic() - self._usage_at >= USAGE_SECONDS:
            self._usage_at = time.monotonic()
            sample = self._meter.sample(limit=limit)
            memory_bytes = sample.memory_bytes
            with contextlib.suppress(OSError), (self._directory / "usage.jsonl").open("a") as usage:
                usage.write(json.dumps({"at": now(), **asdict(sample)}) + "\n")
        else:
            memory_bytes = self._meter.memory_bytes(limit=limit)
        if self._group is not None:
            if self._group.killed():
                self._end_out_of_memory(f"Killed by the kernel: the limit is {limit / 2**20:.0f} MiB.")
        elif memory_bytes > limit and self._wait_status is None:
            self._end_out_of_memory(f"Killed: {memory_bytes / 2**20:.0f} MiB used, the limit is {limit / 2**20:.0f} MiB.")

    def _end_out_of_memory(self, words: str) -> None:
        if self._ending != ("failed", "out-of-memory"):
            self._output.say(words)
        self._ending = ("failed", "out-of-memory")
        self._kill_at = 0
        self._kill_tree()

    # ---- ending

    def _end(self, phase: str, reason: str, grace_seconds: float | None = None) -> bool:
        """Ask the command to end. True the first time; how it ends is decided then."""
        if self._ending:
            return False
        self._ending = (phase, reason)
        self._kill_at = time.monotonic() + (self._spec.grace_seconds if grace_seconds is None else grace_seconds)
        if self._pid and self._wait_status is None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._pid, signal.SIGTERM)
        return True

    def _kill_tree(self) -> None:
        for process in self._meter.tree():
            with contextlib.suppress(psutil.NoSuchProcess):
                process.kill()

    def _end_left_over(self) -> None:
        """End what the command started and left, and read what is still in the pipes."""
        for process in self._meter.tree():
            with contextlib.suppress(psutil.NoSuchProcess):
                process.terminate()
        kill_at = min(self._kill_at, time.monotonic() + LEFT_OVER_SECONDS)
        while self._reap():
            if time.monotonic() >= kill_at:
                self._kill_tree()
            self._listen(0.05)
        drained_by = time.monotonic() + LEFT_OVER_SECONDS
        while len(self._selector.get_map()) > 1 and time.monotonic() < drained_by:
            self._listen(0.05)

    def _judge(self, wait_status: int) -> None:
        if self._group is not None and self._group.killed() and self._ending is None:
            limit = self._spec.memory_bytes / 2**20
            self._end_out_of_memory(f"Killed by the kernel: the limit is {limit:.0f} MiB.")
        code = os.waitstatus_to_exitcode(wait_status)
        phase, reason = self._ending or ("succeeded" if code == 0 else "failed", "")
        self._finish(phase, reason, exit_code=code if code >= 0 else None, signal_number=-code if code < 0 else None)

    def _finish(self, phase: str, reason: str, *, exit_code: int | None = None, signal_number: int | None = None) -> None:
        self._output.flush()
        if self._group is not None:
            self._group.remove()
        with contextlib.suppress(OSError):  # Hanse takes them away when it sees the end, should that fail here
            remove_files(self._directory)
        self._status |= {
            "phase": phase,
            "reason": reason,
            "exit_code": exit_code,
            "signal": signal_number,
            "finished_at": now(),
        }
        self._record()

    def _record(self) -> None:
        """Write the status; without room on the disk, wait for some, as an end that nobody learns of is none."""
        while True:
            try:
                replace_file(self._directory / "status.json", json.dumps(self._status))
                return
            except OSError:
                time.sleep(TICK_SECONDS)
