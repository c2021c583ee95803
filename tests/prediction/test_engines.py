"""Every engine keeps the same promises."""

import numpy as np
import pytest

from celery_workers.prediction.algorithms import ENGINES, NAIVE, PER_SERIES, available, devices, engine
from celery_workers.prediction.algorithms.interface import Task, Unable
from celery_workers.prediction.scores import average_precision
from celery_workers.prediction.training import load, train
from tests.prediction.loads import loads

DAY = Task(horizon=24, season=24)
LEARNING = ("xgboost", "lstm")


@pytest.fixture(scope="module")
def history():
    return loads(series=10, days=14)


@pytest.fixture(scope="module")
def models(history):
    """Trained on all but the last day."""
    return {name: train(name, few(name, history)[:, :-24], DAY, device="cpu") for name in ENGINES}


def few(name: str, history):
    return history[:2] if name in PER_SERIES else history


class TestEveryEngine:
    def test_is_installed_where_tests_run(self):
        assert available() == tuple(ENGINES)

    @pytest.mark.parametrize("name", ENGINES)
    def test_says_a_day_whose_bands_hold_their_median_and_stay_possible(self, name, history, models):
        said = models[name].predict(few(name, history))

        assert said.mean.shape == (len(few(name, history)), 24)
        assert np.isfinite(said.quantiles).all()
        assert (np.diff(said.quantiles, axis=2) >= 0).all()
        assert said.quantiles.min() >= 0
        assert said.quantiles.max() <= 100

    @pytest.mark.parametrize("name", ENGINES)
    def test_says_the_same_after_it_was_stored(self, name, history, models):
        dumped = models[name].dump()

        again = load(dumped).predict(few(name, history))

        assert dumped.startswith(b"{")
        np.testing.assert_allclose(again.mean, models[name].predict(few(name, history)).mean, atol=1e-3)
        np.testing.assert_allclose(again.quantiles, models[name].predict(few(name, history)).quantiles, atol=0.3)

    @pytest.mark.parametrize("name", ENGINES)
    def test_bears_gaps_and_says_nothing_of_what_it_hardly_knows(self, name, history, models):
        holed = history[:3].copy()
        holed[0, -60:-40] = np.nan
        holed[1, :-20] = np.nan
        holed[2] = np.nan

        said = models[name].predict(holed)

        assert np.isfinite(said.mean[0]).all()
        assert np.isnan(said.mean[1:]).all()

    @pytest.mark.parametrize("name", ENGINES)
    def test_knows_of_a_series_nothing_but_the_series(self, name, history, models):
        together = models[name].predict(few(name, history))

        alone = models[name].predict(few(name, history)[1:2])

        np.testing.assert_allclose(alone.quantiles[0], together.quantiles[1], atol=1e-3)

    @pytest.mark.parametrize("name", [*NAIVE, *LEARNING])
    @pytest.mark.parametrize("corrupt", [b"", b"{}", b"\x80\x04K\x01.", b'{"fitted": {"engine": "xgboost"}, "bands": {}}'])
    def test_refuses_a_corrupt_model(self, name, corrupt, models):
        cut = models[name].dump()[:-200]

        for dumped in (corrupt, cut):
            with pytest.raises(Unable) as refused:
                load(dumped)
            assert refused.value.reason in {"corrupt-model", "unknown-engine"}

    @pytest.mark.parametrize("name", LEARNING)
    def test_learns_the_rhythm_that_naive_ones_cannot_hold_apart_from_noise(self, name, history, models):
        known, coming = history[:, :-24], history[:, -24:]

        def error(engine: str) -> float:
            return float(np.abs(models[engine].predict(known).median - coming).mean())

        assert error(name) < 0.9 * min(error("naive-seasonal"), error("naive-last"))

    def test_of_a_too_short_history_nothing_is_learned(self):
        for name in LEARNING:
            with pytest.raises(Unable) as refused:
                train(name, loads(series=2, days=3), DAY, device="cpu")
            assert refused.value.reason == "too-little-history"

    def test_a_season_of_288_is_refused_where_it_would_never_end(self, history):
        for name in PER_SERIES:
            with pytest.raises(Unable) as refused:
                train(name, history, Task(horizon=12, season=288))
            assert refused.value.reason == "season-too-long"

    def test_an_engine_that_is_none_is_refused_by_name(self):
        with pytest.raises(Unable) as refused:
            engine("prophet")

        assert refused.value.arguments == {"engine": "prophet"}


class TestDevices:
    @pytest.mark.parametrize(
        ("asked", "built", "gpus", "got"),
        [
            ("auto", True, 1, "cuda"),
            ("auto", True, 0, "cpu"),
            ("auto", False, 1, "cpu"),
            ("cpu", True, 4, "cpu"),
            ("cuda", True, 2, "cuda"),
        ],
    )
    def test_what_is_recorded_is_what_is_used(self, asked, built, gpus, got, monkeypatch):
        monkeypatch.setattr(devices, "graphics_processors", lambda: gpus)  # the machine's, not ours

        assert devices.effective(asked, built_for_cuda=built, library="xgboost") == got

    @pytest.mark.parametrize(("built", "gpus"), [(True, 0), (False, 1)])
    def test_a_demanded_gpu_that_cannot_be_used_is_an_error(self, built, gpus, monkeypatch):
        monkeypatch.setattr(devices, "graphics_processors", lambda: gpus)

        with pytest.raises(Unable) as refused:
            devices.effective("cuda", built_for_cuda=built, library="xgboost")

        assert refused.value.reason == "no-gpu"

    def test_it_is_so_with_the_library_that_is_installed(self, history):
        for name in (*LEARNING, *PER_SERIES):
            with pytest.raises(Unable) as refused:
                train(name, history, DAY, device="cuda")
            assert refused.value.reason == "no-gpu"


class TestClassification:
    def test_tells_busy_hours_better_than_how_often_they_were(self, history):
        from celery_workers.prediction.algorithms.boosted import classify_busy

        known, coming = history[:, :-24], history[:, -24:] > 40

        said = classify_busy(known, DAY, threshold=40.0, device="cpu").predict(known)

        often = (known[:, -168:].reshape(len(known), 7, 24) > 40).mean(axis=1)
        assert average_precision(said.ravel(), coming.ravel()) > average_precision(often.ravel(), coming.ravel())

    def test_what_never_happened_cannot_be_learned(self, history):
        from celery_workers.prediction.algorithms.boosted import classify_busy

        with pytest.raises(Unable) as refused:
            classify_busy(history, DAY, threshold=100.0, device="cpu")

        assert refused.value.reason == "one-class"

    def test_any_forecast_says_how_likely_a_threshold_is_passed(self, history, models):
        said = models["naive-median"].predict(history)

        assert (said.probability_above(-1.0) == 1.0).all()
        assert (said.probability_above(500.0) == 0.0).all()
        at_median = said.probability_above(float(said.median[0, 0]))[0, 0]
        assert 0.4 <= at_median <= 0.6
