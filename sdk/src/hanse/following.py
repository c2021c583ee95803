"""Following what happens, across restarts of the portal: a log, a tenant's events, a job's phase."""

import json
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, TypedDict

import httpx

from hanse import errors
from hanse.transport import Pauses, Transport
from hanse.types import EventOutput

# A sign of life comes every 15 s.
SILENT_SECONDS = 45.0
WAIT_SECONDS = 30
_WHILE_AWAY = (errors.Unavailable, errors.TooManyRequests)


class LogLine(TypedDict):
    """One line; numbers grow by one within an attempt and rank."""

    attempt: int
    rank: int
    number: int
    at: str
    stream: Literal["out", "err", "hanse"]
    text: str


@dataclass(frozen=True)
class Lost:
    """Events are missing before `at`: read again what you keep."""

    at: str


@dataclass
class LogReader:
    """A log from where its reader is, to its end. `have` is kept current, so that reading can go on after any break."""

    transport: Transport
    path: str
    rank: int | None = None
    attempt: int | None = None
    tail: int | None = None
    have: dict[tuple[int, int], int] = field(default_factory=dict)
    on_missed: Callable[[dict[str, Any]], None] = lambda missed: None

    def __iter__(self) -> Iterator[LogLine]:
        """Each line once. Raises Unreachable when the portal stays away, ApiError when it refuses."""
        pauses = Pauses(self.transport.patience)
        while True:
            try:
                for said in self._once():
                    pauses = Pauses(self.transport.patience)
                    if said["is"] == "end":
                        if said["reason"] == "complete":
                            return
                        break
                    if (line := self._taken(said)) is not None:
                        yield line
            except (httpx.TransportError, *_WHILE_AWAY) as error:
                if not pauses.left:
                    raise errors.Unreachable(f"{self.transport.address} does not answer any more: {error}.") from error
            pauses.pause()

    def _once(self) -> Iterator[dict[str, Any]]:
        after = [f"{attempt}/{rank}:{number}" for (attempt, rank), number in self.have.items()]
        query = {"after": after or None, "rank": self.rank, "attempt": self.attempt, "tail": self.tail}
        accept = "application/x-ndjson"
        with self.transport.stream(self.path, query=query, accept=accept, silent_seconds=SILENT_SECONDS) as response:
            for line in _lines(response):
                if line:
                    yield json.loads(line)

    def _taken(self, said: dict[str, Any]) -> LogLine | None:
        replica = (said["attempt"], said["rank"])
        if said["is"] == "missed":
            self.have[replica] = said["to"]
            self.on_missed(said)
            return None
        if said["number"] <= self.have.get(replica, 0):
            return None
        self.have[replica] = said["number"]
        line: LogLine = {name: said[name] for name in LogLine.__annotations__}  # type: ignore[assignment]
        return line


def follow_events(
    transport: Transport, *, tenant: str, kinds: Sequence[str] = (), projects: Sequence[str] = (), after: str | None = None
) -> Iterator[EventOutput | Lost]:
    """A tenant's events from now on, or after a place, without end."""
    query = {"tenant": tenant, "kind": list(kinds) or None, "project": list(projects) or None}
    if after is None:
        after = transport.ask("GET", "/api/v1/events/", query=query)["at"]
    while True:
        asked = {**query, "after": after, "wait": WAIT_SECONDS}
        answer = transport.ask("GET", "/api/v1/events/", query=asked, timeout=SILENT_SECONDS)
        after = answer["at"]
        if answer["lost"]:
            yield Lost(answer["at"])
        yield from answer["results"]


def wait_for_phase(transport: Transport, path: str, *, phases: Sequence[str], timeout: float | None) -> Any:
    """The job once it is in one of the phases, or over. Raises TimedOut, with the job as it was last."""
    deadline = None if timeout is None else time.monotonic() + timeout
    while True:
        left = WAIT_SECONDS if deadline is None else min(max(deadline - time.monotonic(), 0.0), WAIT_SECONDS)
        query = {"phase": list(phases), "seconds": round(left, 3)}
        job = transport.ask("GET", f"{path}wait/", query=query, timeout=SILENT_SECONDS)
        if job["phase"] in {*phases, "succeeded", "failed", "cancelled"}:
            return job
        if deadline is not None and time.monotonic() >= deadline:
            raise errors.TimedOut(f"The job is still {job['phase']} after {timeout:g} s.", job)


def _lines(response: httpx.Response) -> Iterator[str]:
    """Lines that end in a line feed and nothing else: a log may hold other separators."""
    rest = ""
    for text in response.iter_text():
        *whole, rest = (rest + text).split("\n")
        yield from whole
