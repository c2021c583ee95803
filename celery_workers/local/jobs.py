"""Jobs on this machine: the replicas that are wanted against the runners that are there."""

import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from apps.core.errors import Unavailable
from apps.jobs import services as jobs
from apps.jobs.models import Job, ReplicaPhase
from apps.jobs.placement import WantedReplica, wanted_replicas
from apps.jobs.services import ReplicaSeen
from celery_workers.local import devices, replicas
from celery_workers.local.replicas import ReplicaDirectory, Status
from celery_workers.local.runner.files import Spec
from portal.settings.environment import REPOSITORY


class LocalBackend:
    """Starts and stops; what becomes of the replicas afterwards, `local.observe` sees."""

    def reconcile_job(self, job: Job) -> None:
        wanted = {ReplicaDirectory(job.pk, job.attempt, replica.rank): replica for replica in wanted_replicas(job)}
        for directory in replicas.opened(job.pk):
            if directory not in wanted:
                directory.stop()
        missing = {directory: replica for directory, replica in wanted.items() if directory.status() is None}
        started = set(job.replicas_now().exclude(phase=ReplicaPhase.WAITING).values_list("rank", flat=True))
        _start({directory: replica for directory, replica in missing.items() if replica.rank not in started})
        jobs.observe(
            job_id=job.pk,
            attempt=job.attempt,
            replicas=[
                *(seen(directory, status) for directory in wanted if (status := directory.status())),
                *(vanished(directory.rank) for directory in missing if directory.rank in started),
            ],
        )


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


def _start(missing: Mapping[ReplicaDirectory, WantedReplica]) -> None:
    """Start runners. Raises Unavailable when the machine must not or cannot; those that stand stay."""
    if not missing:
        return
    if not settings.LOCAL_COMPUTE:
        raise Unavailable("Local compute is off: start Hanse with HANSE_LOCAL_COMPUTE=1 in development mode.")
    if replicas.machine_is_closed():
        raise Unavailable("This machine is being stopped and starts nothing.")
    replicas.compute_account()
    taken = replicas.running_specs()
    for directory, replica in missing.items():
        spec = _spec(directory, replica, taken)
        taken.append(spec)
        directory.prepare(spec, replica.files)
    if failed := replicas.launch_all(missing):
        ranks = ", ".join(str(directory.rank) for directory in failed)
        raise Unavailable(f"The runners of ranks {ranks} did not come to stand; they are tried again.")


def _spec(directory: ReplicaDirectory, replica: WantedReplica, taken: Sequence[Spec]) -> Spec:
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
        notes=[f"This machine has no containers: the image {replica.image} is ignored."] if replica.image else [],
    )


def _environment(directory: ReplicaDirectory, replica: WantedReplica, gpus: Sequence[int]) -> dict[str, str]:
    """All that the replica will find: nothing of the portal's own environment, which holds its secrets."""
    work = directory.path / "work"
    threads = str(max(1, replica.cpu_millicores // 1000))
    return {
        "PATH": f"{Path(sys.executable).parent}:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
        "PYTHONPATH": str(REPOSITORY),
        "PYTHONUNBUFFERED": "1",
        "LANG": "C.UTF-8",
        "HOME": str(work),
        "OMP_NUM_THREADS": threads,
        "OPENBLAS_NUM_THREADS": threads,
        **replica.env,
        "CUDA_VISIBLE_DEVICES": ",".join(map(str, gpus)),
        "HANSE_ARTIFACTS": str(directory.artifacts),
        "HANSE_REPLICA": directory.label,
    }
