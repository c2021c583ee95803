"""/tenants/{tenant_id}/contracts/."""

from typing import Any
from uuid import UUID

from django_filters import rest_framework as filters
from rest_framework.request import Request
from rest_framework.response import Response

from apps.core.api.schema import describe
from apps.core.api.views import visible_or_404
from apps.federation import services
from apps.federation.api.contract_serializers import ContractDetailOutput, ContractInput, ContractOutput, SignInput
from apps.federation.api.serializers import ReasonInput
from apps.federation.models import Contract, ContractPhase, Partner
from apps.tenants.api.base import TenantViewSet

CONTRACT_ACTS = ("sign", "decline", "revoke")
EXAMPLE = {
    "partner_id": "0190f3c4-0000-7000-8000-000000000002",
    "terms": {
        "name": "Fraud model of spring",
        "purpose": "Score payments for fraud. No marketing.",
        "algorithm": "vertical-logistic",
        "rounds": 20,
        "megabytes": 400,
        "epsilon": None,
        "until": "2027-06-30T00:00:00Z",
        "model_at": [10000],
        "brings": {
            "10000": {"dataset": "payments, version 7", "columns": ["amount", "hour", "fraud"]},
            "20000": {"dataset": "accounts, version 3", "columns": ["age_days", "chargebacks"]},
        },
    },
}


class ContractFilter(filters.FilterSet):
    phase = filters.MultipleChoiceFilter(choices=ContractPhase.choices)
    partner = filters.UUIDFilter(field_name="partner_id")
    contract = filters.UUIDFilter(help_text="All editions of one.")

    class Meta:
        model = Contract
        fields: tuple[str, ...] = ()


class ContractsViewSet(TenantViewSet):
    permissions = {"list": "parties.view", "create": "partners.decide"}
    queryset = Contract.objects.all()
    filterset_class = ContractFilter
    orders = {"created": "pk"}
    default_order = "-created"

    @describe("List contracts on the use of data, with every edition", gives=ContractOutput(many=True))
    def list(self, request: Request, tenant_id: UUID) -> Response:
        rows = Contract.objects.filter(tenant=self.tenant).select_related("partner__party", "channels")
        return self.page(ContractOutput, rows)

    @describe(
        "Propose a contract, or another edition of one",
        takes=ContractInput,
        gives=ContractOutput,
        status=201,
        example=EXAMPLE,
        text="You sign by proposing; it stands once an officer of the other party signed the same digest. Terms never "
        "change: what is to be otherwise is another edition. Unsigned it ends after seven days.",
    )
    def create(self, request: Request, tenant_id: UUID) -> Response:
        given = self.given(ContractInput)
        locked = Partner.objects.select_related("party__tenant").select_for_update(of=("self",), no_key=True)
        partner = visible_or_404(locked, pk=given["partner_id"], tenant=self.tenant)
        amends = given.get("amends") and visible_or_404(partner.contracts.all(), pk=given["amends"])
        terms = {**given["terms"], "until": given["terms"]["until"].isoformat()}
        contract = services.propose(actor=self.actor, partner=partner, terms=terms, amends=amends)
        return self.answer(contract, self.shown(ContractOutput, contract), status=201)


class ContractViewSet(TenantViewSet):
    permissions = {"retrieve": "parties.view", **dict.fromkeys(CONTRACT_ACTS, "partners.decide")}

    @describe("Read one edition of a contract, with its letters", gives=ContractDetailOutput)
    def retrieve(self, request: Request, tenant_id: UUID, contract_id: UUID) -> Response:
        contract = visible_or_404(self._rows(), pk=contract_id)
        return self.answer(contract, self.shown(ContractDetailOutput, contract))

    @describe(
        "Sign what the other party proposed",
        takes=SignInput,
        gives=ContractOutput,
        example={"digest": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"},
        text="With the digest of the terms that you read, so that nobody signs what they did not see. The edition that it "
        "replaces stands no longer.",
    )
    def sign(self, request: Request, tenant_id: UUID, contract_id: UUID) -> Response:
        return self._act(contract_id, services.sign, **self.given(SignInput))

    @describe("Decline, with a reason", takes=ReasonInput, gives=ContractOutput, example={"reason": "Without the age."})
    def decline(self, request: Request, tenant_id: UUID, contract_id: UUID) -> Response:
        return self._act(contract_id, services.decline, **self.given(ReasonInput))

    @describe(
        "End the contract now, or take back a proposal",
        takes=ReasonInput,
        gives=ContractOutput,
        example={"reason": "The project is over."},
        text="It holds here at once, whether or not the other side can be told yet.",
    )
    def revoke(self, request: Request, tenant_id: UUID, contract_id: UUID) -> Response:
        return self._act(contract_id, services.revoke, **self.given(ReasonInput))

    def _rows(self) -> Any:
        return Contract.objects.filter(tenant=self.tenant).select_related("partner__party__tenant", "channels")

    def _act(self, contract_id: UUID, act: Any, **given: Any) -> Response:
        partner_id = visible_or_404(self._rows(), pk=contract_id).partner_id
        # The partner first, as whoever reads a letter does: then neither waits for what the other holds.
        Partner.objects.select_for_update(of=("self",), no_key=True).get(pk=partner_id)
        contract = visible_or_404(self._rows().select_for_update(of=("self",), no_key=True), pk=contract_id)
        act(actor=self.actor, contract=contract, **given)
        return self.answer(contract, self.shown(ContractOutput, contract))
