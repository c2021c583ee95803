from uuid import UUID

from django.utils import timezone

from apps.forecasts.services import runs, samples
from celery_workers.forecasts import scoring, sending, trying
from portal.celery import app


@app.task(name="forecasts.run", acks_late=True)
def run(*, run_id: str, **_newer_arguments: object) -> None:
    """Carry a run of forecasts on."""
    sending.work(UUID(run_id))


@app.task(name="forecasts.sweep", acks_late=True)
def sweep(**_newer_arguments: object) -> None:
    """Begin the standing forecasts when it is time, and have runs that nobody is at carried on."""
    now = timezone.now()
    runs.begin_standing(now=now)
    runs.carry_on(now=now)


@app.task(name="forecasts.score", acks_late=True)
def score(**_newer_arguments: object) -> None:
    """Say how good forecasts were whose first day has come."""
    scoring.score_due(now=timezone.now())


@app.task(name="forecasts.evaluate", acks_late=True)
def evaluate(**_newer_arguments: object) -> None:
    """Try the engines when it is time, and move them between stages as trials and days that came have shown."""
    trying.try_all(now=timezone.now())


@app.task(name="forecasts.forget", acks_late=True)
def forget(**_newer_arguments: object) -> None:
    """Drop the weeks of samples and forecasts that are no longer kept."""
    samples.forget_old(now=timezone.now())
