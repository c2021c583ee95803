"""What asks for quota: its coming, waiting, going."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from apps.clusters.models import AdmittedBy, Cluster, Health, Node
from apps.core.errors import Conflict, InvalidRequest
from apps.core.inserts import insert
from apps.core.sentences import as_json, in_english
from apps.quotas import admission
from apps.quotas.admission import Reason
from apps.quotas.errors import NeverFits, NoQuota, PriorityNotAllowed
from apps.quotas.models import LedgerEntry, PriorityClass, UserCap, Workload, WorkloadState
from apps.quotas.services import sentences
from apps.quotas.services.bounds import Bounds, bounds_of
from apps.quotas.services.holding import ANY, announce_pool, cluster_of, hold_from_now, take_back, wake
from apps.quotas.services.requests import PodRequest, pod_sets_json, resolve_pods
from apps.quotas.services.snapshots import pending_of, read
from apps.tenants.actor import Actor
from apps.tenants.errors import TenantNotActive
from apps.tenants.models import Project, Tenant, TenantPhase


def enqueue(
    *,
    actor: Actor,
    project: Project,
    subject_kind: str,
    subject_id: UUID,
    subject_name: str,
    priority: str,
    gang: bool,
    cluster: str,
    pods: Sequence[PodRequest],
    resize_pause_seconds: int = 300,
    first: bool = False,
) -> Workload:
    """Ask for quota, in the transaction of an act; queue whatever could ever start.

    A subject that asks again gets its old workload, anew. first: it was made in this transaction, and has none.

    Raises TenantNotActive, PriorityNotAllowed, NoQuota when the tenant's quotas do not speak of what is asked for,
    NeverFits when it could not start even if nothing else ran.
    """
    class_ = _priority_class(actor, project.tenant, priority)
    of_subject = Workload.objects.filter(subject_kind=subject_kind, subject_id=subject_id)
    workload = None if first else of_subject.select_for_update().first()
    if workload is not None and workload.state == WorkloadState.ADMITTED:
        raise Conflict("Its replicas still hold quota; try again when they are gone.")
    workload = workload or Workload(subject_kind=subject_kind, subject_id=subject_id)
    _ask(workload, actor=actor, project=project, class_=class_, gang=gang, cluster=cluster, pods=pods)
    take_back(workload)
    workload.subject_name = subject_name
    workload.resize_pause_seconds = resize_pause_seconds
    candidate = _candidates(project.tenant, cluster, workload)[0]
    _settle_in(workload, candidate, pinned=cluster != ANY)
    workload.state, workload.active, workload.finished_at = WorkloadState.PENDING, True, None
    workload.queued_at = timezone.now()
    back_in_line(workload)
    if workload._state.adding:
        insert(workload)
    else:
        workload.save()
    wake(workload.cluster_id)
    return workload


def assess(
    *, actor: Actor, project: Project, priority: str, gang: bool, cluster: str, pods: Sequence[PodRequest]
) -> dict[str, Any]:
    """Say whether it would fit, cluster by cluster, and write nothing. Raises as enqueue does.

    -> {"verdict", "starts_now", "clusters": [{"cluster", "verdict", "starts_now", "replicas_now", "resolved", "asked",
    "could_fit", "free", "ahead"}]}, the best cluster first.
    """
    class_ = _priority_class(actor, project.tenant, priority)
    workload = Workload(subject_kind="", subject_id=UUID(int=0))
    _ask(workload, actor=actor, project=project, class_=class_, gang=gang, cluster=cluster, pods=pods)
    workload.queued_at = timezone.now()
    answers = [_assess_in(found, workload) for found in _candidates(project.tenant, cluster, workload)]
    answers.sort(key=lambda answer: (not answer["starts_now"], answer["ahead"], answer["cluster"]))
    return {"verdict": answers[0]["verdict"], "starts_now": answers[0]["starts_now"], "clusters": answers}


def require_may_ask(*, actor: Actor, project: Project, priority: str) -> None:
    """Raise TenantNotActive or PriorityNotAllowed when enqueue would, for a subject that asks again later."""
    _priority_class(actor, project.tenant, priority)


@transaction.atomic
def suspend(*, workload: Workload) -> None:
    """Ask for nothing until it is resumed; what it held is free. Call it when its replicas are gone."""
    workload = _locked(workload)
    if workload.state == WorkloadState.FINISHED:
        return
    _release(workload)
    workload.active = False
    workload.reason = Reason.SUSPENDED
    workload.save()


@transaction.atomic
def resume(*, workload: Workload) -> None:
    """Ask again; its place is by its age."""
    workload = _locked(workload)
    if workload.state != WorkloadState.PENDING or workload.active:
        return
    workload.active = True
    back_in_line(workload)
    workload.save()
    wake(workload.cluster_id)


@transaction.atomic
def requeue(*, workload: Workload) -> None:
    """Give back what it held and wait again, by its age: after an eviction, or to be placed anew."""
    workload = _locked(workload)
    if workload.state != WorkloadState.ADMITTED:
        return
    _release(workload)
    workload.save()
    wake(workload.cluster_id)


@transaction.atomic
def ask_only_for(*, workload: Workload, counts: Mapping[str, int]) -> None:
    """Of a workload of independent pods: from its next turn on ask for so many of each set; the others are done."""
    workload = _locked(workload)
    for document in (*workload.asked, *workload.pod_sets):
        document["count"] = document["min_count"] = counts[document["name"]]
    workload.save(update_fields=["asked", "pod_sets"])


@transaction.atomic
def release_pods(*, workload: Workload, pods: Iterable[tuple[str, int]]) -> None:
    """Give back what independent pods held that have ended (Kueue: reclaimable pods).

    pods: (pod set, index among the pods that were admitted). Those that hold nothing are passed over.
    """
    workload = _locked(workload)
    gone = set(pods)
    held = [place for place in workload.placements if (place["pod_set"], place["index"]) not in gone]
    if workload.state != WorkloadState.ADMITTED or len(held) == len(workload.placements):
        return
    for place in workload.placements:
        name = place["pod_set"]
        if (name, place["index"]) in gone:
            workload.admitted_counts[name] -= 1
            workload.ended_counts[name] = workload.ended_counts.get(name, 0) + 1
    workload.placements = held
    hold_from_now(workload)


@transaction.atomic
def finish_shrinking(*, workload: Workload) -> Workload:
    """Give back what an elastic workload was told to go on without. Call it when all its replicas are gone."""
    workload = _locked(workload)
    if workload.state == WorkloadState.ADMITTED and workload.shrinking_to is not None:
        workload.admitted_counts = workload.shrinking_to["counts"]
        workload.placements = workload.shrinking_to["placements"]
        workload.shrinking_to = None
        hold_from_now(workload)
    return workload


@transaction.atomic
def finish(*, workload: Workload) -> None:
    """It will never ask again; what it held is free. Call it when its replicas are gone."""
    workload = _locked(workload)
    if workload.state == WorkloadState.FINISHED:
        return
    _release(workload)
    workload.state, workload.active, workload.finished_at = WorkloadState.FINISHED, False, timezone.now()
    workload.waiting_for = {}
    workload.save()


@transaction.atomic
def forget(*, subject_kind: str, subject_id: UUID) -> None:
    """Remove the workload of a subject that is removed; the ledger keeps what it used. Nothing when there is none."""
    workload = Workload.objects.filter(subject_kind=subject_kind, subject_id=subject_id).select_for_update().first()
    if workload is not None:
        _release(workload)
        workload.delete()


def places_usable(workload: Workload) -> bool:
    """Whether every node on which the portal placed it takes pods, as far as is known."""
    places = {place["node"] for place in workload.placements}
    nodes = Node.objects.filter(cluster=workload.cluster, name__in=places, schedulable=True)
    return nodes.exclude(health=Health.DOWN).count() == len(places)


def stands_on(*, subject_kind: str, subject_id: UUID, node: str) -> None:
    """Note on which node the only pod of a workload is that the portal placed, and the cluster's scheduler elsewhere."""
    workload = Workload.objects.filter(subject_kind=subject_kind, subject_id=subject_id).select_for_update().first()
    if workload is None or len(workload.placements) != 1 or not workload.placements[0]["node"]:
        return
    workload.placements[0]["node"] = node
    workload.save(update_fields=["placements"])


