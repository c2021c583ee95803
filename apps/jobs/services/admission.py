"""What quotas tells a job of its workload, inside the transaction of the decision."""

from typing import Any

from django.utils import timezone

from apps.jobs.models import PLACED, WANTED, Job, JobPhase
from apps.jobs.services._life import RESIZED, begin_attempt, give_places, move, save
from apps.jobs.services.inputs import pin_secrets
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
        pin_secrets(job)
        begin_attempt(job, workload=workload)
        where = f" in {workload.cluster.name}" if workload.cluster else ""
        move(job, JobPhase.ADMITTED, actor=ADMISSION, reason="admitted", message=f"Got its quota{where}.", now=now)
        save(job, generation_before=generation)

    def evicted(self, workload: Workload, *, reason: str, message: str, said: list[dict[str, Any]]) -> None:
        """Stop the replicas; the job queues again when they are gone. One that is going already goes its own way."""
        job = _job_of(workload)
        if job.phase not in PLACED:
            return
        generation = job.generation
        # Also when no replica is wanted already (it waits to restart): so that the reconciler looks, and reports.
        job.generation += 1
        move(job, JobPhase.PREEMPTED, actor=ADMISSION, reason=reason, message=message, now=timezone.now())
        job.said = said
        save(job, generation_before=generation)

    def waiting(self, workload: Workload) -> None:
        """Keep why it waits with the job, so that lists and events show it."""
        found = quotas.explain(workload)
        job = _job_of(workload)
        why, position = found["sentence"][:500], found["position"]
        waits = job.phase == JobPhase.QUEUED or (job.phase in WANTED and not job.spec["gang"])
        if (job.why, job.queue_position) == (why, position) or not waits:
            return
        job.why, job.said, job.queue_position = why, found["said"], position
        save(job, generation_before=job.generation)

    def may_grow(self, workload: Workload) -> bool:
        """Not one that was told to stop and still holds its quota, nor one that waits to be tried again."""
        return Job.objects.filter(pk=workload.subject_id, phase__in=WANTED).exists()

    def grown(self, workload: Workload) -> None:
        """Start more independent replicas; an elastic job starts anew with more."""
        job = _job_of(workload)
        generation = job.generation
        if job.spec["gang"]:
            count = sum(workload.admitted_counts.values())
            _resize(job, f"There is room for more: it starts anew with {count} replicas.")
        else:
            give_places(job, workload=workload)
            job.why = ""
            job.generation += 1
        save(job, generation_before=generation)

    def shrinking(self, workload: Workload, *, message: str) -> None:
        """Start an elastic job anew with fewer replicas; its quota is free when the old ones are gone."""
        job = _job_of(workload)
        generation = job.generation
        if job.phase in WANTED:
            _resize(job, message)
        elif job.phase == JobPhase.RESTARTING and job.restart_at is not None:  # in its back-off nothing of it runs
            quotas.finish_shrinking(workload=workload)
        save(job, generation_before=generation)

    def path(self, workload: Workload) -> str:
        return f"/t/{workload.tenant.slug}/p/{workload.project.slug}/jobs/{workload.subject_id}"


def _resize(job: Job, message: str) -> None:
    move(job, JobPhase.RESTARTING, actor=ADMISSION, reason=RESIZED, message=message, now=timezone.now())


def _job_of(workload: Workload) -> Job:
    return Job.objects.select_for_update(of=("self",)).get(pk=workload.subject_id)
