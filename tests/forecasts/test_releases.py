"""Engines are tried on the same days, put in use where they are better, and taken back where they are worse than naive."""

from datetime import timedelta

import pytest
from django.utils import timezone

from apps.audit.models import AuditEntry
from apps.core.ids import new_id
from apps.forecasts.models import Evaluation, Forecast, Model, Release, Run, Score
from apps.forecasts.services import releasing, runs
from celery_workers.forecasts import trying
from tests.forecasts.test_runs import fleet, work_all

SEGMENTS, TRIALS = "/api/v1/fleet/forecast-segments/", "/api/v1/fleet/forecast-trials/"
RELEASES, MODELS = "/api/v1/fleet/forecast-releases/", "/api/v1/fleet/forecast-models/"
BUSY = "vm-busy"


def tried(now, *, gain=None, **beats):
    """A trial in which each engine beats the champion with such a probability."""
    about = {"device": "cpu", "origins": 5, "gap_hours": 24, "targets": 900, "hours": 9000, "mae": 1.0, "bias": 0.0}
    cost = {"train_seconds": 1.0, "milliseconds_each": 0.3}
    rows = [
        Evaluation(
            tried_at=now,
            segment=BUSY,
            engine=engine.replace("_", "-"),
            wql=0.1,
            coverage=0.8,
            beats_champion=sure,
            **about,
            **cost,
        )
        for engine, sure in {"xgboost": None, **beats}.items()
    ]
    releasing.keep_trial(evaluations=rows, now=now)


def came(until, losses, *, issued="xgboost", coverage=0.8, count=4):
    """Standing runs whose days came, every six hours until then, with what each engine lost."""
    for back in range(count):
        issued_at = until - timedelta(hours=6 * back)
        run = Run.objects.create(id=new_id(), issued_at=issued_at, engine="xgboost", horizon_hours=48, state="succeeded")
        for engine, wql in losses.items():
            row = {"segment": BUSY, "targets": 9, "hours": 216, "load": 5000.0, "mae": 1.0, "bias": 0.0}
            Score.objects.create(
                run=run, issued_at=issued_at, engine=engine, issued=engine == issued, wql=wql, coverage=coverage, **row
            )


def stages():
    return {row.engine: row.stage for row in Release.objects.current().filter(segment=BUSY)}


class TestTrials:
    def test_all_engines_are_tried_on_the_same_days_once_a_day_and_the_league_says_what_it_cost(self, as_role):
        client, _ = as_role("operator")
        fleet(7)
        now = timezone.now()

        trying.try_all(now=now)
        trying.try_all(now=now + timedelta(hours=1))

        rows = client.get(f"{TRIALS}?segment={BUSY}").json()["results"]
        league = {row["engine"]: row for row in rows}
        assert {"xgboost", "naive-last", "naive-seasonal", "naive-median"} <= league.keys()
        assert len({(row["tried_at"], row["origins"], row["gap_hours"], row["hours"]) for row in rows}) == 1
        # Loads that are the same each day.
        assert league["naive-seasonal"]["wql"] < league["naive-last"]["wql"]
        assert league["naive-last"]["beats_seasonal"] == 0
        assert league["naive-seasonal"]["beats_champion"] > 0.9
        assert (league["naive-seasonal"]["beats_seasonal"], league["xgboost"]["beats_champion"]) == (None, None)
        assert league["xgboost"]["train_seconds"] > 0
        # Of two targets a bootstrap says nothing.
        few = client.get(f"{TRIALS}?segment=vm-light").json()["results"]
        assert {row["beats_champion"] for row in few} == {None}
        # What was learned for it serves the next run, and is known by what it holds.
        model = next(row for row in client.get(MODELS).json()["results"] if row["engine"] == "xgboost")
        assert model["learned_until"] == league["xgboost"]["tried_at"]
        assert (len(model["sha256"]), model["size_bytes"] > 1000, model["targets"]) == (64, True, 7)
        shown = {row["segment"]: row for row in client.get(SEGMENTS).json()}
        assert (shown[BUSY]["chain"], shown[BUSY]["reason"]) == (["xgboost", "naive-seasonal"], "first")

    @pytest.mark.django_db
    def test_where_nothing_was_measured_nothing_is_tried(self):
        trying.try_all(now=timezone.now())

        assert not Evaluation.objects.exists()


