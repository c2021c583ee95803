"""The audit trail of a tenant, and of the platform. (Here, for the trail itself lies below tenants.)"""

from uuid import UUID

from rest_framework.request import Request
from rest_framework.response import Response

from apps.audit.api.filters import AuditFilter, PlatformAuditFilter
from apps.audit.api.serializers import AuditEntryOutput
from apps.audit.models import PLATFORM_CHAIN, AuditEntry
from apps.core.api.schema import describe
from apps.core.api.views import ResourceViewSet
from apps.tenants.api.base import TenantViewSet


class TenantAuditViewSet(TenantViewSet):
    permissions = {"list": "audit.view"}
    queryset = AuditEntry.objects.all()
    filterset_class = AuditFilter

    @describe("Read the audit trail of a tenant", gives=AuditEntryOutput(many=True))
    def list(self, request: Request, tenant_id: UUID) -> Response:
        return self.page(AuditEntryOutput, AuditEntry.objects.filter(tenant_id=self.tenant.pk))


class AuditViewSet(ResourceViewSet):
    permissions = {"list": "audit.view"}
    queryset = AuditEntry.objects.all()
    filterset_class = PlatformAuditFilter

    @describe("Read the audit trail of the platform, or of any tenant", gives=AuditEntryOutput(many=True))
    def list(self, request: Request) -> Response:
        rows = AuditEntry.objects.all()
        if "tenant" not in request.query_params:
            rows = rows.filter(tenant_id=PLATFORM_CHAIN)
        return self.page(AuditEntryOutput, rows)
