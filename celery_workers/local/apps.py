"""Apps on this machine: processes under the same runners as jobs' replicas, each listening on a port of its own."""

import os
import random
import socket
from collections.abc import Callable, Sequence

from django.conf import settings

from apps.core.errors import Unavailable
from apps.inference import services
from apps.inference.models import RUNS, App, AppReplica, ReplicaPhase, Revision
from apps.inference.spec import AppSpec
from apps.quotas.models import Workload
from celery_workers.local import devices, replicas
from celery_workers.local.brought import Brought
from celery_workers.local.environment import of_programs
from celery_workers.local.replicas import APPS, ReplicaDirectory
from celery_workers.local.runner.files import Spec
from celery_workers.local.runner.secrets import Secrets

HOST = "127.0.0.1"
# Below those of jobs (20000 and up) and of the embedded servers.
_FIRST_PORT, _PORTS, _LOOKS = 11_000, 3_500, 200
_TERM_SECONDS = 10.0


def directory_of(replica: AppReplica) -> ReplicaDirectory:
    return ReplicaDirectory(replica.app_id, replica.revision, replica.number, APPS)


def carry_out(app: App, *, go_on: Callable[[], bool]) -> None:
    """Start what has its quota and does not run yet. What becomes of it, `local.serving` sees.

    `go_on` is told now and then that this is still at it. Raises Unavailable when this machine must not or cannot start it.
    """
    starting = AppReplica.objects.filter(app=app, phase=ReplicaPhase.STARTING).order_by("number")
    missing = {directory: one for one in starting if (directory := directory_of(one)).status() is None}
    if not missing:
        return
    replicas.require_open_machine()
    taken = replicas.running_specs()
    secrets = {}
    for directory, replica in missing.items():
        revision = Revision.objects.get(app=app, number=replica.revision)
        secrets[directory] = Secrets(services.variables_of(revision), {})
        if replica.port is None:
            replica.port = _free_port()
            services.placed(replica_id=replica.pk, port=replica.port)
        wanted = revision.parsed_spec()
        spec = _spec(directory, replica, wanted, taken)
        taken.append(spec)
        directory.prepare(spec, {}, brought=Brought(revision, go_on=go_on) if wanted.files else None)
    if failed := replicas.launch_all(missing, secrets):
        raise replicas.not_standing(failed, called="replicas")


def _spec(directory: ReplicaDirectory, replica: AppReplica, wanted: AppSpec, taken: Sequence[Spec]) -> Spec:
    requests = Workload.objects.get(subject_id=replica.pk).pod_sets[0]["requests"]
    needed = {flavor: amounts["gpu"] for flavor, amounts in requests.items() if "gpu" in amounts}
    gpus = devices.choose_gpus(needed, taken=[gpu for spec in taken for gpu in spec.gpus])
    own = {"HOST": HOST, "PORT": str(replica.port), **({"HANSE_FILES": str(directory.files)} if wanted.files else {})}
    return Spec(
        command=wanted.command_with(own),
        env={
            **of_programs(directory, cpu_millicores=wanted.cpu_millicores),
            **wanted.env,
            **own,
            "CUDA_VISIBLE_DEVICES": ",".join(map(str, gpus)),
            "HANSE_REPLICA": directory.label,
        },
        user=settings.LOCAL_COMPUTE_USER if os.geteuid() == 0 else "",
        cpus=devices.choose_cpus(wanted.cpu_millicores, taken=[cpu for spec in taken for cpu in spec.cpus]),
        gpus=gpus,
        # Somebody waits for its answers.
        niceness=0,
        memory_bytes=wanted.memory_bytes,
        grace_seconds=_TERM_SECONDS,
    )


def _free_port() -> int:
    """A port that nothing listens on and no other replica was given. Raises Unavailable."""
    given = set(AppReplica.objects.filter(phase__in=RUNS, port__isnull=False).values_list("port", flat=True))
    for _ in range(_LOOKS):
        port = _FIRST_PORT + random.randrange(_PORTS)  # noqa: S311 - no secret
        if port not in given and _can_bind(port):
            return port
    raise Unavailable(f"No free port was found on {devices.node_name()} for another replica.")


def _can_bind(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
        return True
