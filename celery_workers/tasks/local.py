from celery_workers.local import serving, tidy
from portal.celery import app


@app.task(name="local.tidy", acks_late=True)
def tidy_directories(**_newer_arguments: object) -> None:
    """Delete working directories that nobody will ask for."""
    tidy.tidy_directories()
    serving.tidy()
