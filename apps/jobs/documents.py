"""What the world sees of a job: one document for lists, the single job and events, made without a serializer.

Lists show hundreds of rows to many readers, so the columns are read as tuples and put into a dict by hand: a serializer
costs four times the processor time. Nothing here depends on the reader.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from apps.jobs.failures import DICTIONARY, code_of
from apps.jobs.models import Artifact, Job, JobPhase, JobShare, Replica, ReplicaPhase, Template, acts_in
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
    "progress",
    "eta_seconds",
    "metrics",
    "submitted_by_id",
    "submitted_by__name",
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


def documents(rows: Iterable[Any]) -> list[Document]:
    return [document(row) for row in rows]


def document(row: Any) -> Document:
    """One row of `rows_of` as its document."""
    return {
        "id": str(row.pk),
        "version": row.version,
        "generation": row.generation,
        "tenant_id": str(row.tenant_id),
        "tenant_slug": row.tenant__slug,
        "project_id": str(row.project_id),
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
        "cluster": {"id": str(row.cluster_id), "slug": row.cluster__slug} if row.cluster_id else None,
        "queue_position": row.queue_position,
        "why": row.why or None,
        "progress": row.progress,
        "eta_seconds": row.eta_seconds,
        "metrics": row.metrics,
        "failure": failure_of(row.phase, row.reason),
        "submitted_by": {"id": str(row.submitted_by_id), "name": row.submitted_by__name},
        "acts": acts_in(row.phase, in_bin=row.deleted_at is not None),
        "created_at": _moment(row.created_at),
        "queued_at": _moment(row.queued_at),
        "admitted_at": _moment(row.admitted_at),
        "started_at": _moment(row.started_at),
        "finished_at": _moment(row.finished_at),
        "deadline_at": _moment(row.deadline_at),
        "restart_at": _moment(row.restart_at),
        "deleted_at": _moment(row.deleted_at),
        "purge_at": _moment(row.purge_at),
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


def job_document(job_id: UUID) -> Document:
    """The document of one job with what only its own page needs: the spec, and what its needs were resolved to."""
    row = Job.objects.filter(pk=job_id).values_list(*COLUMNS, "spec", "resolved", named=True).get()
    return {**document(row), "spec": row.spec, "resolved": row.resolved}


def why_document(job: Job) -> Document:
    """Why a job is where it is: of one that waits what admission found, of a failed one what the dictionary says."""
    document = {
        "phase": job.phase,
        "sentence": job.message,
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
    return document


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
        "failure": failure,
        "started_at": _moment(replica.started_at),
        "finished_at": _moment(replica.finished_at),
    }


def artifact_document(artifact: Artifact) -> Document:
    """An artifact (read it with `select_related("stored")`)."""
    return {
        "id": str(artifact.pk),
        "attempt": artifact.attempt,
        "rank": artifact.rank,
        "name": artifact.name,
        "size_bytes": artifact.stored.size_bytes,
        "sha256": artifact.stored.sha256,
        "media_type": artifact.stored.media_type,
        "created_at": _moment(artifact.created_at),
    }


def share_document(share: JobShare) -> Document:
    """A share (read it with `select_related("user")`)."""
    return {
        "id": share.pk,
        "user": {"id": str(share.user_id), "name": share.user.name},
        "email": share.user.email,
    }


def template_document(template: Template) -> Document:
    """A template with the slug of its tenant (read it with `select_related("tenant", "created_by")`)."""
    return {
        "id": str(template.pk),
        "version": template.version,
        "generation": template.generation,
        "tenant_id": str(template.tenant_id) if template.tenant_id else None,
        "tenant_slug": template.tenant.slug if template.tenant else None,
        "name": template.name,
        "description": template.description,
        "framework": template.spec["framework"],
        "spec": template.spec,
        "created_by": {"id": str(template.created_by_id), "name": template.created_by.name} if template.created_by else None,
        "created_at": _moment(template.created_at),
    }


def render_templates(ids: Iterable[UUID]) -> dict[UUID, Document]:
    """Documents by id, for events."""
    rows = Template.objects.select_related("tenant", "created_by").filter(pk__in=list(ids))
    return {template.pk: template_document(template) for template in rows}


def _moment(at: datetime | None) -> str | None:
    return at.isoformat().replace("+00:00", "Z") if at is not None else None
