"""The beginning of a table that lies in a dataset: its columns, of which kind they seem to be, and its first rows."""

import csv
import io
from collections.abc import Sequence
from typing import Any

import orjson

from apps.storage import s3
from apps.storage.models import DatasetVersion

READ_BYTES, MOST_ROWS, MOST_COLUMNS, LONGEST_CELL = 64 * 1024, 10, 100, 200
SUFFIXES = (".csv", ".tsv", ".jsonl")
Table = dict[str, Any]


def first_of(version: DatasetVersion, paths: Sequence[str]) -> Table | None:
    """The first of these files that is a table; None when none can be read as one. Raises Unavailable."""
    path = next((path for path in paths if path.lower().endswith(SUFFIXES)), None)
    found = s3.entry(version.store_name, version.place_of_files + path) if path else None
    if path is None or found is None:
        return None
    with s3.opened(version.store_name, found) as content:
        beginning = content.read(READ_BYTES)
    text = beginning.decode("utf-8-sig", errors="ignore").replace("\0", "")
    if len(beginning) < found.size_bytes:
        text = text.rpartition("\n")[0]  # the last line may be cut
    names, rows = _of_lines(text) if path.lower().endswith(".jsonl") else _of_cells(text, tabs=path.endswith(".tsv"))
    columns = [
        {"name": name[:LONGEST_CELL], "kind": _kind([row[place] for row in rows])} for place, name in enumerate(names)
    ]
    return {"path": path, "columns": columns, "rows": rows} if columns else None


def _of_cells(text: str, *, tabs: bool) -> tuple[list[str], list[list[str]]]:
    try:
        dialect: Any = csv.excel_tab if tabs else csv.Sniffer().sniff(text[:4096], delimiters=",;|\t")
    except csv.Error:
        dialect = csv.excel
    try:
        read = [row for row, _ in zip(csv.reader(io.StringIO(text), dialect), range(MOST_ROWS + 1), strict=False)]
    except csv.Error:
        return [], []
    names = read[0][:MOST_COLUMNS] if read else []
    return names, [[_cell(row[place]) if place < len(row) else "" for place in range(len(names))] for row in read[1:]]


def _of_lines(text: str) -> tuple[list[str], list[list[str]]]:
    objects = []
    for line in text.splitlines()[:MOST_ROWS]:
        try:
            value = orjson.loads(line)
        except orjson.JSONDecodeError:
            return [], []
        if not isinstance(value, dict):
            return [], []
        objects.append(value)
    names = list(dict.fromkeys(name for value in objects for name in value))[:MOST_COLUMNS]
    return names, [[_cell(_said(value.get(name))) for name in names] for value in objects]


def _said(value: Any) -> str:
    return value if isinstance(value, str) else "" if value is None else orjson.dumps(value).decode()


def _cell(text: str) -> str:
    return text[:LONGEST_CELL]


def _kind(cells: Sequence[str]) -> str:
    given = [cell for cell in cells if cell]
    for kind, parse in (("integer", int), ("number", float)):
        try:
            for cell in given:
                parse(cell)
        except ValueError:
            continue
        return kind if given else "text"
    return "text"
