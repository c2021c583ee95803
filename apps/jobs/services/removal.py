"""Taking the jobs and schedules of a project away, some at a time; each is a transaction of its own."""

from uuid import UUID

from django.db import transaction

from apps.jobs.errors import ActNotPossible
from apps.jobs.models import ACTS, Job, Schedule
from apps.jobs.services._life import locked_if_there
from apps.jobs.services.acts import cancel_job
from apps.jobs.services.clock import remove_job
from apps.jobs.services.schedules import remove_schedule
from apps.tenants.services import REMOVER


def remove_schedules_of(*, project_id: UUID, most: int) -> None:
    """Remove some schedules of a project."""
    for pk in list(Schedule.objects.filter(project_id=project_id).values_list("pk", flat=True)[:most]):
        with transaction.atomic():
            schedule = Schedule.objects.select_for_update(of=("self",)).filter(pk=pk).first()
            if schedule is not None:
                remove_schedule(schedule=schedule)


def stop_jobs_of(*, project_id: UUID, most: int) -> None:
    """Cancel some of the jobs that are not over in a project that is being removed."""
    for job in list(Job.objects.filter(project_id=project_id, phase__in=ACTS["cancel"]).order_by("pk")[:most]):
        try:
            cancel_job(actor=REMOVER, job=job, reason="project-removed", message="Cancelled: the project is being removed.")
        except (ActNotPossible, Job.DoesNotExist):  # somebody else was quicker
            continue


@transaction.atomic
def remove_stopped_job(*, job_id: UUID) -> None:
    """Remove a job of which nothing runs any more, whatever its retention; another is left as it is."""
    job = locked_if_there(job_id)
    if job is not None and not Job.objects.going().filter(pk=job_id).exists():
        remove_job(job=job)
