"""Addresses of cohorts, quotas, shares, caps, priorities and usage, and of onboarding."""

from typing import Any

from django.urls import path

from apps.quotas.api.views.admission import ClusterAdmissionViewSet
from apps.quotas.api.views.asking import QuotaRequestsViewSet, QuotaRequestViewSet, TenantQuotaRequestsViewSet
from apps.quotas.api.views.dividing import (
    CapsViewSet,
    CapViewSet,
    PrioritiesViewSet,
    PriorityViewSet,
    SharesViewSet,
)
from apps.quotas.api.views.onboarding import OnboardingViewSet
from apps.quotas.api.views.pools import NodePoolsViewSet, NodePoolViewSet
from apps.quotas.api.views.quotas import (
    CohortsViewSet,
    CohortViewSet,
    QuotasViewSet,
    QuotaViewSet,
    TenantQuotasViewSet,
)
from apps.quotas.api.views.usage import UsageViewSet

_rows: dict[str, Any] = {"get": "list", "post": "create"}
_row: dict[str, Any] = {"get": "retrieve", "patch": "partial_update", "delete": "destroy"}

urlpatterns = [
    path("tenants/", OnboardingViewSet.as_view(_rows)),
    path("tenants/<uuid:tenant_id>/quotas/", TenantQuotasViewSet.as_view({"get": "retrieve"})),
    path("tenants/<uuid:tenant_id>/quota-requests/", TenantQuotaRequestsViewSet.as_view({"post": "create"})),
    path("quota-requests/", QuotaRequestsViewSet.as_view({"get": "list"})),
    path("quota-requests/<uuid:request_id>/", QuotaRequestViewSet.as_view({"get": "retrieve"})),
    path("quota-requests/<uuid:request_id>/preview/", QuotaRequestViewSet.as_view({"get": "preview"})),
    *(
        path(f"quota-requests/<uuid:request_id>/{act}/", QuotaRequestViewSet.as_view({"post": act}))
        for act in ("approve", "decline", "withdraw", "end")
    ),
    path("tenants/<uuid:tenant_id>/usage/", UsageViewSet.as_view({"get": "retrieve"})),
    path("tenants/<uuid:tenant_id>/caps/", CapsViewSet.as_view(_rows)),
    path("caps/<uuid:cap_id>/", CapViewSet.as_view(_row)),
    path("projects/<uuid:project_id>/shares/", SharesViewSet.as_view({"get": "retrieve", "put": "update"})),
    path("clusters/<uuid:cluster_id>/admission/", ClusterAdmissionViewSet.as_view({"patch": "partial_update"})),
    path("clusters/<uuid:cluster_id>/node-pools/", NodePoolsViewSet.as_view(_rows)),
    path("clusters/<uuid:cluster_id>/node-pools/<uuid:pool_id>/", NodePoolViewSet.as_view(_row)),
    path("cohorts/", CohortsViewSet.as_view(_rows)),
    path("cohorts/<uuid:cohort_id>/", CohortViewSet.as_view(_row)),
    path("quotas/", QuotasViewSet.as_view(_rows)),
    path("quotas/<uuid:quota_id>/", QuotaViewSet.as_view({"get": "retrieve", "put": "update", "delete": "destroy"})),
    path("priorities/", PrioritiesViewSet.as_view(_rows)),
    path("priorities/<uuid:priority_id>/", PriorityViewSet.as_view(_row)),
]
