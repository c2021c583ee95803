"""Who uses what: quotas with what is used, borrowed, lent and free, summed by the database from the open ledger entries."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q

from apps.accounts.models import User
from apps.quotas.admission import Book, Holding, Key, Owner, Queue, Snapshot
from apps.quotas.models import Quota, Share
from apps.quotas.services.others import held_by_others, others_in
from apps.quotas.services.snapshots import limits_of
from apps.tenants.models import Project, Tenant

_HELD = """
    SELECT entry.cluster_id, entry.tenant_id, entry.project_id, entry.user_id, flavor.key, resource.key,
           sum(resource.value::bigint)
    FROM quotas_ledgerentry AS entry
    CROSS JOIN LATERAL jsonb_each(entry.amounts) AS flavor
    CROSS JOIN LATERAL jsonb_each_text(flavor.value) AS resource
    WHERE entry.until IS NULL AND entry.cluster_id = ANY(%s::uuid[]) AND entry.tenant_id = ANY(%s::uuid[])
    GROUP BY 1, 2, 3, 4, 5, 6
    ORDER BY 1, 2, 3, 4, 5, 6
"""


@dataclass(frozen=True)
class _Held:
    cluster: UUID
    owner: Owner
    key: Key
    amount: int


class Figures:
    """The figures of some quotas. A fixed number of queries, however many there are."""

    def __init__(self, quotas: Iterable[Quota]) -> None:
        self.quotas = list(quotas)
        cohorts = {quota.cohort_id for quota in self.quotas if quota.cohort_id}
        pool = list(
            Quota.objects.filter(Q(pk__in=[quota.pk for quota in self.quotas]) | Q(cohort_id__in=cohorts))
            .select_related("tenant", "cluster", "cohort")
            .prefetch_related("lines__flavor")
        )
        self.rows = {quota.pk: quota for quota in pool}
        self._held = _held(pool)
        clusters = {quota.cluster_id for quota in pool}
        others = [quota for quota in others_in(clusters) if quota.cohort_id in cohorts]
        self._books: dict[UUID, Book] = {}
        for cluster_id in clusters:
            queues = [_queue(quota) for quota in pool if quota.cluster_id == cluster_id]
            queues += [quota.queue for quota in others if quota.cluster_id == cluster_id]
            self._books[cluster_id] = Book(Snapshot(now=0, queues=tuple(queues), nodes=()))
        for held in self._held:
            self._books[held.cluster].take(Holding(held.owner, {held.key: held.amount}, on_nodes={}, workloads=0))
        for hidden in held_by_others(clusters):
            if str(hidden.tenant_id) in self._books[hidden.cluster_id].queues:
                owner = Owner(str(hidden.tenant_id), project="", user="")
                self._books[hidden.cluster_id].take(Holding(owner, {hidden.key: hidden.amount}, on_nodes={}, workloads=0))

    def lines(self, quota_id: UUID) -> list[dict[str, Any]]:
        """Each line of the quota with its figures; nothing of other tenants but what is borrowed, lent and free."""
        quota = self.rows[quota_id]
        book, tenant = self._books[quota.cluster_id], str(quota.tenant_id)
        lines = []
        for (flavor, resource), limit in sorted(limits_of(quota).items()):
            key = (flavor, resource)
            used, lent = book.used(tenant, key), book.lent(tenant, key)
            lines.append(
                {
                    "flavor": flavor,
                    "resource": resource,
                    "nominal": limit.nominal,
                    "borrowing_limit": limit.borrowing,
                    "lending_limit": limit.lending,
                    "used": used,
                    "borrowed": book.borrowed(tenant, key),
                    "lent": lent,
                    "free": max(0, limit.nominal - min(used, limit.nominal) - lent),
                    "available": max(0, book.available(tenant, key)),
                }
            )
        return lines

    def held_by(self, quota: Quota, part: str, projects: Collection[str]) -> dict[Key, dict[str, int]]:
        """What is held of each resource in `projects` of the tenant, by `project` or `user`."""
        result: dict[Key, dict[str, int]] = defaultdict(lambda: defaultdict(int))
        for held in self._held:
            if held.cluster == quota.cluster_id and held.owner.project in projects:
                result[held.key][getattr(held.owner, part)] += held.amount
        return result


def quota_documents(ids: Iterable[UUID]) -> dict[UUID, dict[str, Any]]:
    """Quotas as every reader of the tenant sees them."""
    figures = Figures(Quota.objects.filter(pk__in=list(ids)))
    return {quota.pk: quota_document(figures, quota.pk) for quota in figures.quotas}


def quota_document(figures: Figures, quota_id: UUID) -> dict[str, Any]:
    quota = figures.rows[quota_id]
    return {
        "id": quota.pk,
        "version": quota.version,
        "generation": quota.generation,
        "tenant": {"id": quota.tenant_id, "slug": quota.tenant.slug, "name": quota.tenant.name},
        "cluster": _named(quota.cluster),
        "cohort": {"id": quota.cohort_id, "name": quota.cohort.name} if quota.cohort else None,
        "lines": figures.lines(quota_id),
        "created_at": quota.created_at,
    }


def tenant_lines(tenant: Tenant, projects: Iterable[Project]) -> list[dict[str, Any]]:
    """One row a resource of each quota of the tenant, with who uses it in those of its projects that the reader may see."""
    figures = Figures(Quota.objects.filter(tenant=tenant).order_by("cluster__slug"))
    shown = {str(project.pk): project for project in projects}
    held = {
        (quota.pk, part): figures.held_by(quota, part, shown) for quota in figures.quotas for part in ("project", "user")
    }
    people = {user for (_, part), amounts in held.items() if part == "user" for users in amounts.values() for user in users}
    names = {str(pk): name for pk, name in User.objects.filter(pk__in=people).values_list("pk", "name")}
    shares = _shares(figures.quotas)
    lines = []
    for quota in figures.quotas:
        by_project, by_user = held[quota.pk, "project"], held[quota.pk, "user"]
        row = figures.rows[quota.pk]
        for line in figures.lines(quota.pk):
            key = (line["flavor"], line["resource"])
            lines.append(
                {
                    "cluster": _named(row.cluster),
                    "quota_id": quota.pk,
                    "cohort": row.cohort.name if row.cohort else None,
                    **line,
                    "by_project": _by_project(shown, by_project[key], shares, key, quota.pk),
                    "by_user": [
                        {"user": {"id": user, "name": names.get(user, "")}, "used": used}
                        for user, used in sorted(by_user[key].items(), key=lambda item: (-item[1], item[0]))
                    ],
                }
            )
    return lines


def _by_project(
    projects: dict[str, Project], held: dict[str, int], shares: dict[tuple[UUID, str, Key], Share], key: Key, quota_id: UUID
) -> list[dict[str, Any]]:
    rows = []
    for project_id, project in projects.items():
        share = shares.get((quota_id, project_id, key))
        rows.append(
            {
                "project": _named(project),
                "used": held.get(project_id, 0),
                "guaranteed": share.guaranteed if share else 0,
                "cap": share.cap if share else None,
            }
        )
    return rows


def _shares(quotas: Sequence[Quota]) -> dict[tuple[UUID, str, Key], Share]:
    rows = Share.objects.filter(quota__in=quotas).select_related("flavor")
    return {(row.quota_id, str(row.project_id), (row.flavor.name, row.resource)): row for row in rows}


def _held(pool: Sequence[Quota]) -> list[_Held]:
    clusters = sorted({str(quota.cluster_id) for quota in pool})
    tenants = sorted({str(quota.tenant_id) for quota in pool})
    with connection.cursor() as cursor:
        cursor.execute(_HELD, [clusters, tenants])
        return [
            _Held(cluster, Owner(str(tenant), str(project), str(user)), (flavor, resource), int(amount))
            for cluster, tenant, project, user, flavor, resource, amount in cursor.fetchall()
        ]


def _queue(quota: Quota) -> Queue:
    return Queue(str(quota.tenant_id), limits_of(quota), str(quota.cohort_id) if quota.cohort_id else None)


def _named(row: Any) -> dict[str, Any]:
    return {"id": row.pk, "slug": row.slug, "name": row.name}
