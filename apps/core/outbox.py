"""Events and hints: written in the transaction of the act, sent after its commit by the relay.

An event says "this object is now different" to whoever looks at it. A hint says "this is worth a look now" to a worker;
losing one costs time only, for the sweeps look at everything that is due.
"""

from typing import Any, Literal
from uuid import UUID

from django.db import connection, models, transaction

from apps.core.inserts import insert
from apps.core.models import Live, OutboxEvent, OutboxHint
from apps.core.tracing import carried

Op = Literal["added", "changed", "removed"]
CHANNEL = "hanse_outbox"


def publish(*, op: Op, subject: Live) -> None:
    """Announce a change of `subject` and raise its version, so that readers can tell old from new."""
    if op == "changed":
        type(subject)._default_manager.filter(pk=subject.pk).update(version=models.F("version") + 1)
        subject.version = type(subject)._default_manager.values_list("version", flat=True).get(pk=subject.pk)
    _require_transaction()
    insert(
        OutboxEvent(
            kind=subject.live_kind,
            object_id=subject.pk,
            version=subject.version + (op == "removed"),
            tenant_id=subject.live_tenant_id,
            project_id=subject.live_project_id,
            user_id=subject.live_user_id,
            op=op,
        )
    )
    _wake_relay()


def hint(task: str, **ids: UUID | str | int) -> None:
    """Ask a worker to run `task` soon. Ids only: never a secret, never a value that may be old by then."""
    _require_transaction()
    arguments = {name: _plain(value) for name, value in ids.items()}
    OutboxHint.objects.create(task=task, arguments=arguments, context=carried())
    _wake_relay()


def _plain(value: UUID | str | int) -> Any:
    return str(value) if isinstance(value, UUID) else value


def _require_transaction() -> None:
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("events and hints belong to the transaction of an act")


def _wake_relay() -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"NOTIFY {CHANNEL}")  # PostgreSQL sends one notification a transaction, however often asked
