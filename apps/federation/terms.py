"""What two parties agree on before anything of their data is used: one document that both sides sign by its digest."""

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

import orjson

ALGORITHMS = ("vertical-logistic", "horizontal-averaging")
MOST_ROUNDS, MOST_MEGABYTES = 10_000, 1_000_000
MOST_COLUMNS, MOST_OF_A_COLUMN, MOST_OF_A_TEXT = 100, 60, 500


@dataclass(frozen=True)
class Data:
    """What one party lets its own worker read. It never leaves the house; what is computed from it does."""

    dataset: str
    columns: tuple[str, ...]


@dataclass(frozen=True)
class Terms:
    """`brings`: by the number of the party. `epsilon`: what may be learned of one row at most; None: no noise was agreed."""

    name: str
    purpose: str
    algorithm: str
    rounds: int
    megabytes: int
    epsilon: float | None
    until: datetime
    model_at: tuple[int, ...]
    brings: Mapping[int, Data]

    def as_json(self) -> dict[str, Any]:
        return {
            **asdict(self),
            "until": self.until.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "model_at": sorted(self.model_at),
            "brings": {
                str(number): {"dataset": data.dataset, "columns": list(data.columns)}
                for number, data in sorted(self.brings.items())
            },
        }

    @property
    def digest(self) -> str:
        """Of its canonical form, which is the same wherever it is written."""
        return hashlib.sha256(orjson.dumps(self.as_json(), option=orjson.OPT_SORT_KEYS)).hexdigest()


def read(document: Any, *, parties: tuple[int, int]) -> Terms:
    """The terms that somebody wrote, checked. Raises ValueError, which says what is wrong."""
    brings = document.get("brings") if isinstance(document, dict) else None
    if not isinstance(brings, dict) or {str(number) for number in parties} != set(brings):
        raise ValueError(f"They must say what each of {parties[0]} and {parties[1]} brings, and nobody else.")
    epsilon = document.get("epsilon")
    terms = Terms(
        name=_text(document, "name", most=100),
        purpose=_text(document, "purpose"),
        algorithm=_text(document, "algorithm"),
        rounds=_count(document, "rounds", most=MOST_ROUNDS),
        megabytes=_count(document, "megabytes", most=MOST_MEGABYTES),
        epsilon=None if epsilon is None else _positive(epsilon),
        until=moment(document.get("until")),
        model_at=_numbers(document.get("model_at"), among=parties),
        brings={int(number): _data(given) for number, given in brings.items()},
    )
    if terms.algorithm not in ALGORITHMS:
        raise ValueError(f"The algorithm is one of {', '.join(ALGORITHMS)}.")
    return terms


def _data(given: Any) -> Data:
    columns = given.get("columns") if isinstance(given, dict) else None
    if not isinstance(columns, list) or not 1 <= len(columns) <= MOST_COLUMNS or len(set(map(str, columns))) < len(columns):
        raise ValueError(f"Each party names 1 to {MOST_COLUMNS} columns, each once.")
    names = tuple(_text({"column": column}, "column", most=MOST_OF_A_COLUMN) for column in columns)
    return Data(dataset=_text(given, "dataset"), columns=names)


def _text(document: Mapping[str, Any], name: str, *, most: int = MOST_OF_A_TEXT) -> str:
    value = document.get(name)
    if not isinstance(value, str) or not value.strip() or len(value) > most or "\0" in value:
        raise ValueError(f"{name} must be a text of 1 to {most} characters.")
    return value.strip()


def _count(document: Mapping[str, Any], name: str, *, most: int) -> int:
    value = document.get(name)
    if type(value) is not int or not 1 <= value <= most:
        raise ValueError(f"{name} must be a whole number from 1 to {most}.")
    return value


def _positive(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value <= 1000:
        raise ValueError("epsilon must be a number above 0, 1000 at most.")
    return float(value)


def moment(value: Any) -> datetime:
    try:
        moment = datetime.fromisoformat(value)
        in_utc = moment.astimezone(UTC)
    except (TypeError, ValueError, OverflowError) as error:
        raise ValueError("until must be a moment in ISO 8601.") from error
    if moment.tzinfo is None:
        raise ValueError("until must name its time zone.")
    return in_utc.replace(microsecond=0)


def _numbers(value: Any, *, among: tuple[int, int]) -> tuple[int, ...]:
    if not isinstance(value, list) or not value or any(value.count(one) > 1 or one not in among for one in value):
        raise ValueError(f"model_at names who keeps the model: {among[0]}, {among[1]} or both.")
    return tuple(sorted(value))
