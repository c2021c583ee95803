"""What all apps build on: live rows, reconciled rows, the outbox, idempotency records."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from typing import Any, ClassVar, Generic, Self, TypeVar
from uuid import UUID

from django.db import connection, models, transaction
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils import timezone

from apps.core.ids import new_id

Row = TypeVar("Row", bound=models.Model)
Wanted = TypeVar("Wanted", bound="Reconciled")


class TenantRows(models.QuerySet[Row]):
    """Rows that belong to tenants, read so that the size of a tenant does not matter."""

    def newest_per_tenant(
        self, tenant_ids: Sequence[UUID], *, before: UUID | None = None, limit: int, oldest: bool = False
    ) -> list[UUID]:
        """Ids of the `limit` newest (or oldest) rows of all given tenants, read as one top-N per tenant and merged.

        A plain `tenant_id IN (...)` reads and sorts every row of a large tenant (measured: 100-200 times slower under
        row-level security); one short index scan a tenant does not. Ids are time-ordered, so order by id is by age.
        """
        table = connection.ops.quote_name(self.model._meta.db_table)
        rows: Any = self.filter(pk__lt=before) if before else self
        # `extra`, since the ORM has no LATERAL; nothing of a user's enters the text, values travel as parameters.
        rows = rows.extra(where=[f"{table}.tenant_id = visible.tenant_id"])  # noqa: S610
        rows = rows.order_by("pk" if oldest else "-pk").values("pk")[:limit]
        inner, parameters = rows.query.sql_with_params()
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT page.id FROM unnest(%s::uuid[]) AS visible(tenant_id), LATERAL ({inner}) AS page(id)"  # noqa: S608
                f" ORDER BY page.id {'ASC' if oldest else 'DESC'} LIMIT %s",
                [[str(tenant_id) for tenant_id in tenant_ids], *parameters, limit],
            )
            return [row[0] for row in cursor.fetchall()]


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


class ReconciledRows(models.QuerySet[Wanted]):
    def due(self) -> Self:
        """Rows that a reconciler should look at: changed since it last did, or due by the clock."""
        return self.filter(Q(observed_generation__lt=F("generation")) | Q(next_reconcile_at__lte=Now()))

    @contextmanager
    def leased(self, pk: UUID, *, holder: str, seconds: int = 60) -> Iterator["Lease[Wanted] | None"]:
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
        lease = Lease(self, row)
        try:
            yield lease
        finally:
            self.filter(pk=pk, fence=row.fence).update(lease_holder="", lease_expires_at=None)


class Lease(Generic[Wanted]):
    """The right to carry out one row. `rounds()` goes round again when the row changed in the meantime."""

    def __init__(self, rows: ReconciledRows[Wanted], row: Wanted) -> None:
        self._rows, self._row = rows, row

    def rounds(self, most: int = 10) -> Iterator[Wanted]:
        """Yield the row as it is wanted now, until a round began with the newest generation."""
        for _ in range(most):
            row = self._rows.get(pk=self._row.pk)
            if row.fence != self._row.fence:
                return
            yield row
            if self._rows.filter(pk=row.pk, generation=row.generation).exists():
                return


class Reconciled(models.Model):
    """A row whose truth lives in another system: what is wanted here, what was last seen there."""

    generation = models.PositiveBigIntegerField(default=1, editable=False)
    observed_generation = models.PositiveBigIntegerField(default=0, editable=False)
    next_reconcile_at = models.DateTimeField(null=True, blank=True, editable=False)
    conditions = models.JSONField(default=list, editable=False)
    lease_holder = models.CharField(max_length=100, default="", blank=True, editable=False)
    lease_expires_at = models.DateTimeField(null=True, blank=True, editable=False)
    fence = models.PositiveBigIntegerField(default=0, editable=False)

    class Meta:
        abstract = True

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


class OutboxEvent(models.Model):
    """An event that the relay has not sent yet."""

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=40)
    object_id = models.UUIDField()
    version = models.PositiveBigIntegerField()
    tenant_id = models.UUIDField(null=True)
    project_id = models.UUIDField(null=True)
    op = models.CharField(max_length=8)
    created_at = models.DateTimeField(db_default=Now())


class OutboxHint(models.Model):
    """A hint that the relay has not sent yet."""

    id = models.BigAutoField(primary_key=True)
    task = models.CharField(max_length=80)
    arguments = models.JSONField(default=dict)
    created_at = models.DateTimeField(db_default=Now())


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

    class Meta:
        constraints = [models.UniqueConstraint(fields=["actor", "route", "key"], name="one_answer_a_key")]
