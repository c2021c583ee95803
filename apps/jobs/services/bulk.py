"""One act on many jobs: each succeeds or is refused on its own."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from apps.core.errors import NotVisible, Problem
from apps.jobs.models import Job
from apps.jobs.services import acts
from apps.jobs.services.submit import submit_draft
from apps.quotas.models import Workload
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
    subjects = {"subject_kind": Job.live_kind, "subject_id__in": ids}
    # All locks first and in one order: the trail is locked by the first act, and two requests must not wait crosswise.
    list(Workload.objects.select_for_update(of=("self",)).filter(**subjects).order_by("pk").values_list("pk"))
    jobs = {
        job.pk: job for job in Job.objects.select_for_update(of=("self",)).filter(project=project, pk__in=ids).order_by("pk")
    }
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
