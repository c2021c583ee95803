"""What a job was made of, as its page tells it: enough to run it again exactly. Names of variables, no values."""

from typing import Any

from apps.clusters.models import ClusterKind
from apps.jobs.buckets import buckets_of, versions_of
from apps.jobs.models import Job, JobCode, JobDataset, JobSecret
from apps.jobs.spec import JobSpec, ReplicaRole
from apps.jobs.volumes import volumes_of
from apps.secrets.models import SecretVersion

Document = dict[str, Any]


def inputs_document(job: Job) -> Document:
    """The same for every reader of the job."""
    spec = job.parsed_spec()
    local = job.cluster is not None and job.cluster.kind == ClusterKind.LOCAL
    return {
        "framework": job.framework,
        "attempts": job.attempt,
        "code": _code(job, spec),
        "images": [
            {"role": role.name, "image": role.image, "digest": None, "runs": not local} for role in spec.roles if role.image
        ],
        "secrets": _secrets(job),
        "buckets": _buckets(job, spec),
        "roles": [_role(role) for role in spec.roles],
        "resolved": job.resolved,
        "datasets": _datasets(job, spec),
        "volumes": _volumes(job, spec),
    }


def _code(job: Job, spec: JobSpec) -> Document | None:
    if spec.source is None:
        return None
    git = spec.source.git
    row = JobCode.objects.select_related("code").filter(job=job).first()
    code = row.code if row else None
    return {
        "kind": "git" if git else "archive",
        "state": row.state if row else "pending",
        "message": row.message if row else "",
        "url": git.url if git else "",
        "ref": git.ref if git else "",
        "path": git.path if git else "",
        "commit": row.commit if row and row.commit else (git.commit or "") if git else "",
        "id": str(code.pk) if code else None,
        "name": code.name if code else "",
        "sha256": code.sha256 if code else "",
        "size_bytes": code.size_bytes if code else None,
        "files": code.files if code else None,
    }


def _secrets(job: Job) -> list[Document]:
    rows = list(JobSecret.objects.filter(job=job).order_by("name"))
    there = set(
        SecretVersion.objects.filter(
            secret__in=[row.secret_id for row in rows if row.secret_id], destroyed_at=None
        ).values_list("secret_id", "number")
    )
    return [
        {
            "name": row.name,
            "secret_version": row.version,
            "pinned_at": row.pinned_at,
            "usable": row.pinned_at is None or (row.secret_id, row.version) in there,
        }
        for row in rows
    ]


def _buckets(job: Job, spec: JobSpec) -> list[Document]:
    there = buckets_of(job, spec.buckets)
    return [
        {
            "id": there[use.name].pk if use.name in there else None,
            "name": use.name,
            "access": use.access,
            "prefix": use.prefix,
            "variable": use.variable,
        }
        for use in spec.buckets
    ]


def _datasets(job: Job, spec: JobSpec) -> list[Document]:
    variables = {use.name: use.variable for use in spec.datasets}
    there = versions_of(job)
    return [
        {
            "id": row.dataset_id,
            "name": row.name,
            "number": row.number,
            "digest": row.digest,
            "variable": variables.get(row.name, ""),
            "there": row.name in there,
        }
        for row in JobDataset.objects.filter(job=job).order_by("name")
    ]


def _volumes(job: Job, spec: JobSpec) -> list[Document]:
    there = volumes_of(job, spec.volumes)
    return [
        {
            "id": there[use.name].pk if use.name in there else None,
            "name": use.name,
            "access": use.access,
            "path": use.mounted_at,
            "variable": use.variable,
        }
        for use in spec.volumes
    ]


def _role(role: ReplicaRole) -> Document:
    return {
        "role": role.name,
        "command": role.command,
        "variables": sorted(role.env),
        "from_secrets": [
            *(f"{one.name or one.key or '*'} = {one.secret}/{one.key or '*'}" for one in role.env_from),
            *(f"$HANSE_SECRETS/{one.secret}/{one.key or '*'}" for one in role.secret_files),
        ],
    }
