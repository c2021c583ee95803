"""What replicas are given of the buckets that their job names: where they lie, and one key for all of them."""

from collections.abc import Sequence

from django.conf import settings
from django.db.models import Exists, OuterRef, Q

from apps.clusters.models import ClusterKind
from apps.jobs.inputs import BucketUse
from apps.jobs.models import WANTED, Job, Replica, ReplicaPhase
from apps.storage import keys
from apps.storage.iam import Allowed
from apps.storage.models import Bucket, StoreKey

_LIVE = (ReplicaPhase.STARTING, ReplicaPhase.RUNNING)


class BucketUnusable(Exception):
    """A bucket cannot be given as the job asks, and no other attempt would change that. Its text names it."""


def buckets_of(job: Job, uses: Sequence[BucketUse]) -> dict[str, Bucket]:
    """By name, those of the project that are there."""
    if not uses:
        return {}
    rows = Bucket.objects.filter(project_id=job.project_id, name__in=[use.name for use in uses])
    return {bucket.name: bucket for bucket in rows}


def places(job: Job) -> dict[str, str]:
    """Variables that say where the job's buckets are, as programs that speak S3 read them; no key."""
    uses = job.parsed_spec().buckets
    if not uses:
        return {}
    there = buckets_of(job, uses)
    local = job.cluster is not None and job.cluster.kind == ClusterKind.LOCAL
    return {
        "AWS_ENDPOINT_URL": settings.S3_URL if local else settings.S3_PUBLIC_URL,
        "AWS_REGION": settings.S3_REGION,
        "AWS_DEFAULT_REGION": settings.S3_REGION,
        **{use.variable: f"s3://{there[use.name].store_name}/{use.prefix}" for use in uses if use.name in there},
    }


def key_of(job: Job) -> dict[str, str]:
    """Variables with the key of the job's attempt, which opens those prefixes alone; without one once it is over.

    Raises BucketUnusable, and Unavailable when the store does not answer.
    """
    uses = job.parsed_spec().buckets
    if not uses:
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
        allowed=[Allowed(there[use.name].store_name, use.prefix, use.writes) for use in uses],
    )
    return {"AWS_ACCESS_KEY_ID": key.access_key, "AWS_SECRET_ACCESS_KEY": key.secret_key}


def keys_of_the_past() -> Sequence[StoreKey]:
    """Keys of attempts that are over: nothing of them is wanted, and nothing of them runs."""
    wanted = Job.objects.filter(pk=OuterRef("job_id"), attempt=OuterRef("attempt"), phase__in=WANTED)
    running = Replica.objects.filter(job_id=OuterRef("job_id"), attempt=OuterRef("attempt"), phase__in=_LIVE)
    over = StoreKey.objects.filter(~Q(Exists(wanted)), ~Q(Exists(running)))
    return list(over.order_by("made_at"))
