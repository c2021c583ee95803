"""Reads a folder of real loads and moves, laid out as benches/README.md says. What is not there is skipped, and said."""

import csv
import warnings
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb
import numpy as np

from celery_workers.prediction.algorithms.interface import Floats
from celery_workers.prediction.migrations import Move

STEPS_AN_HOUR = 12
LONGEST_DAYS = 35


@dataclass
class Folder:
    path: Path
    used: list[str] = field(default_factory=list)
    skipped: list[dict[str, str]] = field(default_factory=list)

    def read(self, pattern: str, reader: Callable[[Path], Any]) -> list[Any]:
        """What `reader` makes of each file that matches; a file that is not there or reads badly is noted."""
        found = []
        files = sorted(self.path.glob(pattern))
        if not files:
            self.skipped.append({"file": pattern, "why": "not there"})
        for file in files:
            try:
                found.append(reader(file))
                self.used.append(file.name)
            except (OSError, ValueError, KeyError, TypeError, duckdb.Error) as error:
                self.skipped.append({"file": file.name, "why": f"{type(error).__name__}: {error}"})
        return found


def columns(file: Path) -> dict[str, Floats]:
    """Of a Parquet file: name -> values in order of `step`."""
    with duckdb.connect() as database:
        read = database.read_parquet(str(file)).order("step").fetchnumpy()
    return {name: np.ma.filled(values.astype(float), np.nan) for name, values in read.items() if name != "step"}


def table(file: Path) -> list[dict[str, str]]:
    with file.open(newline="") as lines:
        return list(csv.DictReader(lines))


def hourly(series: Floats, least: int = STEPS_AN_HOUR // 2) -> Floats:
    """Means of hours, the last ending with the last sample; NaN where less than half of one came."""
    hours = series[len(series) % STEPS_AN_HOUR :].reshape(-1, STEPS_AN_HOUR)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        return np.where(np.isfinite(hours).sum(axis=1) >= least, np.nanmean(hours, axis=1), np.nan)


def panel(series: list[Floats], season: int) -> Floats:
    """One row a series, ending together, NaN before a series begins."""
    length = min(max(map(len, series)), LONGEST_DAYS * season)
    rows = np.full((len(series), length), np.nan)
    for row, values in zip(rows, series, strict=True):
        kept = values[-length:]
        row[length - len(kept) :] = kept
    return rows


def machines(folder: Folder, measure: str) -> dict[str, Floats]:
    """Per cent of each machine's processors, every 5 minutes, by where it comes from and its name; measure: avg or max."""
    found: dict[str, Floats] = {}
    for source in ("azure_v1", "azure_v1_periodic"):
        for read in folder.read(f"{source}_cpu_{measure}.parquet", columns):
            found |= {f"azure {name}": values for name, values in read.items()}  # a machine of both counts once
    if measure == "max":
        return found
    sizes = {row["id"]: row for rows in folder.read("bitbrains_small_vms.csv", table) for row in rows}
    for read in folder.read("bitbrains_small_cpu_mhz.parquet", columns):
        for name, values in read.items():
            if name in sizes:
                capacity = float(sizes[name]["cpu_count"]) * float(sizes[name]["cpu_capacity"])
                found[f"bitbrains {name}"] = np.clip(values / capacity * 100, 0, 100)
    for name, values in folder.read("nab_*.csv", lambda file: (file.stem, [float(row["value"]) for row in table(file)])):
        found[name.replace("_", " ", 1)] = np.array(values)
    return found


def clusters(folder: Folder) -> dict[str, Floats]:
    """Load of whole clusters in per cent, every 5 minutes; of the peak where the capacity is not known."""
    found = {}
    for source, column in (("alibaba2018", "cpu_util_percent"), ("google2019", "avg_cpu"), ("azure_v2", "cpu_usage")):
        for rows in folder.read(f"{source}_cluster_5min*.csv", table):
            values = np.array([float(row[column] or "nan") for row in rows])
            found[source] = values * {"alibaba2018": 1.0, "google2019": 100.0}.get(source, 100.0 / np.nanmax(values))
    return found


@dataclass(frozen=True)
class Moves:
    moves: list[Move]
    seconds: Floats
    # Runs apart from one another: a move and its repetition fall on the same side of a split.
    runs: Floats


def migrations(folder: Folder) -> Moves | None:
    rows = [row for each in folder.read("osic_live_migration_durations.csv", table) for row in each]
    if not rows:
        return None
    moves = [
        Move(
            memory_gib=float(row["ram_gb"]),
            disk_gib=float(row["disk_gb"]),
            local_disk=row["storage"] == "local",
            tunnelled=row["tunneling"] == "on",
        )
        for row in rows
    ]
    return Moves(
        moves, np.array([float(row["duration_s"]) for row in rows]), np.array([float(row["iteration"]) for row in rows])
    )
