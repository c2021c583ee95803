"""What each house runs: find the shared rows (epoch 0), then a step an epoch, each kept before the next is begun."""

import hashlib
import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from hanse import channels
from hanse.channels import Channels

from demonstration.vertical.encryption import OurKey, Secret, TheirKey, write_private
from demonstration.vertical.intersection import shared_ids
from demonstration.vertical.ranking import MOST_ROWS
from demonstration.vertical.sigmoid import Sigmoid
from demonstration.vertical.tables import Table, Unusable
from demonstration.vertical.training import House, Rows, Talk

# With as many columns as rows the sums that a house learns would give the other's rows away.
ROWS_A_COLUMN = 5
_FARTHEST_DEVIATIONS, _WORST_LOSS, _EPOCHS_APART = 3.0, 10.0, 10**6


@dataclass(frozen=True)
class Terms:
    """Of the training; the same in both houses, or it does not begin."""

    rounds: int
    rate: float
    degree: int
    least_rows: int
    training: int

    @property
    def set_up(self) -> int:
        """The first epoch. What a training before this one left in the channels is of lower ones, and so is passed over."""
        return self.training * _EPOCHS_APART

    @property
    def last(self) -> int:
        """One more than rounds: it only tells how good the model has become."""
        return self.set_up + self.rounds + 1


@dataclass(frozen=True)
class Scaled:
    """By the rows that are trained on, and no farther out than three deviations: the masks hide no more than that."""

    rows: Rows
    mean: np.ndarray
    deviation: np.ndarray


