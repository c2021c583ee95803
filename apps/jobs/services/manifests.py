"""What a job is in its cluster, asked of those who can render it."""

from django.db import transaction

from apps.clusters.models import ClusterKind
from apps.core import operations
from apps.core.errors import Conflict
from apps.core.models import Operation
from apps.jobs.models import Job
from apps.tenants.actor import Actor


@transaction.atomic
def show_manifests(*, actor: Actor, job: Job) -> Operation:
    """Ask for the manifests of the job's newest attempt, as an operation. Raises Conflict where there are none."""
    if job.cluster is None or job.cluster.kind != ClusterKind.KUBERNETES or not job.attempt:
        raise Conflict("It was not placed in a Kubernetes cluster yet, or does not run in one.")
    return operations.begin(
        user_id=actor.user_id, kind="job.manifests", task="kubernetes.show_job", subject_kind="job", subject_id=job.pk
    )
