"""`make run`: start or find the portal, run the demonstration job, say where everything is, stay until Ctrl-C."""

import contextlib
import errno
import fcntl
import os
import signal
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from types import FrameType
from typing import TextIO

import psutil
from rich.markup import escape

from demonstration.follow import DemonstrationFailed, run_demonstration
from demonstration.people import LOGINS
from embedded.layout import Layout, NotOurs
from embedded.parties import clusters_of, start_parties
from embedded.ports import is_free, next_free
from embedded.postgres import InitFailed
from embedded.processes import TooManyConnections
from embedded.stack import Stack
from embedded.steps import console, step
from embedded.supervisor import StartFailed

_ELSEWHERE = "HANSE_VAR names another directory."
_NO_PLACE = {
    errno.ENOSPC: f"is on a disk that is full, or nearly: PostgreSQL and logs need room. Free some, or: {_ELSEWHERE}",
    errno.EDQUOT: f"is over your disk quota. Free some room, or: {_ELSEWHERE}",
    errno.EROFS: f"is on a read-only file system. {_ELSEWHERE}",
    errno.EACCES: f"cannot be written by you. {_ELSEWHERE}",
}


class PortBusy(Exception):
    pass


@dataclass(frozen=True)
class Outcome:
    """How `make run` ended: its exit code, and the last line of `make run ONCE=1`."""

    code: int
    line: str = ""


class Interrupted(BaseException):
    """Ctrl-C, or another signal to end.

    No KeyboardInterrupt: one that passes through `exec` of a text, as modules that are being imported do it, makes Python
    end by SIGINT in the end, whatever exit code it was told.
    """


def main() -> int:
    once = os.environ.get("ONCE", "") not in ("", "0")
    layout = Layout.of_environment()
    # SIGINT as well: shells start background commands with it ignored.
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _as_interrupt)
    try:
        for parent in layout.make():
            console.print(f"Opened {parent} for passage (o+x): PostgreSQL and replicas run as system users of their own.")
        outcome = _run(Stack(layout), once=once)
    except (InitFailed, NotOurs, PortBusy, StartFailed, TooManyConnections) as failure:
        console.print(f"\n[bold red]Hanse does not run.[/] {escape(str(failure))}")
        return 1
    except OSError as failure:
        if failure.errno not in _NO_PLACE:
            raise
        console.print(
            f"\n[bold red]Hanse does not run.[/] {escape(str(failure.filename or layout.var))} {_NO_PLACE[failure.errno]}"
        )
        return 1
    except Interrupted:
        return 130
    if outcome.line:
        print(outcome.line, flush=True)
    return outcome.code


def _run(stack: Stack, *, once: bool) -> Outcome:
    with owner_lock(stack.layout) as owner:
        if owner is None:
            return _visit(stack, once=once)
        try:
            _start(stack)
            return _demonstrate(stack) if once else _stay(stack)
        finally:
            _stop(stack)


def _visit(stack: Stack, *, once: bool) -> Outcome:
    """Another `make run` owns the portal: use it, leave it running."""
    with step("Another `make run` is up; waiting until it is ready"):
        deadline = time.monotonic() + 180
        while not stack.ready():
            if time.monotonic() > deadline:
                raise StartFailed("Another `make run` holds this installation, but its portal is not ready.")
            time.sleep(0.3)
    if once:
        return _demonstrate(stack)
    _say_where(stack)
    console.print("It was started by another `make run`; Ctrl-C there, or `make stop`, ends it.")
    return Outcome(0)


def _start(stack: Stack) -> None:
    began = time.monotonic()
    if stack.runs():
        console.print("It runs already, without a terminal; this one looks after it now.")
    else:
        # First of all: what a killed supervisor left behind still holds the port.
        stack.end_leftovers()
        stack.launch(port=choose_port(os.environ.get("HANSE_PORT", "")))
    with step("PostgreSQL and Redis"):
        stack.start_servers()
    stack.start_store()
    with step("Tables"):
        stack.migrate()
    stack.start_portal()
    with step("Demonstration tenants, people, quotas"):
        stack.seed()
    with step("The portal's processes behind one port"):
        stack.wait_until_ready()
    console.print(f"Hanse is up after {time.monotonic() - began:.0f} s: [bold]{stack.address}[/]")


