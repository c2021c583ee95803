"""PostgreSQL, Redis, the clock and the disk."""

import shutil
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import redis
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, InterfaceError, connection
from django.db.migrations.executor import MigrationExecutor

from apps.core import away
from apps.core.health import Finding, degraded, down, healthy

OLDEST_POSTGRESQL = 140000  # identity columns, MERGE-free: what the migrations need
CLOCKS_DIFFER_SECONDS = 2.0
BUSY_SHARE = 0.8
LITTLE_SPACE, NO_SPACE = 0.10, 0.02


def check_database() -> Iterator[Finding]:
    try:
        with connection.cursor() as cursor:
            began = time.monotonic()
            cursor.execute("SELECT clock_timestamp()")
            theirs: datetime = cursor.fetchone()[0]
            milliseconds = round((time.monotonic() - began) * 1000, 1)
            ours = datetime.now(UTC)
            cursor.execute(
                "SELECT current_setting('server_version'), current_setting('server_version_num')::int,"
                " current_setting('max_connections')::int, (SELECT count(*) FROM pg_stat_activity)"
            )
            version, number, granted, used = cursor.fetchone()
    except (DatabaseError, InterfaceError) as error:
        yield down(
            "database.away",
            f"PostgreSQL does not answer: {str(error).strip().splitlines()[0]}",
            "Start PostgreSQL, or correct HANSE_DATABASE_URL. Nothing is lost meanwhile; the portal heals by itself.",
            error=str(error).strip().splitlines()[0],
        )
        return
    yield healthy(
        "database.answers",
        f"PostgreSQL {version} answers in {milliseconds} ms",
        version=version,
        milliseconds=milliseconds,
    )
    if number < OLDEST_POSTGRESQL:
        yield down("database.old", f"PostgreSQL {version} is too old", "Upgrade it to 14 or newer.", version=version)
    if used > granted * BUSY_SHARE:
        yield degraded(
            "database.connections",
            f"{used} of {granted} connections are in use",
            "Raise max_connections, or run fewer processes and threads; new connections are refused when none is left.",
            used=used,
            granted=granted,
        )
    yield _compared(theirs, ours, whose="database")
    yield _migrations()


def check_redis() -> Iterator[Finding]:
    try:
        with away.connected() as client:
            info = client.info()
            seconds, microseconds = client.time()
            ours = datetime.now(UTC)
    except redis.RedisError as error:
        yield down(
            "redis.away",
            f"Redis does not answer: {error}",
            "Start Redis, or correct HANSE_REDIS_URL. Acts are kept; live pages and workers wait for it.",
            error=str(error),
        )
        return
    yield healthy("redis.answers", f"Redis {info['redis_version']} answers", version=info["redis_version"])
    if not info.get("aof_enabled"):
        yield degraded(
            "redis.volatile",
            "Redis keeps nothing over a restart",
            "Set `appendonly yes`: without it, a restart loses hints, which the sweeps make up for more slowly.",
        )
    if info.get("maxmemory") and info.get("maxmemory_policy") != "noeviction":
        yield degraded(
            "redis.evicts",
            f"Redis throws away keys when it is full ({info['maxmemory_policy']})",
            "Set `maxmemory-policy noeviction`: the queues of the workers are keys, too.",
            policy=info["maxmemory_policy"],
        )
    theirs = datetime.fromtimestamp(int(seconds), UTC).replace(microsecond=int(microseconds))
    yield _compared(theirs, ours, whose="redis")


def check_disk() -> Iterator[Finding]:
    """Disks that this process writes to; one finding a disk."""
    places = {Path(settings.LOCAL_COMPUTE_DIRECTORY)} if settings.LOCAL_COMPUTE else set()
    if settings.OBJECTS_URL.startswith("file://"):
        places.add(Path(urlsplit(settings.OBJECTS_URL).path))
    disks = {path.stat().st_dev: path for path in map(_there, sorted(places))}
    for path in disks.values():
        total, _, free = shutil.disk_usage(path)
        share = free / total
        text = f"{free / 2**30:.1f} GiB ({share:.0%}) are free below {path}"
        values = {"path": str(path), "free_bytes": free, "share": round(share, 3)}
        if share >= LITTLE_SPACE:
            yield healthy("disk.free", text, **values)
        else:
            act = down if share < NO_SPACE else degraded
            fix = (
                "Delete what is not needed, or enlarge the disk: log archives and artifacts cannot be written without room."
            )
            yield act("disk.full", text, fix, **values)


def check_settings() -> Iterator[Finding]:
    if (settings.CONSOLE_DIRECTORY / "index.html").exists():
        yield healthy("console.built", f"The console is built; this is Hanse {settings.VERSION}", version=settings.VERSION)
    else:
        yield down("console.missing", "The console is not built", "Run `make console`.")
    if not settings.ENCRYPTION_KEYS:
        yield down(
            "keys.missing",
            "No key for secrets at rest is set",
            "Set HANSE_ENCRYPTION_KEYS; secrets can be neither stored nor read.",
        )


def _compared(theirs: datetime, ours: datetime, *, whose: str) -> Finding:
    seconds = abs((theirs - ours).total_seconds())
    if seconds <= CLOCKS_DIFFER_SECONDS:
        return healthy(f"clock.{whose}", f"Its clock agrees with ours to {seconds * 1000:.0f} ms", seconds=round(seconds, 3))
    return degraded(
        f"clock.{whose}-differs",
        f"Its clock differs from ours by {seconds:.1f} s",
        "Run a time service (chrony, systemd-timesyncd) on both machines: deadlines and leases compare the two clocks.",
        seconds=round(seconds, 1),
    )


def _migrations() -> Finding:
    try:
        executor = MigrationExecutor(connection)
        missing = [
            f"{migration.app_label}.{migration.name}"
            for migration, _ in executor.migration_plan(executor.loader.graph.leaf_nodes())
        ]
    except (DatabaseError, ImproperlyConfigured) as error:
        return down("migrations.unknown", f"The state of the tables cannot be read: {error}", "Run `manage.py migrate`.")
    if missing:
        return down(
            "migrations.missing",
            f"{len(missing)} migrations are not applied, the first is {missing[0]}",
            "Run `manage.py migrate` (with the database's owner), then restart the processes.",
            count=len(missing),
            first=missing[0],
        )
    return healthy("migrations.applied", "The tables are those of this release")


def _there(path: Path) -> Path:
    """The path, or the nearest parent that exists."""
    return next(each for each in (path, *path.parents) if each.exists())
