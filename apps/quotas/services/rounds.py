"""Rounds of admission: read a cluster, let the model decide, carry the decisions out, tell whom they concern."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from apps.clusters.models import AdmittedBy, Cluster
from apps.core.notifications import notify
from apps.core.registries import WorkloadSubject, workload_subjects
from apps.core.sentences import as_json, in_english
from apps.quotas import admission
from apps.quotas.admission import Admission, Book, Decisions, Eviction, Shrink, Waiting
from apps.quotas.models import Workload
from apps.quotas.services import sentences
from apps.quotas.services.handing import hand_over
from apps.quotas.services.holding import announce, hold_from_now, start
from apps.quotas.services.requests import PodRequest, pod_sets_json, pod_sets_of, resolve_pods
from apps.quotas.services.snapshots import Read, owner_of, read

# Positions further back are kept exact, but not announced one by one whenever the queue moves.
ANNOUNCED_POSITIONS = 20


@transaction.atomic
def admit(*, cluster_id: UUID) -> list[UUID]:
    """Run one round in a cluster; the ids of the workloads that it admitted. Where Kueue admits, hand over to it.

    One round at a time a cluster: its cohorts share its nodes. A workload that somebody else is changing at this moment
    is left to the next round, so that admission never waits for an act, nor deadlocks with one.
    """
    lock_cluster(cluster_id)
    now = timezone.now()
    cluster = Cluster.objects.get(pk=cluster_id)
    found = read(cluster, now=now)
    if not found.snapshot.pending and not any(running.may_grow for running in found.snapshot.running):
        return []
    if cluster.admission == AdmittedBy.KUEUE:
        held_back = hand_over(found, now=now)
        _Round(found, Decisions((), (), held_back), now).explain()
        return []
    decisions = admission.decide(found.snapshot)
    before = Book(found.snapshot)
    carried_out = _Round(found, decisions, now)
    admitted = carried_out.run()
    changed = [tenant for tenant in found.quotas if _figures(before, tenant) != _figures(carried_out.book, tenant)]
    announce(found.quotas[tenant] for tenant in changed)
    return admitted


def lock_cluster(cluster_id: UUID) -> None:
    """Hold the cluster's admission until the transaction ends: rounds and changes of quotas take turns."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [(cluster_id.int >> 64 ^ cluster_id.int) & (2**63 - 1)])


