"""One act on many jobs: each succeeds or is refused on its own."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from apps.core.errors import NotVisible, Problem
from apps.jobs.models import Job
from apps.jobs.services import acts
from apps.jobs.services._life import lock_all
from apps.jobs.services.submit import submit_draft
from apps.tenants.actor import Actor
from apps.tenants.models import Project

_ACTS = {
    "submit": submit_draft,
    "cancel": acts.cancel_job,
    "suspend": acts.suspend_job,
    "resume": acts.resume_job,
    "retry": acts.retry_job,
    "delete": acts.delete_job,
    "restore": acts.restore_job,
}


@transaction.atomic
def act_on_jobs(*, actor: Actor, project: Project, act: str, ids: Sequence[UUID]) -> list[tuple[UUID, Problem | None]]:
    """Do `act` to each job of the project, in the order given; with each comes the problem that it was refused with."""
    jobs = {job.pk: job for job in lock_all(Job.objects.filter(project=project, pk__in=ids))}
    return [(job_id, _refusal(act, jobs.get(job_id), actor=actor)) for job_id in dict.fromkeys(ids)]


def _refusal(act: str, job: Job | None, *, actor: Actor) -> Problem | None:
    if job is None:
        return NotVisible()
    try:
        with transaction.atomic():
            _ACTS[act](actor=actor, job=job)
    except Problem as problem:
        return problem
    return None
