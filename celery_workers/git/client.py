"""git, as a program, fetching from servers that somebody named: it may talk to one address by one protocol, and run nothing.

What it could be told to run (hooks, helpers, filters, other transports) is off; no tree is ever checked out. Credentials
travel in its environment or in files without a name, never on a command line or a disk.
"""

import base64
import os
import re
import resource
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, cast
from urllib.parse import SplitResult, urlsplit

from apps.core import addresses
from apps.core.addresses import AddressRefused
from apps.core.errors import Unavailable

FETCH_SECONDS = 240
_PORTS = {"https": 443, "http": 80, "ssh": 22}
_SETTINGS = {
    "protocol.version": "2",
    "core.hooksPath": "/dev/null",
    "core.askPass": "",
    "credential.helper": "",
    "http.followRedirects": "false",
    "http.lowSpeedLimit": "1000",
    "http.lowSpeedTime": "30",
    "transfer.unpackLimit": "1",
    "submodule.recurse": "false",
    "gc.auto": "0",
}
# What git says, in its own English, and what it means for a job: a code of the dictionary of failures, and a sentence.
_MEANINGS = (
    # The limit ends the program that writes; what is left says only that its output is missing.
    (
        r"File too large|signal 25|\A(?!.*(EOF|disconnect|hung up)).*invalid index-pack output",
        "code-too-large",
        "its history, even of one commit, is larger than may be fetched.",
    ),
    (
        r"Authentication failed|could not read (Username|Password)|Permission denied \(|error: 40[13]\b|Access denied",
        "code-refused",
        "{host} wants other credentials than it was given.",
    ),
    (r"Host key verification failed", "code-refused", "the key of {host} is not the one in known_hosts of the secret."),
    (
        r"couldn't find remote ref|not our ref|unadvertised object|Could not find remote branch",
        "code-ref-unknown",
        "there is no {ref} in it.",
    ),
    (r"unable to update url base from redirection|error: 30\d\b", "code-not-found", "the address leads elsewhere."),
    (
        r"not found|does not appear to be a git repository|error: 404|Could not read from remote|not valid: is this a git",
        "code-not-found",
        "there is no such repository at {host}.",
    ),
)


class Refused(Exception):
    """It cannot be fetched, however often one tries. `code` is of the dictionary of failures."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code, self.sentence = code, sentence


@dataclass(frozen=True)
class Blob:
    """A file of a tree."""

    mode: str
    object_id: str
    size_bytes: int
    name: str


@dataclass(frozen=True)
class Repository:
    """One commit of a repository, fetched into a directory."""

    directory: Path
    commit: str
    environment: Mapping[str, str] = field(repr=False)

    def blobs(self, path: str) -> list[Blob]:
        """The files below `path`, by name; submodules are left out. Raises Refused when there is no such directory."""
        tree = f"{self.commit}:{path}"
        listed = _run(["ls-tree", "-r", "-l", "-z", "--full-tree", tree], self.directory, self.environment, seconds=60)
        if listed.returncode:
            raise Refused("code-not-found", f"the commit has no directory {path}.")
        blobs = []
        for line in listed.stdout.decode(errors="surrogateescape").split("\0")[:-1]:
            about, name = line.split("\t", 1)
            mode, kind, object_id, size = about.split()
            if kind == "blob":
                blobs.append(Blob(mode, object_id, int(size), name))
        return blobs

    @contextmanager
    def reader(self) -> Iterator["Reader"]:
        """Reads files one after the other."""
        process = subprocess.Popen(
            ["git", "cat-file", "--batch"],
            cwd=self.directory,
            env=dict(self.environment),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        with process:
            try:
                yield Reader(cast(IO[bytes], process.stdin), cast(IO[bytes], process.stdout))
            finally:
                process.kill()


@dataclass(frozen=True)
class Reader:
    asked: IO[bytes]
    answered: IO[bytes]

    def read(self, blob: Blob) -> bytes:
        self.asked.write(blob.object_id.encode() + b"\n")
        self.asked.flush()
        _, kind, size = self.answered.readline().split()
        content = self.answered.read(int(size))
        self.answered.read(1)
        if kind != b"blob" or len(content) != int(size):
            raise Unavailable("git could not read what it fetched.")
        return content


def fetch(*, url: str, ref: str, credentials: Mapping[str, bytes], into: Path, most_bytes: int) -> Repository:
    """Fetch one commit, without its history, into the directory `into`.

    credentials: `password` with or without `username`, or `ssh-privatekey` and `known_hosts`; or nothing.
    Raises Refused when trying again is of no use, Unavailable when it may be.
    """
    if shutil.which("git") is None:
        raise Unavailable("The machine of the portal's worker has no git; an operator must install it.")
    parts = urlsplit(url)
    address = _address(parts)
    with ExitStack() as held:
        environment = _environment(parts, address, credentials, home=into, held=held)
        if _run(["init", "--quiet", "--bare", "--template=", "."], into, environment, seconds=30).returncode:
            raise Unavailable("The worker cannot make a repository to fetch into.")
        options = ["--quiet", "--depth=1", "--no-tags", "--no-recurse-submodules", "--no-auto-maintenance"]
        got = _run(["fetch", *options, "--", url, ref], into, environment, seconds=FETCH_SECONDS, most_bytes=most_bytes)
    if got.returncode:
        raise _meaning(got.stderr.decode(errors="replace"), host=parts.hostname or "", ref=ref)
    plain = _plain(into)
    found = _run(["rev-parse", "--verify", "--quiet", "FETCH_HEAD^{commit}"], into, plain, seconds=30)
    if found.returncode:
        raise Refused("code-ref-unknown", f"{ref} is no commit.")
    return Repository(into, found.stdout.decode().strip(), plain)


def _address(parts: SplitResult) -> str:
    """Where to connect to, checked. Raises Refused for what the portal may not enter."""
    host, port = parts.hostname or "", parts.port or _PORTS[parts.scheme]
    try:
        address = addresses.resolve(host, port)
    except AddressRefused as problem:
        raise Refused("code-unreachable", problem.detail) from problem
    if parts.scheme == "http" and not addresses.is_allowed_network(address):
        raise Refused("code-unreachable", "plain http is only spoken inside allowed networks; use https.")
    return address


def _meaning(said: str, *, host: str, ref: str) -> Exception:
    """What git's last words mean. They themselves are told to nobody: they may hold what the server wanted them to."""
    for pattern, code, sentence in _MEANINGS:
        if re.search(pattern, said, re.DOTALL):
            return Refused(code, sentence.format(host=host, ref=ref))
    return Unavailable(f"{host} does not answer as a git server would.")


