"""What becomes of apps when their tenant, project or owner goes."""

from uuid import UUID

from django.db import transaction

from apps.accounts.models import User
from apps.core.outbox import publish
from apps.core.registries import in_place
from apps.inference.models import App
from apps.inference.services._life import audit, lock_app, lock_apps
from apps.inference.services.deploy import delete_app, stop_app
from apps.tenants.actor import Actor


def stop_apps_of(*, actor: Actor, tenant_id: UUID, project_id: UUID | None) -> None:
    """Stop every app of a tenant, or of one project of it."""
    for app in lock_apps(in_place(App.objects.kept(), tenant_id, project_id).filter(stopped=False)):
        stop_app(actor=actor, app=app)


def delete_apps_of(*, actor: Actor, project_id: UUID, most: int) -> None:
    """Let some of the apps of a project go that is being removed."""
    for app in App.objects.kept().filter(project_id=project_id).order_by("pk")[:most]:
        delete_app(actor=actor, app=app)


@transaction.atomic
def give_app(*, actor: Actor, app: App, to: User) -> None:
    """Name `to` as the one as whom replicas ask for quota from now on."""
    found = lock_app(app.pk)
    if found is None:
        return
    before = {"owner": found.owner.email}
    found.owner = to
    found.save(update_fields=["owner"])
    publish(op="changed", subject=found)
    audit(found, "give", actor=actor, before=before, after={"owner": to.email})