def _release(workload: Workload) -> None:
    """Take what an admitted workload holds from it, in memory and in the ledger; the caller saves."""
    if workload.state != WorkloadState.ADMITTED:
        take_back(workload)
        return
    now = timezone.now()
    LedgerEntry.objects.filter(workload_id=workload.pk, until=None).update(until=now)
    cluster_id = cluster_of(workload)
    take_back(workload)
    workload.state = WorkloadState.PENDING
    workload.admitted_at = workload.evicting_since = None
    workload.admitted_counts, workload.ended_counts, workload.placements = {}, {}, []
    workload.shrinking_to = workload.resized_at = None
    back_in_line(workload)
    if workload.any_cluster:
        workload.cluster = None
    announce_pool(cluster_id, workload.tenant_id)
    wake(cluster_id)


def back_in_line(workload: Workload) -> None:
    workload.waiting_for = {}
    workload.reason, workload.message, workload.said = Reason.PENDING_EVALUATION, "", []
    workload.reserved_since = None


def _locked(workload: Workload) -> Workload:
    return Workload.objects.select_for_update(of=("self",)).select_related("priority_class").get(pk=workload.pk)


def _priority_class(actor: Actor, tenant: Tenant, name: str) -> PriorityClass:
    """The class, when the tenant may start something new and the actor may use it.

    The tenant is read anew and held: a drain that begins now waits for what is asked for here, and then finds it.
    """
    tenant = Tenant.objects.held(tenant.pk) or tenant
    if tenant.phase != TenantPhase.ACTIVE:
        raise TenantNotActive(
            f"{tenant.name} is {tenant.phase}{f': {tenant.phase_reason}' if tenant.phase_reason else ''}. "
            "A platform admin can make it active again.",
            phase=tenant.phase,
        )
    class_ = PriorityClass.objects.called(name)
    if class_ is None:
        known = ", ".join(PriorityClass.objects.order_by("-value").values_list("name", flat=True))
        raise InvalidRequest(
            errors=[{"pointer": "/priority", "detail": f"There is no priority {name}; known are: {known}."}]
        )
    if class_.restricted and not _may_use_restricted(actor, tenant):
        raise PriorityNotAllowed(
            f"{tenant.name} does not let you use the priority {name}. An owner or admin of the tenant can allow it "
            "(quotas, caps); or use another priority.",
            priority=name,
        )
    return class_


