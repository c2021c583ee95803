"""Jobs on this machine: the replicas that are wanted against the runners that are there."""

import os
from collections.abc import Callable, Mapping, Sequence

from django.conf import settings
from django.utils import timezone

from apps.core.models import Lease
from apps.jobs import services as jobs
from apps.jobs.models import Job, ReplicaPhase
from apps.jobs.placement import WantedReplica, wanted_replicas
from apps.jobs.services import ReplicaSeen
from apps.jobs.volumes import Mount
from celery_workers.inputs import InputMissing, Inputs, inputs_of
from celery_workers.local import devices, replicas, volumes
from celery_workers.local.environment import of_programs
from celery_workers.local.replicas import ReplicaDirectory, Status
from celery_workers.local.runner.files import Spec
from celery_workers.local.runner.secrets import Secrets

# Variables that name a file of the working directory, which is not where code starts.
_IN_WORK = ("HANSE_HOSTFILE", "OMPI_MCA_orte_default_hostfile")
_VOLUMES = "HANSE_VOLUME_"
# Launching many takes longer than a lease lasts; it is renewed after so many.
LAUNCHED_AT_ONCE = 16


class LocalBackend:
    """Starts and stops; what becomes of the replicas afterwards, `local.observe` sees."""

    def reconcile_job(self, job: Job, lease: Lease[Job]) -> None:
        wanted = {ReplicaDirectory(job.pk, job.attempt, replica.rank): replica for replica in wanted_replicas(job)}
        for directory in replicas.opened(job.pk):
            if directory not in wanted:
                directory.stop()
        missing = {directory: replica for directory, replica in wanted.items() if directory.status() is None}
        started = set(job.replicas_now().exclude(phase=ReplicaPhase.WAITING).values_list("rank", flat=True))
        try:
            _start(
                job,
                {directory: replica for directory, replica in missing.items() if replica.rank not in started},
                go_on=lambda: lease.renew(job),
            )
        except InputMissing as lacking:
            jobs.cannot_start(job_id=job.pk, attempt=job.attempt, code=lacking.code, message=lacking.message)
        jobs.observe(
            job_id=job.pk,
            attempt=job.attempt,
            replicas=[
                *(seen(directory, status) for directory in wanted if (status := directory.status())),
                *(vanished(directory.rank) for directory in missing if directory.rank in started),
            ],
        )

    def forget_job(self, job: Job) -> bool:
        if replicas.opened(job.pk):
            return False
        replicas.remove_job(job.pk)
        return True


def seen(directory: ReplicaDirectory, status: Status) -> ReplicaSeen:
    """What the files of a replica say, as jobs takes it."""
    return ReplicaSeen(
        rank=directory.rank,
        phase=status.phase,
        node=devices.node_name(),
        exit_code=status.exit_code,
        signal=status.signal,
        reason=status.reason,
        started_at=status.started_at,
        finished_at=status.finished_at or (timezone.now() if status.final else None),
    )


def vanished(rank: int) -> ReplicaSeen:
    """A replica that was started and of which no directory is left: it is not started a second time."""
    return ReplicaSeen(rank=rank, phase="lost", reason="directory-gone", finished_at=timezone.now())


def _start(job: Job, missing: Mapping[ReplicaDirectory, WantedReplica], *, go_on: Callable[[], bool]) -> None:
    """Start runners, some at a time, as long as `go_on` agrees; the rest is for the next round.

    Nothing starts before the job's code was fetched; then there is a new generation. Raises InputMissing, and Unavailable
    when the machine must not or cannot; those that stand stay.
    """
    if not missing:
        return
    replicas.require_open_machine()
    with inputs_of(job) as inputs:
        if inputs is not None:
            _launch(missing, inputs, go_on=go_on)


def _launch(missing: Mapping[ReplicaDirectory, WantedReplica], inputs: Inputs, *, go_on: Callable[[], bool]) -> None:
    taken = replicas.running_specs()
    failed: list[ReplicaDirectory] = []
    links = {mount.link: volumes.ensure(mount.volume_id) for mount in inputs.mounts}
    directories = list(missing)
    for first in range(0, len(directories), LAUNCHED_AT_ONCE):
        if not go_on():
            return
        together = directories[first : first + LAUNCHED_AT_ONCE]
        for directory in together:
            spec = _spec(directory, missing[directory], taken, inputs.mounts)
            taken.append(spec)
            directory.prepare(spec, missing[directory].files, inputs.write_code, links=links)
        given = {directory: inputs.given[missing[directory].role] for directory in together}
        failed += replicas.launch_all(together, {directory: Secrets(one.env, one.files) for directory, one in given.items()})
    if failed:
        raise replicas.not_standing(failed, called="ranks")


def _spec(directory: ReplicaDirectory, replica: WantedReplica, taken: Sequence[Spec], mounts: Sequence[Mount]) -> Spec:
    cpus = devices.choose_cpus(replica.cpu_millicores, taken=[cpu for spec in taken for cpu in spec.cpus])
    gpus = devices.choose_gpus(replica.devices, taken=[gpu for spec in taken for gpu in spec.gpus])
    return Spec(
        command=list(replica.command),
        env=_environment(directory, replica, gpus),
        user=settings.LOCAL_COMPUTE_USER if os.geteuid() == 0 else "",
        cpus=cpus,
        gpus=gpus,
        memory_bytes=replica.memory_bytes,
        deadline_at=replica.deadline_at.isoformat() if replica.deadline_at else None,
        work="work/code" if replica.code else "work",
        notes=_notes(replica, mounts),
    )


def _notes(replica: WantedReplica, mounts: Sequence[Mount]) -> list[str]:
    """What the replica's log begins with."""
    image = [f"This machine has no containers: the image {replica.image} is ignored."] if replica.image else []
    simulated = sorted(set(replica.devices) & set(settings.SIMULATED_DEVICES))
    read = [
        f"This machine mounts nothing: {mount.name} is at ${mount.variable}, and only its being asked for reading says so."
        for mount in mounts
        if mount.read_only
    ]
    return [
        *image,
        *read,
        *(f"Devices of {flavor} are simulated on this machine: the program finds none." for flavor in simulated),
    ]


def _environment(directory: ReplicaDirectory, replica: WantedReplica, gpus: Sequence[int]) -> dict[str, str]:
    """All that the replica will find."""
    work = directory.path / "work"
    return {
        **of_programs(directory, cpu_millicores=replica.cpu_millicores),
        **replica.env,
        "CUDA_VISIBLE_DEVICES": ",".join(map(str, gpus)),
        **({"HANSE_CODE": str(directory.code)} if replica.code else {}),
        **{name: str(work / place) for name, place in replica.env.items() if name in _IN_WORK},
        **{name: str(work / place) for name, place in replica.env.items() if name.startswith(_VOLUMES)},
        "HANSE_ARTIFACTS": str(directory.artifacts),
        "HANSE_CHECKPOINTS": str(directory.checkpoints),
        "HANSE_REPLICA": directory.label,
    }
