"""Runs of forecasts on a real Dask cluster, whose workers die in the middle."""

from collections.abc import Iterator

import psutil
import pytest
from django.utils import timezone

from apps.core.models import OutboxHint
from apps.forecasts.models import Forecast, Part, Run
from apps.forecasts.services import runs
from apps.forecasts.services.estimates import selected
from celery_workers.forecasts import sending
from celery_workers.prediction.backend import BACKEND
from tests.eventually import eventually
from tests.prediction.fleet import make_fleet
from tests.testbed.web import database_of

MACHINES = 8_000


@pytest.fixture
def dask(transactional_db, settings, monkeypatch) -> Iterator[None]:
    """Two processes that compute, with the database of the test."""
    settings.DASK_URL, settings.DASK_PROCESSES = "local", 2
    role = database_of(settings.DATABASES["default"]["USER"])
    for name, value in role.items():
        monkeypatch.setenv(name, value)
    yield
    BACKEND.close()


def ask(engine: str = "naive-median", device: str = "auto") -> Run:
    targets = selected({}).count()
    return Run.objects.create(
        issued_at=runs.full_hour(timezone.now()), engine=engine, horizon_hours=24, device_asked=device, targets=targets
    )


def carry_on(run: Run) -> str:
    """As workers do that are sent a message again and again."""
    sending.work(run.pk)
    run.refresh_from_db()
    return run.state if run.state not in ("pending", "running") else ""


def computing() -> list[psutil.Process]:
    """The processes that compute, of all that are below this one."""
    mine = psutil.Process().children(recursive=True)
    return [one for one in mine if "spawn_main" in " ".join(one.cmdline())]


class TestRunsOnDask:
    def test_end_complete_and_count_each_target_once_though_workers_are_killed(self, dask):
        make_fleet(MACHINES, days=3)
        run = ask()
        sending.work(run.pk)
        eventually(lambda: carry_on(run) or Part.objects.filter(done=True).exists(), within=200)
        killed = computing()
        mine = psutil.Process().net_connections("inet")
        assert {one.laddr.ip for one in mine if one.status == psutil.CONN_LISTEN} <= {"127.0.0.1"}
        for each in killed:
            each.kill()

        # Two new processes must start, which takes a minute where many others do so.
        assert eventually(lambda: carry_on(run), within=400) == "succeeded"

        assert len(killed) == 2
        assert (run.targets, run.forecast, run.without) == (MACHINES, MACHINES, 0)
        assert Forecast.objects.filter(issued_at=run.issued_at, engine="naive-median").count() == MACHINES
        assert run.device == "cpu"
        assert run.seconds > 0

    def test_say_that_there_is_no_gpu_when_one_is_demanded(self, dask):
        make_fleet(10, days=3)
        run = ask(engine="xgboost", device="cuda")

        assert eventually(lambda: carry_on(run), within=60) == "failed"

        assert run.problem["reason"] == "no-gpu"
        assert not Forecast.objects.exists()
        assert not OutboxHint.objects.filter(task="forecasts.run").exists()

    def test_wait_and_say_so_while_no_scheduler_answers(self, dask, settings):
        make_fleet(10, days=3)
        run = ask()
        settings.DASK_URL = "tcp://127.0.0.1:9"
        assert carry_on(run) == ""
        assert run.problem["type"] == "/problems/unavailable"

        settings.DASK_URL = "local"

        assert eventually(lambda: carry_on(run), within=60) == "succeeded"
        assert run.problem is None
