"""The audit trail of a tenant, and of the platform. (Here, for the trail itself lies below tenants.)"""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import StreamingHttpResponse
from drf_spectacular.types import OpenApiTypes
from rest_framework.request import Request
from rest_framework.response import Response

from apps.audit import export
from apps.audit.api.filters import AuditFilter, PlatformAuditFilter
from apps.audit.api.serializers import AuditEntryOutput
from apps.audit.models import PLATFORM_CHAIN, AuditEntry
from apps.core.api.schema import describe
from apps.core.api.views import ResourceViewSet
from apps.core.errors import InvalidRequest
from apps.tenants.api.base import TenantViewSet
from apps.tenants.api.streaming import download

FORMATS: dict[str, Any] = {
    "csv": (export.as_csv, "text/csv; charset=utf-8"),
    "jsonl": (export.as_json_lines, "application/jsonl"),
}
FORMAT = {"as": "csv or jsonl (JSON lines); csv when it is not given."}
TEXT = "Newest first, with the filters of the list, as a file that is written while it is read."


class TenantAuditViewSet(TenantViewSet):
    permissions = {"list": "audit.view", "export": "audit.view"}
    queryset = AuditEntry.objects.all()
    filterset_class = AuditFilter
    parameters = frozenset({"as"})

    @describe("Read the audit trail of a tenant", gives=AuditEntryOutput(many=True))
    def list(self, request: Request, tenant_id: UUID) -> Response:
        return self.page(AuditEntryOutput, AuditEntry.objects.filter(tenant_id=self.tenant.pk))

    @describe(
        "Export the audit trail of a tenant",
        gives=OpenApiTypes.BINARY,
        media_type="application/octet-stream",
        query=FORMAT,
        text=TEXT,
    )
    def export(self, request: Request, tenant_id: UUID) -> StreamingHttpResponse:
        rows = self.filter_queryset(AuditEntry.objects.filter(tenant_id=self.tenant.pk))
        return exported(self, rows, name=self.tenant.slug)


class AuditViewSet(ResourceViewSet):
    permissions = {"list": "audit.view", "export": "audit.view"}
    queryset = AuditEntry.objects.all()
    filterset_class = PlatformAuditFilter
    parameters = frozenset({"as"})

    @describe("Read the audit trail of the platform, or of any tenant", gives=AuditEntryOutput(many=True))
    def list(self, request: Request) -> Response:
        return self.page(AuditEntryOutput, self._rows())

    @describe(
        "Export the audit trail of the platform, or of any tenant",
        gives=OpenApiTypes.BINARY,
        media_type="application/octet-stream",
        query=FORMAT,
        text=TEXT,
    )
    def export(self, request: Request) -> StreamingHttpResponse:
        return exported(self, self.filter_queryset(self._rows()), name="platform")

    def _rows(self) -> QuerySet[AuditEntry]:
        rows = AuditEntry.objects.all()
        return rows if "tenant" in self.request.query_params else rows.filter(tenant_id=PLATFORM_CHAIN)


def exported(view: ResourceViewSet, rows: QuerySet[AuditEntry], *, name: str) -> StreamingHttpResponse:
    """The rows as a download. Raises InvalidRequest for a format that there is none of."""
    wanted = view.request.query_params.get("as", "csv")
    if wanted not in FORMATS:
        raise InvalidRequest(errors=[{"pointer": "?as", "detail": f"One of {', '.join(FORMATS)}."}])
    write, media_type = FORMATS[wanted]
    headers = {
        "Content-Disposition": f'attachment; filename="audit-{name}.{wanted}"',
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
    }
    return download(view, write(rows), media_type=media_type, headers=headers)
