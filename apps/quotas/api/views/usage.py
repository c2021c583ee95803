"""/tenants/{id}/usage/: unit-hours from the ledger, as JSON or CSV."""

import csv
import io
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from apps.core.api.renderers import JSONRenderer
from apps.core.api.schema import describe
from apps.core.errors import InvalidRequest
from apps.quotas.api.serializers import UsageOutput, UsageQuery
from apps.quotas.api.views.quotas import require_quotas_seen
from apps.quotas.ledger import used_hours
from apps.tenants.api.base import TenantViewSet
from apps.tenants.models import Project

COLUMNS = ("cluster", "project", "user", "flavor", "resource", "unit", "hours")
# Spreadsheets take a cell that begins like this for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class CSVRenderer(BaseRenderer):
    """Usage as a table."""

    media_type = "text/csv"
    format = "csv"
    charset = "utf-8"

    def render(
        self, data: Any, accepted_media_type: str | None = None, renderer_context: Mapping[str, Any] | None = None
    ) -> bytes:
        table = io.StringIO()
        writer = csv.writer(table)
        writer.writerow(COLUMNS)
        for row in data["rows"]:
            named = {
                **row,
                "cluster": row["cluster"]["slug"],
                "project": row["project"]["slug"],
                "user": row["user"]["name"],
            }
            writer.writerow([_harmless(named[column]) for column in COLUMNS])
        return table.getvalue().encode()


# Thirty days before this there is still a calendar.
_EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)


class UsageViewSet(TenantViewSet):
    permissions = {"retrieve": ""}
    renderer_classes = [JSONRenderer, CSVRenderer]

    @describe(
        "What a tenant has used, in unit-hours",
        gives=UsageOutput,
        query={
            "since": "From this moment on; 30 days ago unless given.",
            "until": "To this moment; now unless given.",
            "format": "csv for a table; also by Accept: text/csv.",
        },
    )
    def retrieve(self, request: Request, tenant_id: UUID) -> Response:
        asked = UsageQuery(data=request.query_params)
        asked.is_valid(raise_exception=True)
        now = timezone.now()
        until = asked.validated_data.get("until", now)
        since = asked.validated_data.get("since") or max(until, _EARLIEST) - timedelta(days=30)
        if since >= until:
            raise InvalidRequest(errors=[{"pointer": "?since", "detail": "It must be before until."}])
        require_quotas_seen(self.actor, self.tenant)
        projects = None
        if "quotas.view" not in self.actor.on_tenant(self.tenant.pk):
            visible = Project.objects.permitted(self.actor, "quotas.view").filter(tenant=self.tenant)
            projects = set(visible.values_list("pk", flat=True))
        rows = used_hours(self.tenant, since=since, until=until, now=now, project_ids=projects)
        return Response(self.shown(UsageOutput, {"since": since, "until": until, "rows": rows}))


def _harmless(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
