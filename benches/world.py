"""A scratch PostgreSQL and Redis with the portal's tables, and how a bench measures: CPU and queries first, then seconds."""

import contextlib
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.testbed.servers import shared_servers


@contextlib.contextmanager
def world(*, durable: bool = False) -> Iterator[None]:
    """Start the servers, set Django up against an empty database, stop everything at the end.

    durable: what is committed is on the disk, as in production.
    """
    with (
        tempfile.TemporaryDirectory(prefix="hanse-bench-", ignore_cleanup_errors=True) as folder,
        shared_servers(Path(folder), durable=durable) as servers,
    ):
        os.environ |= {
            "HANSE_MODE": "development",
            "HANSE_LOG_LEVEL": "ERROR",
            "HANSE_ALLOWED_HOSTS": "testserver",
            "HANSE_ENCRYPTION_KEYS": "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=",
            "HANSE_DATABASE_URL": servers.postgres_url,
            "HANSE_REDIS_URL": servers.redis_url,
            "HANSE_OBJECTS_URL": f"file://{folder}/objects",
            "DJANGO_SETTINGS_MODULE": "portal.settings",
        }
        import django

        django.setup()
        from django.core.management import call_command
        from django.db import connection as own

        call_command("migrate", verbosity=0)
        try:
            yield
        finally:
            own.close()


@dataclass(frozen=True)
class Cost:
    """Of one call: the queries it makes, CPU of this process (PostgreSQL's is not in it), and time from start to end."""

    queries: int
    cpu_ms: float
    p50_ms: float
    p99_ms: float

    def row(self, name: str, floor: "Cost | None" = None) -> str:
        beside = f"{self.cpu_ms / floor.cpu_ms:.1f}" if floor else ""
        return f"| {name} | {self.queries} | {self.cpu_ms:.1f} | {beside} | {self.p50_ms:.1f} | {self.p99_ms:.1f} |"


HEADER = "| | queries | CPU ms | times the floor | p50 ms | p99 ms |\n|---|--:|--:|--:|--:|--:|"


def measure(call: Callable[[], object], *, times: int) -> Cost:
    """Run `call` so often, after a few runs that are not counted."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    for _ in range(3):
        call()
    with CaptureQueriesContext(connection) as captured:
        call()
    queries = len(captured)
    walls = []
    cpu = time.process_time()
    for _ in range(times):
        began = time.perf_counter()
        call()
        walls.append((time.perf_counter() - began) * 1000)
    cpu_ms = (time.process_time() - cpu) * 1000 / times
    return Cost(queries, cpu_ms, statistics.median(walls), statistics.quantiles(walls, n=100)[98])
