"""Providers of single sign-on, as administrators of the platform keep them."""

import re
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.conf import settings
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from apps.accounts import single_sign_on
from apps.accounts.api.single_sign_on import signed_out_url
from apps.accounts.models import Group, Provider
from apps.core.api.schema import describe
from apps.core.api.serializers import Input, Output
from apps.core.api.views import ResourceViewSet, visible_or_404
from apps.tenants import services
from apps.tenants.api.serializers import SlugField

_DOMAIN = re.compile(r"^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$")
EXAMPLE = {
    "slug": "aurora",
    "name": "Aurora",
    "issuer": "https://login.aurora.example/realms/staff",
    "client_id": "hanse",
    "secret": "a-secret",
    "domains": ["aurora.example"],
    "groups_claim": "groups",
    "group_rules": [{"value": "perception", "group": "01999999-0000-7000-8000-000000000000"}],
}


class RuleField(Output):
    value = serializers.CharField()
    group = serializers.UUIDField()
    group_name = serializers.SerializerMethodField(help_text="null: the group is gone, and the rule does nothing.")

    def get_group_name(self, rule: dict[str, str]) -> str | None:
        names: dict[str, str] = self.context["group_names"]
        return names.get(rule["group"])


class RuleInput(Input):
    value = serializers.CharField(max_length=200, help_text="Of the claim.")
    group = serializers.UUIDField(help_text="The group that whoever has it is in.")


class ProviderOutput(Output):
    id = serializers.UUIDField()
    slug = serializers.CharField()
    name = serializers.CharField()
    issuer = serializers.CharField()
    client_id = serializers.CharField()
    callback_url = serializers.SerializerMethodField(help_text="To be registered with the provider.")
    signed_out_url = serializers.SerializerMethodField(help_text="The same, where signing out goes to the provider too.")
    domains = serializers.ListField(child=serializers.CharField())
    creates_accounts = serializers.BooleanField()
    asks_second_factor = serializers.BooleanField()
    signs_out_there = serializers.BooleanField()
    groups_claim = serializers.CharField()
    group_rules = RuleField(many=True)
    is_active = serializers.BooleanField()
    generation = serializers.IntegerField()
    created_at = serializers.DateTimeField()

    def get_callback_url(self, row: Provider) -> str:
        return f"{settings.PUBLIC_URL}/sign-in/{row.slug}/callback/"

    def get_signed_out_url(self, row: Provider) -> str:
        return signed_out_url()


class ProviderChange(Input):
    name = serializers.CharField(max_length=100, required=False, help_text="On the button of the sign-in page.")
    issuer = serializers.URLField(max_length=300, required=False, help_text="As its discovery document writes it.")
    client_id = serializers.CharField(max_length=200, required=False)
    secret = serializers.CharField(max_length=500, required=False, write_only=True, help_text="Never shown again.")
    domains = serializers.ListField(
        child=serializers.CharField(max_length=253),
        allow_empty=False,
        max_length=50,
        required=False,
        help_text="It speaks for addresses of these domains and no others.",
    )
    creates_accounts = serializers.BooleanField(required=False, help_text="At the first sign-in of somebody new.")
    asks_second_factor = serializers.BooleanField(required=False, help_text="So that Hanse need not.")
    signs_out_there = serializers.BooleanField(
        required=False, help_text="Signing out here signs out there too; its `signed_out_url` must be registered."
    )
    groups_claim = serializers.CharField(max_length=100, required=False, allow_blank=True)
    group_rules = RuleInput(many=True, required=False)
    is_active = serializers.BooleanField(required=False)

    def validate_domains(self, domains: list[str]) -> list[str]:
        lowered = sorted({domain.lower() for domain in domains})
        if wrong := [domain for domain in lowered if not _DOMAIN.match(domain)]:
            raise serializers.ValidationError(f"{wrong[0]} is no domain, such as aurora.example.")
        return lowered

    def validate_group_rules(self, rules: list[dict[str, Any]]) -> list[dict[str, str]]:
        known = set(Group.objects.filter(pk__in=[rule["group"] for rule in rules]).values_list("pk", flat=True))
        if unknown := [rule["group"] for rule in rules if rule["group"] not in known]:
            raise serializers.ValidationError(f"There is no group {unknown[0]}.")
        return [{"value": rule["value"], "group": str(rule["group"])} for rule in rules]


class ProviderInput(ProviderChange):
    slug = SlugField()

    def get_fields(self) -> dict[str, Any]:
        fields = super().get_fields()
        for name in ("name", "issuer", "client_id", "secret", "domains"):
            fields[name].required = True
        return fields


class ProvidersViewSet(ResourceViewSet):
    permissions = {
        "list": "platform.view",
        "create": "sign-in.manage",
        "retrieve": "platform.view",
        "partial_update": "sign-in.manage",
        "destroy": "sign-in.manage",
    }
    queryset = Provider.objects.all()
    orders = {"created": "pk", "slug": "slug"}

    @describe("List providers of single sign-on", gives=ProviderOutput(many=True))
    def list(self, request: Request) -> Response:
        page: list[Provider] = self.paginate_queryset(self.filter_queryset(Provider.objects.all())) or []
        names = _names(page)
        return self.get_paginated_response([self._shown(provider, names) for provider in page])

    @describe(
        "Add a provider of single sign-on",
        takes=ProviderInput,
        gives=ProviderOutput,
        status=201,
        text="Its discovery document is read at once, from a public address or one in HANSE_ALLOWED_NETWORKS.",
        example=EXAMPLE,
    )
    def create(self, request: Request) -> Response:
        services.require_session(self.actor)
        provider = single_sign_on.create_provider(actor=self.actor, **self.given(ProviderInput))
        return self.answer(provider, self._shown(provider, _names([provider])), status=201)

    @describe("Read a provider of single sign-on", gives=ProviderOutput)
    def retrieve(self, request: Request, provider_id: UUID) -> Response:
        provider = visible_or_404(Provider.objects.all(), pk=provider_id)
        return self.answer(provider, self._shown(provider, _names([provider])))

    @describe(
        "Change a provider of single sign-on",
        takes=ProviderChange,
        gives=ProviderOutput,
        text="With another issuer or client, the secret must be given again.",
        example={"domains": ["aurora.example", "aurora.cn"]},
    )
    def partial_update(self, request: Request, provider_id: UUID) -> Response:
        services.require_session(self.actor)
        provider = self.locked(Provider.objects.all(), pk=provider_id)
        provider = single_sign_on.change_provider(actor=self.actor, provider=provider, **self.given(ProviderChange))
        return self.answer(provider, self._shown(provider, _names([provider])))

    @describe("Remove a provider of single sign-on", status=204)
    def destroy(self, request: Request, provider_id: UUID) -> Response:
        services.require_session(self.actor)
        provider = self.locked(Provider.objects.all(), pk=provider_id)
        single_sign_on.remove_provider(actor=self.actor, provider=provider)
        return Response(status=204)

    def _shown(self, provider: Provider, names: dict[str, str]) -> dict[str, Any]:
        return self.shown(ProviderOutput, provider, group_names=names)


def _names(providers: Iterable[Provider]) -> dict[str, str]:
    """The groups that rules name and that are there."""
    named = {rule["group"] for provider in providers for rule in provider.group_rules}
    return {str(pk): name for pk, name in Group.objects.filter(pk__in=named).values_list("pk", "name")}
