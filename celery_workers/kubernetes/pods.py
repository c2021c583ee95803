"""What a pod says of a replica: its labels whose it is, its status how it fares, in the words of jobs."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from apps.jobs.services import ReplicaSeen
from celery_workers.kubernetes.manifests import labels

Json = Mapping[str, Any]

# What a kubelet or scheduler goes on trying is given up after so long.
PATIENCE = {"image-unavailable": timedelta(minutes=5), "unschedulable": timedelta(minutes=10)}
NO_IMAGE = frozenset({"ErrImagePull", "ImagePullBackOff", "ErrImageNeverPull", "RegistryUnavailable", "ImageInspectError"})
NEVER_AN_IMAGE = frozenset({"InvalidImageName"})
# What a kubelet says while it pulls, and for a moment after it.
PULLING = ("ContainerCreating", "PodInitializing")
_NO_START = frozenset({"CreateContainerConfigError", "CreateContainerError", "RunContainerError", "StartError"})
# reasons of the condition DisruptionTarget -> codes
_DISRUPTED = {
    "PreemptionByScheduler": "displaced",
    "EvictionByEvictionAPI": "evicted",
    "TerminationByKubelet": "evicted",
    "DeletionByTaintManager": "lost",
    "DeletionByPodGC": "lost",
}
# reasons of the pod's own status -> codes
_ENDED_BY_NODE = {
    "Evicted": "evicted",
    "Preempting": "displaced",
    "NodeLost": "lost",
    "NodeShutdown": "lost",
    "Terminated": "lost",
    "NodeAffinity": "unschedulable",
    "UnexpectedAdmissionError": "unschedulable",
}
_OVER = ("succeeded", "failed", "lost", "stopped")


@dataclass(frozen=True)
class PodSeen:
    """All that is kept of a pod.

    seen: what to tell jobs. since: since when what it waits for is so. terminal: the cluster holds nothing for it any
    more; a replica may be over sooner, when what its pod goes on trying is given up.
    """

    namespace: str
    name: str
    uid: str
    job_id: UUID
    attempt: int
    rank: int
    container: str
    deleting: bool
    terminal: bool
    has_log: bool
    seen: ReplicaSeen
    since: datetime | None = None

    @property
    def ended(self) -> bool:
        return self.seen.phase in _OVER

    @property
    def key(self) -> tuple[UUID, int, int]:
        return self.job_id, self.attempt, self.rank

    def given_up(self, now: datetime) -> "PodSeen":
        """The same, but ended when what it waits for has lasted too long."""
        patience = PATIENCE.get(self.seen.reason)
        if self.ended or patience is None or self.since is None or now - self.since < patience:
            return self
        phase = "lost" if self.seen.reason == "unschedulable" else "failed"
        return replace(self, seen=replace(self.seen, phase=phase, finished_at=now))

    def gone(self, *, wanted: bool, now: datetime) -> ReplicaSeen:
        """What becomes of the replica when its pod is not there any more: told to go, or taken away by somebody."""
        if self.ended:
            return self.seen
        reason = self.seen.reason if self.seen.reason in _DISRUPTED.values() else "deleted"
        phase = "lost" if wanted else "stopped"
        return replace(self.seen, phase=phase, reason=reason if wanted else "", message="", finished_at=now)


def read_pod(pod: Json) -> PodSeen | None:
    """None for a pod that is not a replica of ours."""
    metadata, status = pod["metadata"], pod.get("status") or {}
    marks = metadata.get("labels") or {}
    try:
        job_id, attempt, rank = UUID(marks[labels.JOB]), int(marks[labels.ATTEMPT]), rank_of(marks)
    except (KeyError, ValueError):
        return None
    container: Json = next(iter(status.get("containerStatuses") or []), {})
    phase, reason, message, since = _fate(status, container)
    terminated = (container.get("state") or {}).get("terminated") or {}
    exit_code, signal = _exit(terminated)
    scheduled = _condition(status, "PodScheduled")
    seen = ReplicaSeen(
        rank=rank,
        phase=phase,
        node=(pod.get("spec") or {}).get("nodeName") or "",
        exit_code=exit_code,
        signal=signal,
        reason=reason,
        message=_plain(message),
        pod_uid=metadata["uid"],
        made_at=_moment(metadata.get("creationTimestamp")),
        scheduled_at=_moment(scheduled.get("lastTransitionTime")) if scheduled.get("status") == "True" else None,
        started_at=_started(container),
        finished_at=(_moment(terminated.get("finishedAt")) or timezone.now()) if phase in _OVER else None,
    )
    return PodSeen(
        namespace=metadata["namespace"],
        name=metadata["name"],
        uid=metadata["uid"],
        job_id=job_id,
        attempt=attempt,
        rank=rank,
        container=str(pod["spec"]["containers"][0]["name"]),
        deleting="deletionTimestamp" in metadata,
        terminal=status.get("phase") in ("Succeeded", "Failed"),
        has_log=seen.started_at is not None,
        seen=seen,
        since=since or seen.made_at,
    )


def rank_of(marks: Json) -> int:
    """As its label says, or counted from the first of those that an operator made alike."""
    if labels.RANK in marks:
        return int(marks[labels.RANK])
    # The launcher of an MPIJob has no number, and is the only one of its part.
    return int(marks[labels.FIRST_RANK]) + int(marks.get(labels.INDEX) or marks.get(labels.COMPLETION) or 0)


def _fate(status: Json, container: Json) -> tuple[str, str, str, datetime | None]:
    """(phase of the replica, reason as a code, message, since when it waits)."""
    state = container.get("state") or {}
    terminated = state.get("terminated") or {}
    match status.get("phase"):
        case "Succeeded":
            return "succeeded", "", "", None
        case "Failed":
            return _failed(status, terminated)
        case "Running" if "running" in state:
            return "running", _disrupted(status), "", None
        case "Running" if terminated:  # the kubelet says so of the container first, and of the pod a moment later
            return ("running", "", "", None)
    waiting = state.get("waiting") or {}
    reason, message = str(waiting.get("reason") or ""), str(waiting.get("message") or "")
    if reason in NEVER_AN_IMAGE:
        return "failed", "image-unavailable", message, None
    if reason in NO_IMAGE:
        return "starting", "image-unavailable", message, None
    if reason in _NO_START:
        return "failed", _why_not_started(message), message, None
    scheduled = _condition(status, "PodScheduled")
    if scheduled.get("status") == "False":
        said = "unschedulable" if scheduled.get("reason") == "Unschedulable" else ""
        return "starting", said, str(scheduled.get("message") or ""), _moment(scheduled.get("lastTransitionTime"))
    return "starting", "", "" if reason in PULLING else message, None


def _failed(status: Json, terminated: Json) -> tuple[str, str, str, datetime | None]:
    reason, message = str(status.get("reason") or ""), str(status.get("message") or "")
    if reason == "DeadlineExceeded":
        return "failed", "deadline", message, None
    if terminated.get("reason") == "OOMKilled":
        return "failed", "out-of-memory", "", None
    if code := _disrupted(status) or _ENDED_BY_NODE.get(reason, ""):
        return "lost", code, message, None
    if terminated.get("reason") in _NO_START or terminated.get("reason") == "ContainerCannotRun":
        return "failed", _why_not_started(str(terminated.get("message") or "")), str(terminated.get("message") or ""), None
    if not terminated:
        return "lost", "lost", message, None
    return "failed", "", str(terminated.get("message") or message), None


def _disrupted(status: Json) -> str:
    target = _condition(status, "DisruptionTarget")
    return _DISRUPTED.get(str(target.get("reason")), "lost") if target.get("status") == "True" else ""


def _why_not_started(message: str) -> str:
    if "not found" in message or "no such file" in message:
        return "command-not-found" if "exec" in message else "start-failed"
    return "not-executable" if "permission denied" in message else "start-failed"


def _exit(terminated: Json) -> tuple[int | None, int | None]:
    """(exit code, signal): a container that was killed by a signal ends with 128 and its number."""
    code = terminated.get("exitCode")
    if code is None:
        return None, None
    if terminated.get("signal"):
        return None, int(terminated["signal"])
    return (None, int(code) - 128) if 128 < code < 160 else (int(code), None)


def _started(container: Json) -> datetime | None:
    state = container.get("state") or {}
    return _moment((state.get("running") or state.get("terminated") or {}).get("startedAt"))


def _condition(status: Json, name: str) -> Json:
    found: Json = next((one for one in status.get("conditions") or [] if one.get("type") == name), {})
    return found


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _plain(message: str) -> str:
    return re.sub(r"\s+", " ", message).strip()[:300]
