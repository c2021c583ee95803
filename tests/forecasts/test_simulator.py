"""A made-up fleet is like a real one, says that it is none, and can be made again at any time."""

from datetime import timedelta

import numpy as np
import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from apps.audit.models import AuditEntry
from apps.forecasts.models import Day, Forecast, Run, Target
from apps.forecasts.simulator.fleet import Wanted
from apps.forecasts.simulator.loads import load_of
from apps.forecasts.simulator.writing import simulate
from apps.tenants.actor import system_actor
from celery_workers.forecasts import scoring
from tests.factories import make_tenant
from tests.forecasts.test_runs import work_all

SMALL = {"hosts": 4, "vms": 30, "days": 2}


def fleet(**options):
    call_command("simulate_fleet", verbosity=0, stdout=open("/dev/null", "w"), **{**SMALL, **options})  # noqa: SIM115, PTH123


def rows():
    return list(Day.objects.order_by("target__name", "day").values_list("target__name", "day", "hours"))


def hourly(machines: int, days: int):
    calendar = range(739_000, 739_000 + days)
    steps = np.array([load_of(7, number, calendar)[0] for number in range(machines)])
    return np.array(
        [[np.nan if np.isnan(hour).all() else np.nanmean(hour) for hour in row] for row in steps.reshape(machines, -1, 12)]
    )


def likeness_to_the_day_before(load) -> float:
    known = np.where(np.isfinite(load), load, np.nanmean(load))
    known = known - known.mean()
    return float((known[24:] * known[:-24]).sum() / (known * known).sum())


@pytest.mark.django_db
class TestFleet:
    def test_hosts_and_vms_come_with_their_loads_and_all_of_it_is_said_to_be_synthetic(self, as_role):
        operator, _ = as_role("operator")
        tenant = make_tenant()

        fleet(tenant=[tenant.slug])

        kinds = [Target.objects.filter(kind=kind).count() for kind in ("cluster", "host", "vm")]
        assert kinds == [1, 4, 30]
        assert not Target.objects.filter(synthetic=False).exists()
        assert 0 < Target.objects.filter(tenant=tenant).count() < 30
        assert AuditEntry.objects.filter(action="fleet.import").count() == 1
        host = Target.objects.filter(kind="host").first()
        shown = operator.get(f"/api/v1/fleet/targets/{host.pk}/load/?days=2").json()
        assert shown["synthetic"]
        assert shown["mean"][3] > 0

    def test_a_host_is_as_loaded_as_what_runs_on_it(self):
        fleet(hosts=1, vms=8)

        yesterday = timezone.now().date() - timedelta(days=1)
        load = {
            day.target: np.frombuffer(bytes(day.hours), "<u2")[12]
            for day in Day.objects.filter(day=yesterday).select_related("target")
        }
        machines = sum(
            value * target.vcpus / 32 for target, value in load.items() if target.kind == "vm" and value != 0xFFFF
        )
        (host,) = (value for target, value in load.items() if target.kind == "host")
        assert host == pytest.approx(machines + 100, rel=0.05)

    def test_made_again_it_goes_on_where_it_was_and_changes_nothing_that_is_there(self):
        now = timezone.now()
        actor = system_actor("test")
        early = simulate(actor=actor, wanted=Wanted(hosts=2, vms=6), days=1, now=now - timedelta(days=1), say=str)
        before = rows()

        late = simulate(actor=actor, wanted=Wanted(hosts=2, vms=6), days=2, now=now, say=str)

        assert (early.targets, late.targets) == (9, 0)
        assert 0 < late.samples <= 9 * (288 + 24)
        yesterday = (now - timedelta(days=1)).date()
        assert [row for row in rows() if row[1] < yesterday] == [row for row in before if row[1] < yesterday]

    def test_it_is_first_forecast_as_of_a_day_ago_from_what_was_measured_until_then(self):
        fleet(hosts=1, vms=4, days=4)
        work_all()
        scoring.score_due(now=timezone.now())
        fleet(hosts=1, vms=4, days=4)

        run = Run.objects.get()  # made again, nothing is forecast again
        assert timezone.now() - run.issued_at > timedelta(hours=29)
        assert run.score["hours"] > 0
        assert all(forecast.hours_known <= 5 * 24 for forecast in Forecast.objects.all())

    def test_what_cannot_be_made_is_said_and_leaves_nothing(self):
        for wrong in ({"days": 99}, {"hosts": 0}, {"tenant": ["nobody"]}):
            with pytest.raises(CommandError):
                fleet(**wrong)
        assert not Target.objects.exists()


class TestLoads:
    def test_they_have_the_statistics_of_real_ones(self):
        load = hourly(machines=200, days=14)

        likeness = np.array([likeness_to_the_day_before(row) for row in load])
        days = load.reshape(200, 14, 24)
        gains = np.nanmean(days, axis=2) - np.nanmin(days, axis=2)
        assert 6 < np.nanmean(load) < 14  # 11 points on real ones
        assert 0.05 < np.median(likeness) < 0.3  # 0.2
        assert 0.1 < (likeness > 0.5).mean() < 0.35  # 0.22
        assert np.nanmedian(gains) < 1.5  # 0.6: mostly nothing is gained by waiting

    def test_a_day_does_not_depend_on_which_days_are_asked_for(self):
        long, short = load_of(1, 5, range(739_000, 739_010)), load_of(1, 5, range(739_006, 739_008))

        assert np.array_equal(long[0][6 * 288 : 8 * 288], short[0], equal_nan=True)
