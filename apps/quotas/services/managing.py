"""Managing quotas and cohorts (platform admins).

A change that takes away what work uses is refused unless confirmed, and even then kills nothing: see casualties.py.
Rounds of admission and changes of a cluster's quotas take turns (rounds.lock_cluster).
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction

from apps.audit import services as audit
from apps.clusters import services as clusters
from apps.clusters.models import Cluster, Flavor
from apps.core.errors import InvalidRequest, NameTaken
from apps.core.notifications import notify
from apps.core.outbox import publish
from apps.core.registries import Casualty
from apps.core.uniqueness import refused_when_taken
from apps.core.units import format_amount
from apps.quotas.admission import Key, Limit, Snapshot
from apps.quotas.errors import CohortInUse, SharesExceedQuota
from apps.quotas.models import Cohort, Quota, QuotaLine, Share, Workload
from apps.quotas.services.casualties import hit_by, require_confirmed, with_limits
from apps.quotas.services.holding import announce, wake
from apps.quotas.services.rounds import lock_cluster
from apps.quotas.services.snapshots import read
from apps.tenants.actor import Actor
from apps.tenants.models import Tenant

_COHORT_FIELDS = ("description", "reclaim_within_cohort")


@dataclass(frozen=True)
class Line:
    """One resource of one flavor in a quota; None is no limit."""

    flavor: str
    resource: str
    nominal: int
    borrowing_limit: int | None = None
    lending_limit: int | None = None


@transaction.atomic
def create_cohort(*, actor: Actor, cluster: Cluster, name: str, **fields: Any) -> Cohort:
    """Make a pool in which tenants of one cluster lend and borrow. Raises NameTaken."""
    with refused_when_taken(NameTaken(f"{cluster.slug} has a cohort {name}.", at="/name")):
        cohort = Cohort.objects.create(cluster=cluster, name=name, **fields)
    clusters.write_queues(cluster.pk)
    _record(actor, "cohort.create", cohort, after={"cluster": cluster.slug, "name": name, **fields})
    return cohort


@transaction.atomic
def change_cohort(*, actor: Actor, cohort: Cohort, changes: Mapping[str, Any]) -> Cohort:
    """Change its description, or whose work a lender may evict."""
    changed = [name for name in _COHORT_FIELDS if name in changes and changes[name] != getattr(cohort, name)]
    if not changed:
        return cohort
    before = {name: getattr(cohort, name) for name in changed}
    for name in changed:
        setattr(cohort, name, changes[name])
    cohort.generation += 1
    cohort.save(update_fields=[*changed, "generation"])
    wake(cohort.cluster_id)
    clusters.write_queues(cohort.cluster_id)
    _record(actor, "cohort.change", cohort, before=before, after={name: changes[name] for name in changed})
    return cohort


@transaction.atomic
def remove_cohort(*, actor: Actor, cohort: Cohort) -> None:
    """Remove a cohort. Raises CohortInUse while a quota is in it."""
    members = cohort.quotas.count()
    if members:
        raise CohortInUse(f"{members} quotas are in {cohort.name}; move them to another cohort, or to none, first.")
    _record(actor, "cohort.remove", cohort, before={"cluster": cohort.cluster.slug, "name": cohort.name})
    cohort.delete()
    clusters.write_queues(cohort.cluster_id)


@transaction.atomic
def create_quota(*, actor: Actor, tenant: Tenant, cluster: Cluster, cohort: Cohort | None, lines: Sequence[Line]) -> Quota:
    """Let a tenant use a cluster. Raises NameTaken when it has a quota there, InvalidRequest for lines that cannot be."""
    rows = _checked(cluster, cohort, lines)
    lock_cluster(cluster.pk)
    with refused_when_taken(NameTaken(f"{tenant.name} has a quota in {cluster.slug}; change that one.", at="/cluster")):
        quota = Quota.objects.create(tenant=tenant, cluster=cluster, cohort=cohort)
    _write_lines(quota, rows)
    publish(op="added", subject=quota)
    _announce_others(quota, {cohort.pk} if cohort else set())
    wake(cluster.pk)
    clusters.write_queues(cluster.pk)
    _record_quota(actor, "quota.create", quota, after=describe(quota))
    return quota


@transaction.atomic
def change_quota(
    *, actor: Actor, quota: Quota, cohort: Cohort | None, lines: Sequence[Line], confirm: bool = False
) -> Quota:
    """Put other limits, or another cohort. Raises QuotaInUse when that hits work and is not confirmed.

    Raises SharesExceedQuota when the projects are guaranteed more than the new nominal, InvalidRequest as create_quota.
    """
    rows = _checked(quota.cluster, cohort, lines)
    lock_cluster(quota.cluster_id)
    casualties = _preview(quota, cohort, lines)
    require_confirmed(casualties, confirm=confirm)
    _require_guarantees_covered(quota, lines)
    before, pools = describe(quota), {pk for pk in (quota.cohort_id, cohort.pk if cohort else None) if pk}
    quota.cohort = cohort
    quota.generation += 1
    quota.save(update_fields=["cohort", "generation"])
    quota.lines.all().delete()
    _write_lines(quota, rows)
    publish(op="changed", subject=quota)
    _announce_others(quota, pools)
    wake(quota.cluster_id)
    clusters.write_queues(quota.cluster_id)
    _record_quota(actor, "quota.change", quota, before=before, after=describe(quota))
    _tell_those_hit(quota, casualties)
    return quota


@transaction.atomic
def remove_quota(*, actor: Actor, quota: Quota, confirm: bool = False) -> None:
    """Take the cluster from the tenant. Raises QuotaInUse when that hits work and is not confirmed."""
    lock_cluster(quota.cluster_id)
    casualties = preview_removal(quota=quota)
    require_confirmed(casualties, confirm=confirm)
    before, pools = describe(quota), {quota.cohort_id} if quota.cohort_id else set()
    publish(op="removed", subject=quota)
    _announce_others(quota, pools)
    # Work for any cluster that this cluster explained is explained by another from now on.
    anywhere = Workload.objects.pending().filter(tenant_id=quota.tenant_id, waiting_for__cluster=quota.cluster.slug)
    anywhere.filter(cluster=None).update(waiting_for={}, reserved_since=None)
    wake(quota.cluster_id)
    clusters.write_queues(quota.cluster_id)
    _record_quota(actor, "quota.remove", quota, before=before)
    _tell_those_hit(quota, casualties)
    quota.delete()


def preview_change(*, quota: Quota, cohort: Cohort | None, lines: Sequence[Line]) -> list[Casualty]:
    """Whom change_quota would hit. Raises as it does, but for QuotaInUse."""
    _checked(quota.cluster, cohort, lines)
    _require_guarantees_covered(quota, lines)
    return _preview(quota, cohort, lines)


def preview_removal(*, quota: Quota) -> list[Casualty]:
    """Whom remove_quota would hit."""
    found = read(quota.cluster)
    return hit_by(found, with_limits(found.snapshot, quota.tenant_id, None, None))


def lines_of(quota: Quota) -> list[Line]:
    rows = quota.lines.select_related("flavor").order_by("flavor__name", "resource")
    return [Line(row.flavor.name, row.resource, row.nominal, row.borrowing_limit, row.lending_limit) for row in rows]


def describe(quota: Quota) -> dict[str, Any]:
    """A quota as the audit trail keeps it."""
    return {
        "cohort": quota.cohort.name if quota.cohort else None,
        "lines": [asdict(line) for line in lines_of(quota)],
    }


def _preview(quota: Quota, cohort: Cohort | None, lines: Sequence[Line]) -> list[Casualty]:
    found = read(quota.cluster)
    after: Snapshot = with_limits(found.snapshot, quota.tenant_id, _limits(lines), cohort.pk if cohort else None)
    return hit_by(found, after)


def _limits(lines: Sequence[Line]) -> dict[Key, Limit]:
    return {(line.flavor, line.resource): Limit(line.nominal, line.borrowing_limit, line.lending_limit) for line in lines}


def _checked(cluster: Cluster, cohort: Cohort | None, lines: Sequence[Line]) -> list[tuple[Flavor, Line]]:
    """The lines with their flavors. Raises InvalidRequest, naming each that cannot be."""
    flavors = {flavor.name: flavor for flavor in cluster.flavors.all()}
    wrong: list[dict[str, str]] = []
    seen: set[Key] = set()

    def refuse(index: int, field: str, detail: str) -> None:
        wrong.append({"pointer": f"/lines/{index}/{field}", "detail": detail})

    if cohort is not None and cohort.cluster_id != cluster.pk:
        wrong.append({"pointer": "/cohort", "detail": f"{cohort.name} is no cohort of {cluster.slug}."})
    for index, line in enumerate(lines):
        flavor = flavors.get(line.flavor)
        if flavor is None:
            refuse(index, "flavor", f"{cluster.slug} has no flavor {line.flavor}; it has {', '.join(sorted(flavors))}.")
        elif line.resource not in flavor.resources:
            refuse(index, "resource", f"{line.flavor} has {' and '.join(flavor.resources)}, no {line.resource}.")
        if (line.flavor, line.resource) in seen:
            refuse(index, "resource", "There is a line for it already.")
        seen.add((line.flavor, line.resource))
        if line.lending_limit is not None and line.lending_limit > line.nominal:
            refuse(index, "lending_limit", "A tenant lends of its nominal amount, so no more than that.")
        if cohort is None and line.borrowing_limit:
            refuse(index, "borrowing_limit", "Without a cohort there is nobody to borrow from.")
    if wrong:
        raise InvalidRequest(errors=wrong)
    return [(flavors[line.flavor], line) for line in lines]


def _write_lines(quota: Quota, rows: Sequence[tuple[Flavor, Line]]) -> None:
    QuotaLine.objects.bulk_create(
        QuotaLine(
            quota=quota,
            flavor=flavor,
            resource=line.resource,
            nominal=line.nominal,
            borrowing_limit=line.borrowing_limit,
            lending_limit=line.lending_limit,
        )
        for flavor, line in rows
    )


def _require_guarantees_covered(quota: Quota, lines: Sequence[Line]) -> None:
    nominal = {key: limit.nominal for key, limit in _limits(lines).items()}
    guaranteed: dict[Key, int] = {}
    for share in Share.objects.filter(quota=quota).select_related("flavor"):
        key = (share.flavor.name, share.resource)
        guaranteed[key] = guaranteed.get(key, 0) + share.guaranteed
    require_covered(nominal, guaranteed, quota.tenant.name)


def require_covered(nominal: Mapping[Key, int], guaranteed: Mapping[Key, int], tenant: str) -> None:
    """Raise SharesExceedQuota when projects are guaranteed more than the tenant is."""
    for key, amount in sorted(guaranteed.items()):
        if amount > nominal.get(key, 0):
            flavor, resource = key
            raise SharesExceedQuota(
                f"Of {flavor}, the projects of {tenant} would be guaranteed {format_amount(resource, amount)}; "
                f"its nominal is {format_amount(resource, nominal.get(key, 0))}.",
                flavor=flavor,
                resource=resource,
                guaranteed=amount,
                nominal=nominal.get(key, 0),
            )


def _announce_others(quota: Quota, cohorts: set[Any]) -> None:
    """What others may borrow, or have lent, changed with this quota."""
    if cohorts:
        announce(Quota.objects.filter(cohort_id__in=cohorts).exclude(pk=quota.pk))


def _tell_those_hit(quota: Quota, casualties: Sequence[Casualty]) -> None:
    """Tell the admins of the tenant, and whose work is worse off. Work of other tenants that borrowed is told of nothing."""
    hit = Workload.objects.filter(tenant_id=quota.tenant_id, subject_id__in=[one.id for one in casualties])
    user_ids = list(hit.values_list("user_id", flat=True))
    if not user_ids:
        return
    notify(
        "quota.cut",
        object_kind="quota",
        object_id=quota.pk,
        path=f"/t/{quota.tenant.slug}/quotas",
        to={*user_ids},
        tenant_id=quota.tenant_id,
        tenant=quota.tenant.slug,
        cluster=quota.cluster.slug,
        hits=len(user_ids),
    )


def _record(actor: Actor, action: str, cohort: Cohort, **states: Any) -> None:
    label = f"{cohort.cluster.slug}/{cohort.name}"
    audit.record(actor=actor, action=action, kind="cohort", subject_id=cohort.pk, label=label, **states)


def _record_quota(actor: Actor, action: str, quota: Quota, **states: Any) -> None:
    audit.record(
        actor=actor,
        action=action,
        kind="quota",
        subject_id=quota.pk,
        label=f"{quota.tenant.slug} · {quota.cluster.slug}",
        tenant_id=quota.tenant_id,
        **states,
    )
