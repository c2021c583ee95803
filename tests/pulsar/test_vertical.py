"""`demonstration.vertical` between two real clusters: as good as one house with all columns, and nothing in clear."""

import csv
import hashlib
import json
import os
import subprocess
import sys
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np
import pytest
from hanse.channels import Access
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from demonstration.vertical.central import trained
from demonstration.vertical.program import Terms, scaled, split
from demonstration.vertical.tables import Table, sample
from embedded.pulsar.broker import Broker

TERMS = Terms(rounds=20, rate=0.5, degree=5, least_rows=100, training=1)
SHORT = ("--rounds", "2", "--degree", "1", "--training", "2")
Process = "subprocess.Popen[str]"


@dataclass(frozen=True)
class House:
    """One party's worker, as a job runs it."""

    directory: Path
    arguments: tuple[str, ...]
    access: Access | None = None

    def start(self) -> Process:
        self.directory.mkdir(exist_ok=True)
        kept = {"HANSE_CHECKPOINTS": str(self.directory), "HANSE_ARTIFACTS": str(self.directory)}
        given = {"HANSE_CHANNELS": json.dumps(asdict(self.access))} if self.access else {}
        command = [sys.executable, "-m", "demonstration.vertical", *self.arguments]
        environment = {**os.environ, **kept, **given}
        return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    @property
    def weights(self) -> np.ndarray:
        return np.asarray(np.load(self.directory / "model.npz")["weights"])


@pytest.fixture
def houses(accesses, tmp_path):
    def houses(clinic: tuple[str, ...], laboratory: tuple[str, ...]) -> tuple[House, House]:
        ours, theirs = accesses
        return House(tmp_path / "clinic", clinic, ours), House(tmp_path / "laboratory", laboratory, theirs)

    return houses


def ended(process: Process) -> str:
    """What it said; it succeeded."""
    said, complained = process.communicate(timeout=400)
    assert process.returncode == 0, complained
    return said


def shared(ours: Table, theirs: Table) -> tuple[Table, Table]:
    ids = sorted({*ours.ids} & {*theirs.ids}, key=lambda one: hashlib.sha256(one.encode()).digest())
    return ours.of(ids), theirs.of(ids)


def as_file(table: Table, file: Path) -> str:
    with file.open("w", newline="") as lines:
        writer = csv.writer(lines)
        writer.writerow(["patient", *table.columns, *([] if table.labels is None else ["ill"])])
        labels = [[]] * len(table.ids) if table.labels is None else [[int(label)] for label in table.labels]
        writer.writerows([one, *row, *label] for one, row, label in zip(table.ids, table.values, labels, strict=True))
    return str(file)


def lose_what_waits(broker: Broker, access: Access) -> None:
    with broker.admin() as admin:
        topic = f"/persistent/{access.namespace}/{access.them}.{access.us}.data/subscription/hanse"
        admin.post(f"{topic}/skip_all").raise_for_status()


@pytest.mark.parametrize(("killed", "loses"), [("clinic", False), ("laboratory", True)])
def test_two_houses_train_what_one_with_all_columns_would_though_a_worker_is_killed(houses, killed, loses, pair):
    """`loses`: what waits for the killed worker is lost, too."""
    clinic, laboratory = houses(*(("--table", house, "--rounds", str(TERMS.rounds)) for house in ("clinic", "laboratory")))
    begun = {"clinic": clinic.start(), "laboratory": laboratory.start()}
    dying = begun.pop(killed)
    assert dying.stdout
    before = []
    for line in dying.stdout:
        before += [json.loads(line)["progress"]] if '"progress"' in line else []
        if len(before) == 6:
            dying.kill()
            break
    dying.wait()
    if loses:
        lose_what_waits(pair.brokers[1], laboratory.access)

    again = ended({"clinic": clinic, "laboratory": laboratory}[killed].start())

    (other,) = begun.values()
    said = ended(other)
    reported = [json.loads(line)["metrics"] for line in said.splitlines() if '"auc"' in line]
    assert '{"metrics": {"shared_rows": 456}}' in said
    assert json.loads(next(line for line in again.splitlines() if '"progress"' in line))["progress"] >= before[-1]
    assert reported[-1] == [json.loads(line)["metrics"] for line in again.splitlines() if '"auc"' in line][-1]

    ours, theirs = shared(sample("clinic"), sample("laboratory"))
    expected = trained(ours, theirs, TERMS)
    assert np.abs(clinic.weights - expected[0]).max() < 1e-6
    assert np.abs(laboratory.weights - expected[1]).max() < 1e-6

    training, held_out = split(len(ours.ids))
    columns = [scaled(table, training, constant=False).rows.columns for table in (ours, theirs)]
    whole, labels = np.hstack(columns), ours.labels
    central = LogisticRegression(max_iter=1000).fit(whole[training], labels[training])
    exact = roc_auc_score(labels[held_out], whole[held_out] @ np.concatenate([expected[0][:-1], expected[1]]))
    assert reported[-1]["auc"] == pytest.approx(exact, abs=0.0006)
    assert reported[-1]["auc"] == pytest.approx(
        roc_auc_score(labels[held_out], central.decision_function(whole[held_out])), abs=0.005
    )

    secrets = [
        b"patient-0001",
        *(table.values[0].tobytes()[:16] for table in (ours, theirs)),
        *(each[0].tobytes()[:16] for each in columns),
    ]
    for broker in pair.brokers:
        kept = [file.read_bytes() for file in (broker.directory / "bookkeeper").rglob("*") if file.is_file()]
        assert sum(map(len, kept)) > 10 * 2**20
        assert not any(secret in each for each in kept for secret in secrets)
    assert not list((clinic.directory / "vertical").glob("*.key"))


