"""Why a workload waits, as the last round found it."""

from typing import Any

from django.db.models import Q

from apps.quotas.admission import Reason, total
from apps.quotas.models import Workload, WorkloadState
from apps.quotas.services.requests import pod_sets_of


def explain(workload: Workload) -> dict[str, Any]:
    """What a workload waits for, in a sentence, with a small table and what would help.

    -> {"state", "sentence", "reason", "bound", "never", "position", "ahead", "cluster", "asked", "could_fit", "free",
    "reserved_since", "helps"}; amounts are rows {"flavor", "resource", "amount"}; `position` is None unless it waits.
    """
    found = workload.waiting_for
    waits = workload.state == WorkloadState.PENDING and workload.active
    position = (found.get("position") or _position(workload)) if waits else None
    return {
        "state": workload.state,
        "sentence": _sentence(workload),
        "reason": str(workload.reason),
        "bound": found.get("bound"),
        "never": found.get("never", False),
        "position": position,
        "ahead": position - 1 if position else 0,
        "cluster": found.get("cluster") or (workload.cluster.slug if workload.cluster else None),
        "asked": found.get("asked") or _asked(workload),
        "could_fit": found.get("could_fit", []),
        "free": found.get("free", []),
        "reserved_since": workload.reserved_since,
        "helps": found.get("helps", []),
    }


def _sentence(workload: Workload) -> str:
    if workload.state == WorkloadState.FINISHED:
        return "It has ended and asks for nothing."
    if workload.state == WorkloadState.ADMITTED:
        return workload.message if workload.evicting_since else "It has its quota."
    if not workload.active:
        return "It is suspended and asks for nothing; resume it to queue it again."
    if workload.reason == Reason.PENDING_EVALUATION or not workload.waiting_for:
        return "It was just queued and is looked at in a moment."
    sentence: str = workload.waiting_for["sentence"]
    return sentence


def _position(workload: Workload) -> int:
    """Its place among what waits in its tenant for the same cluster, before a round has counted."""
    before = Q(priority_value__gt=workload.priority_value) | Q(
        priority_value=workload.priority_value, queued_at__lt=workload.queued_at
    )
    same = Workload.objects.pending().filter(before, tenant_id=workload.tenant_id)
    return same.filter(Q(cluster_id=workload.cluster_id) | Q(cluster=None)).count() + 1


def _asked(workload: Workload) -> list[dict[str, str | int]]:
    pod_sets = pod_sets_of(workload.pod_sets)
    amounts = total(pod_sets, {pods.name: pods.count for pods in pod_sets})
    return [
        {"flavor": flavor, "resource": resource, "amount": amount} for (flavor, resource), amount in sorted(amounts.items())
    ]
