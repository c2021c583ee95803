"""What workers of Dask are asked to do: functions that are sent by name, with an id.

A worker is any process that can import this and has the settings of a worker of Hanse; it sets Django up with the first.
"""

import os
from collections.abc import Callable
from functools import cache
from uuid import UUID

import django


def begin(run_id: str) -> None:
    """Learn what a run needs, and cut it into parts."""
    _set_up()
    from celery_workers.forecasts import issuing

    # One message: whoever has it sends all parts.
    _with_database(lambda: issuing.begin(UUID(run_id), others=1))


def forecast(part_id: str) -> None:
    """Forecast a part, unless that was done or its run is over."""
    _set_up()
    from apps.forecasts.models import Part, RunState
    from celery_workers.forecasts import issuing

    def act() -> None:
        waiting = Part.objects.select_related("run").filter(pk=part_id, done=False, run__state=RunState.RUNNING).first()
        if waiting is not None:
            issuing.forecast(waiting.run, lambda: Part.objects.locked(waiting.pk))

    _with_database(act)


@cache
def _set_up() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    django.setup()
    from apps.core import patience, walls

    patience.install(most_seconds=patience.OF_WORKERS_SECONDS)
    walls.refuse_blind_roles()


def _with_database(act: Callable[[], None]) -> None:
    """Connections that broke, with a server that was started anew, are not used again."""
    from django.db import close_old_connections

    close_old_connections()
    try:
        act()
    finally:
        close_old_connections()
