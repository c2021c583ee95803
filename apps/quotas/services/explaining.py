"""Why a workload waits, as the last round found it."""

from typing import Any

from django.db.models import Q

from apps.core.sentences import Said, as_json, in_english, say
from apps.quotas.admission import Reason, total
from apps.quotas.models import Workload, WorkloadState
from apps.quotas.services.requests import pod_sets_of


def explain(workload: Workload) -> dict[str, Any]:
    """What a workload waits for, in a sentence, with a small table and what would help.

    -> {"state", "sentence", "said", "reason", "bound", "never", "position", "ahead", "cluster", "asked", "could_fit",
    "free", "reserved_since", "helps"}; amounts are rows {"flavor", "resource",
    "amount"}; `position` is None unless it waits.
    """
    found = workload.waiting_for
    waits = workload.state == WorkloadState.PENDING and workload.active
    position = (found.get("position") or _position(workload)) if waits else None
    state = _state(workload)
    # Of independent pods, what the next one waits for is said after what was started.
    goes_on = workload.state == WorkloadState.ADMITTED and not workload.evicting_since
    rest = found.get("sentence", "") if goes_on and "said" in found else ""
    return {
        "state": workload.state,
        "sentence": f"{in_english(state)} {rest}".strip() if state else workload.message,
        "said": [*as_json(state), *(found["said"] if rest else [])] if state else workload.said,
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


def _state(workload: Workload) -> list[Said]:
    """What there is to say of it when no round has said more: of who neither waits nor is told to go."""
    if workload.state == WorkloadState.FINISHED:
        return [say("over")]
    if workload.state == WorkloadState.ADMITTED:
        if workload.evicting_since:
            return []
        return [_of_the_rest(workload)] if workload.waiting_for else [say("has-quota")]
    if not workload.active:
        return [say("asks-for-nothing")]
    if workload.reason == Reason.PENDING_EVALUATION or not workload.waiting_for:
        return [say("just-queued")]
    return []


def _of_the_rest(workload: Workload) -> Said:
    """Of independent pods, some of which were started; what the next one waits for follows it."""
    begun = sum(workload.admitted_counts.values()) + sum(workload.ended_counts.values())
    everyone = sum(pods["count"] for pods in workload.pod_sets)
    return say("some-started", begun=begun, everyone=everyone)


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
