"""One attempt of a job, from its rows and inputs to the values that its manifests are made from."""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from apps.clusters.models import AdmittedBy, Cluster, Flavor, runtime_capability
from apps.isolation.services import sandbox_of
from apps.jobs.kinds import Kind
from apps.jobs.models import Job
from apps.jobs.placement import WantedReplica
from celery_workers.inputs import InputMissing, Inputs
from celery_workers.kubernetes.manifests import job as manifests
from celery_workers.kubernetes.manifests.job import CodeFile, NodeClass, Run
from celery_workers.kubernetes.manifests.labels import Manifest

# What one ConfigMap or Secret may hold (Kubernetes says 1 MiB), and how much code pods are handed that way.
MOST_OBJECT_BYTES, MOST_CODE_BYTES = 1000 * 1024, 8 * 2**20


def gangs_of(job: Job, replicas: Sequence[WantedReplica]) -> str:
    """The API by which the cluster's scheduler places all of them or none; empty where it does not, or Kueue sees to it."""
    assert job.cluster is not None  # noqa: S101 - only placed jobs come here
    version: str = job.cluster.capabilities.get("gangs") or ""
    alone = not job.spec["gang"] or replicas[0].world_size == 1
    return "" if alone or job.cluster.admission != AdmittedBy.PORTAL else version


@dataclass(frozen=True)
class Attempt:
    """One attempt of a job in a cluster: what its manifests are made from."""

    kind: Kind
    run: Run
    inputs: Inputs
    code: Sequence[Sequence[bytes]]

    @classmethod
    def of(cls, job: Job, inputs: Inputs, *, cluster: Cluster) -> "Attempt":
        files = _code_of(inputs)
        run = Run(
            cluster_id=cluster.pk,
            tenant_id=job.tenant_id,
            project_id=job.project_id,
            job_id=job.pk,
            job_name=job.name,
            attempt=job.attempt,
            namespace=job.project.namespace,
            flavors=classes_of(cluster),
            deadline_seconds=job.spec["fault_policy"]["deadline_seconds"],
            code=[[file for file, _ in part] for part in files],
            runtime_class=sandbox_in(cluster, job.tenant_id),
            mounts=inputs.mounts,
        )
        return cls(job.parsed_spec().kind, run, inputs, [[content for _, content in part] for part in files])

    def belongings(self, missing: Sequence[WantedReplica], *, owner: str) -> list[Manifest]:
        """What the pods refer to: secrets and files by role, the code once. Raises InputMissing."""
        by_role = {replica.role: replica for replica in missing}
        secrets = [
            manifests.secret(self.run, role, self.inputs.given[role], replica, owner=owner)
            for role, replica in by_role.items()
        ]
        for secret in secrets:
            if sum(len(value) * 3 // 4 for value in secret["data"].values()) > MOST_OBJECT_BYTES:
                raise InputMissing("secret-unusable", "together they are larger than a pod can be given (1000 KiB).")
        files = [manifests.files_map(self.run, replica, owner=owner) for replica in by_role.values() if replica.files]
        code = [manifests.code_map(self.run, number, part, owner=owner) for number, part in enumerate(self.code)]
        return [*secrets, *files, *code]


def classes_of(cluster: Cluster) -> dict[str, NodeClass]:
    return {
        flavor.name: NodeClass(flavor.device_resource, flavor.node_labels, flavor.node_taints)
        for flavor in Flavor.objects.filter(cluster=cluster)
    }


def sandbox_in(cluster: Cluster, tenant_id: UUID) -> str:
    """The RuntimeClass of a tenant; where the cluster is not known to have it, only when nothing may run without."""
    runtime, required = sandbox_of(tenant_id)
    return runtime if required or runtime_capability(runtime) in cluster.capabilities else ""


def _code_of(inputs: Inputs) -> list[list[tuple[CodeFile, bytes]]]:
    """The files of the job's code, in parts that a ConfigMap holds. Raises InputMissing when they are too large for that."""
    if inputs.write_code is None:
        return []
    parts: list[list[tuple[CodeFile, bytes]]] = [[]]
    room = MOST_OBJECT_BYTES
    whole = 0
    with tempfile.TemporaryDirectory(prefix="hanse-code-") as made:
        top = Path(made) / "code"
        inputs.write_code(top)
        for path in sorted(file for file in top.rglob("*") if file.is_file() and not file.is_symlink()):
            content, name = path.read_bytes(), path.relative_to(top).as_posix()
            whole += len(content)
            if len(content) > MOST_OBJECT_BYTES or whole > MOST_CODE_BYTES:
                raise InputMissing(
                    "code-too-large",
                    f"a cluster is handed at most {MOST_CODE_BYTES // 2**20} MiB of code, in files of at most 1000 KiB "
                    f"each ({name} is one too many). Put it into the image.",
                )
            if len(content) > room:
                parts.append([])
                room = MOST_OBJECT_BYTES
            room -= len(content)
            parts[-1].append((CodeFile(name, bool(path.stat().st_mode & 0o100)), content))
    return parts