def _stay(stack: Stack) -> Outcome:
    """Show the demonstration, then wait for a signal, or for `make stop` elsewhere; supervisord restarts what ends."""
    with contextlib.suppress(Interrupted):
        _say_where(stack)
        console.print(_demonstrate(stack, with_company=True).line)
        _simulate_fleet(stack)
        start_parties(stack)
        _say_where(stack)
        console.print("Ctrl-C stops everything.")
        while stack.runs():
            time.sleep(2)
        console.print("It was stopped from elsewhere, or its supervisor was killed. `make run` starts it again.")
    return Outcome(0)


def _demonstrate(stack: Stack, *, with_company: bool = False) -> Outcome:
    try:
        result = run_demonstration(
            address=stack.address, password=stack.keys.demonstration, console=console, with_company=with_company
        )
    except DemonstrationFailed as failure:
        return Outcome(1, f"demonstration job failed: {failure}")
    return Outcome(0, f"demonstration job {result.job_id} succeeded: accuracy {result.accuracy:.2f}")


def _simulate_fleet(stack: Stack) -> None:
    """Give the page of forecasts something to forecast; without, the rest of the portal is as it is, and it is said why."""
    if "fleet" in os.environ.get("WITHOUT", "").split(","):
        return
    try:
        with step("A made-up fleet of 20 hosts and 200 VMs, with the loads of 15 days"):
            stack.simulate_fleet()
    except StartFailed as failure:
        console.print(f"The fleet is left out: {escape(str(failure))}")
        return
    console.print(f"  Fleet     {stack.address}/platform/fleet   (forecast within minutes; WITHOUT=fleet leaves it out)")


def _say_where(stack: Stack) -> None:
    console.print(f"\n  Console   [bold]{stack.address}[/]")
    console.print(f"  Password  [bold]{stack.keys.demonstration}[/]   (the same for all of these)")
    for login in LOGINS:
        console.print(f"  {login.email:<22} {login.what}")
    console.print(f"  Terminal  .venv/bin/hanse login {stack.address}\n")


def _stop(stack: Stack) -> None:
    """End the replicas of this machine, then everything that was started. A second Ctrl-C does not interrupt it."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    with step("Stopping"):
        try:
            end_everything(stack)
        except StartFailed as failure:
            console.print(f"Some replicas would not end. {escape(str(failure))}")


def end_everything(stack: Stack) -> None:
    """Raises StartFailed, after everything else is stopped, when replicas would not end."""
    try:
        if stack.was_started():
            stack.command("-m", "celery_workers.local.stop")
    finally:
        clusters_of(stack.layout).stop()
        stack.stop()


def choose_port(given: str, *, default: int = 8000) -> int:
    """The port that was given, or the first free one from the default on. Raises PortBusy, saying who has it."""
    if given and not (given.isdecimal() and 0 < int(given) < 65536):
        raise PortBusy(f"HANSE_PORT={given} is no port.")
    port = int(given or default)
    if is_free(port):
        return port
    if given:
        raise PortBusy(f"Port {port} is in use{_by_whom(port)}. Choose another with HANSE_PORT.")
    other = next_free(port + 1)
    console.print(f"Port {port} is in use{_by_whom(port)}; taking {other}. (HANSE_PORT chooses.)")
    return other


def _by_whom(port: int) -> str:
    try:
        for connection in psutil.net_connections("tcp"):
            if connection.status != psutil.CONN_LISTEN or not connection.laddr or not connection.pid:
                continue
            if connection.laddr.port == port:
                return f" by {psutil.Process(connection.pid).name()} (process {connection.pid})"
    except (psutil.AccessDenied, psutil.NoSuchProcess):
        return ""
    return ""


@contextlib.contextmanager
def owner_lock(layout: Layout) -> Iterator[TextIO | None]:
    """Held by the one `make run` that looks after this installation; yields None when another holds it."""
    with (layout.run / "owner.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield None
            return
        yield lock


def _as_interrupt(_number: int, _frame: FrameType | None) -> None:
    raise Interrupted


if __name__ == "__main__":
    sys.exit(main())
