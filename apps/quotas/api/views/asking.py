"""/quota-requests/ and /tenants/{id}/quota-requests/."""

from typing import Any
from uuid import UUID

from rest_framework.request import Request
from rest_framework.response import Response

from apps.core.api.schema import describe
from apps.core.api.serializers import NoInput, PreviewOutput
from apps.core.api.views import PAGED, ResourceViewSet, visible_or_404
from apps.core.errors import InvalidRequest
from apps.quotas import services
from apps.quotas.api.asking import (
    Approval,
    EarlyEnd,
    QuotaRequestFilter,
    QuotaRequestInput,
    QuotaRequestOutput,
    Refusal,
)
from apps.quotas.api.views.quotas import CHANGING, Confirmable
from apps.quotas.models import QuotaRequest
from apps.tenants.api.base import TenantViewSet

EXAMPLE = {
    "asks": "quota",
    "cluster": "harbour",
    "flavor": "a100",
    "resource": "gpu",
    "amount": 4,
    "reason": "The benchmark of the new model, until the paper is in.",
    "until": "2027-01-31T18:00:00Z",
}


class QuotaRequestsViewSet(ResourceViewSet):
    """Requests for more quota that the reader may see, newest first."""

    permissions = {"list": ""}
    queryset = QuotaRequest.objects.all()
    filterset_class = QuotaRequestFilter
    orders = {"created": "pk"}

    @describe("List quota requests", gives=QuotaRequestOutput(many=True))
    def list(self, request: Request) -> Response:
        return self.page(QuotaRequestOutput, QuotaRequest.objects.all().permitted(self.actor).with_names())


class TenantQuotaRequestsViewSet(TenantViewSet):
    permissions = {"create": ""}

    @describe(
        "Ask for more quota",
        takes=QuotaRequestInput,
        gives=QuotaRequestOutput,
        status=201,
        example=EXAMPLE,
        text="Needs quotas.request, on the project for a share of it, else anywhere in the tenant. More of the tenant's "
        "quota is granted by platform admins; more of a project's share, or of your own cap, by admins of the tenant.",
    )
    def create(self, request: Request, tenant_id: UUID) -> Response:
        given = self.given(QuotaRequestInput, tenant=self.tenant)
        row = services.request_quota(actor=self.actor, tenant=self.tenant, **given)
        return _answered(self, row, status=201)


class QuotaRequestViewSet(Confirmable):
    """Who may see it but not decide it is refused by the act itself, for whose decision it is depends on what it asks."""

    permissions = dict.fromkeys(("retrieve", "preview", "approve", "decline", "withdraw", "end"), "")

    @describe("Read a quota request", gives=QuotaRequestOutput)
    def retrieve(self, request: Request, request_id: UUID) -> Response:
        return _answered(self, self._visible(request_id))

    @describe(
        "Preview whom granting, or ending, a quota request would hit",
        gives=PreviewOutput,
        query={"act": "approve or end.", "amount": "Grant so much instead of what was asked for.", **PAGED},
    )
    def preview(self, request: Request, request_id: UUID) -> Response:
        row, act = self._visible(request_id), request.query_params.get("act", "approve")
        amount = request.query_params.get("amount", "")
        if act not in ("approve", "end"):
            raise InvalidRequest(errors=[{"pointer": "?act", "detail": "approve or end."}])
        if amount and not (amount.isascii() and amount.isdigit() and 0 < int(amount[:20]) < 2**62):
            raise InvalidRequest(errors=[{"pointer": "?amount", "detail": "A whole number above 0."}])
        self.actor.require(row.decided_with, tenant_id=row.tenant_id)
        if act == "end":
            return self.hits(services.preview_end(request=row))
        return self.hits(services.preview_approval(request=row, amount=int(amount) if amount else None))

    @describe(
        "Grant a quota request: the limit grows in the same act",
        takes=Approval,
        gives=QuotaRequestOutput,
        query={"confirm": CHANGING["confirm"]},
        example={"amount": 2, "reason": "Two now, two more when the new nodes are in."},
    )
    def approve(self, request: Request, request_id: UUID) -> Response:
        given, row = self.given(Approval), self._visible(request_id)
        row = services.approve_request(actor=self.actor, request_id=row.pk, confirm=self.confirm, **given)
        return _answered(self, row)

    @describe(
        "Decline a quota request", takes=Refusal, gives=QuotaRequestOutput, example={"reason": "No node is free in March."}
    )
    def decline(self, request: Request, request_id: UUID) -> Response:
        given, row = self.given(Refusal), self._visible(request_id)
        return _answered(self, services.decline_request(actor=self.actor, request_id=row.pk, **given))

    @describe("Withdraw a quota request of yours", takes=NoInput, gives=QuotaRequestOutput)
    def withdraw(self, request: Request, request_id: UUID) -> Response:
        self.given(NoInput)
        row = self._visible(request_id)
        return _answered(self, services.withdraw_request(actor=self.actor, request_id=row.pk))

    @describe(
        "Let a granted limit go back before its time",
        takes=EarlyEnd,
        gives=QuotaRequestOutput,
        example={"reason": "The deadline was met."},
        query={"confirm": CHANGING["confirm"]},
    )
    def end(self, request: Request, request_id: UUID) -> Response:
        given, row = self.given(EarlyEnd), self._visible(request_id)
        row = services.end_grant(actor=self.actor, request_id=row.pk, confirm=self.confirm, **given)
        return _answered(self, row)

    def _visible(self, request_id: UUID) -> QuotaRequest:
        row: QuotaRequest = visible_or_404(QuotaRequest.objects.all().permitted(self.actor).with_names(), pk=request_id)
        return row


def _answered(view: ResourceViewSet, row: QuotaRequest, **options: Any) -> Response:
    return view.answer(row, view.shown(QuotaRequestOutput, row), **options)
