"""The relay: moves events from the outbox to the streams of tenants and users, and hints to Celery.

One runs at a time (`watch` holds the lock). A row is deleted after it was sent, so a crash in between only repeats:
readers ignore a version that is not newer than theirs, and tasks may run twice. What cannot be sent waits in PostgreSQL.
"""

import select
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from itertools import groupby
from threading import Event as Flag
from typing import Any
from uuid import UUID

import structlog
from django.db import InterfaceError, OperationalError, connection
from kombu.exceptions import OperationalError as BrokerError
from redis.exceptions import RedisError

from apps.core import live, outbox
from apps.core.models import OutboxEvent, OutboxHint
from apps.core.tracing import Context
from apps.core.written import encoded
from apps.monitoring import streams
from celery_workers.context import CONTEXT_HEADER

BATCH = 500
IDLE_SECONDS = 1.0
LONGEST_PAUSE_SECONDS = 10.0
# A larger object is not sent: its readers are told that it changed, and ask for it.
MOST_DOCUMENT_BYTES = 64 * 1024

Send = Callable[[str, dict[str, Any], Context], None]
_log = structlog.get_logger(__name__)


class Relay:
    """`send` hands a hint to Celery, as (task, arguments, context)."""

    def __init__(self, send: Send) -> None:
        self._send = send

    def run(self, stop: Flag) -> None:
        """Move what comes until `stop` is set; survives restarts of PostgreSQL, Redis and the broker."""
        pause = 0.0
        while not stop.wait(pause):
            try:
                self._listen()
                while not stop.is_set():
                    moved = self.move_events() + self.move_hints()
                    pause = 0.0
                    if not moved:
                        self._wait()
            except (OperationalError, InterfaceError, RedisError, BrokerError, OSError) as error:
                pause = min(pause * 2 or 0.25, LONGEST_PAUSE_SECONDS)
                _log.warning("relay-interrupted", error=str(error), again_in_seconds=pause)
                connection.close()
        connection.close()

    def move_events(self) -> int:
        """Send the oldest events and delete them; returns how many rows that were."""
        rows = list(OutboxEvent.objects.order_by("id")[:BATCH])
        if not rows:
            return 0
        newest = _coalesced(rows)
        documents = {
            kind: _rendered(kind, [row.object_id for row in of_kind if row.op != "removed"])
            for kind, of_kind in _by_kind(newest).items()
        }
        per_stream: dict[str, list[streams.Event]] = defaultdict(list)
        for row in newest:
            per_stream[_stream_of(row)].append(_event(row, documents[row.kind]))
        for stream, events in per_stream.items():
            streams.add_events(stream, events)
        OutboxEvent.objects.filter(pk__in=[row.pk for row in rows]).delete()
        return len(rows)

    def move_hints(self) -> int:
        """Send the oldest hints, each once, and delete them; returns how many rows that were."""
        rows = list(OutboxHint.objects.order_by("id")[:BATCH])
        sent: set[tuple[str, bytes]] = set()
        for row in rows:
            hint = (row.task, encoded(sorted(row.arguments.items())))
            if hint not in sent:
                self._send(row.task, row.arguments, row.context or {})
                sent.add(hint)
        if rows:
            OutboxHint.objects.filter(pk__in=[row.pk for row in rows]).delete()
        return len(rows)

    def _listen(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"LISTEN {outbox.CHANNEL}")

    def _wait(self) -> None:
        """Sleep until an act notifies, at most a second: a notification may be lost, a row is not."""
        postgres = connection.connection
        if postgres is None:
            raise OperationalError("the connection that listens is gone")
        with connection.wrap_database_errors:
            # What was notified during a query has been received already.
            if postgres.notifies or select.select([postgres], [], [], IDLE_SECONDS)[0]:
                postgres.poll()
                postgres.notifies.clear()


def send_to_celery(task: str, arguments: dict[str, Any], context: Context) -> None:
    """Hand a hint to Celery, at once or not at all: what is not sent stays in the outbox."""
    from portal.celery import app

    app.send_task(task, kwargs=arguments, headers={CONTEXT_HEADER: context}, retry=False)


def _coalesced(rows: Iterable[OutboxEvent]) -> list[OutboxEvent]:
    """One event an object, at the place of its last: what it was in between, nobody can ask for any more."""
    last: dict[tuple[str, UUID], OutboxEvent] = {}
    for row in rows:
        before = last.pop((row.kind, row.object_id), None)
        if before is not None and before.op == "added" and row.op == "changed":
            row.op = "added"
        last[row.kind, row.object_id] = row
    return list(last.values())


def _by_kind(rows: Iterable[OutboxEvent]) -> dict[str, list[OutboxEvent]]:
    ordered = sorted(rows, key=lambda row: row.kind)
    return {kind: list(of_kind) for kind, of_kind in groupby(ordered, key=lambda row: row.kind)}


def _rendered(kind: str, ids: list[UUID]) -> Mapping[UUID, Mapping[str, Any]]:
    """Documents of the objects as they are now; those that cannot be rendered are missing, for readers can ask."""
    if not ids:
        return {}
    try:
        return live.renderer(kind)(ids)
    except (OperationalError, InterfaceError):
        raise
    except Exception:  # noqa: BLE001
        # One faulty renderer must not hold up the events of all tenants.
        _log.exception("kind-not-rendered", kind=kind)
        return {}


def _stream_of(row: OutboxEvent) -> str:
    return streams.user_key(row.user_id) if row.user_id else streams.events_key(row.tenant_id)


def _event(row: OutboxEvent, documents: Mapping[UUID, Mapping[str, Any]]) -> streams.Event:
    document = documents.get(row.object_id) if row.op != "removed" else None
    version = max(row.version, int(document["version"])) if document else row.version
    if document is not None and len(encoded(document)) > MOST_DOCUMENT_BYTES:
        document = None
    return streams.Event(row.kind, row.object_id, row.project_id, version, row.op, document)
