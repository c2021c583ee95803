"""Every act that changes a job, a template or a share."""

from apps.jobs.services._life import lock_all
from apps.jobs.services.acts import (
    cancel_job,
    change_job,
    delete_job,
    restore_job,
    resume_job,
    retry_job,
    suspend_job,
)
from apps.jobs.services.artifacts import add_artifact
from apps.jobs.services.bulk import act_on_jobs
from apps.jobs.services.clock import purge, remove_job, tick
from apps.jobs.services.observe import ReplicaSeen, not_reconciled, observe, reconciled
from apps.jobs.services.progress import report, report_progress
from apps.jobs.services.shares import share_job, unshare_job
from apps.jobs.services.submit import assess, clone_job, draft_job, submit_draft, submit_job
from apps.jobs.services.templates import change_template, create_template, delete_template, save_as_template

__all__ = [
    "ReplicaSeen",
    "act_on_jobs",
    "add_artifact",
    "assess",
    "cancel_job",
    "change_job",
    "change_template",
    "clone_job",
    "create_template",
    "delete_job",
    "delete_template",
    "draft_job",
    "lock_all",
    "not_reconciled",
    "observe",
    "purge",
    "reconciled",
    "remove_job",
    "report",
    "report_progress",
    "restore_job",
    "resume_job",
    "retry_job",
    "save_as_template",
    "share_job",
    "submit_draft",
    "submit_job",
    "suspend_job",
    "tick",
    "unshare_job",
]
