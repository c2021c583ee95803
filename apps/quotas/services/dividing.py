"""Dividing a tenant's quota: shares of its projects, caps of its users (tenant admins), and the priorities."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import ProtectedError, Q

from apps.accounts.models import Group, User
from apps.audit import services as audit
from apps.clusters import services as clusters
from apps.clusters.models import Cluster
from apps.core.errors import InvalidRequest, NameTaken
from apps.core.outbox import publish
from apps.core.registries import Casualty
from apps.core.uniqueness import refused_when_taken
from apps.quotas import admission
from apps.quotas.admission import Key
from apps.quotas.errors import PriorityInUse
from apps.quotas.models import PriorityClass, Quota, QuotaLine, Share, UserCap, Workload, WorkloadState
from apps.quotas.services.casualties import hit_by, require_confirmed, with_cap, with_shares
from apps.quotas.services.holding import announce, hint_kueue, wake
from apps.quotas.services.managing import require_covered
from apps.quotas.services.rounds import lock_cluster
from apps.quotas.services.snapshots import read
from apps.tenants.actor import Actor
from apps.tenants.models import Member, Project, Tenant

_CAP_FIELDS = ("running_workloads", "gpus", "may_use_restricted_priorities")
_PRIORITY_FIELDS = ("value", "description", "starts_within_seconds", "restricted")


@dataclass(frozen=True)
class ShareLine:
    """What one project is guaranteed of one resource, and may at most use (None: as much as its tenant)."""

    cluster: str
    flavor: str
    resource: str
    guaranteed: int = 0
    cap: int | None = None


@transaction.atomic
def set_shares(*, actor: Actor, project: Project, lines: Sequence[ShareLine], confirm: bool = False) -> Project:
    """Put all shares of a project anew.

    Raises InvalidRequest for lines that the tenant's quota does not have, SharesExceedQuota, and QuotaInUse when a cap hits
    work and is not confirmed.
    """
    rows = _checked(project, lines)
    clusters = _clusters_of(project, rows)
    for cluster in clusters:
        lock_cluster(cluster.pk)
    _require_covered(project, rows)
    require_confirmed(_hit_by_shares(project, lines, clusters), confirm=confirm)
    before = describe_shares(project)
    project.shares.all().delete()
    Share.objects.bulk_create(rows)
    project.generation += 1
    project.save(update_fields=["generation"])
    publish(op="changed", subject=project)
    announce(Quota.objects.filter(tenant_id=project.tenant_id, cluster__in=clusters))
    for cluster in clusters:
        wake(cluster.pk)
    audit.record(
        actor=actor,
        action="shares.set",
        kind="project",
        subject_id=project.pk,
        label=str(project),
        tenant_id=project.tenant_id,
        project_id=project.pk,
        before={"shares": before},
        after={"shares": describe_shares(project)},
    )
    return project


def preview_shares(*, project: Project, lines: Sequence[ShareLine]) -> list[Casualty]:
    """Whom set_shares would hit. Raises as it does, but for QuotaInUse."""
    rows = _checked(project, lines)
    _require_covered(project, rows)
    return _hit_by_shares(project, lines, _clusters_of(project, rows))


def share_lines(project: Project) -> list[ShareLine]:
    rows = project.shares.select_related("flavor__cluster").order_by("flavor__cluster__slug", "flavor__name", "resource")
    return [ShareLine(row.flavor.cluster.slug, row.flavor.name, row.resource, row.guaranteed, row.cap) for row in rows]


def describe_shares(project: Project) -> list[dict[str, Any]]:
    return [asdict(line) for line in share_lines(project)]


@transaction.atomic
def create_cap(
    *,
    actor: Actor,
    tenant: Tenant,
    user: User | None = None,
    group: Group | None = None,
    confirm: bool = False,
    **limits: Any,
) -> UserCap:
    """Cap a member, each one of a group, or (neither) everybody without a cap of these. Raises NameTaken, QuotaInUse."""
    if user is not None and not Member.objects.filter(Q(user=user) | Q(group__users=user), tenant=tenant).exists():
        raise InvalidRequest(errors=[{"pointer": "/user", "detail": f"They are no member of {tenant.name}."}])
    cap = UserCap(tenant=tenant, user=user, group=group, **limits)
    lock_clusters_of(tenant)
    require_confirmed(preview_cap(cap=cap), confirm=confirm)
    with refused_when_taken(NameTaken(f"There is a cap for {cap.whose} already; change that one.")):
        cap.save(force_insert=True)
    _cap_changed(actor, "cap.create", cap, after=_limits(cap))
    return cap


@transaction.atomic
def change_cap(*, actor: Actor, cap: UserCap, changes: Mapping[str, Any], confirm: bool = False) -> UserCap:
    """Change the numbers, or who may use restricted priorities. Raises QuotaInUse."""
    before = _limits(cap)
    _set(cap, changes, _CAP_FIELDS)
    if _limits(cap) == before:
        return cap
    lock_clusters_of(cap.tenant)
    require_confirmed(preview_cap(cap=cap), confirm=confirm)
    cap.generation += 1
    cap.save()
    _cap_changed(actor, "cap.change", cap, before=before, after=_limits(cap))
    return cap


@transaction.atomic
def remove_cap(*, actor: Actor, cap: UserCap, confirm: bool = False) -> None:
    """Remove a cap; the one for everybody then holds for its user. Raises QuotaInUse when that hits work."""
    lock_clusters_of(cap.tenant)
    require_confirmed(preview_cap(cap=cap, removed=True), confirm=confirm)
    _cap_changed(actor, "cap.remove", cap, before=_limits(cap))
    cap.delete()


def preview_cap(*, cap: UserCap, removed: bool = False) -> list[Casualty]:
    """Whom the cap, as it is in memory, would hit."""
    value = None if removed else admission.UserCap(cap.running_workloads, cap.gpus)
    hit: dict[UUID, Casualty] = {}
    for cluster in Cluster.objects.filter(quotas__tenant_id=cap.tenant_id).order_by("pk"):
        found = read(cluster)
        for casualty in hit_by(found, with_cap(found.snapshot, cap.tenant_id, cap.user_id or cap.group_id, value)):
            hit.setdefault(casualty.id, casualty)
    return list(hit.values())


@transaction.atomic
def create_priority(*, actor: Actor, name: str, value: int, **fields: Any) -> PriorityClass:
    """Name a priority. Raises NameTaken."""
    with refused_when_taken(NameTaken(f"There is a priority {name}.", at="/name")):
        class_ = PriorityClass.objects.create(name=name, value=value, **fields)
    clusters.write_queues()
    _record_priority(actor, "priority.create", class_, after={"name": name, **describe_priority(class_)})
    return class_


@transaction.atomic
def change_priority(*, actor: Actor, priority: PriorityClass, changes: Mapping[str, Any]) -> PriorityClass:
    """Change a priority. A new value holds at once for what waits; what runs keeps the one it started with."""
    before = describe_priority(priority)
    _set(priority, changes, _PRIORITY_FIELDS)
    if describe_priority(priority) == before:
        return priority
    priority.generation += 1
    priority.save()
    waiting = Workload.objects.filter(priority_class=priority, state=WorkloadState.PENDING)
    waiting.exclude(priority_value=priority.value).update(priority_value=priority.value)
    for workload in waiting.exclude(handed_at=None):
        hint_kueue(workload)
    wake(None)
    clusters.write_queues()
    _record_priority(actor, "priority.change", priority, before=before, after=describe_priority(priority))
    return priority


@transaction.atomic
def remove_priority(*, actor: Actor, priority: PriorityClass) -> None:
    """Remove a priority. Raises PriorityInUse while a workload that is kept has it."""
    before = {"name": priority.name, **describe_priority(priority)}
    pk = priority.pk
    try:
        with transaction.atomic():
            priority.delete()
    except ProtectedError as error:
        count = len(error.protected_objects)
        raise PriorityInUse(f"{count} workloads have the priority {priority.name}; it stays while they are kept.") from error
    priority.pk = pk
    clusters.write_queues()
    _record_priority(actor, "priority.remove", priority, before=before)


def describe_priority(priority: PriorityClass) -> dict[str, Any]:
    return {name: getattr(priority, name) for name in _PRIORITY_FIELDS}


def _checked(project: Project, lines: Sequence[ShareLine]) -> list[Share]:
    """The rows of the lines. Raises InvalidRequest for those of which the tenant's quota has no line."""
    known: dict[tuple[str, str, str], QuotaLine] = {
        (line.flavor.cluster.slug, line.flavor.name, line.resource): line
        for line in QuotaLine.objects.filter(quota__tenant_id=project.tenant_id).select_related("quota", "flavor__cluster")
    }
    wrong, rows, seen = [], [], set()
    for index, line in enumerate(lines):
        place = (line.cluster, line.flavor, line.resource)
        if place not in known:
            detail = f"{project.tenant.name} has no quota for {line.resource} of {line.flavor} in {line.cluster}."
            wrong.append({"pointer": f"/shares/{index}/flavor", "detail": detail})
        elif place in seen:
            wrong.append({"pointer": f"/shares/{index}/resource", "detail": "There is a line for it already."})
        elif line.cap is not None and line.cap < line.guaranteed:
            wrong.append({"pointer": f"/shares/{index}/cap", "detail": "The cap cannot be below what is guaranteed."})
        else:
            found = known[place]
            row = Share(project=project, quota=found.quota, flavor=found.flavor, resource=line.resource)
            row.guaranteed, row.cap = line.guaranteed, line.cap
            rows.append(row)
        seen.add(place)
    if wrong:
        raise InvalidRequest(errors=wrong)
    return rows


