"""Where the Kueue of a cluster admits: what is handed over to it, and what it says in return.

The portal keeps what Kueue does not know of: the state of tenants, the caps of projects and users. A workload is handed over
when these allow it, and from then on counts against them. Each handing over is an object of its own in the cluster, told
apart by `asking`; what Kueue says of an earlier one is refused without a word.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from apps.core.registries import workload_subjects
from apps.core.sentences import Said, as_json, in_english, say
from apps.quotas.admission import Blocked, Book, Holding, Pending, Reason, Waiting, order_of, total
from apps.quotas.models import Quota, Workload, WorkloadState
from apps.quotas.services import sentences
from apps.quotas.services.holding import announce_pool, cluster_of, hint_kueue, start, take_back, wake
from apps.quotas.services.requests import PodRequest, pod_sets_json, resolve_pods
from apps.quotas.services.snapshots import Read

# The reason of evictions for which Kueue had others than somebody's claim; the sentence names it.
EVICTED = "kueue-evicted"


@dataclass(frozen=True)
class Granted:
    """What Kueue gave to one pod set: how many pods, and of each flavor asked for the one that it is to be."""

    count: int
    flavors: Mapping[str, str]


def hand_over(found: Read, *, now: datetime) -> tuple[Waiting, ...]:
    """Hand what waits over to the cluster's Kueue, by priority and age; returns what is held back, and why.

    Work for any cluster is handed over where the model sees room for it now; or where its tenant has no other cluster.
    """
    book = Book(found.snapshot)
    waiting = []
    for pending in sorted(found.snapshot.pending, key=order_of):
        row = found.workloads.get(pending.id)
        if row is None or pending.grows:
            continue
        if row.handed_at is None:
            waiting.append((pending, row))
        else:
            book.take(_holding(pending))
    sole = _with_no_other_cluster(found)
    ready: dict[str, Pending] = {}
    held: list[Waiting] = []
    ahead: Counter[str] = Counter()
    for pending, row in waiting:
        blocked = _blocked(book, pending, anywhere=row.cluster_id is None and row.tenant_id not in sole)
        if blocked is None:
            ready[pending.id] = pending
            book.take(_holding(pending))
        else:
            held.append(Waiting(pending.id, blocked, reserved=False, ahead=ahead[pending.owner.tenant]))
        ahead[pending.owner.tenant] += 1
    _hand(found, ready, now=now)
    return tuple(held)


def _blocked(book: Book, pending: Pending, *, anywhere: bool) -> Blocked | None:
    asked = total(pending.pod_sets, pending.counts)
    return book.blocked_by_quota(pending.owner, asked) if anywhere else book.blocked_in_tenant(pending.owner, asked)


def _holding(pending: Pending) -> Holding:
    return Holding(pending.owner, total(pending.pod_sets, pending.counts), on_nodes={})


def _with_no_other_cluster(found: Read) -> set[UUID]:
    tenants = [quota.tenant_id for quota in found.quotas.values()]
    count = Counter(Quota.objects.filter(tenant_id__in=tenants).values_list("tenant_id", flat=True))
    return {tenant for tenant, clusters in count.items() if clusters == 1}


def _hand(found: Read, ready: Mapping[str, Pending], *, now: datetime) -> None:
    """Write it down; whoever changes one of them at this moment finds it in the next round."""
    rows = Workload.objects.filter(pk__in=list(ready), state=WorkloadState.PENDING, active=True, handed_at=None)
    for row in rows.order_by("pk").select_for_update(of=("self",), skip_locked=True):
        pending = ready[str(row.pk)]
        if row.cluster_id is None:
            asked = [PodRequest.from_json(document) for document in row.asked]
            _, row.resolved = resolve_pods(found.hardware_for(row.tenant_id), asked)
            row.cluster = found.cluster
            row.pod_sets = pod_sets_json(pending.pod_sets)
        row.handed_at = now
        row.asking += 1
        row.reason, row.message, row.said, row.waiting_for = Reason.PENDING_EVALUATION, "", [], {}
        row.save()
        hint_kueue(row)
        _tell_waiting(row)


@transaction.atomic
def granted(*, workload_id: UUID, asking: int, pod_sets: Mapping[str, Granted]) -> None:
    """Let a workload start that Kueue has admitted: its quota is held from now on, in the flavors that Kueue chose."""
    row = _asked(workload_id, asking)
    if row is None or row.state != WorkloadState.PENDING:
        return
    for document in row.pod_sets:
        given = pod_sets[document["name"]].flavors if document["name"] in pod_sets else {}
        requests: dict[str, dict[str, int]] = {}
        for flavor, amounts in document["requests"].items():
            requests.setdefault(given.get(flavor, flavor), {}).update(amounts)
        document["requests"] = requests
        for word in row.resolved:
            if word["pod_set"] == document["name"]:
                word["flavor"] = given.get(word["flavor"], word["flavor"])
    counts = {name: given.count for name, given in pod_sets.items()}
    # A gang finds its own nodes; of independent pods each is told apart, to give back its part when it ends.
    places = [
        {"pod_set": name, "index": index, "node": ""}
        for name, count in counts.items()
        for index in range(count)
        if not row.gang
    ]
    start(row, counts=counts, placements=places, now=timezone.now())
    announce_pool(cluster_of(row), row.tenant_id)


@transaction.atomic
def waits_in_kueue(*, workload_id: UUID, asking: int, reason: str, message: str) -> None:
    """Keep why Kueue does not admit it yet."""
    _keep_why(workload_id, asking, reason=reason, code="waits-in-kueue", message=message)


@transaction.atomic
def not_handed(*, workload_id: UUID, asking: int, message: str) -> None:
    """Keep why it could not be handed over; that is tried again."""
    _keep_why(workload_id, asking, reason=Reason.PENDING_EVALUATION, code="waits-for-handing", message=message)


@transaction.atomic
def evicted_by_kueue(*, workload_id: UUID, asking: int, cause: str) -> None:
    """Stop what Kueue takes its quota from; it holds it until its replicas are gone, then it is handed over anew.

    cause: Kueue's reason. Its message is not shown: it names the tenant for whom it makes room.
    """
    row = _asked(workload_id, asking)
    if row is None:
        return
    if row.state == WorkloadState.ADMITTED:
        _evict(row, cause)
    else:
        _hand_anew(row)


@transaction.atomic
def gone_from_kueue(*, workload_id: UUID, asking: int) -> None:
    """Somebody removed in the cluster what was asked there: what waits is asked again, what runs has lost its quota."""
    row = _asked(workload_id, asking)
    if row is None:
        return
    if row.state == WorkloadState.ADMITTED:
        _evict(row, "Deleted")
    else:
        _hand_anew(row)


def _hand_anew(row: Workload) -> None:
    cluster_id = row.cluster_id
    take_back(row)
    row.save()
    wake(cluster_id)


def _evict(row: Workload, cause: str) -> None:
    if row.evicting_since is not None:
        return
    reason, why = _why_evicted(cause)
    said = [why]
    row.evicting_since, row.reason = timezone.now(), reason
    row.message, row.said = in_english(said)[:500], as_json(said)
    row.save(update_fields=["evicting_since", "reason", "message", "said"])
    subject = workload_subjects.get(row.subject_kind)
    if subject is not None:
        subject.evicted(row, reason=row.reason, message=row.message, said=row.said)


def _why_evicted(cause: str) -> tuple[str, Said]:
    """(reason, the same as a sentence)."""
    if cause.startswith("InCohort"):
        return Reason.IN_COHORT_RECLAMATION, say("evicted-by-lender")
    if cause == Reason.IN_CLUSTER_QUEUE:
        return Reason.IN_CLUSTER_QUEUE, say("evicted-for-other")
    return EVICTED, say("evicted-by-kueue", reason=cause)


def _keep_why(workload_id: UUID, asking: int, *, reason: str, code: str, message: str) -> None:
    row = _asked(workload_id, asking)
    if row is None or row.state != WorkloadState.PENDING or row.cluster is None:
        return
    said = [say(code, cluster=row.cluster.slug, message=message[:300])]
    found: dict[str, Any] = {
        "cluster": row.cluster.slug,
        "sentence": in_english(said)[:500],
        "said": as_json(said),
        "reason": reason,
        "bound": None,
        "never": False,
        "reserved": False,
        "helps": sentences.helps_with_quota(row.tenant.name),
    }
    if found == row.waiting_for:
        return
    row.waiting_for, row.reason, row.message, row.said = found, reason[:40], found["sentence"], found["said"]
    row.save(update_fields=["waiting_for", "reason", "message", "said"])
    _tell_waiting(row)


def _tell_waiting(row: Workload) -> None:
    subject = workload_subjects.get(row.subject_kind)
    if subject is not None:
        subject.waiting(row)


def _asked(workload_id: UUID, asking: int) -> Workload | None:
    """The workload, locked, while this is what Kueue is asked for it."""
    rows = Workload.objects.filter(pk=workload_id, asking=asking).exclude(handed_at=None)
    return rows.select_for_update(of=("self",)).select_related("tenant", "project", "priority_class", "cluster").first()
