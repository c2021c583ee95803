"""What all apps build on: live rows, reconciled rows, the outbox (events, hints, mail), idempotency records."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any, ClassVar, Generic, Self, TypeVar
from uuid import UUID

from django.db import connection, models, transaction
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils import timezone

from apps.core.fields import EncryptedTextField, ListedJSONField
from apps.core.ids import Ids, new_id
from apps.core.sentences import in_english, read_said
from apps.core.written import encoded

Row = TypeVar("Row", bound=models.Model)
Wanted = TypeVar("Wanted", bound="Reconciled")
# What cannot be carried out is tried again after a pause that doubles.
FIRST_PAUSE_SECONDS, MOST_PAUSE_SECONDS = 10, 300
# What a holder that died held is carried out by another after this, at its next sweep: within a minute all in all.
LEASE_SECONDS = 30


class TenantRows(models.QuerySet[Row]):
    """Rows that belong to tenants and projects, read so that the size of these does not matter.

    `places` are ids by the column that holds them: {"tenant_id": Ids(…), "project_id": Ids(…)}; no row may be in two.
    A plain `tenant_id IN (...)` reads and sorts every row of a large tenant, where one short index scan a place does not.
    """

    def newest_of(self, places: Mapping[str, Ids], *, limit: int, oldest: bool = False) -> list[UUID]:
        """Ids of the `limit` newest (or oldest) rows of all places. Ids are time-ordered, so order by id is by age."""
        each, parameters = self.order_by("pk" if oldest else "-pk")._of_each(places, limit)
        order = "ASC" if oldest else "DESC"
        sql = f"SELECT page.id FROM ({each}) AS page ORDER BY 1 {order} LIMIT %s"  # noqa: S608
        return [pk for (pk,) in _rows(sql, *parameters, limit)]

    def count_of(self, places: Mapping[str, Ids], *, most: int) -> int:
        """How many rows all places have, counted up to `most`."""
        each, parameters = self.order_by()._of_each(places, most)
        ((count,),) = _rows(f"SELECT count(*) FROM ({each} LIMIT %s) AS counted", *parameters, most)  # noqa: S608
        return int(count)

    def _of_each(self, places: Mapping[str, Ids], limit: int) -> tuple[str, list[Any]]:
        """SQL that gives the ids of the first `limit` rows of each place."""
        table = connection.ops.quote_name(self.model._meta.db_table)
        parts, parameters = [], list[Any]()
        for column, ids in places.items():
            # `extra`, since the ORM has no LATERAL; nothing of a user's enters the text, values travel as parameters.
            rows: Any = self.extra(where=[f"{table}.{column} = place.id"]).values("pk")[:limit]  # noqa: S610
            inner, of_inner = rows.query.sql_with_params()
            parts.append(f"SELECT page.id FROM unnest(%s::uuid[]) AS place(id), LATERAL ({inner}) AS page(id)")  # noqa: S608
            parameters += [ids.array, *of_inner]
        return " UNION ALL ".join(parts), parameters


def _rows(sql: str, *parameters: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return list(cursor.fetchall())


class Live(models.Model):
    """A row that browsers follow. `version` grows with every event about it."""

    live_kind: ClassVar[str]

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    version = models.PositiveBigIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        abstract = True

    @property
    def live_tenant_id(self) -> UUID | None:
        """Whose stream its events go to; None is the platform's own, which only platform roles read."""
        return getattr(self, "tenant_id", None)

    @property
    def live_project_id(self) -> UUID | None:
        return getattr(self, "project_id", None)

    @property
    def live_user_id(self) -> UUID | None:
        """Whose own stream its events go to, instead of a tenant's: what concerns one user in all their tenants."""
        return None


