"""What a job is in its cluster, as YAML for people: rendered as it is when it is applied, and nothing secret in it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

import yaml

from apps.core import operations
from apps.core.errors import Conflict, NotVisible
from apps.jobs.kinds import Kind
from apps.jobs.models import Job
from apps.jobs.placement import WantedReplica, newest_replicas
from celery_workers.inputs import InputMissing, Inputs, inputs_of
from celery_workers.kubernetes.attempt import Attempt, gangs_of
from celery_workers.kubernetes.manifests import job as manifests
from celery_workers.kubernetes.manifests import kinds
from celery_workers.kubernetes.manifests.labels import Manifest

# The cluster says it when the service is made.
OWNER = "(uid of the Service)"
HIDDEN = "(not shown)"


def run(operation_id: UUID) -> None:
    """Render the newest attempt of the operation's job, and end the operation with that."""
    operation = operations.pending(operation_id)
    if operation is None:
        return
    job = Job.objects.select_related("cluster", "project").filter(pk=operation.subject_id).first()
    replicas = newest_replicas(job) if job else []
    if job is None or not replicas:
        operations.finish(operation_id=operation_id, problem=NotVisible("The job is gone, or has no replicas any more."))
        return
    try:
        with inputs_of(job) as inputs:
            documents = [without_contents(one) for one in _documents(job, inputs, replicas)] if inputs else []
    except InputMissing as missing:
        problem = Conflict(f"What this job brings along is not there to render it with: {missing.message}")
        operations.finish(operation_id=operation_id, problem=problem)
        return
    if not documents:
        operations.finish(operation_id=operation_id, problem=Conflict("The job's code was not fetched yet."))
        return
    shown = "---\n".join(yaml.safe_dump(one, sort_keys=False, allow_unicode=True) for one in documents)
    left_out = len(replicas) - sum(one["kind"] == "Pod" for one in documents) if _of_pods(job) else 0
    operations.finish(operation_id=operation_id, result={"yaml": shown, "attempt": job.attempt, "pods_left_out": left_out})


def without_contents(manifest: Manifest) -> Manifest:
    """The same, with the names of what a Secret or ConfigMap holds and none of it."""
    held: dict[str, Any] = {
        part: dict.fromkeys(manifest[part], HIDDEN)
        for part in ("data", "binaryData")
        if manifest["kind"] in ("Secret", "ConfigMap") and part in manifest
    }
    return {**manifest, **held}


def _documents(job: Job, inputs: Inputs, replicas: Sequence[WantedReplica]) -> Iterator[Manifest]:
    """In the order in which they are applied; of pods that differ by their rank only, the first of each role."""
    assert job.cluster is not None  # noqa: S101 - it has replicas
    attempt = Attempt.of(job, inputs, cluster=job.cluster)
    yield manifests.service(attempt.run)
    yield from attempt.belongings(replicas, owner=OWNER)
    if not _of_pods(job):
        yield from kinds.render(attempt.kind, attempt.run, replicas, inputs.given, owner=OWNER)
        return
    gang = replace(attempt.run, gangs=gangs_of(job, replicas))
    if gang.gangs:
        yield manifests.pod_group(gang, replicas[0].world_size, owner=OWNER)
    for one in {replica.role: replica for replica in reversed(replicas)}.values():
        yield manifests.pod(gang, one, inputs.given[one.role], owner=OWNER)


def _of_pods(job: Job) -> bool:
    return job.parsed_spec().kind is Kind.PODS
