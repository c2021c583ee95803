"""Of tenants, mail and what the portal keeps."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from apps.core.ids import new_id
from apps.core.mail import Letter, send_mail
from apps.core.models import IdempotencyRecord, Operation
from apps.core.notifications import notify
from apps.monitoring.models import Notification
from apps.storage import services as storage
from apps.tenants import services as tenants
from apps.tenants.models import ApiToken, Project, Tenant
from tests.celery_workers.conftest import Portal
from tests.celery_workers.scenes.apps import an_app
from tests.celery_workers.scenes.clusters import _preflight
from tests.celery_workers.scenes.jobs import schedules_due
from tests.celery_workers.scenes.scene import FOREVER, Scene
from tests.factories import (
    make_code,
    make_secret,
    make_tenant,
    make_volume,
)


def old_rows(portal: Portal) -> dict[str, Any]:
    for age in (0, 25):
        IdempotencyRecord.objects.create(
            actor="user", route="/", key=f"{age} h", body_digest="", created_at=timezone.now() - timedelta(hours=age)
        )
    return {}


def mails_due(portal: Portal) -> dict[str, Any]:
    with transaction.atomic():
        for number in range(3):
            send_mail(address=f"person-{number}@example.org", letter=Letter("Hello", ["Hello."]), purpose="test")
    return {}


def things_happened(portal: Portal) -> dict[str, Any]:
    """Several jobs failed, and a token ends soon; a daily mail is due."""
    user_id = portal.actor.user_id
    past = timezone.now() - timedelta(minutes=5)
    ApiToken.objects.create(user_id=user_id, name="nightly", digest="x", expires_at=timezone.now() + timedelta(days=3))
    place = {"tenant_id": portal.project.tenant_id, "project_id": portal.project.pk}
    about = {"object_kind": "job", "path": "/", "user_id": user_id, **place}
    Notification.objects.create(code="job.stopped", severity="warning", object_id=new_id(), digest_at=past, **about)
    with transaction.atomic():
        for number in range(3):
            notify(
                "job.failed", object_kind="job", object_id=new_id(), path="/", to=[user_id], **place, name=f"job-{number}"
            )
    return {}


def a_project_to_remove(portal: Portal) -> dict[str, Any]:
    """One job of it still runs."""
    furnish(portal, portal.project)
    portal.until(portal.submit(*FOREVER), "running")
    tenants.remove_project(actor=portal.actor, project=portal.project, confirm=portal.project.slug)
    return {"project_id": str(portal.project.pk)}


def a_tenant_to_remove(portal: Portal) -> dict[str, Any]:
    """And its project, which must go first."""
    tenant = portal.project.tenant
    Tenant.objects.filter(pk=tenant.pk).update(phase="draining")
    tenants.remove_tenant(actor=portal.actor, tenant=tenant, confirm=tenant.slug)
    return {"tenant_id": str(tenant.pk)}


def places_to_remove(portal: Portal) -> dict[str, Any]:
    """A project in which nothing runs, and a tenant without any."""
    furnish(portal, portal.project)
    tenants.remove_project(actor=portal.actor, project=portal.project, confirm=portal.project.slug)
    empty = make_tenant(phase="draining")
    tenants.remove_tenant(actor=portal.actor, tenant=empty, confirm=empty.slug)
    return {}


def furnish(portal: Portal, project: Project) -> None:
    job = portal.submit("true")
    portal.until(job, "succeeded")
    portal.until_settled(job)
    place = {"tenant_id": project.tenant_id, "project_id": project.pk}
    storage.put(**place, producer_kind="job", producer_id=job.pk, purpose="artifact", name="model", source=b"model")
    make_code(project)
    make_secret(project)
    make_volume(project)
    schedules_due(portal)
    an_app(portal)


def operations_of_long_ago(portal: Portal) -> dict[str, Any]:
    """One that nobody carried out, one that nobody reads any more."""
    for age in (timedelta(minutes=3), timedelta(days=2)):
        Operation.objects.filter(pk=_preflight(portal).pk).update(created_at=timezone.now() - age)
    return {}


SCENES: dict[str, Scene] = {
    "core.operations": operations_of_long_ago,
    "core.sweep": old_rows,
    "mail.deliver": mails_due,
    "monitoring.deliver": things_happened,
    "monitoring.sweep": things_happened,
    "tenants.remove_project": a_project_to_remove,
    "tenants.remove_tenant": a_tenant_to_remove,
    "tenants.sweep": places_to_remove,
}
