"""When cron expressions are due, where the clocks change above all."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from apps.jobs.cron import check_cron, check_zone, last_due, next_due

BERLIN = "Europe/Berlin"


def local(cron: str, after: datetime, count: int, zone: str = BERLIN) -> list[str]:
    """Due times as clocks on the wall show them, with the offset that tells doubled hours apart."""
    times = next_due(cron, zone, after=after, count=count)
    return [time.astimezone(ZoneInfo(zone)).strftime("%d %H:%M %z") for time in times]


class TestWhereClocksChange:
    """Berlin, 2026: on 29 March 02:00 becomes 03:00, on 25 October 03:00 becomes 02:00."""

    def test_a_fixed_time_that_is_skipped_comes_right_after_the_gap(self):
        assert local("30 2 * * *", datetime(2026, 3, 28, 12, tzinfo=UTC), 2) == ["29 03:00 +0200", "30 02:30 +0200"]

    def test_a_fixed_time_that_is_there_twice_comes_once(self):
        assert local("30 2 * * *", datetime(2026, 10, 24, 12, tzinfo=UTC), 2) == ["25 02:30 +0200", "26 02:30 +0100"]

    def test_every_half_hour_misses_and_doubles_none(self):
        spring = local("*/30 * * * *", datetime(2026, 3, 29, 0, 45, tzinfo=UTC), 2)
        autumn = local("*/30 * * * *", datetime(2026, 10, 25, 0, 15, tzinfo=UTC), 3)

        assert spring == ["29 03:00 +0200", "29 03:30 +0200"]
        assert autumn == ["25 02:30 +0200", "25 02:00 +0100", "25 02:30 +0100"]

    def test_where_clocks_never_change_nothing_is_special(self):
        assert local("0 2 * * 1-5", datetime(2026, 3, 27, tzinfo=UTC), 2, "Asia/Shanghai") == [
            "30 02:00 +0800",
            "31 02:00 +0800",
        ]


class TestLastDue:
    @pytest.mark.parametrize("cron", ["* * * * *", "0 2 * * *", "0 0 1 * *", "0 0 29 2 *"])
    def test_it_is_the_last_of_the_due_times_up_to_now(self, cron):
        start = datetime(2023, 6, 1, tzinfo=UTC)
        first = next_due(cron, BERLIN, after=start)[0]
        for now in (
            first,
            first + timedelta(minutes=90),
            datetime(2024, 3, 31, 5, tzinfo=UTC),
            datetime(2024, 4, 20, tzinfo=UTC),
        ):
            if now < first:
                continue
            found = last_due(cron, BERLIN, first=first, now=now)

            assert found <= now
            assert next_due(cron, BERLIN, after=found)[0] > now


class TestRefusal:
    @pytest.mark.parametrize(
        "cron", ["", "* * * *", "0 0 0 * * *", "61 * * * *", "@daily", "0 0 30 2 *", "a b c d e", "*" * 200]
    )
    def test_what_is_no_expression_is_refused(self, cron):
        with pytest.raises(ValueError, match=r".+"):
            check_cron(cron)

    def test_what_is_no_zone_is_refused(self):
        with pytest.raises(ValueError, match="IANA"):
            check_zone("Mars/Olympus")
