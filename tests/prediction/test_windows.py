"""Windows are advised where they gain something, and not where they don't."""

import numpy as np
import pytest

from celery_workers.prediction.algorithms.interface import Forecast, Unable
from celery_workers.prediction.windows import Limits, advise


def forecast(*rows: list[float], half: float = 2.0) -> Forecast:
    mean = np.array(rows, float)
    return Forecast(mean, np.stack([mean - half, mean, mean + half], axis=2))


NIGHT = [60.0] * 12 + [10.0] * 6 + [40.0] * 6


class TestAdvise:
    def test_the_quiet_night_is_advised_with_what_it_gains(self):
        (advice,) = advise(forecast(NIGHT), steps=3)

        best = advice.windows[0]
        assert not advice.any_time
        assert 12 <= best.start <= 15
        assert best.gain == 50.0
        assert best.low < 50.0 < best.high

    def test_any_time_is_fine_where_waiting_gains_little(self):
        (advice,) = advise(forecast([12.0] * 12 + [11.0] * 12), steps=2)

        assert advice.any_time
        assert advice.most_gain == 1.0

    def test_a_short_dip_does_not_invite_a_long_move(self):
        dip = [30.0] * 24
        dip[5] = 0.0
        dip[10:16] = [15.0] * 6

        (advice,) = advise(forecast(dip), steps=6)

        assert advice.windows[0].start == 10

    def test_windows_do_not_overlap_and_the_best_comes_first(self):
        (advice,) = advise(forecast(NIGHT), steps=3)

        starts = [window.start for window in advice.windows]
        assert all(abs(one - other) >= 3 for one in starts for other in starts if one != other)
        assert [window.cost for window in advice.windows] == sorted(window.cost for window in advice.windows)

    def test_a_surer_forecast_gives_a_narrower_gain(self):
        def width(half: float) -> float:
            best = advise(forecast(NIGHT, half=half), steps=3)[0].windows[0]
            return best.high - best.low

        assert width(1.0) < width(5.0)

    def test_limits_are_kept(self):
        limits = Limits(not_before=2, deadline=20, closed=frozenset(range(12, 16)))

        (advice,) = advise(forecast(NIGHT), steps=2, limits=limits)

        assert advice.windows[0].start == 16
        for window in advice.windows:
            assert 2 <= window.start <= 18
            assert not limits.closed & set(range(window.start, window.start + 2))

    def test_any_time_is_not_said_when_now_is_forbidden(self):
        (advice,) = advise(forecast([10.0] * 24), steps=2, limits=Limits(not_before=4))

        assert not advice.any_time

    @pytest.mark.parametrize("limits", [Limits(deadline=1), Limits(closed=frozenset(range(24))), Limits(not_before=23)])
    def test_no_window_at_all_is_a_refusal(self, limits):
        with pytest.raises(Unable) as refused:
            advise(forecast(NIGHT), steps=2, limits=limits)

        assert refused.value.reason == "no-window"

    def test_without_a_forecast_there_is_no_advice(self):
        assert advise(forecast(NIGHT, [np.nan] * 24), steps=2)[1] is None
