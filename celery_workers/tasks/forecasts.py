from django.utils import timezone

from apps.forecasts.services import samples
from portal.celery import app


@app.task(name="forecasts.forget", acks_late=True)
def forget(**_newer_arguments: object) -> None:
    """Drop the weeks of samples and forecasts that are no longer kept."""
    samples.forget_old(now=timezone.now())
