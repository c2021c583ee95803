"""/cohorts/, /quotas/ and /tenants/{id}/quotas/."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django_filters import rest_framework as filters
from rest_framework.request import Request
from rest_framework.response import Response

from apps.clusters.models import tenants_seen
from apps.core.api.schema import describe
from apps.core.api.views import PAGED, ResourceViewSet, visible_or_404
from apps.core.errors import InvalidRequest, PermissionRefused
from apps.core.registries import Casualty
from apps.core.tolls import page_of
from apps.quotas import services
from apps.quotas.api.references import cohort_in
from apps.quotas.api.serializers import (
    CohortChange,
    CohortInput,
    CohortOutput,
    QuotaChange,
    QuotaInput,
    QuotaOutput,
    TenantLinesOutput,
)
from apps.quotas.figures import Figures, quota_document, tenant_lines
from apps.quotas.models import Cohort, Quota
from apps.tenants.actor import Actor
from apps.tenants.api.base import TenantViewSet
from apps.tenants.models import Project, Tenant

LINES_EXAMPLE = [
    {"flavor": "a100", "resource": "gpu", "nominal": 8, "borrowing_limit": 4, "lending_limit": None},
    {"flavor": "cpu", "resource": "cpu", "nominal": 64000, "borrowing_limit": None, "lending_limit": None},
    {"flavor": "cpu", "resource": "memory", "nominal": 274877906944, "borrowing_limit": None, "lending_limit": None},
]
CHANGING = {
    "dry_run": "true: only say whom it would hit, a page of them at a time.",
    **PAGED,
    "confirm": "true: also when it hits work. Nothing is killed: see the problem quota-in-use.",
}


class QuotaFilter(filters.FilterSet):
    tenant = filters.UUIDFilter(field_name="tenant_id")
    cluster = filters.UUIDFilter(field_name="cluster_id")
    cohort = filters.UUIDFilter(field_name="cohort_id")

    class Meta:
        model = Quota
        fields: tuple[str, ...] = ()


class CohortFilter(filters.FilterSet):
    cluster = filters.UUIDFilter(field_name="cluster_id")

    class Meta:
        model = Cohort
        fields: tuple[str, ...] = ()


class Confirmable(ResourceViewSet):
    """Endpoints whose changes may hit work: ?dry_run says whom, ?confirm means it."""

    @property
    def confirm(self) -> bool:
        given = self.request.query_params.get("confirm", "false")
        if given not in ("true", "false"):
            raise InvalidRequest(errors=[{"pointer": "?confirm", "detail": "true or false."}])
        return given == "true"

    def hits(self, casualties: Sequence[Casualty]) -> Response:
        return self.previewed(page_of, casualties)


class CohortsViewSet(ResourceViewSet):
    """Cohorts: all for platform roles, else those of the reader's tenants."""

    permissions = {"list": "", "create": "quotas.manage"}
    queryset = Cohort.objects.all()
    filterset_class = CohortFilter
    orders = {"created": "pk", "name": "name"}
    default_order = "name"

    @describe("List cohorts", gives=CohortOutput(many=True))
    def list(self, request: Request) -> Response:
        return self.page(CohortOutput, Cohort.objects.permitted(self.actor).select_related("cluster"))

    @describe(
        "Make a cohort",
        takes=CohortInput,
        gives=CohortOutput,
        status=201,
        example={"cluster": "harbour", "name": "commons", "reclaim_within_cohort": "any"},
    )
    def create(self, request: Request) -> Response:
        cohort = services.create_cohort(actor=self.actor, **self.given(CohortInput))
        return self.answer(cohort, self.shown(CohortOutput, cohort), status=201)


class CohortViewSet(ResourceViewSet):
    permissions = {"retrieve": "", "partial_update": "quotas.manage", "destroy": "quotas.manage"}

    @describe("Read a cohort", gives=CohortOutput)
    def retrieve(self, request: Request, cohort_id: UUID) -> Response:
        cohort = visible_or_404(Cohort.objects.permitted(self.actor).select_related("cluster"), pk=cohort_id)
        return self.answer(cohort, self.shown(CohortOutput, cohort))

    @describe("Change a cohort", takes=CohortChange, gives=CohortOutput, example={"reclaim_within_cohort": "never"})
    def partial_update(self, request: Request, cohort_id: UUID) -> Response:
        cohort = self.locked(Cohort.objects.permitted(self.actor), pk=cohort_id)
        cohort = services.change_cohort(actor=self.actor, cohort=cohort, changes=self.given(CohortChange))
        return self.answer(cohort, self.shown(CohortOutput, cohort))

    @describe("Remove a cohort in which no quota is", status=204)
    def destroy(self, request: Request, cohort_id: UUID) -> Response:
        services.remove_cohort(actor=self.actor, cohort=self.locked(Cohort.objects.permitted(self.actor), pk=cohort_id))
        return Response(status=204)


