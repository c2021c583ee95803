"""What the world sees of a job: one document for lists, the single job and events, made without a serializer.

Lists show hundreds of rows to many readers, so the columns are read as tuples and put into a dict by hand: a serializer
costs four times the processor time. Nothing here depends on the reader.
"""

from collections.abc import Iterable
from datetime import datetime
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from apps.accounts.models import User
from apps.core.sentences import Said, as_json, in_english, say
from apps.core.written import AsWritten
from apps.jobs.cron import next_due
from apps.jobs.failures import DICTIONARY, code_of
from apps.jobs.models import (
    Artifact,
    CodeState,
    Job,
    JobCode,
    JobPhase,
    JobShare,
    Replica,
    ReplicaPhase,
    Schedule,
    Template,
    acts_in,
)
from apps.jobs.placement import pod_name
from apps.jobs.spec import JobSpec, without_values
from apps.quotas import services as quotas
from apps.quotas.models import Workload

# `pk` and `id` are one column: paging asks for the first, the document shows the second.
COLUMNS = (
    "pk",
    "version",
    "generation",
    "tenant_id",
    "tenant__slug",
    "project_id",
    "project__slug",
    "name",
    "description",
    "labels",
    "framework",
    "priority",
    "phase",
    "reason",
    "message",
    "attempt",
    "restarts",
    "replicas_wanted",
    "replicas_running",
    "quota_held",
    "resources",
    "cluster_id",
    "cluster__slug",
    "queue_position",
    "why",
    "said",
    "progress",
    "eta_seconds",
    "metrics",
    "submitted_by_id",
    "submitted_by__name",
    "submitted_by__kind",
    "schedule_id",
    "schedule_name",
    "created_at",
    "queued_at",
    "admitted_at",
    "started_at",
    "finished_at",
    "deadline_at",
    "restart_at",
    "deleted_at",
    "purge_at",
    "conditions",
)
Document = dict[str, Any]


def rows_of(jobs: QuerySet[Job]) -> QuerySet[Any, Any]:
    """The jobs as named tuples of the columns that a document needs."""
    return jobs.values_list(*COLUMNS, named=True)


def rows_as_written(jobs: QuerySet[Job]) -> QuerySet[Any, Any]:
    """The same for documents that are only written into an answer."""
    rows = rows_of(jobs)
    rows._iterable_class = AsWritten
    return rows


def documents(rows: Iterable[Any]) -> list[Document]:
    return [document(row) for row in rows]


def document(row: Any) -> Document:
    """One row of `rows_of` as its document; ids and moments are as they were read, and become text where JSON is written."""
    return {
        "id": row.pk,
        "version": row.version,
        "generation": row.generation,
        "tenant_id": row.tenant_id,
        "tenant_slug": row.tenant__slug,
        "project_id": row.project_id,
        "project_slug": row.project__slug,
        "name": row.name,
        "description": row.description,
        "labels": row.labels,
        "framework": row.framework,
        "priority": row.priority,
        "phase": row.phase,
        "reason": row.reason,
        "message": row.message,
        "attempt": row.attempt,
        "restarts": row.restarts,
        "replicas": {"wanted": row.replicas_wanted, "running": row.replicas_running},
        "stopping": row.quota_held and row.replicas_running > 0 and row.phase not in _STARTED,
        "resources": row.resources,
        "cluster": {"id": row.cluster_id, "slug": row.cluster__slug} if row.cluster_id else None,
        "queue_position": row.queue_position,
        "why": row.why or None,
        "said": row.said,
        "progress": row.progress,
        "eta_seconds": row.eta_seconds,
        "metrics": row.metrics,
        "failure": failure_of(row.phase, row.reason),
        "submitted_by": {
            "id": row.submitted_by_id,
            "name": row.submitted_by__name,
            "kind": row.submitted_by__kind,
        },
        "schedule": {"id": row.schedule_id, "name": row.schedule_name} if row.schedule_id else None,
        "acts": acts_in(row.phase, in_bin=row.deleted_at is not None),
        "created_at": row.created_at,
        "queued_at": row.queued_at,
        "admitted_at": row.admitted_at,
        "started_at": row.started_at,
        "finished_at": row.finished_at,
        "deadline_at": row.deadline_at,
        "restart_at": row.restart_at,
        "deleted_at": row.deleted_at,
        "purge_at": row.purge_at,
        "conditions": row.conditions,
    }


_STARTED = frozenset({JobPhase.ADMITTED, JobPhase.STARTING, JobPhase.RUNNING})


