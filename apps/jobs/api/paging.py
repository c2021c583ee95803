"""Pages of jobs across tenants."""

from typing import Any

from django.db.models import QuerySet
from rest_framework.request import Request

from apps.core.api.paging import KeysetPagination
from apps.jobs.documents import rows_of
from apps.jobs.models import Job, JobQuerySet

MOST_TENANTS = 200


class PerTenantPagination(KeysetPagination):
    """Reads the page of each visible tenant and merges them, so that the size of a tenant does not matter.

    Readers of all tenants, of one, or of very many take the plain way. Serves the order `created` only.
    """

    def read(self, rows: QuerySet[Any], ordering: list[str], limit: int, request: Request) -> list[Any]:
        actor: Any = request.user
        tenants = actor.visible_tenant_ids
        if "jobs.view" in actor.on_platform or not 1 < len(tenants) <= MOST_TENANTS:
            return super().read(rows, ordering, limit, request)
        jobs: JobQuerySet = rows  # type: ignore[assignment]
        page = jobs.newest_per_tenant(tenants, limit=limit, oldest=ordering == ["pk"])
        return super().read(rows_of(Job.objects.filter(pk__in=page)), ordering, limit, request)
