"""/tenants/{tenant_id}/party/ and /tenants/{tenant_id}/partners/."""

from typing import Any
from uuid import UUID

from django_filters import rest_framework as filters
from rest_framework.request import Request
from rest_framework.response import Response

from apps.core.api.schema import describe
from apps.core.api.serializers import NoInput
from apps.core.api.views import visible_or_404
from apps.federation import services
from apps.federation.api.serializers import (
    FingerprintInput,
    InviteInput,
    LeaveInput,
    LetterInput,
    PartnerDetailOutput,
    PartnerOutput,
    PartyChange,
    PartyInput,
    PartyOutput,
    ReasonInput,
)
from apps.federation.errors import NoParty
from apps.federation.models import Partner, PartnerPhase, Party
from apps.tenants.api.base import TenantViewSet

ACTS = ("accept", "confirm", "refuse", "rotate", "suspend", "resume", "cut", "leave")
PARTY_EXAMPLE = {
    "number": 10000,
    "name": "Aurora Bank",
    "contact": "officer@aurora.example",
    "web_url": "https://pulsar.aurora.example:8443",
    "service_url": "pulsar+ssl://pulsar.aurora.example:6651",
    "admin_token": "eyJhbGciOiJSUzI1NiIs…",
    "signing_key": "-----BEGIN PRIVATE KEY-----\n…\n-----END PRIVATE KEY-----\n",
}
WORDS = {"fingerprint": "abandon ability able about above absent absorb abstract"}


class PartnerFilter(filters.FilterSet):
    phase = filters.MultipleChoiceFilter(choices=PartnerPhase.choices)

    class Meta:
        model = Partner
        fields: tuple[str, ...] = ()


class PartyViewSet(TenantViewSet):
    permissions = {
        "retrieve": "parties.view",
        "create": "parties.manage",
        "partial_update": "parties.manage",
        "destroy": "parties.manage",
    }

    @describe("Read the tenant's party", gives=PartyOutput)
    def retrieve(self, request: Request, tenant_id: UUID) -> Response:
        party = visible_or_404(Party.objects.all(), tenant=self.tenant)
        return self.answer(party, self.shown(PartyOutput, party))

    @describe(
        "Make the tenant a party",
        takes=PartyInput,
        gives=PartyOutput,
        status=201,
        example=PARTY_EXAMPLE,
        text="Its cluster must be called `fl-pulsar-<number>`. `admin_token` and `signing_key` are encrypted, used by "
        "workers alone and never shown again; the keys for letters are made here and never leave the portal.",
    )
    def create(self, request: Request, tenant_id: UUID) -> Response:
        given = self.given(PartyInput)
        number = given.pop("number")
        party = services.describe_party(actor=self.actor, tenant=self.tenant, number=number, given=given)
        return self.answer(party, self.shown(PartyOutput, party), status=201)

    @describe(
        "Change how the party is reached",
        takes=PartyChange,
        gives=PartyOutput,
        example={"contact": "officers@aurora.example"},
        text="With another address, `admin_token` and `signing_key` are given again.",
    )
    def partial_update(self, request: Request, tenant_id: UUID) -> Response:
        party = self.locked(Party.objects.all(), tenant=self.tenant)
        party = services.change_party(actor=self.actor, party=party, changes=self.given(PartyChange))
        return self.answer(party, self.shown(PartyOutput, party))

    @describe("Remove the party with its keys", status=204, text="Refused while there are agreements with others.")
    def destroy(self, request: Request, tenant_id: UUID) -> Response:
        party = self.locked(Party.objects.all(), tenant=self.tenant)
        services.remove_party(actor=self.actor, party=party)
        return Response(status=204)


class PartnersViewSet(TenantViewSet):
    permissions = {"list": "parties.view", "create": "partners.decide"}
    queryset = Partner.objects.all()
    filterset_class = PartnerFilter
    orders = {"created": "pk"}
    default_order = "-created"

    @describe("List the parties that this one is, was or may be agreed with", gives=PartnerOutput(many=True))
    def list(self, request: Request, tenant_id: UUID) -> Response:
        return self.page(PartnerOutput, Partner.objects.filter(tenant=self.tenant).select_related("party"))

    @describe(
        "Invite another party",
        takes=InviteInput,
        gives=PartnerOutput,
        status=201,
        example={"number": 20000, "note": "For the fraud model."},
        text="A worker signs the invitation within seconds; it is the first of the partner's `letters`. To a party of this "
        "portal it is delivered; otherwise send it as it is. It ends after seven days.",
    )
    def create(self, request: Request, tenant_id: UUID) -> Response:
        partner = services.invite(actor=self.actor, party=own_party(self.tenant), **self.given(InviteInput))
        return self.answer(partner, self.shown(PartnerOutput, partner), status=201)


