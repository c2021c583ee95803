"""Writing the trail, and checking it."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

import orjson
from django.db import transaction

from apps.audit.models import GENESIS, PLATFORM_CHAIN, AuditChain, AuditEntry
from apps.core.inserts import insert


class Who(Protocol):
    """What the trail needs of an actor (tenants.Actor is one; audit lies below tenants and does not import it)."""

    @property
    def user_id(self) -> UUID: ...
    @property
    def label(self) -> str: ...
    @property
    def token_id(self) -> UUID | None: ...
    @property
    def token_label(self) -> str: ...
    @property
    def on_behalf_of_id(self) -> UUID | None: ...
    @property
    def on_behalf_of_label(self) -> str: ...
    @property
    def request_id(self) -> str: ...
    @property
    def address(self) -> str: ...


@transaction.atomic(savepoint=False)
def record(
    *,
    actor: Who,
    action: str,
    kind: str,
    subject_id: UUID | str,
    label: str = "",
    tenant_id: UUID | None = None,
    project_id: UUID | None = None,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> AuditEntry:
    """Append an entry to the tenant's chain (the platform's when `tenant_id` is None).

    Call it last in an act's transaction: it locks the chain's head until the commit. Secrets never belong in
    `before` and `after`.
    """
    chain_id = tenant_id or PLATFORM_CHAIN
    head = AuditChain.objects.held(chain_id)
    entry = AuditEntry(
        tenant_id=chain_id,
        sequence=head.sequence + 1,
        actor_id=actor.user_id,
        actor_label=actor.label,
        token_id=actor.token_id,
        token_label=actor.token_label,
        on_behalf_of_id=actor.on_behalf_of_id,
        on_behalf_of_label=actor.on_behalf_of_label,
        action=action,
        project_id=project_id,
        subject_kind=kind,
        subject_id=str(subject_id),
        subject_label=label[:254],
        before=_plain(before),
        after=_plain(after),
        address=actor.address,
        request_id=actor.request_id,
        previous_hash=head.hash,
    )
    entry.hash = _digest(entry)
    insert(entry)
    AuditChain.objects.extend(entry)
    return entry


@dataclass(frozen=True)
class Break:
    """A place where a chain does not hold."""

    tenant_id: UUID
    sequence: int
    what: str


def breaks(tenant_id: UUID) -> Iterator[Break]:
    """Walk a chain and yield each place where an entry was changed, or one is missing, also at the end."""
    previous, sequence = GENESIS, 0
    for entry in AuditEntry.objects.filter(tenant_id=tenant_id).order_by("sequence").iterator():
        if entry.sequence != sequence + 1:
            yield Break(tenant_id, sequence + 1, f"{entry.sequence - sequence - 1} entries are missing")
        elif entry.previous_hash != previous:
            yield Break(tenant_id, entry.sequence, "it does not follow from the entry before")
        if entry.hash != _digest(entry):
            yield Break(tenant_id, entry.sequence, "its content was changed")
        previous, sequence = entry.hash, entry.sequence
    head = AuditChain.objects.filter(pk=tenant_id).first()
    if head is None or (head.sequence, head.hash) != (sequence, previous):
        yield Break(tenant_id, sequence + 1, "the chain's head names another last entry")


def _plain(state: dict[str, Any] | None) -> Any:
    """The state as JSON will give it back, so that its digest is the same tomorrow."""
    return None if state is None else orjson.loads(orjson.dumps(state, default=str))


# Fields that came later are part of the digest where they say something, so that the chains before them still hold.
# Emptying one that was written, or filling one that was not, changes the digest as any other change does.
_LATER = ("on_behalf_of_id", "on_behalf_of_label")


def _digest(entry: AuditEntry) -> str:
    fields = {
        field.attname: getattr(entry, field.attname) for field in AuditEntry._meta.concrete_fields if field.attname != "hash"
    }
    for name in _LATER:
        if not fields[name]:
            del fields[name]
    return hashlib.sha256(orjson.dumps(fields, option=orjson.OPT_SORT_KEYS)).hexdigest()
