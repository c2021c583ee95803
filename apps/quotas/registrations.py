"""What quotas answer to questions of lower apps."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from apps.clusters import services as clusters
from apps.core import live, registries
from apps.core.notifications import register as register_notifications
from apps.core.outbox import publish
from apps.core.registries import Toll
from apps.core.sentences import say
from apps.quotas import notifications, words
from apps.quotas.api.asking import QuotaRequestOutput
from apps.quotas.figures import quota_documents
from apps.quotas.models import Quota, QuotaRequest, Workload
from apps.quotas.services.holding import wake
from apps.tenants.models import REMOVED


def register() -> None:
    words.register()
    live.register("quota", quota_documents, seen_from_projects=True)
    live.register(QuotaRequest.live_kind, _requests, permission="quotas.view", seen_from_projects=True)
    register_notifications(*notifications.KINDS)
    registries.tolls.register("quota", toll)
    registries.tenant_changes.register("quota", tenant_changed)


def _requests(ids: Iterable[UUID]) -> dict[UUID, dict[str, Any]]:
    rows = QuotaRequest.objects.all().with_names().filter(pk__in=list(ids))
    return {row.pk: dict(QuotaRequestOutput(row).data) for row in rows}


def toll(tenant_id: UUID, project_id: UUID | None, phase: str) -> Toll | None:
    """A tenant that is removed gives its quotas back. They run nothing themselves, so no other change touches them."""
    if phase != REMOVED or project_id is not None:
        return None
    quotas = Quota.objects.filter(tenant_id=tenant_id).select_related("cluster")
    return Toll("quota", say("effect-given-back"), quotas, name=lambda quota: quota.cluster.slug)


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
    clusters.write_queues()