class LettersViewSet(TenantViewSet):
    permissions = {"create": "partners.decide"}

    @describe(
        "Read a letter that another party sent",
        takes=LetterInput,
        gives=PartnerOutput,
        example={"text": "eyJhbGciOiJFZERTQSIsInR5cCI6ImhhbnNlLWxldHRlciJ9…"},
        text="Changed, forged, late, foreign or already answered letters are refused, and change nothing. Reading one twice "
        "changes nothing either.",
    )
    def create(self, request: Request, tenant_id: UUID) -> Response:
        partner = services.receive(party=own_party(self.tenant), text=self.given(LetterInput)["text"])
        return self.answer(partner, self.shown(PartnerOutput, partner))


class PartnerViewSet(TenantViewSet):
    permissions = {
        "retrieve": "parties.view",
        **dict.fromkeys(ACTS, "partners.decide"),
        "cut": "partners.cut",
    }

    @describe("Read one agreement, with its letters", gives=PartnerDetailOutput)
    def retrieve(self, request: Request, tenant_id: UUID, partner_id: UUID) -> Response:
        partner = visible_or_404(self._rows(), pk=partner_id)
        return self.answer(partner, self.shown(PartnerDetailOutput, partner))

    @describe(
        "Accept an invitation",
        takes=FingerprintInput,
        gives=PartnerOutput,
        example=WORDS,
        text="Type the eight words that their officer reads to you: they prove that the letter is theirs.",
    )
    def accept(self, request: Request, tenant_id: UUID, partner_id: UUID) -> Response:
        return self._act(partner_id, services.accept, **self.given(FingerprintInput))

    @describe(
        "Confirm who accepted our invitation",
        takes=FingerprintInput,
        gives=PartnerOutput,
        example=WORDS,
        text="After this each side registers the other's cluster and grants it a role; it is ready when both saw it.",
    )
    def confirm(self, request: Request, tenant_id: UUID, partner_id: UUID) -> Response:
        return self._act(partner_id, services.confirm, **self.given(FingerprintInput))

    @describe("Refuse, with a reason", takes=ReasonInput, gives=PartnerOutput, example={"reason": "We do not know you."})
    def refuse(self, request: Request, tenant_id: UUID, partner_id: UUID) -> Response:
        return self._act(partner_id, services.refuse, **self.given(ReasonInput))

    @describe(
        "Give them a new token", takes=NoInput, gives=PartnerOutput, text="The old one counts until they use the new one."
    )
    def rotate(self, request: Request, tenant_id: UUID, partner_id: UUID) -> Response:
        return self._act(partner_id, services.rotate, **self.given(NoInput))

    @describe(
        "Suspend: let nothing through, in either direction",
        takes=ReasonInput,
        gives=PartnerOutput,
        example={"reason": "Maintenance until Monday."},
    )
    def suspend(self, request: Request, tenant_id: UUID, partner_id: UUID) -> Response:
        return self._act(partner_id, services.suspend, **self.given(ReasonInput))

    @describe("Go on after a suspension or a cut, with a new token", takes=NoInput, gives=PartnerOutput)
    def resume(self, request: Request, tenant_id: UUID, partner_id: UUID) -> Response:
        return self._act(partner_id, services.resume, **self.given(NoInput))

    @describe(
        "Cut the party off now",
        takes=ReasonInput,
        gives=PartnerOutput,
        example={"reason": "Their key was stolen."},
        text="For emergencies. Their roles lose every grant, what is connected is ended, and their cluster is forgotten; "
        "`silent_at` tells when nothing came any more.",
    )
    def cut(self, request: Request, tenant_id: UUID, partner_id: UUID) -> Response:
        return self._act(partner_id, services.cut, **self.given(ReasonInput))

    @describe(
        "End the agreement",
        takes=LeaveInput,
        gives=PartnerOutput,
        example={"confirm": "20000", "reason": "The project is over."},
        text="What it gave is taken back on this side, and the other side is told.",
    )
    def leave(self, request: Request, tenant_id: UUID, partner_id: UUID) -> Response:
        return self._act(partner_id, services.leave, **self.given(LeaveInput))

    def _rows(self) -> Any:
        return Partner.objects.filter(tenant=self.tenant).select_related("party__tenant")

    def _act(self, partner_id: UUID, act: Any, **given: Any) -> Response:
        partner = visible_or_404(self._rows().select_for_update(of=("self",), no_key=True), pk=partner_id)
        act(actor=self.actor, partner=partner, **given)
        return self.answer(partner, self.shown(PartnerOutput, partner))


def own_party(tenant: Any) -> Party:
    """Raises NoParty."""
    party = Party.objects.select_related("tenant").filter(tenant=tenant).first()
    if party is None:
        raise NoParty(f"{tenant.name} is no party yet.")
    return party
