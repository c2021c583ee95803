"""Parties as they come in and go out. Tokens and keys of clusters only come in."""

from collections.abc import Mapping
from typing import Any

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from apps.core.api.serializers import Input, Output, SaidOutput
from apps.federation.addresses import SERVICE, WEB, normal
from apps.federation.models import LEAST_NUMBER, MOST_NUMBER, LetterState, Partner, PartnerPhase


class _Address(serializers.CharField):
    def __init__(self, ports: Mapping[str, int], **options: Any) -> None:
        super().__init__(max_length=300, **options)
        self._ports = dict(ports)

    def to_internal_value(self, data: Any) -> str:
        try:
            return normal(str(super().to_internal_value(data)), self._ports)
        except ValueError as error:
            raise serializers.ValidationError(str(error)) from error


def _is_signing_key(pem: str) -> None:
    try:
        key = load_pem_private_key(pem.encode(), password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise serializers.ValidationError("Give the private key as PEM, without a password.") from error
    if not isinstance(key, RSAPrivateKey):
        raise serializers.ValidationError("Give an RSA key: the cluster's tokens are signed with RS256.")


_SECRET: dict[str, Any] = {"write_only": True, "trim_whitespace": True}
_KEY: dict[str, Any] = {**_SECRET, "validators": [_is_signing_key], "max_length": 16_384}


class PartyChange(Input):
    name = serializers.CharField(max_length=150, required=False)
    contact = serializers.EmailField(required=False, help_text="Whom officers of other parties write to.")
    web_url = _Address(WEB, required=False, help_text="The brokers' HTTP service: http:// or https://.")
    service_url = _Address(SERVICE, required=False, help_text="The brokers' binary protocol: pulsar:// or pulsar+ssl://.")
    admin_token = serializers.CharField(max_length=8192, required=False, help_text="Of a super user.", **_SECRET)
    signing_key = serializers.CharField(required=False, help_text="What the cluster's tokens are signed with: PEM.", **_KEY)


class PartyInput(PartyChange):
    number = serializers.IntegerField(min_value=LEAST_NUMBER, max_value=MOST_NUMBER)
    name = serializers.CharField(max_length=150)
    contact = serializers.EmailField(help_text="Whom officers of other parties write to.")
    web_url = _Address(WEB, help_text="The brokers' HTTP service: http:// or https://.")
    service_url = _Address(SERVICE, help_text="The brokers' binary protocol: pulsar:// or pulsar+ssl://.")
    admin_token = serializers.CharField(max_length=8192, help_text="Of a super user.", **_SECRET)
    signing_key = serializers.CharField(help_text="What the cluster's tokens are signed with: PEM.", **_KEY)


class LinkCheckOutput(Output):
    check = serializers.CharField()
    state = serializers.ChoiceField(["fine", "failed", "unknown"])
    text = serializers.CharField(help_text="What was found, in English.")
    said = SaidOutput()
    who = serializers.CharField(help_text="Who must act: us, them, or empty.")
    milliseconds = serializers.IntegerField(allow_null=True)
    since = serializers.DateTimeField()


class PartyOutput(Output):
    id = serializers.UUIDField()
    tenant_id = serializers.UUIDField()
    number = serializers.IntegerField()
    name = serializers.CharField()
    contact = serializers.CharField()
    cluster = serializers.CharField(help_text="The name of its Pulsar cluster.")
    web_url = serializers.CharField()
    service_url = serializers.CharField()
    fingerprint = serializers.CharField(source="public.fingerprint", help_text="Eight words, to be read to the other side.")
    checks = LinkCheckOutput(many=True)
    checked_at = serializers.DateTimeField(allow_null=True)
    created_at = serializers.DateTimeField()
    version = serializers.IntegerField(help_text="Grows with every change; events carry it too.")
    generation = serializers.IntegerField(help_text="The ETag.")


class PartyLetterOutput(Output):
    id = serializers.UUIDField()
    kind = serializers.CharField()
    outgoing = serializers.BooleanField()
    state = serializers.ChoiceField(LetterState.choices)
    said = serializers.CharField(help_text="Why it was refused.")
    text = serializers.CharField(help_text="What to carry to the other side; empty until it is signed.")
    created_at = serializers.DateTimeField()
    delivered_at = serializers.DateTimeField(allow_null=True)


class PartnerOutput(Output):
    id = serializers.UUIDField()
    tenant_id = serializers.UUIDField()
    agreement = serializers.UUIDField(help_text="The same on both sides.")
    number = serializers.IntegerField(allow_null=True)
    name = serializers.CharField()
    contact = serializers.CharField()
    cluster = serializers.CharField()
    web_url = serializers.CharField()
    service_url = serializers.CharField()
    phase = serializers.ChoiceField(PartnerPhase.choices)
    acts = serializers.ListField(child=serializers.CharField(), help_text="What an officer can do now.")
    note = serializers.CharField(help_text="What came with the invitation, or why it ended.")
    ended_by_them = serializers.BooleanField()
    invitation_ends_at = serializers.DateTimeField(allow_null=True)
    issued_role = serializers.SerializerMethodField(help_text="Of the newest token that we issued to them.")
    issued_until = serializers.DateTimeField(allow_null=True)
    rotating = serializers.SerializerMethodField(help_text="They have a new token and still write with the old one.")
    given_role = serializers.CharField(help_text="Of the token that they gave us.")
    given_until = serializers.DateTimeField(allow_null=True)
    checks = LinkCheckOutput(many=True)
    checked_at = serializers.DateTimeField(allow_null=True)
    heard_at = serializers.DateTimeField(allow_null=True)
    ready_at = serializers.DateTimeField(allow_null=True)
    cut_at = serializers.DateTimeField(allow_null=True)
    silent_at = serializers.DateTimeField(allow_null=True, help_text="When nothing of theirs came through after a cut.")
    created_at = serializers.DateTimeField()
    version = serializers.IntegerField()
    generation = serializers.IntegerField(help_text="The ETag.")

    def get_issued_role(self, partner: Partner) -> str:
        return partner.role if partner.issued else ""

    def get_rotating(self, partner: Partner) -> bool:
        return partner.honoured < partner.issued


class PartnerDetailOutput(PartnerOutput):
    """With what only whoever opens it needs."""

    fingerprint = serializers.SerializerMethodField(help_text="Of their key. Empty before we know it.")
    letters = serializers.SerializerMethodField()

    def get_fingerprint(self, partner: Partner) -> str:
        return partner.public.fingerprint if partner.sign_public else ""

    @extend_schema_field(PartyLetterOutput(many=True))
    def get_letters(self, partner: Partner) -> list[dict[str, object]]:
        return list(PartyLetterOutput(partner.letters.filter(federated_job=None).order_by("-pk")[:50], many=True).data)


class InviteInput(Input):
    number = serializers.IntegerField(
        min_value=LEAST_NUMBER, max_value=MOST_NUMBER, required=False, help_text="Whom; left out: whoever is given it."
    )
    note = serializers.CharField(max_length=500, allow_blank=True, default="")


class LetterInput(Input):
    text = serializers.CharField(max_length=40_000, help_text="The letter, as the other side's portal wrote it.")


class FingerprintInput(Input):
    fingerprint = serializers.CharField(max_length=200, help_text="The eight words, as their officer read them out.")


class ReasonInput(Input):
    reason = serializers.CharField(max_length=300, help_text="The other side reads it.")


class LeaveInput(ReasonInput):
    confirm = serializers.CharField(max_length=12, allow_blank=True, help_text="The other party's number, typed once more.")
