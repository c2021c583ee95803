"""A sweep: forecasts of many machines through Dask, read, predicted and written, beside the bare engine.

`python benches/sweep.py [--machines 20000] [--days 34] [--processes 2] [--device cpu,cuda]`

CPU is of the processes that compute, and of PostgreSQL's beside them. A device that is not there is said and left out.
"""

import argparse
import time
from typing import Any

import psutil

from benches.world import world

MILLION = 1_000_000
# The bare engine is given so many of the machines.
BARE = 4_000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--machines", type=int, default=20_000)
    parser.add_argument("--days", type=int, default=34, help="Of history: a model learns from up to 34.")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--device", default="cpu", help="Several with commas between.")
    given = parser.parse_args()
    with world(durable=True):
        from django.conf import settings

        from tests.prediction.fleet import make_fleet

        settings.DASK_PROCESSES = given.processes
        began = time.monotonic()
        make_fleet(given.machines, days=given.days)
        print(f"{given.machines:,} machines with {given.days} days each, made up in {time.monotonic() - began:.0f} s")
        for device in given.device.split(","):
            _sweep(given, device)


def _sweep(given: argparse.Namespace, device: str) -> None:
    from django.utils import timezone

    from apps.forecasts.models import Forecast, Model, Run
    from apps.forecasts.services import runs
    from celery_workers.forecasts import sending
    from celery_workers.prediction.backend import BACKEND

    Model.objects.all().delete()
    issued_at = runs.full_hour(timezone.now())
    run = Run.objects.create(
        issued_at=issued_at, engine="xgboost", horizon_hours=24, device_asked=device, targets=given.machines
    )
    began = time.monotonic()
    learned = _times()
    while run.state in ("pending", "running"):
        sending.work(run.pk)
        time.sleep(0.2)
        before = run.state
        run.refresh_from_db()
        if (before, run.state) == ("pending", "running"):
            learned = _times()
    wall, used = time.monotonic() - began, _used(learned, _times())
    BACKEND.close()
    if run.state != "succeeded":
        print(f"{device}: left out. {run.problem and run.problem.get('detail')}")
        return
    if not Forecast.objects.filter(issued_at=issued_at).count() == run.forecast == given.machines:
        raise SystemExit(f"{run.forecast:,} forecasts are not {given.machines:,}")
    swept = (run.finished_at - run.began_at).total_seconds()
    dask, postgres = (seconds / given.machines * 1_000 for seconds in used)
    bare = _bare(run)
    print(f"{device} (computed on {run.device}): {wall:.0f} s in all, learning {run.model.seconds:.0f} s of them")
    print(
        f"  the sweep alone: {swept:.1f} s, {given.machines / swept:,.0f} machines a second on {given.processes} processes"
    )
    print(
        f"  a million: {MILLION / given.machines * swept / 60:.0f} min like this, {(dask + postgres) / 3.6:.2f} hours of CPU"
    )
    print(f"  CPU ms a machine: {dask:.2f} of what computes, {postgres:.2f} of PostgreSQL, {bare:.2f} of the bare engine")
    print(f"  {(dask + postgres) / bare:.1f} times the bare engine")


def _bare(run: Any) -> float:
    """Milliseconds of CPU that the engine alone takes for a machine, of loads that are there in memory."""
    from apps.forecasts.models import Model, Target
    from celery_workers.forecasts.history import FORECAST_DAYS, hours_before
    from celery_workers.prediction import training

    ids = list(Target.objects.order_by("pk").values_list("pk", flat=True)[:BARE])
    history = hours_before(ids, run.issued_at, days=FORECAST_DAYS)
    model = training.load(bytes(Model.objects.get(pk=run.model_id).document))
    model.predict(history[:1_000])
    began = time.process_time()
    for at in range(0, len(ids), 1_000):
        model.predict(history[at : at + 1_000])
    return (time.process_time() - began) / len(ids) * 1_000


def _used(before: dict[int, tuple[str, float]], after: dict[int, tuple[str, float]]) -> tuple[float, float]:
    """CPU seconds of the processes of Dask, and of PostgreSQL, of those that live."""
    spent = {"dask": 0.0, "postgres": 0.0}
    for pid, (name, seconds) in after.items():
        spent[name] += seconds - before.get(pid, ("", 0.0))[1]
    return spent["dask"], spent["postgres"]


def _times() -> dict[int, tuple[str, float]]:
    found = {}
    for process in psutil.Process().children(recursive=True):
        try:
            postgres = process.name() == "postgres"
            if postgres or "spawn_main" in " ".join(process.cmdline()):
                times = process.cpu_times()
                found[process.pid] = ("postgres" if postgres else "dask", times.user + times.system)
        except psutil.Error:
            continue
    return found


if __name__ == "__main__":
    main()
