"""What a kill costs a run of forecasts: time. Each of what it needs is killed in the middle of one.

`FORECAST_MACHINES=20000 pytest tests/stack/test_kills_of_forecasts.py` is the same with more of them.
"""

import os
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

import httpx
import pytest

from tests.stack.kills import kill, kill_children
from tests.testbed.stack import RunningStack, eventually

pytestmark = pytest.mark.stack

MACHINES = int(os.environ.get("FORECAST_MACHINES", "6000"))
RUNS = "/api/v1/fleet/forecast-runs/"
MAKE = f"""
from tests.prediction.fleet import make_fleet
make_fleet({MACHINES}, days=15, prefix="struck")
"""
# Of the run: its parts, and those done; forecasts, and of how many targets.
ACCOUNTS = """
from apps.forecasts.models import Forecast, Part, Run
run = Run.objects.get(pk="{run}")
said = Forecast.objects.filter(issued_at=run.issued_at, engine=run.engine, made_at__gte=run.created_at)
parts = Part.objects.filter(run=run)
print(parts.count() - parts.filter(done=True).count(), said.count(), said.values("target_id").distinct().count())
"""
STRIKES: dict[str, Callable[[RunningStack], None]] = {
    "the processes of Dask": lambda stack: kill_children(stack, "worker"),
    "the worker that sends to Dask": lambda stack: kill(stack, "worker"),
    "redis": lambda stack: kill(stack, "redis"),
    "postgres": lambda stack: kill(stack, "postgres"),
}


@pytest.fixture(scope="module")
def fleet(running_stack: RunningStack) -> None:
    running_stack.ask(MAKE)


class TestARunOfForecasts:
    @pytest.mark.parametrize("victim", STRIKES)
    @pytest.mark.usefixtures("fleet")
    def test_ends_complete_and_once_though_what_it_needs_is_killed(self, running_stack: RunningStack, victim: str):
        operator = running_stack.portal("admin")
        asked = operator.post(RUNS, {"selection": {"kind": "vm"}, "horizon_hours": 24})

        def shown() -> dict:
            with suppress(httpx.HTTPError, AssertionError):
                return operator.get(f"{RUNS}{asked['id']}/")
            return {"state": "unknown", "forecast": 0}

        eventually(lambda: 0 < shown()["forecast"] < MACHINES, seconds=400, every=0.05)
        STRIKES[victim](running_stack)
        struck = time.monotonic()
        run = eventually(lambda: (found := shown())["state"] in ("succeeded", "failed") and found, seconds=400)

        assert run["state"] == "succeeded", run
        print(f"{victim}: {_seconds(run):.0f} s in all, {time.monotonic() - struck:.0f} s of them after the kill")
        assert (run["targets"], run["forecast"] + run["without"]) == (asked["targets"], asked["targets"])
        assert run["forecast"] >= MACHINES
        assert running_stack.ask(ACCOUNTS.replace("{run}", run["id"])) == f"0 {run['forecast']} {run['forecast']}"


def _seconds(run: dict) -> float:
    return (datetime.fromisoformat(run["finished_at"]) - datetime.fromisoformat(run["began_at"])).total_seconds()
