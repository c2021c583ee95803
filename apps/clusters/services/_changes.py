"""Changing rows that have a generation."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from apps.audit import services as audit
from apps.clusters.models import AdmittedBy, Cluster, Flavor
from apps.core.outbox import hint
from apps.tenants.actor import Actor


def apply(row: Cluster | Flavor, changes: Mapping[str, Any], allowed: Sequence[str]) -> dict[str, Any]:
    """Set what differs, raise the generation, save; the old values of what differed."""
    before = {name: getattr(row, name) for name in allowed if name in changes and changes[name] != getattr(row, name)}
    if before:
        for name in before:
            setattr(row, name, changes[name])
        row.generation += 1
        row.save(update_fields=[*before, "generation"])
    return before


def write_queues(cluster_id: UUID | None = None) -> None:
    """Have what Kueue goes by written anew, in the cluster or in all: flavors, quotas, priorities changed."""
    admitting = Cluster.objects.filter(admission=AdmittedBy.KUEUE)
    if cluster_id is not None:
        admitting = admitting.filter(pk=cluster_id)
    for pk in admitting.values_list("pk", flat=True):
        hint("kubernetes.write_queues", cluster_id=pk)


def record(actor: Actor, action: str, kind: str, row: Cluster | Flavor, before: dict[str, Any]) -> None:
    after = {name: getattr(row, name) for name in before}
    audit.record(actor=actor, action=action, kind=kind, subject_id=row.pk, label=str(row), before=before, after=after)