def failure_of(phase: str, reason: str) -> Document | None:
    """What the dictionary says about a failed job's reason, or about why it is tried again."""
    if phase not in (JobPhase.FAILED, JobPhase.RESTARTING) or reason not in DICTIONARY:
        return None
    return DICTIONARY[reason].as_json()


def render_jobs(ids: Iterable[UUID]) -> dict[UUID, Document]:
    """Documents by id, for events."""
    return {row.pk: document(row) for row in rows_of(Job.objects.filter(pk__in=list(ids)))}


def job_document(job_id: UUID, *, values: bool) -> Document:
    """The document of one job with what only its own page needs: the spec, and what its needs were resolved to.

    values: whether the reader may see the values of its variables.
    """
    row = Job.objects.filter(pk=job_id).values_list(*COLUMNS, "spec", "resolved", named=True).get()
    return {**document(row), "spec": shown_spec(row.spec, values=values), "resolved": row.resolved}


def new_job_document(job: Job, *, values: bool) -> Document:
    """The same of a job that this transaction has just made, out of what is known of it instead of what would be read."""
    name, kind = User.objects.filter(pk=job.submitted_by_id).values_list("name", "kind").get()
    elsewhere = {
        "tenant__slug": job.tenant.slug,
        "project__slug": job.project.slug,
        "cluster__slug": job.cluster.slug if job.cluster else None,
        "submitted_by__name": name,
        "submitted_by__kind": kind,
    }
    row = SimpleNamespace(**elsewhere, **{column: getattr(job, column) for column in COLUMNS if column not in elsewhere})
    return {**document(row), "spec": job.spec if values else without_values(job.spec), "resolved": job.resolved}


def shown_spec(spec: Document, *, values: bool) -> Document:
    """A stored specification as it is now, with or without the values of its variables."""
    whole = JobSpec.model_validate(spec).as_json()
    return whole if values else without_values(whole)


def why_document(job: Job) -> Document:
    """Why a job is where it is: of one that waits what admission found, of a failed one what the dictionary says."""
    document = {
        "phase": job.phase,
        "sentence": job.message,
        "said": job.said,
        "reason": job.reason,
        "position": None,
        "asked": job.resources,
        "could_fit": [],
        "free": [],
        "ahead": 0,
        "helps": [],
        "bound": None,
        "never": False,
        "cluster": job.cluster.slug if job.cluster else None,
        "reserved_since": None,
        "failure": failure_of(job.phase, job.reason),
    }
    workload = Workload.objects.select_related("cluster").filter(subject_kind=Job.live_kind, subject_id=job.pk).first()
    if job.phase == JobPhase.QUEUED and workload is not None and not job.quota_held:
        found = quotas.explain(workload)
        document |= {key: found[key] for key in document if key in found}
    if waits := _waits_for_code(job):
        # Before what a queued job waits for besides; of another, `said` is how it came to its place.
        besides = job.phase == JobPhase.QUEUED
        document["sentence"] = f"{in_english(waits)} {document['sentence'] if besides else ''}".strip()
        document["said"] = [*as_json(waits), *(document["said"] if besides else [])]
    return document


def _waits_for_code(job: Job) -> list[Said]:
    """What a job that is queued or has its place says while its code is being fetched."""
    if job.phase not in (JobPhase.QUEUED, JobPhase.ADMITTED, JobPhase.STARTING):
        return []
    row = JobCode.objects.filter(job=job, state=CodeState.PENDING).first()
    if row is None:
        return []
    url = job.spec["source"]["git"]["url"]
    if row.tries and row.next_try_at:
        return [say("waits-code-again", url=url, problem=row.message.rstrip(".") + ".", at=row.next_try_at)]
    return [say("waits-code", url=url)]


def replica_document(replica: Replica, command: list[str]) -> Document:
    """A replica; of a failed one with what the dictionary says about its end."""
    failure = None
    if replica.phase in (ReplicaPhase.FAILED, ReplicaPhase.LOST):
        failure = DICTIONARY[code_of(replica, command=command)].as_json()
    return {
        "id": str(replica.pk),
        "attempt": replica.attempt,
        "role": replica.role,
        "index": replica.index,
        "rank": replica.rank,
        "node": replica.node,
        "phase": replica.phase,
        "exit_code": replica.exit_code,
        "signal": replica.signal,
        "reason": replica.reason,
        "message": replica.message,
        "pod": pod_name(replica.job_id, replica.attempt, replica.rank) if replica.made_at else None,
        "failure": failure,
        "made_at": _moment(replica.made_at),
        "scheduled_at": _moment(replica.scheduled_at),
        "started_at": _moment(replica.started_at),
        "finished_at": _moment(replica.finished_at),
    }


