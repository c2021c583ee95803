"""What quotas tells a job of its workload, inside the transaction of the decision."""

from django.utils import timezone

from apps.jobs.models import PLACED, Job, JobPhase
from apps.jobs.services._life import begin_attempt, move, save
from apps.jobs.services.submit import note_resources
from apps.quotas import services as quotas
from apps.quotas.models import Workload
from apps.tenants.actor import system_actor

ADMISSION = system_actor("admission")


class JobsWorkload:
    """A job as the subject of a workload. Quotas holds the workload's lock when it calls."""

    def admitted(self, workload: Workload) -> None:
        """Begin an attempt where it was admitted."""
        job, now = _job_of(workload), timezone.now()
        generation = job.generation
        job.cluster = workload.cluster
        job.quota_held = True
        note_resources(job, workload)
        job.admitted_at = now
        begin_attempt(job, workload=workload)
        where = f" in {workload.cluster.name}" if workload.cluster else ""
        move(job, JobPhase.ADMITTED, actor=ADMISSION, reason="admitted", message=f"Got its quota{where}.", now=now)
        save(job, generation_before=generation)

    def evicted(self, workload: Workload, *, reason: str, message: str) -> None:
        """Stop the replicas; the job queues again when they are gone. One that is going already goes its own way."""
        job = _job_of(workload)
        if job.phase not in PLACED:
            return
        generation = job.generation
        # Also when no replica is wanted already (it waits to restart): so that the reconciler looks, and reports.
        job.generation += 1
        move(job, JobPhase.PREEMPTED, actor=ADMISSION, reason=reason, message=message, now=timezone.now())
        save(job, generation_before=generation)

    def waiting(self, workload: Workload) -> None:
        """Keep why it waits with the job, so that lists and events show it."""
        found = quotas.explain(workload)
        job = _job_of(workload)
        why, position = found["sentence"][:500], found["position"]
        if (job.why, job.queue_position) == (why, position) or job.phase != JobPhase.QUEUED:
            return
        job.why, job.queue_position = why, position
        save(job, generation_before=job.generation)


def _job_of(workload: Workload) -> Job:
    return Job.objects.select_for_update(of=("self",)).get(pk=workload.subject_id)
