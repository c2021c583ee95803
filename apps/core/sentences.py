"""Sentences for people: a code with arguments, which the console says in the reader's language, and the same in English.

Each app registers its codes with their English words. tests/test_sentences.py holds the console's Chinese against them.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from apps.core.units import format_amount, format_bytes

# As `isoformat` writes a moment of which the zone is known.
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)")

CATALOGUE: dict[str, str] = {}


def register(words: Mapping[str, str]) -> None:
    """Make codes known with their English; {names} are arguments."""
    if twice := CATALOGUE.keys() & words.keys():
        raise ValueError(f"sentences registered twice: {', '.join(sorted(twice))}")
    CATALOGUE.update(words)


@dataclass(frozen=True)
class Amount:
    """An amount of a resource of a flavor (none: of the resource whatever the flavor). `plain`: the number and no unit."""

    resource: str
    amount: int
    flavor: str = ""
    plain: bool = False

    def __str__(self) -> str:
        """Such as "2 GPUs of a100", "1.5 cores", "4 GiB of memory"; plain: "2", "1.5", "4 GiB"."""
        if self.resource == "memory":
            return format_bytes(self.amount) + ("" if self.plain else " of memory")
        if self.plain:
            return f"{self.amount / 1000:g}" if self.resource == "cpu" else str(self.amount)
        if self.resource == "cpu":
            return format_amount("cpu", self.amount)
        if self.resource == "workloads":
            return f"{self.amount} workload{'s' if self.amount != 1 else ''}"
        unit = self.resource.upper() + ("s" if self.amount != 1 else "")
        return f"{self.amount} {unit} of {self.flavor}" if self.flavor else f"{self.amount} {unit}"

    def as_json(self) -> dict[str, Any]:
        return {"resource": self.resource, "flavor": self.flavor, "amount": self.amount, "plain": self.plain}


Argument = str | int | datetime | Amount


@dataclass(frozen=True)
class Said:
    """One sentence. Raises KeyError, when it is said, for a code or argument that nobody registered."""

    code: str
    arguments: Mapping[str, Argument] = field(default_factory=dict)

    def __str__(self) -> str:
        return CATALOGUE[self.code].format(**{name: _english(value) for name, value in self.arguments.items()})

    def as_json(self) -> dict[str, Any]:
        return {"code": self.code, "arguments": {name: _plain(value) for name, value in self.arguments.items()}}


def say(code: str, **arguments: Argument) -> Said:
    return Said(code, arguments)


def in_english(said: Iterable[Said]) -> str:
    return " ".join(map(str, said))


def as_json(said: Iterable[Said]) -> list[dict[str, Any]]:
    return [one.as_json() for one in said]


def read_said(documents: Iterable[Mapping[str, Any]]) -> list[Said]:
    """What as_json wrote."""
    return [Said(one["code"], {name: _read(value) for name, value in one["arguments"].items()}) for one in documents]


def _read(value: Any) -> Argument:
    if isinstance(value, Mapping):
        return Amount(**value)
    if isinstance(value, str) and _MOMENT.fullmatch(value):
        return datetime.fromisoformat(value)
    return value  # type: ignore[no-any-return]


def _english(value: Argument) -> str:
    return f"{value:%H:%M} UTC" if isinstance(value, datetime) else str(value)


def _plain(value: Argument) -> Any:
    if isinstance(value, Amount):
        return value.as_json()
    return value.isoformat() if isinstance(value, datetime) else value
