"""Volumes that a job mounts: asked for when it is submitted, handed to its replicas wherever they start."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from apps.clusters.models import ClusterKind
from apps.jobs.failures import Unusable
from apps.jobs.inputs import VolumeUse
from apps.jobs.models import Job, JobVolume
from apps.jobs.spec import JobSpec
from apps.quotas import services as quotas
from apps.storage import volumes
from apps.storage.models import AccessMode, Volume, VolumePhase
from apps.tenants.actor import Actor

_OF_ONE_NODE = (AccessMode.READ_WRITE_ONCE, AccessMode.READ_WRITE_ONCE_POD)


class VolumeUnusable(Unusable):
    code = "volume-unusable"


@dataclass(frozen=True)
class Mount:
    """A volume as replicas find it. `link`: below their working directory, where nothing can be mounted."""

    name: str
    volume_id: UUID
    claim: str
    path: str
    link: str
    variable: str
    read_only: bool


def cluster_of(project_id: UUID, spec: JobSpec) -> str:
    """The cluster to ask for: where the volumes lie, unless the job names one itself (`ask` refuses what differs)."""
    if spec.cluster != quotas.ANY or not spec.volumes:
        return spec.cluster
    named = Volume.objects.filter(project_id=project_id, name__in=[use.name for use in spec.volumes], deleting_at=None)
    slug = named.order_by("name").values_list("cluster__slug", flat=True).first()
    return slug or spec.cluster


def ask_for_volumes(job: Job, actor: Actor, spec: JobSpec) -> Iterator[dict[str, str]]:
    """Write down which volumes the job mounts, and tell what is wrong. Deleting one waits here, and then refuses."""
    held = actor.on_project(job.project_id, job.tenant_id)
    lies_in = spec.cluster
    for number, use in enumerate(spec.volumes):
        may = "volumes.view" in held
        volume = volumes.to_mount(project_id=job.project_id, name=use.name) if may else None
        if volume is None:
            yield {"pointer": f"/volumes/{number}/name", "detail": f"This project has no volume {use.name}."}
            continue
        if use.writes and "volumes.write" not in held:
            yield {"pointer": f"/volumes/{number}/access", "detail": "You may not write to volumes of this project."}
            continue
        lies_in = volume.cluster.slug if lies_in == quotas.ANY else lies_in
        wrong = list(_wrong(use, volume, spec, lies_in))
        yield from ({"pointer": f"/volumes/{number}/{field}", "detail": detail} for field, detail in wrong)
        if not wrong:
            place = {"tenant_id": job.tenant_id, "project_id": job.project_id}
            how = {"volume_id": volume.pk, "access": use.access, "path": use.mounted_at}
            JobVolume.objects.update_or_create(job=job, name=use.name, defaults={**place, **how})


def _wrong(use: VolumeUse, volume: Volume, spec: JobSpec, lies_in: str) -> Iterator[tuple[str, str]]:
    """(field, why) for which it cannot be mounted."""
    if volume.cluster.slug != lies_in:
        yield "name", f"{use.name} lies in {volume.cluster.slug}, and the job would run in {lies_in}."
    if volume.phase == VolumePhase.LOST:
        yield "name", f"{use.name} is lost: {volume.why}"
    if use.writes and volume.access_mode == AccessMode.READ_ONLY_MANY:
        yield "access", f"{use.name} was made to be read only ({volume.access_mode})."
    if use.writes and volume.full:
        yield "access", f"{use.name} is full: it holds {volume.used_bytes:,} of {volume.size_bytes:,} bytes."
    if volume.cluster.kind == ClusterKind.KUBERNETES and volume.access_mode in _OF_ONE_NODE and spec.replicas > 1:
        once = f"{use.name} is mounted on one node at a time ({volume.access_mode})"
        yield "name", f"{once}, and {spec.replicas} replicas may start on several; take one that is ReadWriteMany."


def mounts_of(job: Job) -> list[Mount]:
    """What the replicas of the job mount. Raises VolumeUnusable."""
    uses = job.parsed_spec().volumes
    there = volumes_of(job, uses)
    mounts = []
    for use in uses:
        name, volume = use.name, there.get(use.name)
        if volume is None or volume.deleting_at is not None:
            raise VolumeUnusable(f"the volume {name} that it was to mount is deleted.")
        if use.writes and volume.full:
            raise VolumeUnusable(f"{name} is full: it holds {volume.used_bytes:,} of {volume.size_bytes:,} bytes.")
        mounts.append(Mount(name, volume.pk, volume.claim, use.mounted_at, _link(use), use.variable, not use.writes))
    return mounts


def volumes_of(job: Job, uses: Sequence[VolumeUse]) -> dict[str, Volume]:
    """By name, those that the job mounts that are there, or still are."""
    if not uses:
        return {}
    names = dict(JobVolume.objects.filter(job=job).values_list("volume_id", "name"))
    return {names[volume.pk]: volume for volume in Volume.objects.filter(pk__in=names)}


def variables(job: Job, uses: Sequence[VolumeUse]) -> dict[str, str]:
    """Where the job's volumes are: in a cluster, or below the working directory of a replica on a machine."""
    local = job.cluster is not None and job.cluster.kind == ClusterKind.LOCAL
    return {use.variable: _link(use) if local else use.mounted_at for use in uses}


def _link(use: VolumeUse) -> str:
    return f"volumes/{use.name}"
