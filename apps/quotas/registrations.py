"""What quotas answer to questions of lower apps."""

from typing import Any
from uuid import UUID

from apps.core import live, registries
from apps.core.outbox import publish
from apps.core.registries import Casualty
from apps.quotas.figures import quota_documents
from apps.quotas.models import Quota, Workload
from apps.quotas.services.workloads import wake
from apps.tenants.models import REMOVED


def register() -> None:
    live.register("quota", quota_documents, seen_from_projects=True)
    registries.casualties.register("quota", casualties)
    registries.tenant_changes.register("quota", tenant_changed)


def casualties(tenant_id: UUID, project_id: UUID | None, phase: str) -> list[Casualty]:
    """A tenant that is removed gives its quotas back. They run nothing themselves, so no other change touches them."""
    if phase != REMOVED or project_id is not None:
        return []
    quotas = Quota.objects.filter(tenant_id=tenant_id).select_related("cluster").order_by("cluster__slug")
    return [Casualty("quota", quota.pk, f"Quota in {quota.cluster.slug}", "Is given back.") for quota in quotas]


def tenant_changed(actor: Any, tenant_id: UUID, project_id: UUID | None, phase: str) -> None:
    """Let admission look again: a suspended tenant's work is explained anew, an active one's may start.

    What is left of workloads and quotas goes with a removed tenant or project; the ledger stays.
    """
    if phase == REMOVED:
        scope = {"tenant_id": tenant_id} if project_id is None else {"project_id": project_id}
        Workload.objects.filter(**scope).delete()
        if project_id is None:
            for quota in Quota.objects.filter(tenant_id=tenant_id):
                publish(op="removed", subject=quota)
    wake(None)
