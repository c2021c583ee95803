"""Forecasts are asked for or standing, made in parts, each once, and read back by who may see the target."""

import math
from datetime import timedelta

import pytest
from django.utils import timezone

from apps.audit.models import AuditEntry
from apps.core.models import OutboxHint
from apps.forecasts import engines
from apps.forecasts.models import Forecast, Model, Part, Run
from apps.forecasts.services import estimates, runs
from celery_workers.forecasts import issuing, scoring, sending
from celery_workers.prediction.algorithms import ENGINES, NAIVE
from tests.factories import make_load, make_target

RUNS = "/api/v1/fleet/forecast-runs/"
SCORES = "/api/v1/fleet/forecast-scores/"


def rhythm(level: float):
    """Quiet from two to six."""
    return lambda hour: 2.0 if 2 <= hour < 6 else level + 5 * math.sin(hour)


def fleet(count: int = 6, days: int = 17):
    targets = [make_target(name=f"vm-{at}", synthetic=True) for at in range(count)]
    for at, target in enumerate(targets):
        make_load(target, rhythm(10.0 * at + 8), days=days)
    Forecast.objects.all().delete()
    return targets


def work_all():
    """What was asked for, as workers do it; each message twice, as brokers may bring it."""
    for hint in OutboxHint.objects.filter(task="forecasts.run"):
        for _ in range(2):
            sending.work(hint.arguments["run_id"])


def asked(client, **body):
    answer = client.post(RUNS, body)
    assert answer.status_code == 202, answer.content
    work_all()
    return client.get(f"{RUNS}{answer.json()['id']}/").json()


def test_the_portal_knows_the_engines_that_workers_have():
    assert set(engines.SECONDS_A_TARGET) == set(ENGINES)


