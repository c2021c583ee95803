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
from apps.jobs.services.clock import purge, tick
from apps.jobs.services.due import run_due_schedules
from apps.jobs.services.images import pull_image
from apps.jobs.services.inputs import (
    begin_fetch,
    cannot_start,
    code_failed,
    code_fetched,
    code_unavailable,
    due_fetches,
    forget_unused_code,
    note_credentials,
)
from apps.jobs.services.manifests import show_manifests
from apps.jobs.services.observe import ReplicaSeen, log_ended, not_reconciled, observe, reconciled, would_restart
from apps.jobs.services.progress import enter_report, report, report_progress
from apps.jobs.services.removal import remove_schedules_of, remove_stopped_job, stop_jobs_of
from apps.jobs.services.schedules import (
    change_schedule,
    create_schedule,
    delete_schedule,
    pause_schedule,
    resume_schedule,
    run_schedule_now,
)
from apps.jobs.services.shares import share_job, share_job_with_group, unshare_job
from apps.jobs.services.shells import Shell, begin_exec, end_exec, permit_exec
from apps.jobs.services.submit import assess, clone_job, draft_job, rerun_job, submit_draft, submit_job
from apps.jobs.services.templates import change_template, create_template, delete_template, save_as_template
from apps.jobs.services.transfer import give_job, give_template

__all__ = [
    "ReplicaSeen",
    "Shell",
    "act_on_jobs",
    "add_artifact",
    "assess",
    "begin_exec",
    "begin_fetch",
    "cancel_job",
    "cannot_start",
    "change_job",
    "change_schedule",
    "change_template",
    "clone_job",
    "code_failed",
    "code_fetched",
    "code_unavailable",
    "create_schedule",
    "create_template",
    "delete_job",
    "delete_schedule",
    "delete_template",
    "draft_job",
    "due_fetches",
    "end_exec",
    "enter_report",
    "forget_unused_code",
    "give_job",
    "give_template",
    "lock_all",
    "log_ended",
    "not_reconciled",
    "note_credentials",
    "observe",
    "pause_schedule",
    "permit_exec",
    "pull_image",
    "purge",
    "reconciled",
    "remove_schedules_of",
    "remove_stopped_job",
    "report",
    "report_progress",
    "rerun_job",
    "restore_job",
    "resume_job",
    "resume_schedule",
    "retry_job",
    "run_due_schedules",
    "run_schedule_now",
    "save_as_template",
    "share_job",
    "share_job_with_group",
    "show_manifests",
    "stop_jobs_of",
    "submit_draft",
    "submit_job",
    "suspend_job",
    "tick",
    "unshare_job",
    "would_restart",
]
