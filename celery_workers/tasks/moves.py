from uuid import UUID

from django.utils import timezone

from celery_workers.moves import advising, executing, learning, planning
from portal.celery import app


@app.task(name="moves.learn", acks_late=True)
def learn(*, operation_id: str, **_newer_arguments: object) -> None:
    """Learn from the records of a place."""
    learning.learn(UUID(operation_id))


@app.task(name="moves.estimate", acks_late=True)
def estimate(*, operation_id: str, **_newer_arguments: object) -> None:
    """Say how long a move would take."""
    learning.estimate(UUID(operation_id))


@app.task(name="moves.windows", acks_late=True)
def windows(*, operation_id: str, **_newer_arguments: object) -> None:
    """Say when moving a machine hurts least."""
    advising.windows(UUID(operation_id))


@app.task(name="moves.plan", acks_late=True)
def plan(*, plan_id: str, **_newer_arguments: object) -> None:
    """Make a plan that was asked for."""
    planning.make(UUID(plan_id))


@app.task(name="moves.sweep", acks_late=True)
def sweep(**_newer_arguments: object) -> None:
    """Carry on with plans that were approved, and have plans made that nobody is at."""
    executing.carry_on(now=timezone.now())