def artifact_document(artifact: Artifact, *, needed: bool) -> Document:
    """An artifact (read it with `select_related("stored")`). `needed`: by others than its job."""
    return {
        "id": str(artifact.pk),
        "attempt": artifact.attempt,
        "rank": artifact.rank,
        "name": artifact.name,
        "size_bytes": artifact.stored.size_bytes,
        "sha256": artifact.stored.sha256,
        "media_type": artifact.stored.media_type,
        "needed": needed,
        "created_at": _moment(artifact.created_at),
    }


def share_document(share: JobShare) -> Document:
    """A share (with its group): it says nothing of the account that has the address, nor whether there is one."""
    group = {"id": str(share.group.pk), "name": share.group.name} if share.group else None
    return {"id": share.pk, "email": share.email, "group": group}


def template_document(template: Template, *, values: bool) -> Document:
    """A template with the slug of its tenant (read it with `select_related("tenant", "created_by")`).

    values: whether the reader may see the values of its variables. Those of the platform's gallery are for everybody.
    """
    return {
        "id": str(template.pk),
        "version": template.version,
        "generation": template.generation,
        "tenant_id": str(template.tenant_id) if template.tenant_id else None,
        "tenant_slug": template.tenant.slug if template.tenant else None,
        "name": template.name,
        "description": template.description,
        "framework": template.spec["framework"],
        "spec": shown_spec(template.spec, values=values or template.tenant_id is None),
        "created_by": {"id": str(template.created_by_id), "name": template.created_by.name} if template.created_by else None,
        "created_at": _moment(template.created_at),
    }


def render_templates(ids: Iterable[UUID]) -> dict[UUID, Document]:
    """Documents by id, for events: without the specification, for what is shown of that depends on the reader."""
    rows = Template.objects.select_related("tenant", "created_by").filter(pk__in=list(ids))
    whole = {template.pk: template_document(template, values=False) for template in rows}
    return {pk: {key: value for key, value in document.items() if key != "spec"} for pk, document in whole.items()}


def schedule_document(schedule: Schedule) -> Document:
    """A schedule without its specification (read it with `select_related("project__tenant", "owner", "template")`)."""
    template = schedule.template
    return {
        "id": str(schedule.pk),
        "version": schedule.version,
        "generation": schedule.generation,
        "tenant_id": str(schedule.tenant_id),
        "tenant_slug": schedule.project.tenant.slug,
        "project_id": str(schedule.project_id),
        "project_slug": schedule.project.slug,
        "name": schedule.name,
        "cron": schedule.cron,
        "time_zone": schedule.time_zone,
        "template": {"id": str(template.pk), "name": template.name} if template else None,
        "overlap": schedule.overlap,
        "missed": schedule.missed,
        "starting_deadline_seconds": schedule.starting_deadline_seconds,
        "state": schedule.state,
        "state_reason": schedule.state_reason,
        "owner": {"id": str(schedule.owner_id), "name": schedule.owner.name},
        "next_run_at": _moment(schedule.next_run_at),
        "last_run": {
            "due_at": _moment(schedule.last_due_at),
            "outcome": schedule.last_outcome,
            "reason": schedule.last_reason,
            "job_id": str(schedule.last_job_id) if schedule.last_job_id else None,
        }
        if schedule.last_due_at
        else None,
        "created_at": _moment(schedule.created_at),
    }


def next_runs(schedule: Schedule, count: int = 5) -> list[str]:
    """Its next due times; none unless it is active."""
    if schedule.next_run_at is None:
        return []
    times = next_due(schedule.cron, schedule.time_zone, after=schedule.next_run_at, count=count - 1)
    return [at.isoformat().replace("+00:00", "Z") for at in (schedule.next_run_at, *times)]


def render_schedules(ids: Iterable[UUID]) -> dict[UUID, Document]:
    """Documents by id, for events."""
    rows = Schedule.objects.select_related("project__tenant", "owner", "template").filter(pk__in=list(ids))
    return {schedule.pk: schedule_document(schedule) for schedule in rows}


def _moment(at: datetime | None) -> str | None:
    return at.isoformat().replace("+00:00", "Z") if at is not None else None
