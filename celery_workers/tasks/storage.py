from apps.storage import services
from portal.celery import app

MOST_BATCHES = 20


@app.task(name="storage.sweep", acks_late=True)
def sweep(**_newer_arguments: object) -> None:
    """Delete objects that were given up."""
    for _ in range(MOST_BATCHES):
        if not services.sweep():
            return
