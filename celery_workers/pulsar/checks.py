"""One step of what is looked at between two parties: how it stands, who must act, and how."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from apps.core.sentences import Argument, Said, say

FINE, FAILED, UNKNOWN = "fine", "failed", "unknown"
US, THEM = "us", "them"


@dataclass
class Check:
    """`who` must act when it fails."""

    name: str
    state: str = UNKNOWN
    said: Said | None = None
    who: str = ""
    milliseconds: int | None = None
    at: float = field(default_factory=time.monotonic)

    def fine(self, **arguments: Argument) -> None:
        self._end(FINE, say(f"link-{self.name}-fine", **arguments))

    def given_up(self, **arguments: Argument) -> None:
        """It did not come about, and nobody waits for it any longer."""
        self._end(FINE, say(f"link-{self.name}-given-up", **arguments))

    def failed(self, why: str, *, who: str, **arguments: Argument) -> None:
        self.who = who
        self._end(FAILED, say(f"link-{self.name}-{why}", **arguments))

    def waits(self, why: str, *, who: str, **arguments: Argument) -> None:
        """Not wrong: it has not happened yet."""
        self.who = who
        self._end(UNKNOWN, say(f"link-{self.name}-{why}", **arguments))

    def as_json(self) -> dict[str, Any]:
        said = self.said or say("link-not-reached")
        return {
            "check": self.name,
            "state": self.state,
            "text": str(said),
            "said": said.as_json(),
            "who": self.who,
            "milliseconds": self.milliseconds,
        }

    def _end(self, state: str, said: Said) -> None:
        self.state, self.said = state, said
        self.milliseconds = round((time.monotonic() - self.at) * 1000)


class Checks:
    """Steps in their order; after one that does not hold the rest is not reached, but for what stops nothing."""

    def __init__(self, names: tuple[str, ...], *, stops_nothing: tuple[str, ...] = ()) -> None:
        self._checks = {name: Check(name) for name in names}
        self._stops_nothing = stops_nothing
        self.stopped = False

    @contextmanager
    def step(self, name: str) -> Iterator[Check]:
        check = self._checks[name]
        check.at = time.monotonic()
        yield check
        self.stopped = self.stopped or (check.state != FINE and name not in self._stops_nothing)

    def run(self, *steps: tuple[str, Callable[[Check], None]]) -> None:
        for name, act in steps:
            if self.stopped:
                return
            with self.step(name) as check:
                act(check)

    def holds(self, name: str) -> bool:
        return self._checks[name].state == FINE

    def as_json(self) -> list[dict[str, Any]]:
        return [check.as_json() for check in self._checks.values()]
