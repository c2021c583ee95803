"""How well loads and live migrations are forecast on real data, engine by engine, beside the naive ones.

    .venv/bin/python -m benches.forecast_accuracy --data DIR [--json] [--per-series 24]

Rolling origin: all engines forecast at the same moments of the last days, trained on what lay a whole horizon before the
first of them; bands follow misses only once these are known. ARIMA and ETS take a third of a second a forecast and are
tried on as many series as --per-series says, drawn evenly; beside them stands the champion on the same ones.
"""

import argparse
import json
import sys
import time
from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

if __name__ == "__main__":  # also as a path: python benches/forecast_accuracy.py
    sys.path.insert(0, str(Path(__file__).parents[1]))

from benches.forecast_data import Folder, Moves, clusters, hourly, machines, migrations, panel
from celery_workers.prediction.algorithms import DEFAULT, NAIVE, available
from celery_workers.prediction.algorithms.interface import Floats, Task, Unable
from celery_workers.prediction.backtest import Result, backtest, origins
from celery_workers.prediction.migrations import fit
from celery_workers.prediction.scores import average_precision, scored, window_gain

HOURLY, FIVE_MINUTES = Task(horizon=24, season=24), Task(horizon=12, season=288)
SLOW = ("arima", "ets")
BUSY_ABOVE = 25.0
MOVE_HOURS = 3
SHOWN = {
    "wql": ".4f",
    "wql_against_seasonal_naive": "+.1%",
    "mae_points": ".2f",
    "coverage_80": ".1%",
    "cpu_ms_per_series": ".2f",
    "window_gain_captured": ".2f",
}


def figures(result: Result, floor: float) -> dict[str, Any]:
    scores = scored(result.pairs)
    return {
        "wql": _rounded(scores.wql, 4),
        "wql_against_seasonal_naive": _rounded(scores.wql / floor - 1, 4) if floor else None,
        "mae_points": _rounded(scores.mae),
        "bias_points": _rounded(scores.bias),
        "coverage_80": _rounded(scores.coverage, 4),
        "cpu_ms_per_series": round(result.predict_seconds / result.forecasts * 1000, 3),
        "train_cpu_seconds": round(result.train_seconds, 1),
        "window_gain_captured": _rounded(window_gain(result.pairs, steps=MOVE_HOURS)),
        "window_gain_captured_1_step": _rounded(window_gain(result.pairs, steps=1)),
        "device": result.device,
        "steps_scored": scores.steps,
    }


def _rounded(value: float, digits: int = 3) -> float | None:
    """None for what could not be measured: JSON has no NaN."""
    return round(value, digits) if np.isfinite(value) else None


def league(names: list[str], history: Floats, task: Task, engines: list[str]) -> dict[str, Any]:
    at = origins(history.shape[1], task)
    refused: dict[str, str] = {}
    kept: dict[str, Result] = {}
    for name in engines:
        try:
            kept[name] = backtest(name, history, task, at=at)
        except Unable as error:
            refused[name] = f"{error.reason} {error.arguments}"
    floor = scored(kept["naive-seasonal"].pairs).wql
    results = {name: figures(result, floor) for name, result in kept.items()}
    found = {"series": len(history), "origins": len(at), "horizon_steps": task.horizon, "gap_steps": task.horizon}
    if DEFAULT in kept:
        by_source = {
            source: [at for at, name in enumerate(names) if name.split()[0] == source] for source in _sources(names)
        }
        found["champion_by_source"] = {
            source: {"series": len(rows), **_of(kept[DEFAULT], rows, kept["naive-seasonal"])}
            for source, rows in by_source.items()
        }
    return {**found, "champion": {"engine": DEFAULT, **results.get(DEFAULT, {})}, "engines": results, "refused": refused}


def _sources(names: list[str]) -> list[str]:
    return list(Counter(name.split()[0] for name in names))


def _of(result: Result, rows: list[int], floor: Result) -> dict[str, Any]:
    scores = [scored([(actual[rows], said.of(rows)) for actual, said in each.pairs]) for each in (result, floor)]
    return {
        "wql": _rounded(scores[0].wql, 4),
        "mae_points": _rounded(scores[0].mae),
        "coverage_80": _rounded(scores[0].coverage, 4),
        "wql_seasonal_naive": _rounded(scores[-1].wql, 4),
    }


def classification(history: Floats) -> dict[str, Any]:
    """Is an hour of the next day busier than BUSY_ABOVE? Beside the share of the last week's same hours that were."""
    from celery_workers.prediction.algorithms.boosted import classify_busy
    from celery_workers.prediction.algorithms.features import window

    at = origins(history.shape[1], HOURLY)
    model = classify_busy(history[:, : at[0] - HOURLY.horizon], HOURLY, threshold=BUSY_ABOVE)
    said, naive, happened, seconds = [], [], [], 0.0
    for origin in at:
        past, actual = history[:, :origin], history[:, origin : origin + HOURLY.horizon]
        began = time.process_time()
        probability = model.predict(past)
        seconds += time.process_time() - began
        week = window(past, 7 * HOURLY.season).reshape(len(past), 7, HOURLY.season)
        there = np.isfinite(actual) & (np.isfinite(week).sum(axis=1) > 0)
        said.append(probability[there])
        naive.append((week > BUSY_ABOVE).mean(axis=1)[there])
        happened.append(actual[there] > BUSY_ABOVE)
    truth = np.concatenate(happened)
    return {
        "busy_above_points": BUSY_ABOVE,
        "share_busy": _rounded(float(truth.mean()), 4),
        "average_precision": _rounded(average_precision(np.concatenate(said), truth), 4),
        "average_precision_naive": _rounded(average_precision(np.concatenate(naive), truth), 4),
        "cpu_ms_per_series": round(seconds / len(history) / len(at) * 1000, 3),
    }


