"""Of forecasts and moves."""

from datetime import timedelta
from typing import Any

from django.db import connection
from django.utils import timezone

from apps.forecasts.models import Forecast, Run, Target
from apps.forecasts.services import runs as forecasts
from apps.moves import services as moves
from apps.moves.models import Place
from tests.celery_workers.conftest import Portal
from tests.celery_workers.scenes.scene import Scene
from tests.factories import (
    make_load,
    make_plan,
    make_target,
)


def a_fleet_to_forecast(portal: Portal) -> dict[str, Any]:
    make_load(make_target(), days=4)
    make_target()
    run = forecasts.request_run(
        actor=portal.actor, selection={}, engine="naive-median", horizon_hours=24, device="auto", now=timezone.now()
    )
    return {"run_id": str(run.pk)}


def a_fleet(portal: Portal) -> dict[str, Any]:
    make_target()
    return {}


def a_forecast_whose_day_has_come(portal: Portal) -> dict[str, Any]:
    target = make_target()
    make_load(target, days=4)
    issued_at = forecasts.full_hour(timezone.now()) - timedelta(hours=30)
    said = bytes(Forecast.objects.get().said)
    Forecast.objects.create(target=target, issued_at=issued_at, engine="naive-last", device="cpu", said=said)
    Run.objects.create(issued_at=issued_at, engine="naive-last", horizon_hours=24, state="succeeded", forecast=1)
    return {}


def loads_that_are_kept(portal: Portal) -> dict[str, Any]:
    """And a week that is not kept any more."""
    make_load(make_target())
    with connection.cursor() as cursor:
        for table in ("forecasts_day", "forecasts_forecast"):
            cursor.execute(
                f"CREATE TABLE {table}_w20250106 PARTITION OF {table} FOR VALUES FROM ('2025-01-06') TO ('2025-01-13')"
            )
    return {}


def records_to_learn_from(portal: Portal) -> dict[str, Any]:
    imported = moves.import_records(
        actor=portal.actor, slug="zone-a", records=[{"key": "1", "memory_bytes": 2**32, "duration_seconds": 20.5}]
    )
    return {"operation_id": str(imported.operation.pk)}


def a_move_to_estimate(portal: Portal) -> dict[str, Any]:
    place = Place.objects.create(slug="zone-b")
    return {"operation_id": str(moves.ask_estimate(actor=portal.actor, place=place, move={"memory_bytes": 2**32}).pk)}


def a_machine_that_may_move(portal: Portal) -> dict[str, Any]:
    target = make_target(memory_bytes=2**32)
    make_load(target, days=3)
    return {"operation_id": str(moves.ask_windows(actor=portal.actor, target=target, asked={}).pk)}


def a_host_to_empty(portal: Portal) -> dict[str, Any]:
    for name in ("a", "b"):
        make_target(kind="host", name=name, vcpus=32, memory_bytes=2**36)
    make_target(name="vm", parent=Target.objects.get(name="a"), vcpus=4, memory_bytes=2**32)
    make_target(name="other", parent=Target.objects.get(name="b"), vcpus=4, memory_bytes=2**33)
    return {"plan_id": str(make_plan("planning").pk)}


def a_plan_whose_time_has_come(portal: Portal) -> dict[str, Any]:
    host, other = (make_target(kind="host", name=name) for name in ("a", "b"))
    target = make_target(name="vm", parent=host, synthetic=True)
    since = timezone.now() - timedelta(hours=1)
    plan = make_plan("pending", approved_at=since, starts_at=since)
    hosts = {"from_host_id": host.pk, "from_host": "a", "to_host_id": other.pk, "to_host": "b"}
    times = {"starts_at": since, "wanted_at": since, "seconds": 20.0, "low": 18.0, "high": 22.0, "downtime_seconds": 0.2}
    plan.moves.create(number=1, target_id=target.pk, machine="vm", **hosts, **times)
    return {}


SCENES: dict[str, Scene] = {
    "moves.plan": a_host_to_empty,
    "moves.sweep": a_plan_whose_time_has_come,
    "moves.windows": a_machine_that_may_move,
    "moves.estimate": a_move_to_estimate,
    "moves.learn": records_to_learn_from,
    "forecasts.evaluate": a_fleet,
    "forecasts.forget": loads_that_are_kept,
    "forecasts.run": a_fleet_to_forecast,
    "forecasts.score": a_forecast_whose_day_has_come,
    "forecasts.sweep": a_fleet,
}