def test_files_with_more_rows_than_a_ciphertext_holds_are_trained_alike(houses, tmp_path):
    terms = Terms(rounds=2, rate=0.5, degree=1, least_rows=100, training=1)
    random = np.random.default_rng(3)
    values = random.normal(size=(5000, 4))
    labels = (values.sum(axis=1) + random.normal(size=5000) > 0).astype(float)
    ids = [f"row {number}" for number in range(5000)]
    ours, theirs = Table(ids, ["a", "b"], values[:, :2], labels), Table(ids[::-1], ["c", "d"], values[::-1, 2:], None)
    more = ("--rounds", "2", "--degree", "1")
    first, second = houses(
        ("--table", as_file(ours, tmp_path / "ours.csv"), "--label", "ill", *more),
        ("--table", as_file(theirs, tmp_path / "theirs.csv"), *more),
    )
    running = first.start(), second.start()

    said = [ended(process) for process in running]

    assert all('{"metrics": {"shared_rows": 5000}}' in each for each in said)
    expected = trained(*shared(ours, theirs), terms)
    assert np.abs(first.weights - expected[0]).max() < 1e-6
    assert np.abs(second.weights - expected[1]).max() < 1e-6


def test_what_a_cancelled_training_left_in_the_channels_is_passed_over_by_the_next(houses):
    tables = [("--table", "clinic"), ("--table", "laboratory")]
    cancelled = [house.start() for house in houses(*tables)]
    for process in cancelled:
        assert process.stdout
        next(line for line in process.stdout if '"progress"' in line)
        process.kill()
        process.wait()
    following = [
        replace(house, directory=house.directory / "next", arguments=(*house.arguments, *SHORT)) for house in houses(*tables)
    ]

    said = [ended(process) for process in [house.start() for house in following]]

    assert all('"progress": 1.0' in each for each in said)
    expected = trained(*shared(sample("clinic"), sample("laboratory")), Terms(2, 0.5, 1, 100, 2))
    assert all(np.abs(house.weights - weights).max() < 1e-6 for house, weights in zip(following, expected, strict=True))


@pytest.mark.parametrize(
    ("ours", "theirs", "reason"),
    [
        (("--table", "clinic"), ("--table", "clinic"), "here both have"),
        (("--table", "laboratory"), ("--table", "laboratory"), "Neither party has labels"),
        (("--table", "clinic"), ("--table", "laboratory", "--rounds", "7"), "has other terms"),
        (("--table", "clinic", "--rate", "5"), ("--table", "laboratory", "--rate", "5"), "agree on a smaller rate"),
        (("--table", "clinic", "--least-rows", "457"), ("--table", "laboratory", "--least-rows", "457"), "457 are needed"),
    ],
)
def test_what_the_houses_do_not_agree_on_is_said_in_both_and_nothing_is_trained(houses, ours, theirs, reason):
    running = [house.start() for house in houses(ours, theirs)]

    complaints = [process.communicate(timeout=300)[1] for process in running]

    assert [process.returncode for process in running] == [1, 1]
    assert all("Not trained. " in each and reason in each for each in complaints), complaints


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        ("name,age\nx,1\n", "has no column 'patient'; it has name, age."),
        ("patient,age\n", "has no rows"),
        ("patient,age\nx,1\nx,2\n", "The id 'x' is there twice."),
        ("patient\nx\n", "no columns beside the id"),
        ("patient,age\nx,1,2\n", "A row has more fields than the header."),
        ("patient,age\nx,old\n", "The row 'x' has no number in the column 'age'."),
        ("patient,age,ill\nx,1,2\n", "The label 'ill' is not 0 or 1 everywhere."),
    ],
)
def test_a_table_that_cannot_be_used_is_refused_before_anything_is_sent(tmp_path, lines, reason):
    table = tmp_path / "table.csv"
    table.write_text(lines)
    label = ("--label", "ill") if "ill" in lines else ()

    assert reason in refused(tmp_path, "--table", str(table), *label)


def test_a_file_that_is_not_there_and_numbers_out_of_bounds_are_refused_by_name(tmp_path):
    assert "missing.csv cannot be read" in refused(tmp_path, "--table", "missing.csv")
    assert "argument --rate: 11 is not from 1e-06 to 10" in refused(tmp_path, "--table", "clinic", "--rate", "11")


def refused(tmp_path: Path, *arguments: str) -> str:
    """What it complained of."""
    process = House(tmp_path / "house", arguments).start()
    complaint = process.communicate(timeout=300)[1]
    assert process.returncode
    return complaint
