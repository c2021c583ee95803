"""Targets and samples as tables, as monitoring exports them."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from itertools import groupby
from typing import IO, Any

from django.utils.dateparse import parse_datetime
from rest_framework.exceptions import ParseError

from apps.core.api.tables import CSVParser, Row

_LABEL = "labels."


class TargetsTable(CSVParser):
    """A target a line; `labels.rack` is the column of a label."""

    key = "targets"

    def made_of(self, rows: list[Row]) -> list[Any]:
        return [
            {
                **{name: cell for name, cell in row.items() if not name.startswith(_LABEL)},
                "labels": {name.removeprefix(_LABEL): cell for name, cell in row.items() if name.startswith(_LABEL)},
            }
            for row in rows
        ]


class SamplesTable(CSVParser):
    """A sample a line: name, at, mean, and if there are kind and max. A target's lines may stand anywhere, in any order."""

    key = "series"
    step = timedelta(minutes=1)

    def parse(self, stream: IO[Any], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None) -> Any:
        if parser_context and parser_context["request"].query_params.get("step_minutes") == "5":
            self.step = timedelta(minutes=5)
        return super().parse(stream, media_type, parser_context)

    def made_of(self, rows: list[Row]) -> list[Any]:
        numbered = [_sample(line, row) for line, row in enumerate(rows, start=2)]
        numbered.sort(key=lambda sample: (sample["kind"], sample["name"], sample["at"]))
        series: list[dict[str, Any]] = []
        for (kind, name), samples in groupby(numbered, key=lambda sample: (sample["kind"], sample["name"])):
            series += _runs(kind, name, list(samples), self.step)
        return series


def _sample(line: int, row: Row) -> dict[str, Any]:
    if unknown := sorted(row.keys() - {"kind", "name", "at", "mean", "max"}):
        raise ParseError(f"Line {line}: there is no column {unknown[0]!r}; name, at, mean, kind and max are known.")
    try:
        at = parse_datetime(row.get("at", ""))
        mean = float(row["mean"]) if "mean" in row else None
        highest = float(row["max"]) if "max" in row else mean
    except ValueError as error:
        raise ParseError(f"Line {line}: {error}.") from error
    if at is None or at.tzinfo is None or "name" not in row:
        raise ParseError(f"Line {line}: it needs a name, and in `at` a moment with its zone, such as 2026-11-26T09:41:00Z.")
    return {"kind": row.get("kind", "vm"), "name": row["name"], "at": at, "mean": mean, "max": highest}


def _runs(kind: str, name: str, samples: list[dict[str, Any]], step: timedelta) -> list[dict[str, Any]]:
    """Series without holes: one ends where the next sample does not come a step later."""
    runs: list[dict[str, Any]] = []
    expected: datetime | None = None
    for sample in samples:
        if sample["at"] != expected:
            runs.append({"kind": kind, "name": name, "starts_at": sample["at"].isoformat(), "mean": [], "max": []})
        runs[-1]["mean"].append(sample["mean"])
        runs[-1]["max"].append(sample["max"])
        expected = sample["at"] + step
    return runs
