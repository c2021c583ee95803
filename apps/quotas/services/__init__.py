"""Acts on quotas and workloads."""

from apps.quotas.admission import PodSet
from apps.quotas.models import Workload
from apps.quotas.services.explaining import explain
from apps.quotas.services.requests import DeviceNeed, PodRequest, Resolved, resolve
from apps.quotas.services.rounds import admit
from apps.quotas.services.workloads import (
    ADMISSION_CHANNEL,
    assess,
    enqueue,
    finish,
    forget,
    requeue,
    resume,
    suspend,
)

__all__ = [
    "ADMISSION_CHANNEL",
    "DeviceNeed",
    "PodRequest",
    "PodSet",
    "Resolved",
    "Workload",
    "admit",
    "assess",
    "enqueue",
    "explain",
    "finish",
    "forget",
    "requeue",
    "resolve",
    "resume",
    "suspend",
]