class ReconciledRows(models.QuerySet[Wanted]):
    def due(self) -> Self:
        """Rows that a reconciler should look at: changed since it last did, or due by the clock.

        One that could not be carried out is left alone until its pause is over; a new generation ends the pause.
        """
        wanting = Q(observed_generation__lt=F("generation")) | Q(next_reconcile_at__lte=Now())
        return self.filter(wanting, Q(retry_at=None) | Q(retry_at__lte=Now()))

    @contextmanager
    def leased(self, pk: UUID, *, holder: str, seconds: int = LEASE_SECONDS) -> Iterator["Lease[Wanted] | None"]:
        """Hold the row's lease while the block runs; yields None when somebody else holds it.

        Taking and giving back are short transactions of their own: none is open while the block talks to other
        systems. A holder that dies is out after `seconds`; whatever it reports later carries an old fence and is refused.
        """
        with transaction.atomic():
            now = timezone.now()
            taken = self.filter(Q(lease_expires_at=None) | Q(lease_expires_at__lt=now), pk=pk).update(
                lease_holder=holder, lease_expires_at=now + timedelta(seconds=seconds), fence=F("fence") + 1
            )
            row = self.filter(pk=pk).first() if taken else None
        if row is None:
            yield None
            return
        lease = Lease(self, row, seconds=seconds)
        try:
            yield lease
        finally:
            self.filter(pk=pk, fence=row.fence).update(lease_holder="", lease_expires_at=None)


class Lease(Generic[Wanted]):
    """The right to carry out one row. `rounds()` goes round again when the row changed in the meantime."""

    def __init__(self, rows: ReconciledRows[Wanted], row: Wanted, *, seconds: int) -> None:
        self._rows, self._row, self._seconds = rows, row, seconds

    def rounds(self, most: int = 10) -> Iterator[Wanted]:
        """Yield the row as it is wanted now, until a round began with the newest generation, or ended with its removal."""
        for _ in range(most):
            row = self._rows.filter(pk=self._row.pk, fence=self._row.fence).first()
            if row is None:
                return
            yield row
            if self._rows.filter(pk=row.pk, generation=row.generation).exists():
                return

    def renew(self, row: Wanted) -> bool:
        """Hold it for as long again, in the middle of a long round; False when there is no use in going on.

        That is when somebody else holds it by now, or when the row is wanted otherwise than `row` says.
        """
        until = timezone.now() + timedelta(seconds=self._seconds)
        held = self._rows.filter(pk=row.pk, fence=self._row.fence)
        return bool(held.filter(generation=row.generation).update(lease_expires_at=until))


class Reconciled(models.Model):
    """A row whose truth lives in another system: what is wanted here, what was last seen there."""

    generation = models.PositiveBigIntegerField(default=1, editable=False)
    observed_generation = models.PositiveBigIntegerField(default=0, editable=False)
    next_reconcile_at = models.DateTimeField(null=True, blank=True, editable=False)
    conditions = ListedJSONField(default=list, editable=False)
    # Of the newest generation: how often it could not be carried out, and until when nobody tries.
    failed_tries = models.PositiveIntegerField(default=0, editable=False)
    retry_at = models.DateTimeField(null=True, blank=True, editable=False)
    lease_holder = models.CharField(max_length=100, default="", blank=True, editable=False)
    lease_expires_at = models.DateTimeField(null=True, blank=True, editable=False)
    fence = models.PositiveBigIntegerField(default=0, editable=False)

    class Meta:
        abstract = True

    def pause(self, *, now: datetime) -> None:
        """Count one more try that failed, and wait longer before the next."""
        self.failed_tries += 1
        seconds = min(FIRST_PAUSE_SECONDS * 2 ** min(self.failed_tries - 1, 10), MOST_PAUSE_SECONDS)
        self.retry_at = now + timedelta(seconds=seconds)

    def end_pause(self) -> None:
        self.failed_tries, self.retry_at = 0, None

    def set_condition(self, type_: str, *, status: bool | None, reason: str, message: str = "") -> bool:
        """Record a condition as Kubernetes does; `since` moves only when `status` does. True when anything changed."""
        value = {True: "True", False: "False", None: "Unknown"}[status]
        known: dict[str, Any] = next((c for c in self.conditions if c["type"] == type_), {})
        condition = {
            "type": type_,
            "status": value,
            "reason": reason,
            "message": message,
            "since": known["since"] if known.get("status") == value else timezone.now().isoformat(),
        }
        if condition == known:
            return False
        self.conditions = [c for c in self.conditions if c["type"] != type_] + [condition]
        return True