class _Round:
    def __init__(self, found: Read, decisions: Decisions, now: datetime) -> None:
        self._found, self._decisions, self._now = found, decisions, now
        self._pending = {pending.id: pending for pending in found.snapshot.pending}
        self.book = Book(found.snapshot)

    def run(self) -> list[UUID]:
        decisions = self._decisions
        decided: tuple[Admission | Eviction | Shrink, ...]
        decided = (*decisions.admissions, *decisions.evictions, *decisions.growths, *decisions.shrinks)
        rows = self._locked(one.id for one in decided)
        admitted = [row.pk for one in decisions.admissions if (row := self._admit(rows.get(one.id), one))]
        for eviction in decisions.evictions:
            self._evict(rows.get(eviction.id), eviction)
        for growth in decisions.growths:
            self._grow(rows.get(growth.id), growth)
        for shrink in decisions.shrinks:
            self._shrink(rows.get(shrink.id), shrink)
        self.explain()
        return admitted

    def explain(self) -> None:
        """Write down why things wait, and tell those for whom it changed. What is as it was is not even locked."""
        changed = {}
        for waiting in self._decisions.waiting:
            row = self._found.workloads[waiting.id]
            if not self._explained_elsewhere(row, waiting):
                found = self._finding(row, waiting)
                if found != row.waiting_for or waiting.reserved != (row.reserved_since is not None):
                    changed[waiting.id] = (waiting, found)
        for workload_id, row in self._locked(changed).items():
            self._wait(row, *changed[workload_id])

    def _locked(self, ids: Iterable[str]) -> dict[str, Workload]:
        """The rows, as the decisions know them; those that somebody changes now, or changed since, are left out."""
        rows = (
            Workload.objects.filter(pk__in=list(ids))
            .select_related("tenant", "project", "priority_class", "cluster")
            .order_by("pk")
            .select_for_update(of=("self",), skip_locked=True)
        )
        return {str(row.pk): row for row in rows if self._unchanged(row)}

    def _unchanged(self, row: Workload) -> bool:
        read_before = self._found.workloads[str(row.pk)]
        names = ("state", "active", "evicting_since", "cluster_id", "queued_at", "admitted_counts", "shrinking_to")
        return all(getattr(row, name) == getattr(read_before, name) for name in names)

    def _admit(self, row: Workload | None, decision: Admission) -> Workload | None:
        if row is None:
            return None
        pending = self._pending[decision.id]
        row.cluster = self._found.cluster
        row.pod_sets = pod_sets_json(pending.pod_sets)
        if row.any_cluster:
            asked = [PodRequest.from_json(document) for document in row.asked]
            _, row.resolved = resolve_pods(self._found.hardware_for(row.tenant_id), asked)
        self.book.take(admission.Holding(pending.owner, admission.total(pending.pod_sets, decision.counts), on_nodes={}))
        start(row, counts=decision.counts, placements=_placed(decision.placements), now=self._now)
        return row

    def _grow(self, row: Workload | None, decision: Admission) -> None:
        """Give a running workload more pods, unless its subject is about to stop it."""
        subject = workload_subjects.get(row.subject_kind) if row is not None else None
        if row is None or subject is None or not subject.may_grow(row):
            return
        for place in decision.placements:
            name = place.pod_set
            begun = row.admitted_counts.get(name, 0) + row.ended_counts.get(name, 0)
            row.admitted_counts[name] = row.admitted_counts.get(name, 0) + 1
            row.placements.append({"pod_set": name, "index": begun, "node": place.node})
        if row.gang:
            row.resized_at = self._now
        row.reason, row.message, row.waiting_for, row.reserved_since = "", "", {}, None
        hold_from_now(row)
        sets = self._found_sets(decision.id)
        self.book.take(admission.Holding(owner_of(row), admission.total(sets, decision.counts), on_nodes={}, workloads=0))
        subject.grown(row)

    def _found_sets(self, workload_id: str) -> tuple[admission.PodSet, ...]:
        return pod_sets_of(self._found.workloads[workload_id].pod_sets)

    def _shrink(self, row: Workload | None, decision: Shrink) -> None:
        if row is None:
            return
        row.shrinking_to = {"counts": dict(decision.counts), "placements": _placed(decision.placements)}
        row.resized_at = self._now
        row.save(update_fields=["shrinking_to", "resized_at"])
        subject = workload_subjects.get(row.subject_kind)
        if subject is not None:
            preemptor = self._found.workloads.get(decision.preemptor)
            subject.shrinking(row, message=str(sentences.shrink(decision, row, preemptor)))

    def _evict(self, row: Workload | None, eviction: Eviction) -> None:
        if row is None:
            return
        preemptor = self._found.workloads.get(eviction.preemptor)
        row.evicting_since = self._now
        row.reason = eviction.reason
        said = [sentences.eviction(eviction, row, preemptor)]
        row.message, row.said = in_english(said)[:500], as_json(said)
        row.save(update_fields=["evicting_since", "reason", "message", "said"])
        subject = workload_subjects.get(row.subject_kind)
        if subject is not None:
            subject.evicted(row, reason=str(eviction.reason), message=row.message, said=row.said)

    def _wait(self, row: Workload, waiting: Waiting, found: dict[str, Any]) -> None:
        announced = _announced(found) != _announced(row.waiting_for)
        row.waiting_for = found
        subject = workload_subjects.get(row.subject_kind)
        if waiting.reserved and row.reserved_since is None and subject is not None:
            self._tell_of_place(row, subject)
        row.reserved_since = (row.reserved_since or self._now) if waiting.reserved else None
        row.reason, row.message, row.said = waiting.blocked.reason, found["sentence"], found["said"]
        row.save(update_fields=["waiting_for", "reserved_since", "reason", "message", "said"])
        if announced and subject is not None:
            subject.waiting(row)

    def _tell_of_place(self, row: Workload, subject: WorkloadSubject) -> None:
        notify(
            "workload.place-kept",
            object_kind=row.subject_kind,
            object_id=row.subject_id,
            path=subject.path(row),
            to=[row.user_id],
            tenant_id=row.tenant_id,
            project_id=row.project_id,
            name=row.subject_name,
            tenant=row.tenant.slug,
            project=row.project.slug,
            cluster=self._found.cluster.slug,
        )

    def _finding(self, row: Workload, waiting: Waiting) -> dict[str, Any]:
        context = sentences.Context.of(self._found, row, self._pending[waiting.id], self.book)
        said = sentences.sentence(context, waiting)
        return {
            "cluster": self._found.cluster.slug,
            "sentence": in_english(said)[:500],
            "said": as_json(said),
            "reason": str(waiting.blocked.reason),
            "bound": str(waiting.blocked.bound),
            "never": waiting.blocked.never,
            "reserved": waiting.reserved,
            "position": waiting.ahead + 1,
            "helps": sentences.helps(context, waiting.blocked),
            **sentences.table(context),
        }

    def _explained_elsewhere(self, row: Workload, waiting: Waiting) -> bool:
        """A workload for any cluster is explained by one of them: the first that looked, unless a place is kept here."""
        other = row.waiting_for.get("cluster", self._found.cluster.slug) != self._found.cluster.slug
        return other and not waiting.reserved


def _placed(placements: Iterable[admission.Placement]) -> list[dict[str, Any]]:
    return [{"pod_set": place.pod_set, "index": place.index, "node": place.node} for place in placements]


def _announced(found: dict[str, Any]) -> tuple[object, ...]:
    position = found.get("position")
    near = position is not None and position <= ANNOUNCED_POSITIONS
    return (found.get("reason"), found.get("bound"), found.get("sentence"), position if near else None)


def _figures(book: Book, tenant: str) -> list[tuple[int, int, int]]:
    keys = sorted(book.queues[tenant].limits)
    return [(book.used(tenant, key), book.borrowed(tenant, key), book.lent(tenant, key)) for key in keys]
