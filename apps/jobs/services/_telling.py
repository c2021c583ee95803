"""What people are told of a job."""

from apps.core.notifications import notify
from apps.jobs.models import Job, JobPhase
from apps.tenants.actor import Actor
from apps.tenants.models import Project

# phase that a job comes into -> what its submitter is told.
_TOLD = {
    JobPhase.SUCCEEDED: "job.succeeded",
    JobPhase.FAILED: "job.failed",
    JobPhase.PREEMPTED: "job.preempted",
}


def tell_submitter(job: Job, *, before: str) -> None:
    """Tell whoever submitted it that it succeeded, failed or was preempted, when it is only now so."""
    phase = JobPhase(job.phase)
    if phase in _TOLD and phase != before:
        _notify(_TOLD[phase], job, message=job.message, reason=job.reason)


def tell_that_stopped(job: Job, *, actor: Actor, message: str) -> None:
    """Tell whoever submitted it that somebody else cancelled or suspended it."""
    if actor.user_id != job.submitted_by_id:
        _notify("job.stopped", job, what=job.phase, actor=actor.label, message=message)


def _notify(code: str, job: Job, **arguments: str) -> None:
    project = Project.objects.select_related("tenant").get(pk=job.project_id)
    tenant = project.tenant.slug
    notify(
        code,
        object_kind=Job.live_kind,
        object_id=job.pk,
        path=f"/t/{tenant}/p/{project.slug}/jobs/{job.pk}",
        to=[job.submitted_by_id],
        tenant_id=job.tenant_id,
        project_id=job.project_id,
        name=job.name,
        tenant=tenant,
        project=project.slug,
        **arguments,
    )
