"""Which loops `watch` runs."""

from collections.abc import Callable

from django.conf import settings

from celery_workers.gate.routes import Gate
from celery_workers.gate.traffic import Traffic
from celery_workers.local import replicas
from celery_workers.local.collect import collect_artifacts
from celery_workers.local.follow import Follower
from celery_workers.local.machine import record_machine
from celery_workers.local.observe import Observer
from celery_workers.local.serving import Serving
from celery_workers.watchers.admission import Admission
from celery_workers.watchers.clusters import JobsInClusters
from celery_workers.watchers.hardware import HardwareOfClusters
from celery_workers.watchers.loops import Loop, Periodic, Watch
from celery_workers.watchers.relay import Relay, send_to_celery


def watch() -> Watch:
    """All loops; those of local compute only where it is on, or was when replicas were started.

    Opens this machine, if it was closed by a stop.
    """
    loops: dict[str, Callable[[], Loop]] = {
        "relay": lambda: Relay(send_to_celery),
        "admission": Admission,
        "jobs-in-clusters": JobsInClusters,
        "hardware-of-clusters": HardwareOfClusters,
    }
    if settings.GATE_ADMIN:
        loops["gate"] = lambda: Periodic(Gate().step, every_seconds=0.3)
    if settings.GATE_LOG:
        loops["gate-traffic"] = lambda: Periodic(Traffic(settings.GATE_LOG).step, every_seconds=2)
    if settings.LOCAL_COMPUTE or replicas.all_opened():
        replicas.open_machine()
        loops |= {
            "local-machine": lambda: Periodic(lambda _: record_machine(), every_seconds=5),
            "local-observer": lambda: Periodic(Observer().step, every_seconds=0.4),
            "local-serving": lambda: Periodic(Serving().step, every_seconds=0.3),
            "local-follower": lambda: Periodic(Follower().step, every_seconds=0.25),
            "local-collector": lambda: Periodic(collect_artifacts, every_seconds=0.5),
        }
    return Watch(loops)
