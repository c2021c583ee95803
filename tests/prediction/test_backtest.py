"""Back-tests see no future, bands cover what they say, and scores are what they are called."""

import numpy as np
import pytest

from celery_workers.prediction.algorithms.conformal import Conformal
from celery_workers.prediction.algorithms.features import quantiles
from celery_workers.prediction.algorithms.interface import Forecast, Task, Unable
from celery_workers.prediction.backtest import backtest, origins
from celery_workers.prediction.scores import average_precision, scored, window_gain
from celery_workers.prediction.training import train
from tests.prediction.loads import loads

DAY = Task(horizon=24, season=24)


class TestBacktest:
    def test_what_came_after_an_origin_changes_nothing_that_was_said_at_it(self):
        history = loads(series=6, days=16)
        at = origins(history.shape[1], DAY)
        changed = history.copy()
        changed[:, at[1] :] = 99.0

        for name in ("naive-seasonal", "xgboost"):
            said, otherwise = (backtest(name, each, DAY, at=at, device="cpu").pairs for each in (history, changed))
            for (_, one), (_, other) in zip(said[:2], otherwise[:2], strict=True):
                np.testing.assert_array_equal(one.quantiles, other.quantiles)

    def test_training_ends_a_horizon_before_the_first_origin(self, monkeypatch):
        seen = []
        monkeypatch.setattr(
            "celery_workers.prediction.backtest.train",
            lambda name, past, *_, **__: seen.append(past.shape[1]) or train(name, past, DAY),
        )
        at = origins(480, DAY)

        backtest("naive-seasonal", loads(series=3), DAY, at=at)

        assert seen == [at[0] - DAY.horizon]

    def test_tries_five_moments_at_different_hours(self):
        at = origins(480, DAY)

        assert len(at) == 5
        assert len({origin % 24 for origin in at}) == 5
        assert at[-1] == 480 - 24

    def test_too_short_a_history_is_refused(self):
        with pytest.raises(Unable):
            origins(120, DAY)


class TestBands:
    def test_cover_what_they_say_although_the_engine_was_too_sure(self):
        random = np.random.default_rng(1)
        conformal = Conformal(DAY)
        covered = []
        for _ in range(30):
            history = np.repeat(random.uniform(10, 20, 30)[:, None], 336, axis=1) + random.normal(0, 1, (30, 336))
            actual = history[:, -1:] * 0 + history.mean(axis=1, keepdims=True) + random.normal(0, 1, (30, 24))
            middle = np.repeat(history.mean(axis=1, keepdims=True), 24, axis=1)
            sure = Forecast(middle, np.stack([middle - 0.2, middle, middle + 0.2], axis=2))
            said = conformal.correct(history, sure)
            covered.append(scored([(actual, said)]).coverage)
            conformal.learn(history, sure, actual)

        assert covered[0] < 0.3
        assert 0.77 < np.mean(covered[5:]) < 0.83

    def test_follow_a_drift(self):
        random = np.random.default_rng(2)
        conformal = Conformal(DAY)
        covered = []
        for round_ in range(60):
            noise = 1.0 if round_ < 20 else 2.0
            history = np.full((60, 336), 50.0) + random.normal(0, 1, (60, 336))
            actual = 50 + random.normal(0, noise, (60, 24))
            said = Forecast(np.full((60, 24), 50.0), np.stack([np.full((60, 24), 50.0 + off) for off in (-1, 0, 1)], axis=2))
            covered.append(scored([(actual, conformal.correct(history, said))]).coverage)
            conformal.learn(history, said, actual)

        assert covered[20] < 0.7
        assert np.mean(covered[-5:]) > 0.75


class TestQuantiles:
    def test_are_those_of_what_is_there(self):
        values = np.random.default_rng(0).normal(size=(20, 30))
        values[np.random.default_rng(1).random(values.shape) < 0.3] = np.nan
        values[0, :-1] = np.nan

        found = quantiles(values, 0.1, 0.5, 0.9)

        np.testing.assert_allclose(found, np.nanquantile(values, [0.1, 0.5, 0.9], axis=1))
        assert np.isnan(quantiles(np.full((1, 4), np.nan), 0.5)).all()


class TestScores:
    def test_nothing_counts_where_nothing_came(self):
        actual = np.array([[10.0, np.nan]])
        said = Forecast(np.array([[12.0, 50.0]]), np.array([[[8.0, 12.0, 13.0], [0.0, 50.0, 99.0]]]))

        scores = scored([(actual, said)])

        assert scores.steps == 1
        assert scores.mae == 2.0
        assert scores.bias == 2.0
        assert scores.coverage == 1.0
        # pinball losses 0.1 * 2, 0.5 * 2, 0.1 * 3, twice their mean, over a load of 10
        assert scores.wql == pytest.approx(2 * (0.2 + 1.0 + 0.3) / 3 / 10)

    def test_the_best_window_gains_everything_and_the_mean_one_nothing(self):
        actual = np.array([[5.0, 1.0, 9.0, 5.0]])

        def said(mean: list[float]) -> Forecast:
            return Forecast(np.array([mean]), np.zeros((1, 4, 3)))

        assert window_gain([(actual, said([5, 1, 9, 5]))], steps=1) == 1.0
        assert window_gain([(actual, said([1, 5, 9, 5]))], steps=1) == 0.0
        assert window_gain([(actual, said([5, 5, 1, 5]))], steps=1) == -1.0

    def test_average_precision_of_a_constant_is_the_share_of_what_happens(self):
        happened = np.array([True, False, False, False])

        assert average_precision(np.full(4, 0.3), happened) == 0.25
        assert average_precision(np.array([0.9, 0.1, 0.2, 0.3]), happened) == 1.0
