"""The demonstration's workload, as any machine would run it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np

from portal.settings.environment import REPOSITORY
from tests.testbed.ports import own_port


def start(rank: int, size: int, port: int, artifacts: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "demonstration.digits", "--epochs", "8", "--pace", "0"],
        cwd=REPOSITORY,
        env={
            "PATH": os.defpath,
            "OMP_NUM_THREADS": "1",
            "RANK": str(rank),
            "WORLD_SIZE": str(size),
            "MASTER_ADDR": "127.0.0.1",
            "MASTER_PORT": str(port),
            "HANSE_ARTIFACTS": str(artifacts),
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def reports(output: str) -> list[dict]:
    return [json.loads(line) for line in output.splitlines() if line.startswith("{")]


class TestDigits:
    def test_two_ranks_learn_together_and_save_what_they_learnt(self, tmp_path):
        port = own_port(29500)
        second = start(1, 2, port, tmp_path)
        first = start(0, 2, port, tmp_path)

        said, complaints = first.communicate(timeout=90)
        others, _ = second.communicate(timeout=90)

        assert (first.returncode, second.returncode, complaints) == (0, 0, "")
        assert [report["progress"] for report in reports(said)] == [epoch / 8 for epoch in range(1, 9)]
        assert reports(said)[-1]["metrics"]["accuracy"] >= 0.93
        assert reports(others) == []
        assert {part.shape for part in np.load(tmp_path / "model.npz").values()} == {(64, 64), (64,), (64, 10), (10,)}
        last = [line for line in said.splitlines() if line.startswith("epoch")][-1]
        assert last in others, "both ranks hold the same network"

    def test_one_alone_learns_too(self, tmp_path):
        alone = start(0, 1, 0, tmp_path)

        said, _ = alone.communicate(timeout=90)

        assert alone.returncode == 0
        assert reports(said)[-1]["metrics"]["accuracy"] >= 0.93
