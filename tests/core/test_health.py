"""What `doctor` and the health page find, with real servers that are there or not."""

import contextlib
import json
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from apps.core import pulses
from apps.core.models import OutboxHint
from celery_workers import schedule  # noqa: F401 (workers load it: it listens for sweeps that end)
from celery_workers.tasks.storage import sweep
from portal.celery import app
from tests.factories import make_member

pytestmark = pytest.mark.django_db

NOWHERE = "redis://127.0.0.1:1/0"


@pytest.fixture(autouse=True)
def _nothing_ran_yet() -> None:
    pulses.forget()


def found() -> dict[str, dict[str, Any]]:
    """What doctor says, by code."""
    said = StringIO()
    with contextlib.suppress(CommandError):
        call_command("doctor", "--json", stdout=said)
    return {finding["code"]: finding for finding in json.loads(said.getvalue())["findings"]}


class TestDoctor:
    def test_names_the_versions_of_what_answers(self):
        findings = found()

        assert "PostgreSQL 1" in findings["database.answers"]["text"]
        assert findings["redis.answers"]["values"]["version"].startswith("6.")
        assert {findings[code]["state"] for code in ("migrations.applied", "clock.database", "objects.kept")} == {"healthy"}

    def test_says_what_to_do_about_a_redis_that_is_away_and_ends_with_status_1(self, settings):
        settings.REDIS_URL = NOWHERE
        said = StringIO()

        with pytest.raises(CommandError):
            call_command("doctor", stdout=said)

        assert "Start Redis, or correct HANSE_REDIS_URL" in said.getvalue()

    def test_finds_a_store_that_takes_no_objects(self, settings, tmp_path):
        (tmp_path / "file").touch()
        settings.OBJECTS_URL = f"file://{tmp_path}/file/objects"

        assert found()["objects.away"]["state"] == "down"

    def test_finds_a_loop_of_watch_that_hangs(self):
        pulses.report({"relay": 1.0, "admission": 90.0})

        assert found()["watch.late"]["values"] == {"loop": "admission", "seconds": 90}

    def test_finds_that_no_sweep_is_carried_out(self):
        assert found()["sweeps.absent"]["state"] == "down"

    def test_takes_a_sweep_that_came_to_its_end_for_a_sign_of_life(self, settings):
        app.conf.task_always_eager = True
        try:
            sweep.delay()
        finally:
            app.conf.task_always_eager = False

        assert found()["sweeps.run"]["values"] == {"count": 1}

    def test_finds_hints_that_nobody_sends(self):
        OutboxHint.objects.create(task="jobs.reconcile", created_at=timezone.now() - timedelta(minutes=2))

        waiting = found()["outbox.hints-wait"]

        assert waiting["state"] == "down"
        assert "relay" in waiting["fix"]


class TestHealthPage:
    def test_shows_the_same_to_whoever_looks_after_the_platform(self, as_role):
        client, _ = as_role("outsider")
        make_member("operator", user=client.user)

        document = client.get("/api/v1/platform/health/").json()

        assert document["state"] == "down"  # no worker runs beside this test
        assert {finding["check"] for finding in document["findings"]} >= {"database", "redis", "objects", "sweeps", "disk"}
