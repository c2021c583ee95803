"""Pages of jobs: their ids come from an index alone, and what documents need is read of one page only."""

from typing import Any

from django.db.models import QuerySet
from rest_framework.request import Request

from apps.core.api.filters import COMMON
from apps.core.api.paging import KeysetPagination
from apps.jobs.documents import rows_as_written
from apps.jobs.models import Job


class JobPagination(KeysetPagination):
    """Of the jobs of one project."""

    def read(self, rows: QuerySet[Any], ordering: list[str], limit: int, request: Request) -> list[Any]:
        if set(request.query_params) - COMMON:
            # What a filter finds may have to be sorted: that is done to ids, not to whole rows with all they refer to.
            # In two statements: joined in one, PostgreSQL reads all tenants and projects for it.
            rows = Job.objects.filter(pk__in=list(rows.order_by(*ordering).values_list("pk", flat=True)[:limit]))
        return super().read(rows_as_written(rows), ordering, limit, request)


class PermittedJobPagination(JobPagination):
    """Of all jobs that the reader may see. Serves the order `created` only."""

    def counted(self, rows: Any, most: int, request: Request) -> int:
        count: int = rows.counted(request.user, most=most)
        return count

    def read(self, rows: Any, ordering: list[str], limit: int, request: Request) -> list[Any]:
        found = rows.first_of(request.user, limit=limit, oldest=ordering == ["pk"], beyond=self.beyond)
        return super().read(found, ordering, limit, request)
