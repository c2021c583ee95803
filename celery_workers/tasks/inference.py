from uuid import UUID

from apps.inference import services
from apps.inference.models import App
from celery_workers import serve
from portal.celery import app

MOST_AT_ONCE, EXPIRES_SECONDS = 200, 60


@app.task(name="inference.reconcile", acks_late=True)
def reconcile(*, app_id: str, **_newer_arguments: object) -> None:
    """Make what is there of an app be what is wanted."""
    serve.reconcile_app(UUID(app_id))


@app.task(name="inference.sweep", acks_late=True)
def sweep(**_newer_arguments: object) -> None:
    """Look again at every app whose hint may have been lost, and drop what is over for long."""
    services.forget_old()
    services.forget_old_traffic()
    for app_id in App.objects.due().order_by("?").values_list("pk", flat=True)[:MOST_AT_ONCE]:
        reconcile.apply_async(kwargs={"app_id": str(app_id)}, expires=EXPIRES_SECONDS)
