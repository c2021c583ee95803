"""Of apps."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from apps.inference import services as inference
from apps.inference.models import App, AppReplica
from apps.inference.spec import AppSpec
from tests.celery_workers.conftest import Portal
from tests.celery_workers.scenes.scene import FOREVER, Scene


def an_app(portal: Portal) -> App:
    spec = AppSpec.model_validate({"command": FOREVER, "cpu_millicores": 50})
    return inference.create_app(actor=portal.actor, project=portal.project, name="digits", spec=spec, replicas=2)


def an_app_that_has_its_quota(portal: Portal) -> dict[str, Any]:
    deployed = an_app(portal)
    inference.roll_out(app_id=deployed.pk)
    portal.admit()
    return {"app_id": str(deployed.pk)}


def apps_due(portal: Portal) -> dict[str, Any]:
    """And a replica that is over for long."""
    deployed = an_app(portal)
    place = {"tenant": portal.project.tenant, "project": portal.project, "app": deployed}
    over = {"number": 0, "revision": 1, "phase": "stopped", "finished_at": timezone.now() - timedelta(days=9)}
    AppReplica.objects.create(**place, **over)
    return {}


SCENES: dict[str, Scene] = {
    "inference.reconcile": an_app_that_has_its_quota,
    "inference.sweep": apps_due,
}
