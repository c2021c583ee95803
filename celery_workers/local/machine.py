"""This machine as a node of its cluster: what it has, what is used, how it is."""

import os
import pwd
import shutil
import stat
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import psutil
from django.conf import settings

from apps.clusters import services as clusters
from apps.clusters.models import Cluster, ClusterKind, FlavorKind, Health
from apps.clusters.services import NodeSeen
from apps.core.errors import Unavailable
from apps.core.sentences import Said, say
from apps.quotas import ledger
from apps.tenants.actor import system_actor
from celery_workers.local import devices, replicas
from celery_workers.local.runner import cgroup

WATCHER = system_actor("watcher")
LEAST_FREE_BYTES = 2**30
# Who holds a replica to its memory: the kernel by a cgroup, or its runner by looking twice a second.
MEMORY_LIMITS = "hanse.io/memory-limits"
# Which flavors' devices are not really here (HANSE_SIMULATED_DEVICES).
SIMULATED = "hanse.io/simulated"


def record_machine() -> None:
    """Write down how this machine is, for the cluster that it is (if it was registered as one)."""
    cluster = Cluster.objects.filter(kind=ClusterKind.LOCAL).first()
    if cluster is None:
        return
    gpus = devices.gpus()
    known = set(cluster.flavors.values_list("name", flat=True))
    for gpu in {gpu.flavor: gpu for gpu in gpus if gpu.flavor not in known}.values():
        clusters.create_flavor(
            actor=WATCHER,
            cluster=cluster,
            name=gpu.flavor,
            kind=FlavorKind.GPU,
            model=gpu.model,
            unit_memory_bytes=gpu.memory_bytes,
        )
    health, said = _health()
    processors = cluster.flavors.filter(kind=FlavorKind.CPU).order_by("name").values_list("name", flat=True).first()
    simulated = _simulated(cluster)
    allocatable = {gpu.flavor: {"gpu": sum(other.flavor == gpu.flavor for other in gpus)} for gpu in gpus}
    allocatable = simulated | allocatable
    used = {}
    if processors is not None:
        allocatable[processors] = {"cpu": devices.cpu_millicores(), "memory": devices.memory_bytes()}
        used[processors] = _used()
    held = ledger.held_in(cluster)  # nobody else is counted here
    clusters.record_nodes(
        cluster=cluster,
        nodes=[
            NodeSeen(
                name=devices.node_name(),
                allocatable=allocatable,
                requested=held,
                ours=held,
                used=used,
                labels={
                    "kubernetes.io/hostname": devices.node_name(),
                    "kubernetes.io/arch": os.uname().machine,
                    MEMORY_LIMITS: "kernel" if _kernel_limits() else "watched",
                    **({SIMULATED: ", ".join(sorted(simulated))} if simulated else {}),
                },
                health=health,
                health_said=said,
                schedulable=health is not Health.DOWN,
            )
        ],
    )


def _simulated(cluster: Cluster) -> dict[str, dict[str, int]]:
    """What this machine is said to have; a flavor must have been made for it."""
    flavors = cluster.flavors.filter(name__in=settings.SIMULATED_DEVICES).exclude(kind=FlavorKind.CPU)
    return {flavor.name: {flavor.resources[0]: settings.SIMULATED_DEVICES[flavor.name]} for flavor in flavors}


@cache
def _kernel_limits() -> bool:
    """Asked once: whoever lets us make groups, or not, does so before `watch` starts."""
    return cgroup.can_be_made()


def _used() -> dict[str, int]:
    """Measured over all processes of the machine, since the last time it was asked."""
    memory = psutil.virtual_memory()
    return {
        "cpu": round(psutil.cpu_percent(interval=None) / 100 * (psutil.cpu_count() or 1) * 1000),
        "memory": memory.total - memory.available,
    }


def _health() -> tuple[Health, Sequence[Said]]:
    """Down when no replica could start here, degraded when one might soon not."""
    directory = Path(settings.LOCAL_COMPUTE_DIRECTORY)
    if not settings.LOCAL_COMPUTE:
        return Health.DOWN, [say("machine-off")]
    try:
        account = replicas.compute_account()
    except Unavailable as problem:
        return Health.DOWN, [say("machine-without-user", reason=problem.detail)]
    directory.mkdir(parents=True, exist_ok=True)
    if closed := _closed_to(account, directory):
        return Health.DOWN, [say("machine-closed", user=account.pw_name, path=str(closed))]
    free = shutil.disk_usage(directory).free
    if free < LEAST_FREE_BYTES:
        return Health.DEGRADED, [say("machine-full", free=free // 2**20)]
    return Health.HEALTHY, ()


def _closed_to(account: pwd.struct_passwd, directory: Path) -> Path | None:
    """The outermost parent that the user may not pass through. `directory` itself is opened when a replica starts."""
    for parent in reversed(directory.resolve().parents):
        found = parent.stat()
        needed = stat.S_IXUSR if found.st_uid == account.pw_uid else stat.S_IXOTH
        if found.st_gid == account.pw_gid and needed == stat.S_IXOTH:
            needed = stat.S_IXGRP
        if not found.st_mode & needed:
            return parent
    return None
