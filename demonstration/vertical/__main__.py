"""`python -m demonstration.vertical --table clinic`, and in the other house `--table laboratory`, or files of one's own."""

import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path

from demonstration.vertical.program import Kept, Terms, train
from demonstration.vertical.sigmoid import DEGREES
from demonstration.vertical.tables import ID, SAMPLES, Table, Unusable, read, sample


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument(
        "--table", required=True, help=f"{' or '.join(SAMPLES)} for the sample, or a CSV file with a header."
    )
    parser.add_argument("--id", default=ID, help="The column of the file that names a row alike in both houses.")
    parser.add_argument("--label", help="The column of 0 and 1 that is foretold, in the house that has it.")
    parser.add_argument("--rounds", type=_within(1, 100_000), default=30)
    parser.add_argument("--rate", type=_within(1e-6, 10, float), default=0.5, help="Of the gradient, what a step takes.")
    parser.add_argument(
        "--degree", type=int, default=5, choices=DEGREES, help="Of the polynomial for the logistic function."
    )
    parser.add_argument("--least-rows", type=_within(1, 10**9), default=100, help="Fewer shared rows are not trained on.")
    parser.add_argument(
        "--training",
        type=_within(0, 9_000),
        default=1,
        help="Higher than that of one under this contract that was cut short.",
    )
    given = parser.parse_args()
    terms = Terms(given.rounds, given.rate, given.degree, given.least_rows, given.training)
    kept = Kept(Path(os.environ.get("HANSE_CHECKPOINTS", ".")) / "vertical", terms)
    artifacts = Path(os.environ.get("HANSE_ARTIFACTS", "."))
    try:
        train(_table(given.table, given.id, given.label), terms, kept=kept, artifacts=artifacts)
    except Unusable as refusal:
        sys.exit(f"Not trained. {refusal}")


def _within(least: float, most: float, kind: Callable[[str], float] = int) -> Callable[[str], float]:
    def number(text: str) -> float:
        given = kind(text)
        if not least <= given <= most:
            raise argparse.ArgumentTypeError(f"{text} is not from {least} to {most}")
        return given

    return number


def _table(source: str, id_column: str, label: str | None) -> Table:
    return sample(source) if source in SAMPLES else read(Path(source), id_column=id_column, label=label)


if __name__ == "__main__":
    main()
