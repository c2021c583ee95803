"""Working directories that are no longer wanted: by the fault policy's `clean`, or because the job was purged."""

from apps.jobs.fault_policy import Clean
from apps.jobs.models import ENDED, Job, JobPhase
from celery_workers.local import replicas
from celery_workers.local.runner import cgroup


def tidy_directories() -> None:
    """Delete what ended jobs do not keep. Directories that are still followed are left for the next time."""
    cgroup.remove_empty()
    kept = replicas.kept_jobs()
    open_jobs = {directory.job_id for directory in replicas.opened()}
    jobs = {job.pk: job for job in Job.objects.filter(pk__in=kept).only("phase", "spec")}
    for job_id in kept:
        job = jobs.get(job_id)
        if job_id in open_jobs:
            continue
        if job is None:
            replicas.remove_job(job_id)
        elif job.phase in ENDED and _is_cleaned(job):
            replicas.remove_work(job_id)


def _is_cleaned(job: Job) -> bool:
    clean = job.parsed_spec().fault_policy.clean
    return clean is Clean.ALL or (clean is Clean.SUCCEEDED and job.phase == JobPhase.SUCCEEDED)