class RemovableRows(ReconciledRows[Wanted]):
    def to_remove(self) -> Self:
        """Rows that a worker is to take apart, without those that pause after a failure."""
        return self.filter(Q(retry_at=None) | Q(retry_at__lte=Now()), deleting_at__isnull=False)

    def staying(self) -> Self:
        """Without those that are being removed."""
        return self.filter(deleting_at=None)


class Removable(Reconciled):
    """A row that goes last: an act sets `deleting_at`, then workers take away all that belongs to it, piece by piece."""

    deleting_at = models.DateTimeField(null=True, editable=False, help_text="When its removal was asked for.")
    removal = models.JSONField(
        default=dict, editable=False, help_text='{"total", "left": {kind: count}, "said": what it waits for}.'
    )

    class Meta:
        abstract = True

    @property
    def removal_progress(self) -> dict[str, Any] | None:
        """As RemovalOutput shows it."""
        if self.deleting_at is None:
            return None
        said = read_said(self.removal["said"])
        left = [{"kind": kind, "count": count} for kind, count in sorted(self.removal["left"].items())]
        return {
            "since": self.deleting_at,
            "total": self.removal["total"],
            "left": left,
            "why": in_english(said),
            "said": said,
        }


class OutboxEvent(models.Model):
    """An event that the relay has not sent yet."""

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=40)
    object_id = models.UUIDField()
    version = models.PositiveBigIntegerField()
    tenant_id = models.UUIDField(null=True)
    project_id = models.UUIDField(null=True)
    user_id = models.UUIDField(null=True, help_text="Of what only this user follows; then there is no tenant.")
    op = models.CharField(max_length=8)
    created_at = models.DateTimeField(db_default=Now())


class OutboxHint(models.Model):
    """A hint that the relay has not sent yet."""

    id = models.BigAutoField(primary_key=True)
    task = models.CharField(max_length=80)
    arguments = models.JSONField(default=dict)
    context = models.JSONField(null=True, help_text="The request that left it, and its trace.")
    created_at = models.DateTimeField(db_default=Now())


class OutboxNotification(models.Model):
    """Something that people are to be told, and that has not been told yet (apps/core/notifications.py)."""

    id = models.BigAutoField(primary_key=True)
    code = models.CharField(max_length=60)
    tenant_id = models.UUIDField(null=True)
    project_id = models.UUIDField(null=True)
    object_kind = models.CharField(max_length=40)
    object_id = models.UUIDField()
    path = models.CharField(max_length=300)
    user_ids = models.JSONField(default=list)
    arguments = models.JSONField(default=dict)
    created_at = models.DateTimeField(default=timezone.now)


class MailPhase(models.TextChoices):
    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"


