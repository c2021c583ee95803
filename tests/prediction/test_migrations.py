"""How long moves take: by the physics where nothing is known, by records where there are some."""

import numpy as np
import pytest

from celery_workers.prediction.algorithms.interface import Unable
from celery_workers.prediction.migrations import UNFITTED, Move, MoveModel, Rates, fit, physics

TRUE = Rates(orchestration=5.0, memory=3.0, tunnel=2.0, disk=1.0)


def recorded(sizes: tuple[float, ...], *, each: int = 30, noise: float = 0.03):
    random = np.random.default_rng(0)
    moves = [
        Move(memory_gib=size, disk_gib=size * 10, local_disk=kind == "local", tunnelled=kind == "tunnelled")
        for size in sizes
        for kind in ("shared", "tunnelled", "local")
        for _ in range(each)
    ]
    return moves, np.array([sum(physics(move, TRUE)[0].values()) for move in moves]) * np.exp(
        random.normal(0, noise, len(moves))
    )


class TestPhysics:
    def test_what_is_written_meanwhile_is_sent_again(self):
        calm, busy = (physics(Move(memory_gib=16, dirty_gib_per_second=dirty), TRUE) for dirty in (0.0, 0.1))

        assert calm[0]["rewritten"] == 0.0
        assert busy[0]["rewritten"] > 10.0
        assert busy[1] <= 0.5 + 0.08

    def test_a_machine_that_writes_faster_than_the_link_never_converges(self):
        _, downtime, converges = physics(Move(memory_gib=16, dirty_gib_per_second=1.0), TRUE)

        assert not converges
        assert downtime > 40  # all of its memory, while it stands still

    def test_moves_share_their_link(self):
        alone, shared = (physics(Move(memory_gib=8, concurrent=count), TRUE)[0]["memory"] for count in (1, 2))

        assert shared == 2 * alone

    def test_says_what_dominates_and_what_would_halve_it(self):
        said = UNFITTED.estimate(Move(memory_gib=64, dirty_gib_per_second=0.001))

        assert said.dominant == "memory"
        assert 2.0 < said.halved_by < 2.5
        assert UNFITTED.estimate(Move(memory_gib=1)).dominant == "orchestration"


class TestFit:
    def test_holds_for_a_size_that_nobody_moved(self):
        moves, seconds = recorded((4, 8))
        model = fit(moves, seconds)

        came_moves, came = recorded((32,))
        said = [model.estimate(move) for move in came_moves]

        assert np.mean(np.abs(np.array([each.seconds for each in said]) - came) / came) < 0.06
        assert np.mean([each.low <= seconds <= each.high for each, seconds in zip(said, came, strict=True)]) >= 0.75

    def test_is_not_led_astray_by_moves_that_hung(self):
        moves, seconds = recorded((4, 8, 16))
        seconds[::25] *= 5

        model = fit(moves, seconds)

        assert model.rates.memory == pytest.approx(TRUE.memory, rel=0.06)
        assert model.rates.disk == pytest.approx(TRUE.disk, rel=0.06)

    def test_what_never_occurred_keeps_its_default(self):
        moves, seconds = recorded((4, 8))
        shared = [at for at, move in enumerate(moves) if not move.local_disk]

        model = fit([moves[at] for at in shared], seconds[shared])

        assert model.rates.disk == Rates().disk

    def test_a_few_moves_are_too_few(self):
        moves, seconds = recorded((4,), each=3)

        with pytest.raises(Unable) as refused:
            fit(moves, seconds)

        assert refused.value.arguments["least"] == 20

    def test_is_stored_as_numbers_and_refused_when_corrupt(self):
        model = fit(*recorded((4, 8)))

        assert MoveModel.load(model.dump()) == model
        for corrupt in (b"", b"{}", b'{"rates": 3}', model.dump()[:-9]):
            with pytest.raises(Unable):
                MoveModel.load(corrupt)

    def test_memory_that_was_sent_again_is_not_taken_for_a_slow_link(self):
        moves = [Move(memory_gib=size, dirty_gib_per_second=dirty) for size in (4, 8, 16) for dirty in (0.0, 0.05, 0.15)] * 5

        model = fit(moves, np.array([sum(physics(move, TRUE)[0].values()) for move in moves]))

        assert model.rates.memory == pytest.approx(TRUE.memory, rel=0.02)
        assert model.error < 0.02


class TestDowntime:
    def test_is_simulated_until_records_say_how_long_machines_stood(self):
        moves, seconds = recorded((4, 8))

        nobody_looked = fit(moves, seconds, np.full(len(moves), np.nan)).estimate(moves[0])

        assert nobody_looked.downtime_low is None
        assert nobody_looked.downtime_seconds == pytest.approx(UNFITTED.estimate(moves[0]).downtime_seconds, rel=0.5)

    def test_is_learned_with_a_band_that_holds(self):
        moves, seconds = recorded((4, 8, 16))
        stood = np.array([physics(move, TRUE)[1] for move in moves]) * 3
        stood *= np.exp(np.random.default_rng(1).normal(0, 0.2, len(stood)))

        model = fit(moves[::2], seconds[::2], stood[::2])
        said = [model.estimate(move) for move in moves[1::2]]

        assert MoveModel.load(model.dump()) == model
        within = [each.downtime_low <= came <= each.downtime_high for each, came in zip(said, stood[1::2], strict=True)]
        assert np.mean(within) >= 0.7