class TestRequest:
    def test_all_of_a_fleet_is_forecast_by_one_model_and_each_target_says_of_what(self, as_role):
        client, _ = as_role("operator")
        targets = fleet(4)
        young = make_target(name="young")
        make_load(young, days=1)
        Forecast.objects.all().delete()

        run = asked(client, horizon_hours=24)

        assert (run["state"], run["targets"], run["forecast"], run["without"]) == ("succeeded", 5, 4, 1)
        assert (run["engine"], run["device"]) == ("xgboost", "cpu")
        shown = client.get(f"/api/v1/fleet/targets/{targets[3].pk}/forecast/").json()
        said = shown["forecast"]
        assert (shown["reason"], shown["stale"], shown["synthetic"]) == ("", False, True)
        assert (said["engine"], said["hours_known"], len(said["mean"])) == ("xgboost", 336, 24)
        assert all(low <= mid <= high for low, mid, high in zip(said["low"], said["median"], said["high"], strict=True))
        at_three = (3 - timezone.now().hour) % 24
        assert said["mean"][at_three] < said["mean"][(at_three + 9) % 24] - 10
        none = client.get(f"/api/v1/fleet/targets/{young.pk}/forecast/").json()
        assert (none["forecast"], none["reason"], none["least_hours"]) == (None, "too-little-history", 48)
        # The next run needs no new model.
        assert asked(client, horizon_hours=24, selection={"targets": [str(targets[0].pk)]})["targets"] == 1
        assert Model.objects.count() == 1

    def test_a_model_that_cannot_be_read_any_more_is_learned_anew(self, as_role):
        client, _ = as_role("operator")
        fleet(4)
        asked(client, horizon_hours=24)
        Model.objects.update(document=b'{"fitted": {"engine": "xgboost", "version": 0}}')

        run = asked(client, horizon_hours=24)

        assert (run["state"], run["forecast"]) == ("succeeded", 4)
        assert Model.objects.count() == 2

    def test_a_target_can_be_forecast_by_an_engine_of_its_own(self, as_role):
        client, _ = as_role("operator")
        targets = fleet(2)

        run = asked(client, selection={"targets": [str(targets[1].pk)]}, engine="naive-seasonal", horizon_hours=24)

        assert (run["forecast"], run["engine"]) == (1, "naive-seasonal")
        assert Forecast.objects.get().target_id == targets[1].pk
        assert AuditEntry.objects.filter(action="forecasts.request").count() == 1

    @pytest.mark.parametrize("engine", ["xgboost", "naive-median"])
    def test_a_gpu_that_is_demanded_and_not_there_is_said_in_words(self, as_role, engine):
        client, _ = as_role("operator")
        fleet(4)

        run = asked(client, engine=engine, device="cuda")

        assert (run["state"], run["problem"]["reason"]) == ("failed", "no-gpu")
        assert run["problem"]["detail"].startswith("A GPU was demanded")
        assert not Forecast.objects.exists()

    def test_what_cannot_be_is_refused_before_anything_is_computed(self, as_role, monkeypatch):
        client, _ = as_role("operator")
        nothing = client.post(RUNS, {"selection": {"kind": "cluster"}})
        assert (nothing.status_code, nothing.json()["type"]) == (422, "/problems/nothing-to-forecast")
        fleet(1, days=1)
        monkeypatch.setattr(estimates, "MOST_SECONDS", 0.1)

        dear = client.post(RUNS, {"engine": "arima"})

        assert (dear.status_code, dear.json()["type"]) == (422, "/problems/too-dear")
        assert (dear.json()["targets"], dear.json()["seconds_each"]) == (1, 0.5)
        assert client.post(RUNS, {"horizon_hours": 9999}).status_code == 422
        assert not Run.objects.exists()

    def test_says_what_it_would_cost_before_anything_is_computed(self, as_role, settings):
        client, _ = as_role("operator")
        fleet(4)

        cost = client.post(f"{RUNS}estimate/", {"engine": "arima"}).json()

        assert (cost["targets"], cost["seconds_each"], cost["seconds"], cost["refusal"]) == (4, 0.5, 2.0, None)
        assert client.post(f"{RUNS}estimate/", {"selection": {"kind": "host"}}).json()["refusal"]["status"] == 422
        assert not Run.objects.exists()
        assert client.post(f"{RUNS}estimate/", {"engine": "crystal-ball"}).status_code == 422
        # What is under way counts as what it will cost, what is over as what it did.
        client.post(RUNS, {"engine": "arima"})
        settings.FORECAST_SECONDS_A_DAY = 3
        dear = client.post(RUNS, {"engine": "arima"})
        assert (dear.status_code, dear.json()["type"]) == (422, "/problems/forecasts-used-up")
        assert (dear.json()["used_seconds"], dear.json()["seconds"]) == (2.0, 2.0)
        assert client.post(f"{RUNS}estimate/", {"engine": "arima"}).json()["refusal"]["detail"] == dear.json()["detail"]
        run = Run.objects.get()
        client.post(f"{RUNS}{run.pk}/cancel/")
        assert client.post(RUNS, {"engine": "arima"}).status_code == 202

    def test_a_million_machines_by_arima_are_refused_with_the_arithmetic(self):
        cost = estimates.Estimate(1_000_000, 0, 0.5, 0.0, 3600, 0.0, 21600, None)

        assert cost.refusal.detail == (
            "1,000,000 targets at 0.5 s each are 500,000 s (138.9 hours) of one processor; "
            "at most 3,600 s are computed at once."
        )

    def test_cancelled_it_writes_no_more_and_keeps_what_it_had(self, as_role, monkeypatch):
        client, _ = as_role("operator")
        fleet(4)
        monkeypatch.setattr(issuing, "PART", 2)
        monkeypatch.setattr(sending, "TURN_SECONDS", -1.0)
        run = client.post(RUNS, {"engine": "naive-median"}).json()
        sending.work(run["id"])

        over = client.post(f"{RUNS}{run['id']}/cancel/")
        work_all()

        assert (over.status_code, over.json()["state"], over.json()["forecast"]) == (200, "cancelled", 2)
        assert Forecast.objects.count() == 2
        again = client.post(f"{RUNS}{run['id']}/cancel/")
        assert (again.status_code, again.json()["type"]) == (409, "/problems/run-is-over")


class TestParts:
    def test_one_that_a_worker_could_not_end_is_done_by_the_next_and_counted_once(self, as_role, monkeypatch):
        client, _ = as_role("operator")
        fleet(4)
        monkeypatch.setattr(issuing, "PART", 2)
        run = client.post(RUNS, {"engine": "naive-median"}).json()
        with monkeypatch.context() as broken:
            broken.setattr(issuing, "kept", lambda forecast: 1 / 0)
            with pytest.raises(ZeroDivisionError):
                sending.work(run["id"])
        assert not Forecast.objects.exists()

        runs.carry_on(now=timezone.now() + timedelta(minutes=1))
        work_all()

        over = client.get(f"{RUNS}{run['id']}/").json()
        assert (over["state"], over["forecast"], Forecast.objects.count()) == ("succeeded", 4, 4)

    def test_one_that_fails_again_and_again_fails_the_run_and_says_which(self, as_role, monkeypatch):
        client, _ = as_role("operator")
        fleet(2)
        run = client.post(RUNS, {"engine": "naive-median"}).json()
        monkeypatch.setattr(issuing, "kept", lambda forecast: 1 / 0)

        for _ in range(3):
            with pytest.raises(ZeroDivisionError):
                sending.work(run["id"])

        over = client.get(f"{RUNS}{run['id']}/").json()
        assert over["state"] == "failed"
        assert over["problem"]["detail"].startswith("Part 1 failed 3 times (ZeroDivisionError)")


