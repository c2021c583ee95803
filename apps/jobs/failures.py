"""Why jobs fail: from what was seen of a replica's end to a phrase, its likely cause, who must act, and what to try.

Every entry has a stable code. The texts are English; the console's dictionary translates them by code.
"""

import signal as signals
from dataclasses import asdict, dataclass
from typing import Any, ClassVar, Literal, Protocol

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


class Unusable(Exception):
    """What the job names cannot be given as it asks, and no other attempt would change that. Its text says what."""

    code: ClassVar[str]


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
        "secret-unusable",
        "A secret of the job could not be given to it",
        "The secret, or the version that the job names, was destroyed; or an entry that the job names is not in it.",
        "developer",
        "Create or rotate the secret in this project, or name another version; then try again.",
    ),
    Failure(
        "bucket-unusable",
        "A bucket of the job could not be given to it",
        "The bucket was removed since the job was submitted, or it is full and the job writes to it.",
        "developer",
        "Name another bucket, or delete files of this one or ask an admin for a larger quota; then try again.",
    ),
    Failure(
        "volume-unusable",
        "A volume of the job could not be given to it",
        "The volume was deleted since the job was submitted, or it is full and the job writes to it.",
        "developer",
        "Name another volume, delete files of this one or have it enlarged; then try again.",
    ),
    Failure(
        "contract-unusable",
        "The channels of the contract could not be given to the job",
        "The contract that the job names was revoked, replaced by nothing, or is over.",
        "developer",
        "Ask a data officer of your tenant whether there is a contract that stands, and name that; then try again.",
    ),
    Failure(
        "dataset-unusable",
        "A version of a dataset could not be given to the job",
        "The version was deleted, with its project or before the job was tried again.",
        "developer",
        "Name another version, then submit the job again.",
    ),
    Failure(
        "code-refused",
        "The repository refused the credentials",
        "The secret that the job names is wrong or expired, may not read this repository, or none is named.",
        "developer",
        "Check that the secret's token or key may read the repository, rotate it if it has expired, and try again.",
    ),
    Failure(
        "code-not-found",
        "The repository, or the directory in it, was not found",
        "The address or path is misspelt or has moved, or the repository is private and no secret is named.",
        "developer",
        "Open the address, correct it and submit again; for a private repository name a secret with its credentials.",
    ),
    Failure(
        "code-ref-unknown",
        "The repository has no such branch, tag or commit",
        "The ref is misspelt, was deleted, or is a commit that was never pushed.",
        "developer",
        "Name a branch or tag that the repository has, or the whole id of a commit that was pushed.",
    ),
    Failure(
        "code-too-large",
        "The code is larger than code may be",
        "Data, models or environments are kept with the code, so that it exceeds the limits for size or number of files.",
        "developer",
        "Keep data elsewhere, or name a directory of the repository as path.",
    ),
    Failure(
        "code-unreachable",
        "The code could not be fetched",
        "The server of the repository did not answer, took too long, or is in a network that the portal may not enter.",
        "platform",
        "Try again later; if it stays so, ask your platform administrator whether the portal may reach this server.",
    ),
    Failure(
        "code-unfit",
        "The code cannot be unpacked",
        "It holds names that no file may have here, or the archive is damaged.",
        "developer",
        "Rename these files, or pack the archive again.",
    ),
    Failure(
        "code-gone",
        "The code of the job is no longer there",
        "The stored archive was removed by somebody who may reach the store of objects.",
        "developer",
        "Upload the archive again, or submit from git.",
    ),
    Failure(
        "image-unavailable",
        "The image could not be pulled",
        "The name of the image is wrong, it does not exist, its registry refuses the cluster, or cannot be reached.",
        "developer",
        "Check the image's name and tag; for a private one, see that the cluster may pull it.",
    ),
    Failure(
        "replica-refused",
        "The cluster does not accept the replica",
        "Something in its specification breaks a rule of Kubernetes or of this cluster.",
        "developer",
        "Read the message: it names the field. Correct it and submit again.",
    ),
    Failure(
        "admission-denied",
        "A rule of the cluster does not let the job in",
        "An admission webhook, a policy, or the Pod Security level of the namespace refuses what the job would make.",
        "platform",
        "Read the message: it names the rule. Keep to it, or ask your platform administrator to make an exception.",
    ),
    Failure(
        "operator-refused",
        "The operator that makes its pods refuses the job",
        "The cluster took the object of the job; its operator will not, or cannot, make pods of it.",
        "platform",
        "Read the message, and show it to your platform administrator; with kind: pods the job needs no operator.",
    ),
    Failure(
        "operator-silent",
        "The operator that makes its pods made none",
        "The operator does not run, or something holds the object of the job back, such as a Kueue that manages all jobs.",
        "platform",
        "Ask your platform administrator whether the operator runs; with kind: pods the job needs none.",
    ),
    Failure(
        "unschedulable",
        "No node took the replica",
        "Nodes are full with what others run there, or are closed to it, though there was quota for it.",
        "platform",
        "Try again; if it comes back, ask your platform administrator what else runs on the nodes of this flavor.",
    ),
    Failure(
        "evicted",
        "The replica was evicted from its node",
        "The node ran short of memory or disk, or an administrator emptied it.",
        "platform",
        "Try again; if the node ran short of disk, write less to it.",
    ),
    Failure(
        "displaced",
        "The replica had to make room on its node",
        "The scheduler of the cluster gave its place to something of a higher priority that Hanse does not manage.",
        "platform",
        "Try again; with a restart policy Hanse does that by itself.",
    ),
    Failure(
        "deleted",
        "Somebody deleted the replica",
        "It was deleted in the cluster, not through Hanse.",
        "platform",
        "Try again; the cluster's own audit log says who did it.",
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

# Failures of the job itself: whatever becomes known of its replicas afterwards does not change them.
OF_THE_JOB = frozenset(
    code
    for code in DICTIONARY
    if code in ("deadline", "replica-refused") or code.endswith("-unusable") or code.startswith("code-")
)
# No replica of such an attempt ever began.
OF_THE_ATTEMPT = frozenset({"admission-denied", "operator-refused", "operator-silent"})
# Not the workload's doing, so not counted against its back-off limit.
LOSSES = frozenset({"lost", "evicted", "displaced", "deleted", "unschedulable"})

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
            return str(replica.reason) if replica.reason in LOSSES else "lost"
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