class QuotasViewSet(Confirmable):
    """Quotas: all for platform roles, else those of the reader's tenants."""

    permissions = {"list": "", "create": "quotas.manage"}
    queryset = Quota.objects.all()
    filterset_class = QuotaFilter
    orders = {"created": "pk"}

    @describe("List quotas", gives=QuotaOutput(many=True))
    def list(self, request: Request) -> Response:
        rows = self.paginate_queryset(self.filter_queryset(Quota.objects.permitted(self.actor))) or []
        figures = Figures(rows)
        shown = [_for_reader(self.actor, figures, row.pk) for row in rows if row.pk in figures.rows]
        return self.get_paginated_response(QuotaOutput(shown, many=True, context=self.get_serializer_context()).data)

    @describe(
        "Give a tenant quota in a cluster",
        takes=QuotaInput,
        gives=QuotaOutput,
        status=201,
        example={"tenant": "aurora", "cluster": "harbour", "cohort": "commons", "lines": LINES_EXAMPLE},
    )
    def create(self, request: Request) -> Response:
        given = self.given(QuotaInput)
        given["cohort"] = cohort_in(given["cluster"], given["cohort"], pointer="cohort")
        quota = services.create_quota(actor=self.actor, **given)
        return self.answer(quota, _shown(self, quota), status=201)


class QuotaViewSet(Confirmable):
    permissions = {"retrieve": "", "update": "quotas.manage", "destroy": "quotas.manage"}

    @describe("Read a quota", gives=QuotaOutput)
    def retrieve(self, request: Request, quota_id: UUID) -> Response:
        quota = visible_or_404(Quota.objects.permitted(self.actor), pk=quota_id)
        return self.answer(quota, _shown(self, quota))

    @describe(
        "Change a quota",
        takes=QuotaChange,
        gives=QuotaOutput,
        query=CHANGING,
        example={"cohort": "commons", "lines": LINES_EXAMPLE},
        text="With ?dry_run=true the answer is a preview: whom the change would hit. A change that hits work is "
        "refused (409 quota-in-use, with the list) unless ?confirm=true.",
    )
    def update(self, request: Request, quota_id: UUID) -> Response:
        quota = self._locked(quota_id)
        given = self.given(QuotaChange)
        cohort = cohort_in(quota.cluster, given["cohort"], pointer="cohort")
        if self.dry_run:
            return self.hits(services.preview_change(quota=quota, cohort=cohort, lines=given["lines"]))
        quota = services.change_quota(
            actor=self.actor, quota=quota, cohort=cohort, lines=given["lines"], confirm=self.confirm
        )
        return self.answer(quota, _shown(self, quota))

    @describe("Remove a quota", status=204, query=CHANGING)
    def destroy(self, request: Request, quota_id: UUID) -> Response:
        quota = self._locked(quota_id)
        if self.dry_run:
            return self.hits(services.preview_removal(quota=quota))
        services.remove_quota(actor=self.actor, quota=quota, confirm=self.confirm)
        return Response(status=204)

    def _locked(self, quota_id: UUID) -> Quota:
        """The quota, locked after its cluster's admission, which locks in this order too."""
        rows = Quota.objects.permitted(self.actor)
        services.lock_cluster(visible_or_404(rows, pk=quota_id).cluster_id)
        quota: Quota = self.locked(rows, pk=quota_id)
        return quota


class TenantQuotasViewSet(TenantViewSet):
    permissions = {"retrieve": ""}

    @describe(
        "What a tenant may use, uses, borrows and has lent",
        gives=TenantLinesOutput,
        text="One row a resource of each quota, with the projects and users of the tenant that use it. Who works in single "
        "projects only sees those projects. Of other tenants nothing is told but how much is borrowed and lent.",
    )
    def retrieve(self, request: Request, tenant_id: UUID) -> Response:
        require_quotas_seen(self.actor, self.tenant)
        projects = Project.objects.permitted(self.actor, "quotas.view").filter(tenant=self.tenant).order_by("slug")
        return Response(self.shown(TenantLinesOutput, {"results": tenant_lines(self.tenant, projects)}))


def require_quotas_seen(actor: Actor, tenant: Tenant) -> None:
    """Raise PermissionRefused unless the actor may see quotas of the tenant, be it by a role on one project only."""
    if "quotas.view" not in actor.on_platform and tenant.pk not in tenants_seen(actor, "quotas.view"):
        raise PermissionRefused("This needs the permission quotas.view.", permission="quotas.view")


def _shown(view: ResourceViewSet, quota: Quota) -> dict[str, Any]:
    return view.shown(QuotaOutput, _for_reader(view.actor, Figures([quota]), quota.pk))


def _for_reader(actor: Actor, figures: Figures, quota_id: UUID) -> dict[str, Any]:
    document = quota_document(figures, quota_id)
    return {**document, "can": sorted(actor.on_tenant(document["tenant"]["id"]))}
