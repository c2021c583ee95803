"""Is everything that Hanse needs there and at work? One list of checks, for `doctor`, the API and the console.

A check never raises for what it looks at: that something is away is what it reports. Apps bring theirs by
`registries.health_checks`, in AppConfig.ready().
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from apps.core.registries import health_checks


class State(StrEnum):
    """The words for the health of a cluster, too."""

    HEALTHY = "healthy"
    DEGRADED = "degraded"
    DOWN = "down"


STATES = [state.value for state in State]


@dataclass(frozen=True)
class Finding:
    """What one check saw. `code` and `values` are what the console words in the reader's language.

    `text` says the same in English; `fix` says what to do, and is empty where nothing needs doing.
    """

    code: str
    state: State
    text: str
    fix: str = ""
    values: dict[str, Any] = field(default_factory=dict)


def healthy(code: str, text: str, **values: Any) -> Finding:
    return Finding(code, State.HEALTHY, text, values=values)


def degraded(code: str, text: str, fix: str, **values: Any) -> Finding:
    return Finding(code, State.DEGRADED, text, fix, values)


def down(code: str, text: str, fix: str, **values: Any) -> Finding:
    return Finding(code, State.DOWN, text, fix, values)


def examine() -> Iterable[tuple[str, list[Finding]]]:
    """Every check with its findings, in the order of their names."""
    return [(name, list(check())) for name, check in health_checks.items()]


def worst(examined: Iterable[tuple[str, list[Finding]]]) -> State:
    states = {finding.state for _, findings in examined for finding in findings}
    return next((state for state in (State.DOWN, State.DEGRADED) if state in states), State.HEALTHY)
