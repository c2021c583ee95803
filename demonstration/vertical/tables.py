"""What a house brings: rows with an id, columns of numbers, and in one of the houses what is to be foretold."""

import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.datasets import load_breast_cancer

ID, LABEL = "patient", "benign"
# Of the 30 columns of scikit-learn's breast cancer data the clinic has the first ten, and each house misses some patients.
SAMPLES = {"clinic": (slice(0, 10), 10), "laboratory": (slice(10, 30), 8)}


class Unusable(Exception):
    """The table cannot be trained on; the message names the row and column."""


@dataclass(frozen=True)
class Table:
    ids: list[str]
    columns: list[str]
    values: np.ndarray
    labels: np.ndarray | None

    def of(self, ids: list[str]) -> "Table":
        """These rows, in this order."""
        places = {one: place for place, one in enumerate(self.ids)}
        rows = [places[one] for one in ids]
        return Table(ids, self.columns, self.values[rows], None if self.labels is None else self.labels[rows])


def sample(house: str) -> Table:
    """One house's part of the breast cancer data; the labels are the clinic's."""
    data = load_breast_cancer()
    columns, missing_every = SAMPLES[house]
    rows = [row for row in range(len(data.target)) if row % missing_every != 3]
    labels = data.target[rows].astype(float) if house == "clinic" else None
    names = [str(name) for name in data.feature_names[columns]]
    return Table([f"{ID}-{row:04}" for row in rows], names, data.data[rows][:, columns], labels)


def read(file: Path, *, id_column: str, label: str | None) -> Table:
    """A CSV file with a header: every column but the id is a number, and the label 0 or 1. Raises Unusable."""
    try:
        with file.open(newline="", encoding="utf-8") as lines:
            rows = list(csv.DictReader(lines))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise Unusable(f"{file} cannot be read: {error}") from error
    if not rows:
        raise Unusable(f"{file} has no rows.")
    for wanted in (id_column, *([label] if label else [])):
        if wanted not in rows[0]:
            raise Unusable(f"{file} has no column {wanted!r}; it has {', '.join(rows[0])}.")
    ids = [row[id_column] for row in rows]
    if len(set(ids)) < len(ids):
        twice = next(one for place, one in enumerate(ids) if one in ids[:place])
        raise Unusable(f"The id {twice!r} is there twice.")
    if any(None in row for row in rows):
        raise Unusable("A row has more fields than the header.")
    columns = [name for name in rows[0] if name not in (id_column, label)]
    if not columns:
        raise Unusable(f"{file} has no columns beside the id and the label.")
    values = np.array([[_number(row, name) for name in columns] for row in rows])
    labels = np.array([_number(row, label) for row in rows]) if label else None
    if labels is not None and not np.isin(labels, (0, 1)).all():
        raise Unusable(f"The label {label!r} is not 0 or 1 everywhere.")
    return Table(ids, columns, values, labels)


def _number(row: dict[str, str], name: str) -> float:
    try:
        number = float(row[name])
    except (TypeError, ValueError):
        number = float("nan")
    if not np.isfinite(number):
        raise Unusable(f"The row {next(iter(row.values()))!r} has no number in the column {name!r}.")
    return number
