"""A shell in a replica of this machine: keeps its terminal, and ends it with everything that was started in it.

Standard input is a socket to the process `gateway`. Frames go both ways, each a channel (one byte), a length (four) and so
many bytes; the channels are those of Kubernetes' exec. The shell is over when its program ends, when the replica's command
does, and when the socket closes, however that came about.
"""

import ctypes
import fcntl
import json
import os
import select
import selectors
import signal
import socket
import struct
import sys
import termios
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

import psutil

from celery_workers.local.runner.cgroup import MemoryGroup
from celery_workers.local.runner.files import Spec
from celery_workers.local.runner.limits import account_of, limit
from celery_workers.local.runner.usage import Meter

STDIN, STDOUT, STATUS, RESIZE = 0, 1, 3, 4
HEADER = struct.Struct(">BI")
SHELLS = ("/bin/bash", "/bin/sh")
# A terminal drops what is typed and never read, too; it only holds less.
MOST_TYPED_BYTES = 2**20
HANG_UP_SECONDS = 2.0
_PR_SET_CHILD_SUBREAPER = 36


def frame(channel: int, content: bytes) -> bytes:
    return HEADER.pack(channel, len(content)) + content


class Keeper:
    """Holds the terminal of one shell, from its start to its end."""

    def __init__(self, line: socket.socket, directory: Path, command: Sequence[str]) -> None:
        self._line, self._directory, self._command = line, directory, command
        self._spec = Spec(**json.loads((directory / "spec.json").read_text()))
        self._selector = selectors.DefaultSelector()
        self._received, self._typed = b"", b""
        self._ended: tuple[str, int | None] | None = None
        self._meter = Meter()

    def run(self) -> None:
        """Start the shell and stay until nothing of it is left."""
        pid = json.loads((self._directory / "status.json").read_text())["pid"]
        try:
            replica = os.pidfd_open(pid or 0)
        except OSError:  # it ended a moment ago, or never began
            self._say("replica-ended", None)
            return
        self._terminal, slave = os.openpty()
        self._child = os.fork()
        if not self._child:
            _become_shell(slave, self._directory, self._spec, pid, self._command)
        os.close(slave)
        os.set_blocking(self._terminal, False)
        for descriptor, look in (
            (self._line.fileno(), self._hear),
            (self._terminal, self._read),
            (os.pidfd_open(self._child), self._child_ended),
            (replica, self._replica_ended),
        ):
            self._selector.register(descriptor, selectors.EVENT_READ, look)
        while self._ended is None:
            for key, events in self._selector.select():
                key.data(events)
        self._say(*self._ended)
        self._end_all()

    def _hear(self, _events: int) -> None:
        """Take over what was typed, and how large the terminal is."""
        with suppress(ConnectionError):
            self._received += self._line.recv(65536) or self._hang_up()
        for channel, content in self._frames():
            if channel == STDIN and len(self._typed) < MOST_TYPED_BYTES:
                self._typed += content
            elif channel == RESIZE:
                columns, rows = json.loads(content)
                fcntl.ioctl(self._terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self._write()

    def _frames(self) -> Iterator[tuple[int, bytes]]:
        while len(self._received) >= HEADER.size:
            channel, size = HEADER.unpack_from(self._received)
            end = HEADER.size + size
            if len(self._received) < end:
                return
            content, self._received = self._received[HEADER.size : end], self._received[end:]
            yield channel, content

    def _hang_up(self) -> bytes:
        self._ended = self._ended or ("closed", None)
        return b""

    def _read(self, events: int) -> None:
        """Pass on what was printed; and type what waits, when there is room for it."""
        if events & selectors.EVENT_WRITE:
            self._write()
        if events & selectors.EVENT_READ and not self._pass_on():
            # Nothing holds the terminal any more; that the program ended is said by its own descriptor.
            self._selector.unregister(self._terminal)

    def _pass_on(self) -> bool:
        """False when there will be no more."""
        try:
            printed = os.read(self._terminal, 65536)
        except BlockingIOError:
            return True
        except OSError:
            return False
        self._send(frame(STDOUT, printed))
        return bool(printed)

    def _write(self) -> None:
        if self._terminal not in self._selector.get_map():
            return
        with suppress(OSError):
            self._typed = self._typed[os.write(self._terminal, self._typed) :] if self._typed else b""
        wanted = selectors.EVENT_READ | (selectors.EVENT_WRITE if self._typed else 0)
        self._selector.modify(self._terminal, wanted, self._read)

    def _child_ended(self, _events: int) -> None:
        _, status = os.waitpid(self._child, 0)
        while select.select([self._terminal], [], [], 0)[0] and self._pass_on():
            pass
        self._ended = ("exited", os.waitstatus_to_exitcode(status))

    def _replica_ended(self, _events: int) -> None:
        self._ended = ("replica-ended", None)

    def _say(self, code: str, exit_code: int | None) -> None:
        self._send(frame(STATUS, json.dumps({"ended": code, "exit_code": exit_code}).encode()))

    def _send(self, content: bytes) -> None:
        try:
            self._line.sendall(content)
        except OSError:
            self._hang_up()

    def _end_all(self) -> None:
        """Hang up, as a terminal that goes does; kill what does not mind. Orphans come to this process, none is missed."""
        for number, patience in ((signal.SIGHUP, HANG_UP_SECONDS), (signal.SIGKILL, HANG_UP_SECONDS)):
            for process in self._meter.tree():
                with suppress(psutil.Error):
                    process.send_signal(number)
                    process.send_signal(signal.SIGCONT)
            until = time.monotonic() + patience
            while _reap() and time.monotonic() < until:
                time.sleep(0.02)


def _reap() -> bool:
    """Whether any child is left."""
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        return False
    return True


def _become_shell(terminal: int, directory: Path, spec: Spec, pid: int, command: Sequence[str]) -> None:
    """Be the program at this terminal: as the replica's user, where it works, with its environment and its limits."""
    try:
        os.setsid()
        fcntl.ioctl(terminal, termios.TIOCSCTTY, 0)
        for descriptor in (0, 1, 2):
            os.dup2(terminal, descriptor)
        if group := MemoryGroup.find("-".join(directory.parts[-3:])):
            group.enter()
        if os.geteuid() == 0:
            _become_user(spec)
        limit(spec)
        os.umask(0o077)
        os.chdir(directory / spec.work)
        for number in (signal.SIGPIPE, signal.SIGXFSZ):  # Python's own way with these is not a program's
            signal.signal(number, signal.SIG_DFL)
        environment = {**_environment(pid, spec), "TERM": "xterm-256color"}
        for words in [command] if command else [[shell] for shell in SHELLS]:
            with suppress(FileNotFoundError):
                os.execvpe(words[0], list(words), environment)  # noqa: S606
        os.write(2, f"{command[0] if command else 'A shell'}: not found\n".encode())
    except (OSError, ValueError) as failure:
        os.write(2, f"This cannot be started: {failure}\n".encode())
    finally:
        os._exit(127)


def _become_user(spec: Spec) -> None:
    """Of whom the terminal is, too. Raises OSError when there is nobody whom replicas run as."""
    account = account_of(spec)
    if account is None:
        raise OSError("nobody is named whom replicas run as")
    os.fchown(0, account.pw_uid, account.pw_gid)
    os.setgroups([])
    os.setgid(account.pw_gid)
    os.setuid(account.pw_uid)


def _environment(pid: int, spec: Spec) -> dict[str, str]:
    """That of the replica's command, with its secrets; where the kernel shows it to nobody, what is written in the spec."""
    try:
        written = Path(f"/proc/{pid}/environ").read_bytes()
    except OSError:
        return dict(spec.env)
    pairs = (pair.partition(b"=") for pair in written.split(b"\0") if pair)
    return {os.fsdecode(name): os.fsdecode(value) for name, _, value in pairs}


if __name__ == "__main__":
    ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    Keeper(socket.socket(fileno=0), Path(sys.argv[1]), sys.argv[2:]).run()
