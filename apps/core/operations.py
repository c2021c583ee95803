"""Answers that another system has to give: asked for in a request, found out by a worker, told as an event.

A request that needs one answers 202 with the operation. Whoever asked hears of its end on their own stream, or reads it.
Tasks may be run twice; what is lost is sent again, until it is given up. What takes long says how far it is: it works for a
while, then asks for its next turn, and is given up only when nobody says anything of it any more.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from apps.core.errors import Problem, SecretShown, Unavailable
from apps.core.models import Operation, OperationState
from apps.core.outbox import hint, publish

SENT_AGAIN_AFTER, GIVEN_UP_AFTER = timedelta(seconds=20), timedelta(minutes=2)
SECRET_KEPT = timedelta(minutes=10)
KEPT = timedelta(hours=24)


def begin(*, user_id: UUID, kind: str, task: str, subject_kind: str, subject_id: UUID, **ids: UUID | str | int) -> Operation:
    """Ask a worker to run `task`, which is given `operation_id`; `ids` are for it to read in `arguments`."""
    operation = Operation.objects.create(
        user_id=user_id,
        kind=kind,
        task=task,
        subject_kind=subject_kind,
        subject_id=subject_id,
        arguments={name: str(value) if isinstance(value, UUID) else value for name, value in ids.items()},
    )
    publish(op="added", subject=operation)
    hint(task, operation_id=operation.pk)
    return operation


def pending(operation_id: UUID) -> Operation | None:
    """The operation, when it still has to be carried out."""
    return Operation.objects.filter(pk=operation_id, state=OperationState.PENDING).first()


@transaction.atomic
def progress(*, operation_id: UUID, result: dict[str, Any], again: bool = False) -> bool:
    """Write down how far it is; False when it is over. `again`: have its task run once more, behind what waits."""
    operation = Operation.objects.select_for_update().filter(pk=operation_id, state=OperationState.PENDING).first()
    if operation is None:
        return False
    changed = operation.result != result
    operation.result, operation.progressed_at = result, timezone.now()
    operation.save(update_fields=["result", "progressed_at"])
    if changed:
        publish(op="changed", subject=operation)
    if again:
        hint(operation.task, operation_id=operation.pk)
    return True


@transaction.atomic
def finish(
    *, operation_id: UUID, result: dict[str, Any] | None = None, problem: Problem | None = None, secret: str = ""
) -> None:
    """Write down what came of it, once: whoever is second changes nothing. Without a result, that of its progress stays.

    secret: in no answer and no event, but for `take_secret`.
    """
    operation = Operation.objects.select_for_update().filter(pk=operation_id, state=OperationState.PENDING).first()
    if operation is None:
        return
    operation.state = OperationState.FAILED if problem else OperationState.SUCCEEDED
    operation.result = result if result is not None else operation.result
    operation.problem = problem.as_document() if problem else None
    operation.finished_at = timezone.now()
    operation.secret = secret
    operation.save(update_fields=["state", "result", "problem", "secret", "finished_at"])
    publish(op="changed", subject=operation)


@transaction.atomic
def take_secret(operation_id: UUID) -> str:
    """What the operation was for, once. Raises SecretShown."""
    operation = Operation.objects.select_for_update().get(pk=operation_id)
    secret, operation.secret = operation.secret, ""
    if not secret:
        raise SecretShown("It was shown before, was not fetched in time, or there is none.")
    operation.save(update_fields=["secret"])
    publish(op="changed", subject=operation)
    return str(secret)


def look_after(*, now: datetime) -> None:
    """Send again what nobody carried out, give up what is too old, forget what is over."""
    late = Operation.objects.filter(state=OperationState.PENDING)
    for operation in late.filter(progressed_at__lt=now - GIVEN_UP_AFTER):
        detail = f"No worker was at it for {GIVEN_UP_AFTER.seconds} s; an operator can look at the page Health."
        finish(operation_id=operation.pk, problem=Unavailable(detail))
    with transaction.atomic():
        for operation in late.filter(progressed_at__lt=now - SENT_AGAIN_AFTER):
            hint(operation.task, operation_id=operation.pk)
    Operation.objects.filter(finished_at__lt=now - SECRET_KEPT).exclude(secret="").update(secret="")
    Operation.objects.filter(created_at__lt=now - KEPT).delete()


def documents(ids: Iterable[UUID]) -> dict[UUID, dict[str, Any]]:
    return {operation.pk: document(operation) for operation in Operation.objects.filter(pk__in=list(ids))}


def document(operation: Operation) -> dict[str, Any]:
    fields = ("id", "version", "kind", "subject_kind", "subject_id", "state", "result", "problem", "created_at")
    return {
        **{name: getattr(operation, name) for name in (*fields, "finished_at")},
        "has_secret": bool(operation.secret),
    }
