"""The audit trail: ids and names, no foreign keys, so that it outlives what it speaks of. One hash chain a tenant."""

from typing import ClassVar
from uuid import UUID

from django.db import connection, models
from django.db.models import Q
from django.utils import timezone

from apps.core.ids import new_id

PLATFORM_CHAIN = UUID(int=0)
GENESIS = "0" * 64


class AuditChainQuerySet(models.QuerySet["AuditChain"]):
    """In SQL as it is sent: every act that changes anything asks these, and others wait for whoever holds the head."""

    def held(self, tenant_id: UUID) -> "AuditChain":
        """The head of this chain, begun when there is none, which nobody else gets before the transaction ends."""
        asked = "SELECT tenant_id, sequence, hash FROM audit_auditchain WHERE tenant_id = %s FOR UPDATE"
        for head in self.raw(asked, [tenant_id]):
            return head
        self.bulk_create([AuditChain(tenant_id=tenant_id)], ignore_conflicts=True)
        return self.held(tenant_id)

    def extend(self, entry: "AuditEntry") -> None:
        """Let the chain, which is held, end with this entry."""
        with connection.cursor() as cursor:
            changed = "UPDATE audit_auditchain SET sequence = %s, hash = %s WHERE tenant_id = %s"
            cursor.execute(changed, [entry.sequence, entry.hash, entry.tenant_id])


class AuditChain(models.Model):
    """The head of one tenant's chain (the platform's own has the nil id). Its row lock orders the entries."""

    tenant_id = models.UUIDField(primary_key=True)
    sequence = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, default=GENESIS)

    objects: ClassVar[AuditChainQuerySet] = AuditChainQuerySet.as_manager()  # type: ignore[assignment]


class AuditEntry(models.Model):
    """Who did what to which object. Append-only: a trigger refuses changes (see the second migration)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tenant_id = models.UUIDField()
    sequence = models.PositiveBigIntegerField()
    at = models.DateTimeField(default=timezone.now)
    actor_id = models.UUIDField()
    actor_label = models.CharField(max_length=254)
    token_id = models.UUIDField(null=True)
    token_label = models.CharField(max_length=100, blank=True)
    on_behalf_of_id = models.UUIDField(null=True, help_text="As whom the actor looked, when support did.")
    on_behalf_of_label = models.CharField(max_length=254, blank=True)
    action = models.CharField(max_length=60)
    project_id = models.UUIDField(null=True)
    subject_kind = models.CharField(max_length=40)
    subject_id = models.CharField(max_length=60)
    subject_label = models.CharField(max_length=254, blank=True)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    address = models.CharField(max_length=60, blank=True)
    request_id = models.CharField(max_length=60, blank=True)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tenant_id", "sequence"], name="audit_sequence_without_gaps")]
        indexes = [
            models.Index(fields=["tenant_id", "-id"], name="trail_of_tenant"),
            models.Index(fields=["tenant_id", "subject_id", "-id"], name="trail_of_subject"),
            models.Index(fields=["tenant_id", "actor_id", "-id"], name="trail_of_actor"),
            models.Index(fields=["tenant_id", "action", "-id"], name="trail_of_action"),
            models.Index(fields=["tenant_id", "subject_kind", "-id"], name="trail_of_kind"),
            models.Index(fields=["tenant_id", "address", "-id"], name="trail_of_address"),
            models.Index(fields=["tenant_id", "request_id", "-id"], name="trail_of_request"),
            models.Index(
                fields=["tenant_id", "token_id", "-id"], condition=Q(token_id__isnull=False), name="trail_of_token"
            ),
            models.Index(
                fields=["tenant_id", "on_behalf_of_id", "-id"],
                condition=Q(on_behalf_of_id__isnull=False),
                name="trail_on_behalf_of",
            ),
        ]
