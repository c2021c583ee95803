"""A map of loads by hour: what came and what is expected, of many targets in as many queries as of one."""

from datetime import timedelta

from django.utils import timezone

from apps.forecasts.models import Forecast
from apps.forecasts.services.runs import full_hour
from tests.factories import make_load, make_target

HEAT = "/api/v1/fleet/heat/"


class TestHeat:
    def test_hours_that_came_and_hours_ahead_meet_at_the_running_one(self, as_role):
        client, _ = as_role("operator")
        host = make_target(kind="host", name="host-1", synthetic=True)
        make_load(host, lambda hour: float(hour), days=4)

        (row,) = client.get(f"{HEAT}?kind=host").json()["results"]

        since = full_hour(timezone.now()) - timedelta(hours=48)
        assert timezone.datetime.fromisoformat(row["starts_at"]) == since
        assert row["measured"] == [float((since + timedelta(hours=at)).hour) for at in range(48)]
        assert row["forecast"] == [20.0] * 24 + [None] * 24
        assert (row["name"], row["synthetic"]) == ("host-1", True)

    def test_of_an_older_forecast_the_hours_that_are_left_are_shown(self, as_role):
        client, _ = as_role("operator")
        make_load(make_target(kind="host"))
        Forecast.objects.update(issued_at=full_hour(timezone.now()) - timedelta(hours=5))

        assert client.get(HEAT).json()["results"][0]["forecast"] == [20.0] * 19 + [None] * 29

    def test_many_cost_as_many_queries_as_few(self, as_role, django_assert_max_num_queries):
        client, _ = as_role("operator")
        for _ in range(30):
            make_target(kind="host")
        client.get(HEAT)

        with django_assert_max_num_queries(12):
            assert len(client.get(f"{HEAT}?limit=30").json()["results"]) == 30

    def test_tenants_see_their_machines_and_no_hosts(self, as_role):
        developer, project = as_role("developer")
        make_target(kind="host")
        mine = make_target(project.tenant)

        assert [row["id"] for row in developer.get(HEAT).json()["results"]] == [str(mine.pk)]