def moves(found: Moves) -> dict[str, Any]:
    """Errors of moves whose run, or whose size, was not learned from."""

    def tried(known: Any) -> dict[str, float]:
        model = fit([move for move, is_known in zip(found.moves, known, strict=True) if is_known], found.seconds[known])
        said = [model.estimate(move) for move, is_known in zip(found.moves, known, strict=True) if not is_known]
        came = found.seconds[~known]
        error = np.abs(np.array([each.seconds for each in said]) - came) / came
        inside = [each.low <= seconds <= each.high for each, seconds in zip(said, came, strict=True)]
        return {"mape": float(error.mean()), "coverage_80": float(np.mean(inside)), "moves": len(came)}

    folds = [tried(found.runs % 5 != fold) for fold in range(5) if (found.runs % 5 == fold).any()]
    sizes = np.array([move.memory_gib for move in found.moves])
    unseen = {f"{size:g} GiB": tried(sizes != size) for size in np.unique(sizes)} if len(np.unique(sizes)) > 1 else {}
    return {
        "moves": len(found.moves),
        "mape": _weighted(folds, "mape"),
        "coverage_80": _weighted(folds, "coverage_80"),
        "mape_unseen_size": _weighted(list(unseen.values()), "mape"),
        "coverage_80_unseen_size": _weighted(list(unseen.values()), "coverage_80"),
        "unseen_sizes": {size: {key: round(value, 4) for key, value in each.items()} for size, each in unseen.items()},
        "rates": asdict(fit(found.moves, found.seconds).rates),
    }


def _weighted(parts: list[dict[str, float]], key: str) -> float | None:
    total = sum(part["moves"] for part in parts)
    return round(sum(part[key] * part["moves"] for part in parts) / total, 4) if total else None


def measured(path: Path, per_series: int) -> dict[str, Any]:
    folder = Folder(path)
    report: dict[str, Any] = {}
    usable = [*NAIVE, *(name for name in available() if name not in NAIVE)]
    quick = [name for name in usable if name not in SLOW]

    def part(name: str, what: Any) -> None:
        try:
            report[name] = what()
        except Unable as error:
            report[name] = {"skipped": f"{error.reason} {error.arguments}"}

    if loads := machines(folder, "avg"):
        names, history = list(loads), panel([hourly(each) for each in loads.values()], HOURLY.season)
        part("vms", lambda: league(names, history, HOURLY, quick))
        drawn = np.unique(np.linspace(0, len(names) - 1, min(per_series, len(names))).astype(int))
        part("vms_slow_engines", lambda: league([names[at] for at in drawn], history[drawn], HOURLY, [*quick, *SLOW]))
        part("classification", lambda: classification(history))
    if peaks := machines(folder, "max"):
        part(
            "vm_peaks",
            lambda: league(list(peaks), panel([hourly(each) for each in peaks.values()], 24), HOURLY, [*NAIVE, DEFAULT]),
        )
    if whole := clusters(folder):
        part("clusters_5min", lambda: league(list(whole), panel(list(whole.values()), 288), FIVE_MINUTES, [*NAIVE, DEFAULT]))
        hours = panel([hourly(each) for each in whole.values()], 24)
        part("clusters", lambda: league(list(whole), hours, HOURLY, usable))
    if found := migrations(folder):
        part("migrations", lambda: moves(found))
    return {"data": {"folder": path.name, "used": folder.used, "skipped": folder.skipped}, **report}


def _shown(value: float | None, form: str) -> str:
    return "" if value is None else format(value, form)


def printed(report: dict[str, Any]) -> None:
    print(f"read {len(report['data']['used'])} files")
    for skipped in report["data"]["skipped"]:
        print(f"skipped {skipped['file']}: {skipped['why']}")
    for name, part in report.items():
        if name == "data":
            continue
        if "engines" not in part:
            print(f"\n{name}: " + ", ".join(f"{key} {value}" for key, value in part.items() if not isinstance(value, dict)))
            continue
        print(f"\n{name}: {part['series']} series, {part['origins']} origins, {part['horizon_steps']} steps ahead\n")
        print("| engine | wQL | against seasonal | MAE | coverage | CPU ms | gain captured |\n|---|--:|--:|--:|--:|--:|--:|")
        for engine, row in part["engines"].items():
            print(f"| {engine} | " + " | ".join(_shown(row[name], form) for name, form in SHOWN.items()) + " |")
        for engine, why in part["refused"].items():
            print(f"refused by {engine}: {why}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--per-series", type=int, default=24)
    given = parser.parse_args()
    if not given.data.is_dir():
        parser.error(f"{given.data} is no folder")
    outcome = measured(given.data, given.per_series)
    if given.json:
        print(json.dumps(outcome, indent=1, allow_nan=False))
    else:
        printed(outcome)