def _require_covered(project: Project, rows: Sequence[Share]) -> None:
    """Guarantees of all projects of the tenant together stay within its nominal, quota by quota."""
    quotas = {row.quota_id: row.quota for row in rows}
    others = Share.objects.filter(quota_id__in=quotas).exclude(project=project).select_related("flavor")
    all_lines = list(QuotaLine.objects.filter(quota_id__in=quotas).select_related("flavor"))
    all_shares = [*others, *rows]
    for quota_id in sorted(quotas):
        nominal = {(line.flavor.name, line.resource): line.nominal for line in all_lines if line.quota_id == quota_id}
        guaranteed: dict[Key, int] = {}
        for share in all_shares:
            if share.quota_id == quota_id:
                key = (share.flavor.name, share.resource)
                guaranteed[key] = guaranteed.get(key, 0) + share.guaranteed
        require_covered(nominal, guaranteed, project.tenant.name)


def _clusters_of(project: Project, rows: Sequence[Share]) -> list[Cluster]:
    """Clusters in which the project's shares are, or will be."""
    flavors = {row.flavor_id for row in rows} | set(project.shares.values_list("flavor_id", flat=True))
    return list(Cluster.objects.filter(flavors__in=flavors).distinct().order_by("pk"))


def _hit_by_shares(project: Project, lines: Sequence[ShareLine], clusters: Sequence[Cluster]) -> list[Casualty]:
    hit: list[Casualty] = []
    for cluster in clusters:
        shares = {
            (line.flavor, line.resource): admission.Share(line.guaranteed, line.cap)
            for line in lines
            if line.cluster == cluster.slug
        }
        found = read(cluster)
        hit += hit_by(found, with_shares(found.snapshot, project.pk, shares))
    return hit


def lock_clusters_of(tenant: Tenant) -> None:
    """Keep admission, and changes of quotas, from every cluster that the tenant uses, until the transaction ends."""
    for pk in Cluster.objects.filter(quotas__tenant=tenant).order_by("pk").values_list("pk", flat=True):
        lock_cluster(pk)


def _cap_changed(actor: Actor, action: str, cap: UserCap, **states: Any) -> None:
    wake(None)
    audit.record(
        actor=actor,
        action=action,
        kind="cap",
        subject_id=cap.pk,
        label=cap.whose,
        tenant_id=cap.tenant_id,
        **states,
    )


def _limits(cap: UserCap) -> dict[str, Any]:
    return {name: getattr(cap, name) for name in _CAP_FIELDS}


def _set(row: UserCap | PriorityClass, changes: Mapping[str, Any], allowed: Sequence[str]) -> None:
    for name in allowed:
        if name in changes:
            setattr(row, name, changes[name])


def _record_priority(actor: Actor, action: str, priority: PriorityClass, **states: Any) -> None:
    audit.record(actor=actor, action=action, kind="priority", subject_id=priority.pk, label=priority.name, **states)