@pytest.mark.django_db
class TestRules:
    def test_what_is_better_in_trials_is_asked_beside_and_put_in_use_once_days_that_came_agree(self):
        now = timezone.now()

        tried(now, naive_median=0.99, naive_last=0.6)
        assert stages() == {"xgboost": "champion", "naive-median": "shadow", "naive-last": "candidate"}
        came(now + timedelta(days=2), {"xgboost": 0.10, "naive-median": 0.09, "naive-seasonal": 0.2})
        releasing.apply_rules(now=now + timedelta(days=2))
        assert stages()["naive-median"] == "shadow"  # three days are asked for
        releasing.apply_rules(now=now + timedelta(days=3))

        assert stages() == {"xgboost": "candidate", "naive-median": "champion", "naive-last": "candidate"}
        assert Release.objects.chains([BUSY])[BUSY] == ["naive-median", "xgboost", "naive-seasonal"]

    def test_it_is_not_where_days_that_came_do_not_agree_or_bands_hold_too_little(self):
        now = timezone.now()
        tried(now, naive_median=0.99)
        came(now + timedelta(days=1), {"xgboost": 0.10, "naive-median": 0.11, "naive-seasonal": 0.2})
        releasing.apply_rules(now=now + timedelta(days=3))
        assert stages()["naive-median"] == "shadow"

        Score.objects.all().delete()
        came(now + timedelta(days=2), {"xgboost": 0.10, "naive-median": 0.09, "naive-seasonal": 0.2}, coverage=0.6)
        releasing.apply_rules(now=now + timedelta(days=3))
        assert stages()["naive-median"] == "shadow"
        # And no longer better in trials, it is no longer asked.
        tried(now + timedelta(days=4), naive_median=0.5)
        assert stages()["naive-median"] == "candidate"

    def test_a_champion_worse_than_naive_is_taken_back_and_the_last_good_one_follows(self, as_role):
        client, _ = as_role("operator")
        now = timezone.now()
        tried(now, naive_median=0.99)
        client.post(RELEASES, {"segment": BUSY, "engine": "naive-median"})
        since = Release.objects.champions()[BUSY].since
        came(since + timedelta(hours=24), {"naive-median": 0.30, "naive-seasonal": 0.2}, issued="naive-median")

        releasing.apply_rules(now=since + timedelta(hours=25))

        assert stages() == {"xgboost": "champion", "naive-median": "retired"}
        came(since + timedelta(hours=50), {"xgboost": 0.30, "naive-seasonal": 0.2})
        releasing.apply_rules(now=since + timedelta(hours=51))
        assert stages()["naive-seasonal"] == "champion"
        history = client.get(f"{RELEASES}?segment={BUSY}").json()["results"]
        assert [row["reason"] for row in history if row["stage"] == "champion"] == [
            "fallback",
            "fallback",
            "chosen",
            "first",
        ]

    def test_engines_that_drift_are_tried_again_before_the_day_is_over(self, as_role):
        client, _ = as_role("operator")
        now = timezone.now()
        tried(now)
        assert not releasing.trial_due(now=now + timedelta(hours=7))
        came(now - timedelta(days=3), {"xgboost": 0.10, "naive-seasonal": 0.4})
        came(now, {"xgboost": 0.15, "naive-seasonal": 0.4})

        assert releasing.trial_due(now=now + timedelta(hours=7))
        shown = next(row for row in client.get(SEGMENTS).json() if row["segment"] == BUSY)
        assert (shown["drifts"], shown["drift"]) == (True, pytest.approx(1.5))
        assert (shown["live"]["runs"], shown["live"]["coverage"]) == (8, pytest.approx(0.8))


class TestChoice:
    def test_an_operator_chooses_for_a_segment_and_standing_runs_follow(self, as_role):
        client, _ = as_role("operator")
        targets = fleet(3)

        chosen = client.post(RELEASES, {"segment": BUSY, "engine": "naive-median"})
        runs.begin_standing(now=timezone.now())
        work_all()

        assert (chosen.status_code, chosen.json()["stage"]) == (201, "champion")
        assert AuditEntry.objects.filter(action="forecasts.release").count() == 1
        spoke = {row.target_id: row.engine for row in Forecast.objects.all()}
        assert [spoke[target.pk] for target in targets] == ["xgboost", "xgboost", "naive-median"]
        # Held: better ones stay beside it.
        held = Release.objects.champions()[BUSY]
        assert held.held_by
        tried(held.since, xgboost=0.99)
        came(held.since + timedelta(days=2), {"naive-median": 0.1, "xgboost": 0.05, "naive-seasonal": 0.2})
        releasing.apply_rules(now=held.since + timedelta(days=4))
        assert stages() == {"naive-median": "champion", "xgboost": "shadow"}

    def test_where_a_champion_has_no_model_the_next_of_the_chain_speaks(self, as_role):
        client, _ = as_role("operator")
        fleet(3)
        for engine in ("naive-last", "lstm"):
            client.post(RELEASES, {"segment": BUSY, "engine": engine})

        runs.begin_standing(now=timezone.now())
        work_all()

        assert Forecast.objects.get(engine="naive-last")
        assert not Model.objects.filter(engine="lstm").exists()

    def test_what_cannot_be_chosen_is_named(self, as_role):
        client, _ = as_role("operator")

        answer = client.post(RELEASES, {"segment": "ships", "engine": "arima"})

        assert answer.status_code == 422
        assert {error["pointer"] for error in answer.json()["errors"]} == {"/segment", "/engine"}
