"""Why jobs fail: from what was seen of a replica's end to a phrase, its likely cause, who must act, and what to try.

Every entry has a stable code. The texts are English; the console's dictionary translates them by code.
"""

import signal as signals
from dataclasses import asdict, dataclass
from typing import Any, Literal, Protocol

Who = Literal["developer", "tenant-admin", "platform"]


@dataclass(frozen=True)
class Failure:
    code: str
    phrase: str
    cause: str
    who: Who
    advice: str

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


_ENTRIES = [
    Failure(
        "error-exit",
        "The program ended with an error",
        "The program itself reported a failure.",
        "developer",
        "Read the last lines of the log of this replica; the program says there what went wrong.",
    ),
    Failure(
        "python-error",
        "The Python program stopped with an error",
        "An exception was not caught, or the program called sys.exit with an error.",
        "developer",
        "Read the traceback at the end of the log of this replica.",
    ),
    Failure(
        "usage-error",
        "The program did not understand its arguments",
        "An option or argument of the command is missing or misspelt.",
        "developer",
        "Compare the command with what the program prints for --help, correct it and submit again.",
    ),
    Failure(
        "not-executable",
        "The command cannot be executed",
        "The file is there, but it is no program, or it may not be executed.",
        "developer",
        "Name the interpreter first (such as python), or make the file executable.",
    ),
    Failure(
        "command-not-found",
        "The command was not found",
        "The program is not installed where the job runs, or its name or path is misspelt.",
        "developer",
        "Check the first entry of the command, and that the image or machine has this program.",
    ),
    Failure(
        "start-failed",
        "The replica could not be started",
        "The machine refused to start the process, for example because a directory or the image cannot be used.",
        "platform",
        "Read the message; try again, and show it to your platform administrator if it comes back.",
    ),
    Failure(
        "out-of-memory",
        "The replica needed more memory than it asked for",
        "The program used more memory than the replica's limit, so it was stopped.",
        "developer",
        "Ask for more memory for each replica, or use smaller batches or fewer data-loading processes.",
    ),
    Failure(
        "killed",
        "The replica was killed",
        "Something outside the program ended it at once; most often the machine ran out of memory.",
        "developer",
        "Look at the memory curve; if it rose until the end, ask for more memory. Else ask your platform administrator.",
    ),
    Failure(
        "terminated",
        "The replica was asked to stop",
        "Something outside Hanse sent it the signal to end.",
        "platform",
        "Try again; if it comes back, ask your platform administrator who stops processes on this machine.",
    ),
    Failure(
        "memory-fault",
        "The program crashed reading memory that is not its own",
        "A bug in native code: often a library that does not fit the driver, the device or another library.",
        "developer",
        "Check that the versions of the framework, its libraries and the driver fit one another.",
    ),
    Failure(
        "aborted",
        "The program gave up by itself",
        "A library found a state it cannot continue from: a failed assertion, or a broken communication.",
        "developer",
        "Read the last lines of the log of all ranks; the first rank that complains is the one to look at.",
    ),
    Failure(
        "illegal-instruction",
        "The program uses instructions that this processor lacks",
        "It was built for a newer or another processor.",
        "developer",
        "Use a build for this kind of processor, or choose a cluster that has the right one.",
    ),
    Failure(
        "arithmetic-fault",
        "The program crashed in a calculation",
        "Native code divided an integer by zero or overflowed.",
        "developer",
        "Check the input of the step that the log shows last.",
    ),
    Failure(
        "broken-pipe",
        "The program wrote to something that was closed",
        "Another process that it talked to ended first.",
        "developer",
        "Look for the replica that ended first; its log shows the cause.",
    ),
    Failure(
        "signalled",
        "The program was ended by a signal",
        "The program or something outside it sent a signal that ends processes.",
        "developer",
        "Read the last lines of the log of this replica.",
    ),
    Failure(
        "deadline",
        "The job took longer than its deadline",
        "The deadline of the fault policy passed before the job was done.",
        "developer",
        "Set a longer deadline, use more replicas, or let the program save its state and continue from there.",
    ),
    Failure(
        "lost",
        "The machine of a replica went away",
        "The machine was stopped or lost its connection, so what the replica did last is not known.",
        "platform",
        "Try again; with a restart policy Hanse does that by itself.",
    ),
]
DICTIONARY: dict[str, Failure] = {entry.code: entry for entry in _ENTRIES}

_BY_SIGNAL: dict[int, str] = {
    signals.SIGKILL: "killed",
    signals.SIGTERM: "terminated",
    signals.SIGSEGV: "memory-fault",
    signals.SIGBUS: "memory-fault",
    signals.SIGABRT: "aborted",
    signals.SIGILL: "illegal-instruction",
    signals.SIGFPE: "arithmetic-fault",
    signals.SIGPIPE: "broken-pipe",
}
_BY_EXIT_CODE = {2: "usage-error", 126: "not-executable", 127: "command-not-found"}


class Ended(Protocol):
    """What is known of a replica's end."""

    phase: Any
    exit_code: Any
    signal: Any
    reason: Any


def code_of(replica: Ended, *, command: list[str]) -> str:
    """The code of a replica that failed, was lost, or was stopped by nobody here."""
    match replica.phase:
        case "lost":
            return "lost"
        case "stopped":
            return "terminated"
    return diagnose(exit_code=replica.exit_code, signal=replica.signal, reason=replica.reason, command=command)


def diagnose(*, exit_code: int | None, signal: int | None, reason: str, command: list[str]) -> str:
    """The code of a replica's failure. What the runner knows (`reason`) goes before what its exit looks like.

    Shells report a signal as the exit code 128 + its number.
    """
    if reason in DICTIONARY:
        return reason
    if signal is None and exit_code is not None and 128 < exit_code < 160:
        signal = exit_code - 128
    if signal is not None:
        return _BY_SIGNAL.get(signal, "signalled")
    if exit_code in _BY_EXIT_CODE:
        return _BY_EXIT_CODE[exit_code]
    if exit_code == 1 and command and "python" in command[0].rsplit("/", 1)[-1]:
        return "python-error"
    return "error-exit"


def describe_end(*, exit_code: int | None, signal: int | None) -> str:
    """How a process ended, for a sentence: "exit code 1" or "signal SIGKILL"."""
    if signal is not None:
        try:
            return f"signal {signals.Signals(signal).name}"
        except ValueError:
            return f"signal {signal}"
    return "no exit code" if exit_code is None else f"exit code {exit_code}"
