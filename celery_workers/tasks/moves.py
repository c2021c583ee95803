from uuid import UUID

from celery_workers.moves import learning
from portal.celery import app


@app.task(name="moves.learn", acks_late=True)
def learn(*, operation_id: str, **_newer_arguments: object) -> None:
    """Learn from the records of a place."""
    learning.learn(UUID(operation_id))


@app.task(name="moves.estimate", acks_late=True)
def estimate(*, operation_id: str, **_newer_arguments: object) -> None:
    """Say how long a move would take."""
    learning.estimate(UUID(operation_id))