def split(rows: int) -> tuple[slice, slice]:
    """Those to train on, and those to judge by."""
    held_out = min(MOST_ROWS, rows // 5)
    return slice(held_out, None), slice(0, held_out)


def scaled(table: Table, training: slice, *, constant: bool) -> Scaled:
    values = table.values
    mean, deviation = values[training].mean(axis=0), values[training].std(axis=0)
    deviation = np.where(deviation > 0, deviation, 1.0)
    columns = np.clip((values - mean) / deviation, -_FARTHEST_DEVIATIONS, _FARTHEST_DEVIATIONS)
    if constant:
        columns = np.column_stack([columns, np.ones(len(columns))])
    return Scaled(Rows(columns, table.labels), mean, deviation)


class Kept:
    """What outlives a crash, in a directory of this house alone."""

    def __init__(self, directory: Path, terms: Terms) -> None:
        self._terms = terms
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.spool = directory / "spool"
        self._secret, self._ours, self._theirs = (directory / name for name in ("secret", "ours.key", "theirs.key"))
        self._agreed, self._state = directory / "agreed.json", directory / "state.npz"

    @property
    def epoch(self) -> int:
        """The next."""
        if self._state.exists():
            return int(np.load(self._state)["epoch"])
        return self._terms.set_up + (1 if self._agreed.exists() else 0)

    @property
    def weights(self) -> np.ndarray | None:
        return np.asarray(np.load(self._state)["weights"]) if self._state.exists() else None

    @property
    def agreed(self) -> dict[str, Any]:
        return dict(json.loads(self._agreed.read_text()))

    @property
    def secret(self) -> Secret:
        if not self._secret.exists():
            write_private(self._secret, os.urandom(32))
        return Secret(self._secret.read_bytes())

    @property
    def our_key(self) -> OurKey:
        return OurKey(self._ours)

    @property
    def their_key(self) -> TheirKey:
        return TheirKey(self._theirs.read_bytes())

    def agree(self, ids: list[str], their_columns: int, their_key: bytes, session: str) -> None:
        write_private(self._theirs, their_key)
        write_private(self._agreed, json.dumps({"ids": ids, "their_columns": their_columns, "session": session}).encode())

    def save(self, weights: np.ndarray, epoch: int) -> None:
        unfinished = self._state.with_suffix(".new.npz")
        np.savez(unfinished, weights=weights, epoch=epoch)
        unfinished.replace(self._state)

    def forget_keys(self) -> None:
        for file in (self._secret, self._ours, self._theirs):
            file.unlink(missing_ok=True)


def train(table: Table, terms: Terms, *, kept: Kept, artifacts: Path) -> None:
    """Raises Unusable, and what channels raise."""
    with channels.connect(epoch=kept.epoch, spool=kept.spool) as link:
        if kept.epoch == terms.set_up:
            _meet(link, table, terms, kept)
        agreed = kept.agreed
        shared = table.of(agreed["ids"])
        print(f"{link.access.us} and {link.access.them} share {len(shared.ids)} rows.", flush=True)
        print(json.dumps({"metrics": {"shared_rows": len(shared.ids)}}), flush=True)
        training, held_out = split(len(shared.ids))
        ours = scaled(shared, training, constant=shared.labels is not None)
        weights = _steps(link, ours.rows, (training, held_out), terms, kept)
    constant = ["constant"] if shared.labels is not None else []
    names = {"columns": [*shared.columns, *constant], "mean": ours.mean, "deviation": ours.deviation}
    np.savez(artifacts / "model.npz", weights=weights, **names)
    kept.forget_keys()


def _steps(link: Channels, rows: Rows, parts: tuple[slice, slice], terms: Terms, kept: Kept) -> np.ndarray:
    trained, held_out = (Rows(rows.columns[part], None if rows.labels is None else rows.labels[part]) for part in parts)
    weights = np.zeros(rows.columns.shape[1]) if kept.weights is None else kept.weights
    if link.epoch > terms.last:
        return weights
    keys, sigmoid = (kept.our_key, kept.their_key), Sigmoid.of(terms.degree)
    agreed = kept.agreed
    talk = Talk(link, bytes.fromhex(agreed["session"]))
    house = House(talk, sigmoid, kept.secret, keys, their_columns=agreed["their_columns"])
    for epoch in range(link.epoch, terms.last + 1):
        gradient, score = house.step(weights, trained, held_out, epoch=epoch)
        if not score.loss < _WORST_LOSS:
            raise Unusable(f"The loss is {score.loss:.1f}, for the steps are too long: agree on a smaller rate.")
        if epoch < terms.last:
            weights = weights - terms.rate * gradient
        kept.save(weights, epoch + 1)
        link.checkpoint(epoch)
        metrics = {"loss": round(score.loss, 6), "auc": round(score.auc, 4)}
        print(json.dumps({"progress": (epoch - terms.set_up) / (terms.rounds + 1), "metrics": metrics}), flush=True)
    return weights


def _meet(link: Channels, table: Table, terms: Terms, kept: Kept) -> None:
    """Find the shared rows, exchange keys, and begin only if both may. Raises Unusable, on both sides."""
    print(f"{link.access.us} has {len(table.ids)} rows of {len(table.columns)} columns.", flush=True)
    epoch = terms.set_up
    ids = shared_ids(link, table.ids, kept.secret.bytes("intersection"), epoch=epoch)
    columns = len(table.columns) + (table.labels is not None)
    told = {"labels": table.labels is not None, "columns": columns, "terms": asdict(terms)}
    both = link.all_gather("terms", json.dumps({**told, "problem": _problem(table.of(ids))}).encode(), epoch=epoch)
    ours, theirs = (json.loads(both[number]) for number in (link.access.us, link.access.them))
    if refusal := _refusal(ours, theirs, rows=len(ids)):
        link.checkpoint(epoch)
        raise Unusable(refusal)
    keys = link.all_gather("key", kept.our_key.public, epoch=epoch)
    session = hashlib.sha256(b"".join(keys.values())).hexdigest()
    kept.agree(ids, int(theirs["columns"]), keys[link.access.them], session)
    link.checkpoint(epoch)


def _problem(shared: Table) -> str:
    if shared.labels is None or all(0 < shared.labels[part].mean() < 1 for part in split(len(shared.ids))):
        return ""
    return "The shared rows do not have both labels."


def _refusal(ours: dict[str, Any], theirs: dict[str, Any], *, rows: int) -> str:
    needed = max(ours["terms"]["least_rows"], ROWS_A_COLUMN * (ours["columns"] + theirs["columns"]))
    if ours["terms"] != theirs["terms"]:
        return f"The other party has other terms: {theirs['terms']}, not {ours['terms']}."
    if ours["labels"] == theirs["labels"]:
        return "Exactly one party must have labels; here both have." if ours["labels"] else "Neither party has labels."
    if rows < needed:
        return f"They share {rows} rows; {needed} are needed, by the terms or by the number of columns."
    return str(ours["problem"] or theirs["problem"])
