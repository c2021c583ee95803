"""What replicas are given of the buckets and datasets that their job names: where they lie, and one key for all."""

from collections.abc import Iterator, Sequence

from django.conf import settings
from django.db.models import Exists, OuterRef, Q

from apps.clusters.models import ClusterKind
from apps.jobs.failures import Unusable
from apps.jobs.inputs import BucketUse
from apps.jobs.models import WANTED, Job, JobDataset, Replica, ReplicaPhase
from apps.storage import keys
from apps.storage.iam import Allowed
from apps.storage.models import Bucket, DatasetVersion, StoreKey

_LIVE = (ReplicaPhase.STARTING, ReplicaPhase.RUNNING)


class BucketUnusable(Unusable):
    code = "bucket-unusable"


class DatasetUnusable(Unusable):
    code = "dataset-unusable"


def buckets_of(job: Job, uses: Sequence[BucketUse]) -> dict[str, Bucket]:
    """By name, those of the project that are there."""
    if not uses:
        return {}
    rows = Bucket.objects.filter(project_id=job.project_id, name__in=[use.name for use in uses])
    return {bucket.name: bucket for bucket in rows}


def versions_of(job: Job) -> dict[str, DatasetVersion]:
    """By name of the dataset, those of the versions that the job reads that are there."""
    if not job.parsed_spec().datasets:
        return {}
    ids = dict(JobDataset.objects.filter(job=job).values_list("version_id", "name"))
    return {ids[row.pk]: row for row in DatasetVersion.objects.filter(pk__in=ids, deleting_at=None)}


def places(job: Job) -> dict[str, str]:
    """Variables that say where the job's buckets and datasets are, as programs that speak S3 read them; no key."""
    spec = job.parsed_spec()
    uses = spec.buckets
    if not uses and not spec.datasets:
        return {}
    there, versions = buckets_of(job, uses), versions_of(job)
    local = job.cluster is not None and job.cluster.kind == ClusterKind.LOCAL
    return {
        "AWS_ENDPOINT_URL": settings.S3_URL if local else settings.S3_PUBLIC_URL,
        "AWS_REGION": settings.S3_REGION,
        "AWS_DEFAULT_REGION": settings.S3_REGION,
        **{use.variable: f"s3://{there[use.name].store_name}/{use.prefix}" for use in uses if use.name in there},
        **{
            use.variable: f"s3://{version.store_name}/{version.place_of_files}"
            for use in spec.datasets
            if (version := versions.get(use.name))
        },
    }


def key_of(job: Job) -> dict[str, str]:
    """Variables with the key of the job's attempt, which opens those prefixes alone; without one once it is over.

    Raises BucketUnusable, DatasetUnusable, and Unavailable when the store does not answer.
    """
    spec = job.parsed_spec()
    uses = spec.buckets
    if not uses and not spec.datasets:
        return {}
    if job.phase not in WANTED:
        return {"AWS_ACCESS_KEY_ID": "", "AWS_SECRET_ACCESS_KEY": ""}
    there = buckets_of(job, uses)
    for use in uses:
        bucket = there.get(use.name)
        if bucket is None:
            raise BucketUnusable(f"the project has no bucket {use.name} any more.")
        if use.writes and bucket.taken_bytes >= bucket.quota_bytes:
            raise BucketUnusable(f"{use.name} is full: it holds {bucket.taken_bytes:,} of {bucket.quota_bytes:,} bytes.")
    key = keys.key_for(
        tenant_id=job.tenant_id,
        project_id=job.project_id,
        job_id=job.pk,
        attempt=job.attempt,
        allowed=[*(Allowed(there[use.name].store_name, use.prefix, use.writes) for use in uses), *_versions_allowed(job)],
    )
    return {"AWS_ACCESS_KEY_ID": key.access_key, "AWS_SECRET_ACCESS_KEY": key.secret_key}


def _versions_allowed(job: Job) -> Iterator[Allowed]:
    versions = versions_of(job)
    for use in job.parsed_spec().datasets:
        version = versions.get(use.name)
        if version is None:
            raise DatasetUnusable(f"the version of {use.name} that it was to read is deleted.")
        yield Allowed(version.store_name, version.place_of_files, writes=False)


def keys_of_the_past() -> Sequence[StoreKey]:
    """Keys of attempts that are over: nothing of them is wanted, and nothing of them runs."""
    wanted = Job.objects.filter(pk=OuterRef("job_id"), attempt=OuterRef("attempt"), phase__in=WANTED)
    running = Replica.objects.filter(job_id=OuterRef("job_id"), attempt=OuterRef("attempt"), phase__in=_LIVE)
    over = StoreKey.objects.filter(~Q(Exists(wanted)), ~Q(Exists(running)))
    return list(over.order_by("made_at"))
