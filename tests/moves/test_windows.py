"""When to move a machine, as whoever sees it may ask: the best windows, or that any time is fine."""

from array import array
from datetime import timedelta

import pytest
from django.utils import timezone

from apps.core.models import OutboxHint
from apps.forecasts.models import Forecast
from apps.forecasts.packing import pack
from apps.forecasts.services.runs import full_hour, keep_forecasts
from celery_workers.moves import advising
from tests.factories import make_target

QUIET = range(10, 13)


def this_hour():
    """Asked for whenever it is needed: a test run may go on past the end of an hour."""
    return full_hour(timezone.now())


def make_forecast(target, load, *, hours=48, width=2.0, age=timedelta(0)):
    curves = [[load(at) + off for at in range(hours)] for off in (0.0, -width, 0.0, width)]
    said = pack(array("H", [round(max(value, 0) * 100) for curve in curves for value in curve]))
    keep_forecasts([Forecast(target_id=target.pk, issued_at=this_hour() - age, engine="xgboost", device="cpu", said=said)])


def machine(load=lambda at: 5.0 if at in QUIET else 40.0, **fields):
    host = make_target(kind="host", link_bits_per_second=10**10)
    target = make_target(fields.pop("tenant", None), parent=host, **{"memory_bytes": 2**34, **fields})
    make_forecast(target, load)
    return target


def asked(client, target, **body):
    answer = client.post(f"/api/v1/fleet/targets/{target.pk}/windows/", body)
    assert answer.status_code == 202, answer.content
    advising.windows(OutboxHint.objects.filter(task="moves.windows").latest("pk").arguments["operation_id"])
    return client.get(f"/api/v1/operations/{answer.json()['id']}/").json()


def at(hours):
    return (this_hour() + timedelta(hours=hours)).isoformat().replace("+00:00", "Z")


@pytest.fixture
def operator(as_role):
    return as_role("operator")[0]


class TestWindows:
    def test_the_quietest_hours_come_first_with_what_they_gain_and_how_sure_that_is(self, operator):
        found = asked(operator, machine())["result"]

        best = found["windows"][0]
        assert not found["any_time"]
        assert (best["load"], best["gain"]) == (5.0, 35.0)
        assert best["low"] < 35 < best["high"]
        assert timezone.datetime.fromisoformat(best["starts_at"]) in {this_hour() + timedelta(hours=hour) for hour in QUIET}
        assert best["downtime_seconds"] < found["now"]["downtime_seconds"]
        assert (found["duration"]["downtime_from"], found["dirty_from"]) == ("simulated", "assumed")

    def test_any_time_is_fine_where_waiting_gains_next_to_nothing(self, operator):
        found = asked(operator, machine(lambda at: 20.0 - (at == 7)))["result"]

        assert found["any_time"]
        assert found["windows"][0]["gain"] == 1.0

    def test_not_before_and_the_deadline_hold(self, operator):
        found = asked(operator, machine(), not_before=at(20), deadline=at(30))["result"]

        assert not found["now"]["allowed"]
        assert not found["any_time"]
        assert all(at(20) <= window["starts_at"].replace("+00:00", "Z") < at(30) for window in found["windows"])

    def test_in_closed_hours_nothing_moves(self, operator):
        closed = [{"starts_at": at(9.5), "ends_at": at(12)}, {"starts_at": at(-5), "ends_at": at(1)}]

        found = asked(operator, machine(), closed=closed)["result"]

        assert not found["now"]["allowed"]
        assert found["windows"][0]["starts_at"].replace("+00:00", "Z") == at(12)
        assert all(window["load"] == 40.0 for window in found["windows"][1:])

    def test_hours_in_which_it_would_stand_still_for_too_long_are_left_out(self, operator):
        target = machine(lambda at: 90.0 if at < 10 else 10.0 if at < 20 else 60.0)
        stands = {
            round(window["load"]): window["downtime_seconds"] for window in asked(operator, target)["result"]["windows"]
        }

        found = asked(operator, target, most_downtime_seconds=stands[10])

        assert found["state"] == "succeeded"
        assert {window["load"] for window in found["result"]["windows"]} == {10.0}

    def test_limits_that_leave_nothing_are_named(self, operator):
        target = machine()

        late = asked(operator, target, not_before=at(200))
        still = asked(operator, target, most_downtime_seconds=0.001)

        assert (late["problem"]["type"], late["problem"]["binding"]) == ("/problems/no-window", "time")
        assert (still["problem"]["binding"], still["problem"]["least_seconds"] > 0) == ("downtime", True)

    def test_hours_that_have_passed_are_no_windows(self, operator):
        target = make_target(memory_bytes=2**34)
        make_forecast(target, lambda at: 1.0 if at < 5 else 30.0, age=timedelta(hours=6))

        found = asked(operator, target)["result"]

        assert found["hours"] == 42
        assert found["windows"][0]["load"] == 30.0

    def test_what_cannot_be_answered_says_why(self, operator):
        host = make_target(kind="host")
        unknown = make_target()

        assert operator.post(f"/api/v1/fleet/targets/{host.pk}/windows/", {}).json()["type"] == "/problems/only-vms-move"
        assert operator.post(f"/api/v1/fleet/targets/{unknown.pk}/windows/", {}).json()["type"] == "/problems/size-unknown"
        assert asked(operator, make_target(memory_bytes=2**34))["problem"]["type"] == "/problems/not-forecast"
        wrong = operator.post(f"/api/v1/fleet/targets/{machine().pk}/windows/", {"not_before": at(9), "deadline": at(3)})
        assert wrong.json()["errors"][0]["pointer"] == "/deadline"

    def test_a_tenant_asks_of_its_own_machines_only(self, as_role):
        developer, project = as_role("developer")
        mine, theirs = machine(tenant=project.tenant), machine()

        assert asked(developer, mine)["state"] == "succeeded"
        assert developer.post(f"/api/v1/fleet/targets/{theirs.pk}/windows/", {}).status_code == 404