def _may_use_restricted(actor: Actor, tenant: Tenant) -> bool:
    if "quotas.divide" in actor.on_tenant(tenant.pk):
        return True
    in_force = UserCap.objects.filter(tenant=tenant).in_force(actor.user_id)
    return any(cap.may_use_restricted_priorities for cap in in_force)


def _ask(
    workload: Workload,
    *,
    actor: Actor,
    project: Project,
    class_: PriorityClass,
    gang: bool,
    cluster: str,
    pods: Sequence[PodRequest],
) -> None:
    workload.tenant, workload.project = project.tenant, project
    workload.user_id = actor.user_id
    workload.priority_class, workload.priority_value = class_, class_.value
    workload.gang, workload.any_cluster = gang, cluster == ANY
    workload.asked = [pod.as_json() for pod in pods]


class _Candidate:
    """A cluster in which the workload could start, with what its needs are there."""

    def __init__(self, bounds: Bounds, workload: Workload) -> None:
        self.cluster = bounds.cluster
        asked = [PodRequest.from_json(document) for document in workload.asked]
        self.pod_sets, self.resolved = resolve_pods(bounds.hardware, asked)
        self.pending = pending_of(workload, self.pod_sets)
        if self.cluster.admission == AdmittedBy.KUEUE:  # which admits independent pods together
            self.pending = replace(self.pending, independent=False)


def _candidates(tenant: Tenant, cluster: str, workload: Workload) -> list[_Candidate]:
    """Where the workload could start. Raises NoQuota or NeverFits: of several clusters' reasons, the nearest to a yes."""
    candidates: list[_Candidate] = []
    refusals: list[NeverFits | NoQuota] = []
    for bounds in bounds_of(
        tenant_id=tenant.pk,
        project_id=workload.project_id,
        user_id=workload.user_id,
        slug=None if cluster == ANY else cluster,
    ):
        try:
            candidate = _Candidate(bounds, workload)
            blocked = admission.Reach(bounds.snapshot).refusal(candidate.pending)
        except NeverFits as refusal:
            refusals.append(refusal)
            continue
        if blocked is None:
            candidates.append(candidate)
        else:
            problem = sentences.refusal(blocked, tenant=tenant, project=workload.project, cluster=candidate.cluster)
            refusals.append(problem)
    if candidates:
        return candidates
    if not refusals:
        where = "any cluster" if cluster == ANY else f"a cluster called {cluster}"
        raise NoQuota(f"{tenant.name} has no quota in {where}. A platform admin can give it one.", cluster=cluster)
    raise min(refusals, key=lambda refusal: isinstance(refusal, NoQuota))


def _settle_in(workload: Workload, candidate: _Candidate, *, pinned: bool) -> None:
    workload.pod_sets = pod_sets_json(candidate.pod_sets)
    workload.resolved = candidate.resolved
    workload.cluster = candidate.cluster if pinned else None


def _assess_in(candidate: _Candidate, workload: Workload) -> dict[str, Any]:
    """What one round would decide if the workload were queued now."""
    found, pending = read(Cluster.objects.get(pk=candidate.cluster.pk)), candidate.pending
    snapshot = found.snapshot
    decisions = admission.decide(replace(snapshot, pending=(*snapshot.pending, pending)))  # the newest of all
    admitted = next((one for one in decisions.admissions if one.id == pending.id), None)
    replicas = sum(admitted.counts.values()) if admitted else 0
    waiting = next((one for one in decisions.waiting if one.id == pending.id), None)
    context = sentences.Context.of(found, workload, pending)
    evicted = [eviction for eviction in decisions.evictions if eviction.preemptor == pending.id]
    said = sentences.verdict(context, waiting, evicted, replicas=replicas)
    return {
        "cluster": found.cluster.slug,
        "starts_now": replicas > 0,
        "replicas_now": replicas,
        "verdict": in_english(said),
        "said": as_json(said),
        "resolved": candidate.resolved,
        "ahead": waiting.ahead if waiting else 0,
        **sentences.table(context),
    }
