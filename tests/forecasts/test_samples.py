"""Samples come in any order, late, twice, in part, or wrong; what is kept is what was measured."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from apps.forecasts.models import Day
from apps.forecasts.packing import PackedDay
from apps.forecasts.services.samples import forget_old
from tests.factories import make_load, make_target

NOW = timezone.now().replace(second=0, microsecond=0)
HOUR = (NOW - timedelta(hours=3)).replace(minute=0)


@pytest.fixture
def operator(as_role):
    make_target(name="vm-1", vcpus=2)
    return as_role("operator")[0]


def send(client, *series, unit="percent", **fields):
    whole = [{"name": "vm-1", "starts_at": HOUR.isoformat(), **each} for each in series]
    answer = client.post("/api/v1/fleet/samples/", {"unit": unit, "series": whole, **fields})
    assert answer.status_code == 200, answer.content
    return answer.json()


def load(client, at, step="hour"):
    """(mean, max) of the step that begins at `at`, or None where nothing is known."""
    target = client.get("/api/v1/fleet/targets/?q=vm-1").json()["results"][0]["id"]
    shown = client.get(f"/api/v1/fleet/targets/{target}/load/?days=3&step={step}").json()
    since = at - timezone.datetime.fromisoformat(shown["starts_at"])
    place = since // timedelta(minutes=shown["step_minutes"])
    return None if shown["mean"][place] is None else (shown["mean"][place], shown["max"][place])


class TestSamples:
    def test_minutes_become_steps_and_hours_whatever_their_order(self, operator):
        minutes = [
            {"starts_at": (HOUR + timedelta(minutes=at)).isoformat(), "mean": [at], "max": [at + 1]} for at in range(60)
        ]

        taken = send(operator, *reversed(minutes))

        assert (taken["accepted"], taken["duplicates"], taken["refused"]) == (60, 0, 0)
        assert load(operator, HOUR) == (pytest.approx(29.5, abs=0.02), 60)
        assert load(operator, HOUR + timedelta(minutes=10), "5min") == (pytest.approx(12, abs=0.02), 15)

    def test_a_minute_that_comes_again_changes_nothing_and_what_was_missing_comes_late(self, operator):
        send(operator, {"mean": [10, None, 30], "max": [10, None, 35]})

        taken = send(operator, {"mean": [99, 20, 99]})

        assert (taken["accepted"], taken["duplicates"]) == (1, 2)
        assert load(operator, HOUR, "5min") == (pytest.approx(20, abs=0.02), 35)

    def test_an_hour_of_which_less_than_half_came_is_unknown(self, operator):
        send(operator, {"mean": [50] * 5}, step_minutes=5)
        assert load(operator, HOUR) is None

        send(operator, {"starts_at": (HOUR + timedelta(minutes=25)).isoformat(), "mean": [80]}, step_minutes=5)
        assert load(operator, HOUR) == (55, 80)

    @pytest.mark.parametrize(("unit", "value"), [("percent", 25), ("ratio", 0.25), ("millicores", 500)])
    def test_loads_are_told_in_the_unit_that_is_measured(self, operator, unit, value):
        send(operator, {"mean": [value]}, unit=unit)

        assert load(operator, HOUR, "5min") == (25, 25)

    @pytest.mark.parametrize(
        ("wrong", "reason"),
        [
            ({"name": "vm-9"}, "unknown-target"),
            ({"kind": "host"}, "unknown-target"),
            ({"mean": [101.1]}, "out-of-range"),
            ({"mean": [-1]}, "out-of-range"),
            ({"mean": [50], "max": [7e9]}, "out-of-range"),
            ({"mean": [50], "max": [40]}, "max-below-mean"),
            ({"starts_at": (NOW - timedelta(days=36)).isoformat()}, "too-old"),
            ({"starts_at": (NOW + timedelta(hours=1)).isoformat()}, "ahead-of-the-clock"),
            ({"starts_at": "9999-12-31T23:59:00Z"}, "ahead-of-the-clock"),
            ({"starts_at": (HOUR + timedelta(seconds=1)).isoformat()}, "between-steps"),
        ],
    )
    def test_what_is_wrong_is_refused_by_itself(self, operator, wrong, reason):
        taken = send(operator, {"mean": [10], **wrong}, {"mean": [10]})

        assert (taken["accepted"], taken["refused"]) == (1, 1)
        assert taken["reasons"] == [{"series": 0, "at": 0, "reason": reason}]

    def test_the_wrong_unit_is_out_of_range_and_millicores_need_a_size(self, operator):
        make_target(name="unsized")

        assert send(operator, {"mean": [40]}, unit="ratio")["reasons"][0]["reason"] == "out-of-range"
        sized = send(operator, {"name": "unsized", "mean": [40]}, unit="millicores")
        assert sized["reasons"][0]["reason"] == "unknown-size"
        assert not Day.objects.exists()

    @pytest.mark.parametrize(
        ("body", "pointer"),
        [
            ({"mean": ["a"]}, "/series/0/mean/0"),
            ({"mean": []}, "/series/0/mean"),
            ({"mean": [1, 2], "max": [1]}, "/series/0/max"),
            ({"mean": [True]}, "/series/0/mean/0"),
        ],
    )
    def test_what_cannot_be_read_is_refused_with_all_of_its_batch(self, operator, body, pointer):
        whole = {"name": "vm-1", "starts_at": HOUR.isoformat(), **body}

        answer = operator.post("/api/v1/fleet/samples/", {"unit": "percent", "series": [whole]})

        assert answer.status_code == 422
        assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]

    def test_a_batch_takes_as_many_queries_for_3_targets_as_for_300(self, operator, django_assert_max_num_queries):
        for at in range(300):
            make_target(name=f"of-many-{at}")
        for many in (3, 300):
            with django_assert_max_num_queries(30):
                taken = send(operator, *({"name": f"of-many-{at}", "mean": [many / 10]} for at in range(many)))
            assert taken["accepted"] + taken["duplicates"] == many


class TestKeeping:
    def test_weeks_that_are_no_longer_kept_are_dropped_as_a_whole(self, operator):
        make_load(make_target(name="kept"), days=35)
        with connection.cursor() as cursor:
            for table in ("forecasts_day", "forecasts_forecast"):
                cursor.execute(
                    f"CREATE TABLE {table}_w20250106 PARTITION OF {table} FOR VALUES FROM ('2025-01-06') TO ('2025-01-13')"
                )

        assert forget_old(now=timezone.now()) == 1
        assert forget_old(now=timezone.now() + timedelta(days=30)) == 0  # never what is younger than five weeks
        assert Day.objects.count() == 35

    def test_what_is_known_of_a_target_goes_with_it(self, operator):
        target = make_target(name="gone")
        make_load(target)

        assert operator.change("delete", f"/api/v1/fleet/targets/{target.pk}/").status_code == 204

        assert not Day.objects.exists()


class TestPackedDay:
    def test_reads_what_it_wrote(self):
        day = PackedDay.empty()
        for minute, mean in ((7, 12.34), (8, 20.0), (9, 0.0)):
            assert day.take(minute, mean=mean, highest=99.0) == 1

        again = PackedDay.read(day.packed())

        assert again.mean[1] == pytest.approx(1078, abs=2)
        assert again.highest[1] == 9900
        assert again.minutes[1] == 0b11100
        assert len(day.packed()) == 1440


class TestTables:
    def upload(self, client, text, query="unit=percent"):
        return client.generic("POST", f"/api/v1/fleet/samples/?{query}", text.encode(), content_type="text/csv")

    def test_lines_in_any_order_become_the_hours_that_json_would(self, operator):
        lines = [f"vm-1,{(HOUR + timedelta(minutes=at)).isoformat()},{at},{at + 1}" for at in range(60)]

        taken = self.upload(operator, "\n".join(["name,at,mean,max", *reversed(lines)]))

        assert (taken.status_code, taken.json()["accepted"]) == (200, 60)
        assert load(operator, HOUR) == (pytest.approx(29.5, abs=0.02), 60)

    def test_holes_stay_holes(self, operator):
        lines = [f"vm-1,{(HOUR + timedelta(minutes=at)).isoformat()},10" for at in (0, 5, 20)]

        taken = self.upload(operator, "\n".join(["name,at,mean", *lines]), "unit=percent&step_minutes=5").json()

        assert (taken["accepted"], taken["refused"]) == (15 // 5, 0)
        assert load(operator, HOUR + timedelta(minutes=10), "5min") is None

    @pytest.mark.parametrize(
        "line", ["vm-1,yesterday,10,11", "vm-1,2026-11-26T09:41:00,10,11", "vm-1,2026-11-26T09:41:00Z,ten,11", ",,1,1"]
    )
    def test_a_line_that_means_nothing_is_named_and_none_is_taken(self, operator, line):
        answer = self.upload(operator, f"name,at,mean,max\n{line}\n")

        assert answer.status_code == 400
        assert "Line 2" in answer.json()["detail"]
        assert not Day.objects.exists()