def _plain(home: Path) -> dict[str, str]:
    """An environment in which git knows no settings of the machine, and asks nobody."""
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": str(home),
        "LC_ALL": "C",
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": "/dev/null",
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_ALLOW_PROTOCOL": "none",
    }


def _environment(
    parts: SplitResult, address: str, credentials: Mapping[str, bytes], *, home: Path, held: ExitStack
) -> dict[str, str]:
    """The environment of a fetch. `held` keeps what it refers to until the fetch is over."""
    settings = dict(_SETTINGS)
    environment = {**_plain(home), "GIT_ALLOW_PROTOCOL": parts.scheme}
    host, port = parts.hostname or "", parts.port or _PORTS[parts.scheme]
    if parts.scheme == "ssh":
        environment |= {"GIT_SSH_COMMAND": _ssh(host, port, address, credentials, held), "GIT_SSH_VARIANT": "ssh"}
    else:
        shown = f"[{address}]" if ":" in address else address
        settings["http.curloptResolve"] = f"{host}:{port}:{shown}"
        if password := credentials.get("password"):
            user = credentials.get("username") or b"git"
            settings["http.extraHeader"] = f"Authorization: Basic {base64.b64encode(user + b':' + password).decode()}"
    environment["GIT_CONFIG_COUNT"] = str(len(settings))
    for number, (key, value) in enumerate(settings.items()):
        environment |= {f"GIT_CONFIG_KEY_{number}": key, f"GIT_CONFIG_VALUE_{number}": value}
    return environment


def _ssh(host: str, port: int, address: str, credentials: Mapping[str, bytes], held: ExitStack) -> str:
    options = {
        "BatchMode": "yes",
        "IdentitiesOnly": "yes",
        "IdentityAgent": "none",
        "IdentityFile": _nameless("key", credentials.get("ssh-privatekey", b"").rstrip() + b"\n", held),
        "UserKnownHostsFile": _nameless("hosts", credentials.get("known_hosts", b"").rstrip() + b"\n", held),
        "GlobalKnownHostsFile": "/dev/null",
        "StrictHostKeyChecking": "yes",
        "UpdateHostKeys": "no",
        "HostName": address,
        "HostKeyAlias": host if port == 22 else f"[{host}]:{port}",
        "ConnectTimeout": "15",
        "ClearAllForwardings": "yes",
        "PermitLocalCommand": "no",
        "ProxyCommand": "none",
    }
    return "ssh -F /dev/null " + " ".join(f"-o {name}={value}" for name, value in options.items())


def _nameless(name: str, content: bytes, held: ExitStack) -> str:
    """A file that is on no disk and goes with this process; only the same user opens it, by this path."""
    descriptor = os.memfd_create(name)
    held.callback(os.close, descriptor)
    os.fchmod(descriptor, 0o600)
    os.write(descriptor, content)
    return f"/proc/{os.getpid()}/fd/{descriptor}"


def _run(
    arguments: Sequence[str], directory: Path, environment: Mapping[str, str], *, seconds: float, most_bytes: int = 0
) -> "subprocess.CompletedProcess[bytes]":
    """Run git to its end. Raises Unavailable after `seconds`; no file that it writes exceeds `most_bytes`."""
    process = subprocess.Popen(
        ["git", *arguments],
        cwd=directory,
        env=dict(environment),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    if most_bytes:
        # Before it can have received anything; what it starts inherits the limit.
        resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (most_bytes, most_bytes))
    began = time.monotonic()
    try:
        output, said = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired as error:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        raise Unavailable(f"git was not done after {time.monotonic() - began:.0f} s.") from error
    return subprocess.CompletedProcess(arguments, process.returncode, output, said)