class TestStanding:
    def test_all_are_forecast_every_six_hours_and_their_age_is_shown(self, as_role):
        client, _ = as_role("operator")
        fleet(2, days=4)
        now = timezone.now()
        assert client.get("/api/v1/fleet/standing-forecasts/").json()["late"] is True

        runs.begin_standing(now=now)
        assert runs.begin_standing(now=now) is None  # one is under way
        work_all()

        # What was measured is too little for the engine that learns: the fallback speaks, and says so.
        run = Run.objects.get()
        assert (run.state, run.engine, run.forecast) == ("succeeded", "naive-median", 2)
        shown = client.get("/api/v1/fleet/standing-forecasts/").json()
        assert (shown["late"], shown["targets"], shown["synthetic"], shown["every_hours"]) == (False, 2, 2, 6)
        assert runs.begin_standing(now=now + timedelta(hours=5)) is None
        assert runs.begin_standing(now=now + timedelta(hours=7)) is not None

    def test_once_its_day_has_come_a_run_says_how_good_it_was(self, as_role):
        client, _ = as_role("operator")
        targets = fleet(3, days=12)
        hour = runs.full_hour(timezone.now()) - timedelta(hours=30)
        run = runs.begin_standing(now=hour)
        work_all()

        scoring.score_due(now=timezone.now())

        score = client.get(f"{RUNS}{run.pk}/").json()["score"]
        assert (score["targets"], score["hours"]) == (3, 72)
        assert score["mae"] >= 0
        assert 0 <= score["coverage"] <= 1
        # And by segment, beside what every engine must beat; once, however often it is looked at.
        scoring.score_due(now=timezone.now())
        rows = client.get(f"{SCORES}?run={run.pk}").json()["results"]
        words = {("xgboost", True), *((name, False) for name in NAIVE)}
        for segment in ("vm-light", "vm-busy"):
            assert {(row["engine"], row["issued"]) for row in rows if row["segment"] == segment} == words
        assert len(rows) == 8
        issued = {row["segment"]: row for row in rows if row["issued"]}
        assert sum(row["hours"] for row in issued.values()) == 72
        assert sum(row["mae"] * row["hours"] for row in issued.values()) / 72 == pytest.approx(score["mae"], abs=1e-3)
        (seasonal,) = client.get(f"{SCORES}?segment=vm-busy&engine=naive-seasonal").json()["results"]
        assert seasonal["mae"] < issued["vm-busy"]["mae"]  # of loads that are the same each day
        assert client.get(f"{SCORES}?segment=ship").status_code == 422
        # The target shows its band's, and each forecast of its own beside a newer one.
        shown = client.get(f"/api/v1/fleet/targets/{targets[2].pk}/forecast/").json()
        assert shown["segment"] == "vm-busy"
        assert shown["band"] == {"hours": 24, "coverage": pytest.approx(issued["vm-busy"]["coverage"])}
        runs.begin_standing(now=timezone.now())
        work_all()
        past = client.get(f"/api/v1/fleet/targets/{targets[0].pk}/forecast/").json()["past"]
        assert [each["came"]["hours"] for each in past] == [30]


class TestWhoSees:
    def test_a_tenant_reads_the_forecasts_of_its_own_machines_only(self, as_role):
        client, project = as_role("viewer")
        own, theirs = make_target(project.tenant), make_target()
        make_load(own)

        shown = client.get(f"/api/v1/fleet/targets/{own.pk}/forecast/")

        assert shown.json()["forecast"]["mean"][0] == 20
        assert client.get(f"/api/v1/fleet/targets/{theirs.pk}/forecast/").status_code == 404
        assert client.get(RUNS).status_code == 403
        assert client.get("/api/v1/fleet/standing-forecasts/").json()["targets"] == 1


@pytest.mark.django_db
def test_old_runs_and_models_are_forgotten():
    now = timezone.now()
    old = Run.objects.create(issued_at=now, engine="xgboost", horizon_hours=48, created_at=now - timedelta(days=40))
    Part.objects.create(run=old, number=0, target_ids=[])
    learned = {"engine": "xgboost", "horizon_hours": 48, "device": "cpu", "targets": 1, "seconds": 1.0, "document": b"{}"}
    Model.objects.create(learned_until=now - timedelta(days=40), **learned)
    young = Model.objects.create(learned_until=now - timedelta(days=30), **learned)

    runs.carry_on(now=now)

    assert not Run.objects.exists()
    assert not Part.objects.exists()
    assert Model.objects.get() == young