class OutboxMail(models.Model):
    """A mail to one person, written in the transaction of what it tells of, carried out by a worker.

    waiting -> sent | failed (refused for good, or tried for days) ; failed -> waiting (tried again by an administrator)

    Its Message-ID follows from its id, so that a mail which a crash made us send twice is one mail to who receives it.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    purpose = models.CharField(max_length=60, help_text="A code, such as notification or password-reset.")
    user_id = models.UUIDField(null=True, help_text="Whose mail it is, when they have an account.")
    address = models.EmailField()
    subject = models.CharField(max_length=200)
    # They may hold a link that lets somebody in. Emptied once they are sent.
    text = EncryptedTextField()
    html = EncryptedTextField()
    unsubscribe_path = models.CharField(max_length=200, blank=True, help_text="Where one says that one wants no more.")
    phase = models.CharField(max_length=10, choices=MailPhase.choices, default=MailPhase.WAITING)
    attempts = models.PositiveIntegerField(default=0)
    error = models.CharField(max_length=500, blank=True, help_text="What the last attempt failed of.")
    created_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(default=timezone.now)
    leased_until = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["due_at"], condition=Q(phase="waiting"), name="mail_due"),
            models.Index(fields=["user_id", "id"], name="mail_of_user"),
            models.Index(fields=["phase", "-id"], name="mail_by_phase"),
            models.Index(fields=["finished_at"], condition=Q(finished_at__isnull=False), name="mail_finished"),
        ]


class OperationState(models.TextChoices):
    PENDING = "pending"
    SUCCEEDED = "succeeded"
    FAILED = "failed"


class Operation(Live):
    """What a request asked another system, and what came of it (apps/core/operations.py). Only its user sees it.

    pending -> succeeded | failed
    """

    live_kind: ClassVar[str] = "operation"

    user_id = models.UUIDField()
    kind = models.CharField(max_length=60)
    task = models.CharField(max_length=80)
    subject_kind = models.CharField(max_length=40)
    subject_id = models.UUIDField()
    arguments = models.JSONField(default=dict, help_text="Ids and words; never a secret.")
    state = models.CharField(max_length=10, choices=OperationState.choices, default=OperationState.PENDING)
    result = models.JSONField(null=True)
    problem = models.JSONField(null=True)
    secret = EncryptedTextField(default="", help_text="What is to be shown once; empty when it was, or is none.")
    progressed_at = models.DateTimeField(default=timezone.now, help_text="When a worker last told how far it is.")
    finished_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["created_at"], name="operation_by_age"),
            models.Index(fields=["progressed_at"], condition=Q(state="pending"), name="operation_pending"),
        ]

    @property
    def live_user_id(self) -> UUID:
        return self.user_id


class IdempotencyRecordQuerySet(models.QuerySet["IdempotencyRecord"]):
    def held(self, *, actor: str, route: str, key: str, body_digest: str) -> "IdempotencyRecord":
        """The record of this key, made when there is none, which nobody else gets before the transaction ends."""
        table = connection.ops.quote_name(self.model._meta.db_table)
        # Raw, for one statement makes it or waits for it; changing nothing is what locks one that is there.
        rows = self.raw(
            f"INSERT INTO {table} (actor, route, key, body_digest, headers, created_at) "  # noqa: S608
            "VALUES (%s, %s, %s, %s, '{}', %s) "
            f"ON CONFLICT (actor, route, key) DO UPDATE SET key = {table}.key RETURNING *",
            [actor, route, key, body_digest, timezone.now()],
        )
        return next(iter(rows))

    def answer(self, record: "IdempotencyRecord", status: int, body: Any, headers: Mapping[str, str]) -> None:
        """Write down what a request was answered, for whoever comes with its key again. None: it had no body."""
        table = connection.ops.quote_name(self.model._meta.db_table)
        written = None if body is None else encoded(body).decode()
        with connection.cursor() as cursor:
            cursor.execute(
                f"UPDATE {table} SET status = %s, answer = %s, headers = %s WHERE id = %s",  # noqa: S608
                [status, written, encoded(headers).decode(), record.pk],
            )


class IdempotencyRecord(models.Model):
    """What one POST with an Idempotency-Key was answered, for 24 hours; written in the transaction of its act."""

    id = models.BigAutoField(primary_key=True)
    actor = models.CharField(max_length=60)
    route = models.CharField(max_length=300)
    key = models.CharField(max_length=200)
    body_digest = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(null=True)
    answer = models.JSONField(null=True)
    headers = models.JSONField(default=dict)
    created_at = models.DateTimeField(default=timezone.now, db_index=True)

    objects: ClassVar[IdempotencyRecordQuerySet] = IdempotencyRecordQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [models.UniqueConstraint(fields=["actor", "route", "key"], name="one_answer_a_key")]
