"""Whose jobs and templates they are, once that is somebody else."""

from apps.accounts.models import User
from apps.core.outbox import publish
from apps.jobs.models import Job, Template
from apps.jobs.services._life import audit, tell
from apps.jobs.services.templates import audit_template
from apps.tenants.actor import Actor


def give_job(*, actor: Actor, job: Job, to: User) -> None:
    """Name another as the one whose job it is (locked by the caller). What it used stays accounted to whoever used it."""
    before = {"submitted_by": job.submitted_by.label}
    job.submitted_by = to
    job.save(update_fields=["submitted_by"])
    tell(job, actor=actor, reason="transferred", message=f"Now of {to.name}.")
    publish(op="changed", subject=job)
    audit(job, "transfer", actor=actor, before=before, after={"submitted_by": to.label})


def give_template(*, actor: Actor, template: Template, to: User) -> None:
    """Name another as the one who keeps the template (locked by the caller)."""
    before = {"created_by": template.created_by.label if template.created_by else None}
    template.created_by = to
    template.save(update_fields=["created_by"])
    publish(op="changed", subject=template)
    audit_template("transfer", template, actor=actor, before=before, after={"created_by": to.label})
