"""What monitoring answers to questions of core."""

from uuid import UUID

from apps.monitoring import services
from apps.tenants.actor import Actor
from apps.tenants.models import REMOVED


def tenant_changed(actor: Actor, tenant_id: UUID, project_id: UUID | None, phase: str) -> None:
    """Nothing is told any more of what is gone."""
    if phase == REMOVED:
        services.forget_notifications_in(tenant_id=tenant_id, project_id=project_id)
