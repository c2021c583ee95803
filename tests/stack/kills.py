"""Killing processes of a running portal at once, in the middle of whatever they do; its supervisor starts them anew."""

from contextlib import suppress

import psutil

from tests.testbed.stack import RunningStack, eventually


def running(stack: RunningStack, process_name: str) -> psutil.Process:
    def found() -> psutil.Process | None:
        with suppress(psutil.NoSuchProcess):
            if pid := stack.stack.pid(process_name):
                return psutil.Process(pid)
        return None

    return eventually(found, every=0.05)


def kill(stack: RunningStack, process_name: str) -> None:
    """SIGKILL the process with everything below it (PostgreSQL's own children end by themselves).

    It is stopped first, so that nothing new comes below it; what detaches itself meanwhile, as the runner of a replica
    does, is not below it any more.
    """
    process = running(stack, process_name)
    with suppress(psutil.NoSuchProcess):
        process.suspend()
        if process_name != "postgres":
            _kill_below(process)
        process.kill()


def kill_children(stack: RunningStack, process_name: str) -> None:
    """SIGKILL what is below the process at a moment when there is something."""

    def killed() -> int:
        with suppress(psutil.NoSuchProcess):
            return _kill_below(running(stack, process_name))
        return 0

    eventually(killed, seconds=20, every=0.005)


def _kill_below(process: psutil.Process) -> int:
    """Each is stopped before it is asked whose child it is, so that it cannot leave between the two."""
    killed = 0
    for doomed in process.children(recursive=True):
        with suppress(psutil.NoSuchProcess):
            doomed.suspend()
            if process in doomed.parents():
                doomed.kill()
                killed += 1
            else:
                doomed.resume()
    return killed
