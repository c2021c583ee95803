"""Training between two parties on different columns, over two real clusters: what a round takes and sends.

Beside it, in the same run: the same arithmetic in clear, in one process.
"""

import os
import re
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict
from pathlib import Path

import orjson
import psutil
from hanse.channels import Access

from demonstration.vertical.central import trained
from demonstration.vertical.program import Terms
from demonstration.vertical.tables import sample
from embedded.pulsar.broker import Broker
from embedded.pulsar.pair import Pair
from tests.pulsar.contract import contract_on

HOUSES = ("clinic", "laboratory")


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 30
    with tempfile.TemporaryDirectory(prefix="hb-", ignore_cleanup_errors=True) as folder:
        pair = Pair(Path(folder))
        try:
            pair.start(say=print, seconds=600)
            print(f"{rounds} rounds, load average {psutil.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
            print("| degree | s to find the rows | s a round | MB a round, clinic | laboratory | ms a round in clear |")
            print("|--:|--:|--:|--:|--:|--:|")
            for degree in (1, 5):
                terms = Terms(rounds=rounds, rate=0.5, degree=degree, least_rows=100, training=1)
                print(_row(pair, terms, Path(folder)), flush=True)
        finally:
            pair.stop(keep=False)


def _row(pair: Pair, terms: Terms, folder: Path) -> str:
    accesses = contract_on(pair)
    began = time.perf_counter()
    houses = [_start(access, house, terms, folder) for access, house in zip(accesses, HOUSES, strict=True)]
    moments = [time.perf_counter() - began for line in houses[0].stdout or () if re.search("shared_rows|progress", line)]
    for house in houses:
        house.communicate()
        if house.returncode:
            raise RuntimeError("a house failed")
    sent = [_megabytes(broker, access) / len(moments[1:]) for broker, access in zip(pair.brokers, accesses, strict=True)]
    each = (moments[-1] - moments[1]) / (len(moments) - 2)
    return f"| {terms.degree} | {moments[0]:.1f} | {each:.2f} | {sent[0]:.2f} | {sent[1]:.2f} | {_in_clear(terms):.2f} |"


def _start(access: Access, house: str, terms: Terms, folder: Path) -> "subprocess.Popen[str]":
    options = {"--table": house, "--rounds": terms.rounds, "--degree": terms.degree}
    given = [str(one) for option in options.items() for one in option]
    kept = tempfile.mkdtemp(dir=folder)
    environment = {**os.environ, "HANSE_CHECKPOINTS": kept, "HANSE_ARTIFACTS": kept}
    environment["HANSE_CHANNELS"] = orjson.dumps(asdict(access)).decode()
    command = [sys.executable, "-m", "demonstration.vertical", *given]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)


def _megabytes(broker: Broker, access: Access) -> float:
    """What our broker took from our worker, by its own count."""
    with broker.admin() as admin:
        topic = f"/persistent/{access.namespace}/{access.us}.{access.them}.data"
        return float(admin.get(f"{topic}/stats").json()["bytesInCounter"]) / 1e6


def _in_clear(terms: Terms) -> float:
    ids = sorted({*sample("clinic").ids} & {*sample("laboratory").ids})
    tables = [sample(house).of(ids) for house in HOUSES]
    began = time.perf_counter()
    trained(*tables, terms)
    return (time.perf_counter() - began) * 1000 / terms.rounds


if __name__ == "__main__":
    main()
