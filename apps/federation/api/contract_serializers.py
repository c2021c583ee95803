"""Contracts as they come in and go out."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from apps.core.api.serializers import Input, Output
from apps.federation.api.serializers import LinkCheckOutput, PartyLetterOutput
from apps.federation.models import Channels, ChannelsPhase, Contract, ContractPhase
from apps.federation.terms import (
    ALGORITHMS,
    MOST_COLUMNS,
    MOST_MEGABYTES,
    MOST_OF_A_COLUMN,
    MOST_OF_A_TEXT,
    MOST_ROUNDS,
)


class DataInput(Input):
    dataset = serializers.CharField(max_length=MOST_OF_A_TEXT, help_text="Which data, and which version of it.")
    columns = serializers.ListField(
        child=serializers.CharField(max_length=MOST_OF_A_COLUMN),
        min_length=1,
        max_length=MOST_COLUMNS,
        help_text="What of it may be read. The values stay with the party that has them.",
    )


class TermsInput(Input):
    name = serializers.CharField(max_length=100)
    purpose = serializers.CharField(max_length=MOST_OF_A_TEXT, help_text="What the model is for, and nothing else.")
    algorithm = serializers.ChoiceField(ALGORITHMS)
    rounds = serializers.IntegerField(min_value=1, max_value=MOST_ROUNDS, help_text="At most.")
    megabytes = serializers.IntegerField(
        min_value=1, max_value=MOST_MEGABYTES, help_text="That may leave each party's house, at most."
    )
    epsilon = serializers.FloatField(
        required=False, allow_null=True, default=None, help_text="The privacy budget of one row; null: none was agreed."
    )
    until = serializers.DateTimeField()
    model_at = serializers.ListField(
        child=serializers.IntegerField(), min_length=1, max_length=2, help_text="The numbers of who keeps the model."
    )
    brings = serializers.DictField(child=DataInput(), help_text="What each party brings, by its number.")


class ContractInput(Input):
    partner_id = serializers.UUIDField()
    amends = serializers.UUIDField(
        required=False, help_text="The `id` of a contract that stands; it does so until both have signed this edition."
    )
    terms = TermsInput()


class SignInput(Input):
    digest = serializers.CharField(max_length=64, help_text="Of the terms that you read.")


class DataOutput(Output):
    dataset = serializers.CharField()
    columns = serializers.ListField(child=serializers.CharField())


class TermsOutput(Output):
    name = serializers.CharField()
    purpose = serializers.CharField()
    algorithm = serializers.ChoiceField(ALGORITHMS)
    rounds = serializers.IntegerField()
    megabytes = serializers.IntegerField()
    epsilon = serializers.FloatField(allow_null=True)
    until = serializers.DateTimeField()
    model_at = serializers.ListField(child=serializers.IntegerField())
    brings = serializers.DictField(child=DataOutput())


class ContractPartnerOutput(Output):
    id = serializers.UUIDField()
    number = serializers.IntegerField()
    name = serializers.CharField()


class ChannelTopicOutput(Output):
    topic = serializers.CharField()
    messages = serializers.IntegerField()
    given_up = serializers.IntegerField(help_text="Never taken by the other side.")
    unread = serializers.IntegerField(help_text="Never read by our workers.")


class ChannelsRemovedOutput(Output):
    topics = ChannelTopicOutput(many=True)
    roles = serializers.ListField(child=serializers.CharField())
    at = serializers.DateTimeField()


class ChannelsOutput(Output):
    state = serializers.ChoiceField([*ChannelsPhase.values, "failing"])
    namespace = serializers.CharField(source="contract.namespace", help_text="The same in both clusters.")
    role = serializers.CharField(source="contract.role", help_text="Of our workers, for this edition alone.")
    checks = LinkCheckOutput(many=True)
    checked_at = serializers.DateTimeField(allow_null=True)
    sent_bytes = serializers.IntegerField(help_text="What left our house, as last counted.")
    most_bytes = serializers.IntegerField()
    opened_at = serializers.DateTimeField(allow_null=True)
    closed_at = serializers.DateTimeField(allow_null=True)
    removed = serializers.SerializerMethodField(help_text="What was taken away when they were closed.")

    @extend_schema_field(ChannelsRemovedOutput(allow_null=True))
    def get_removed(self, channels: Channels) -> dict[str, Any] | None:
        return channels.removed or None


class ContractOutput(Output):
    id = serializers.UUIDField()
    tenant_id = serializers.UUIDField()
    partner = ContractPartnerOutput()
    our_number = serializers.IntegerField(source="partner.party.number")
    contract = serializers.UUIDField(help_text="The same on both sides and in all editions.")
    edition = serializers.IntegerField()
    digest = serializers.CharField(help_text="SHA-256 of the terms: what both sides sign.")
    terms = TermsOutput()
    phase = serializers.ChoiceField(ContractPhase.choices)
    acts = serializers.ListField(child=serializers.CharField(), help_text="What an officer can do now.")
    note = serializers.CharField(help_text="Why it ended.")
    ended_by_them = serializers.BooleanField()
    ends_at = serializers.DateTimeField(help_text="When it ends by itself where it stands.")
    our_officer = serializers.CharField()
    our_signature_at = serializers.DateTimeField(allow_null=True)
    their_officer = serializers.CharField()
    their_signature_at = serializers.DateTimeField(allow_null=True)
    created_at = serializers.DateTimeField()
    version = serializers.IntegerField()
    channels = serializers.SerializerMethodField(help_text="In our cluster; null before both signed.")

    @extend_schema_field(ChannelsOutput(allow_null=True))
    def get_channels(self, contract: Contract) -> dict[str, Any] | None:
        channels = getattr(contract, "channels", None)
        return dict(ChannelsOutput(channels).data) if channels else None


class ContractDetailOutput(ContractOutput):
    """With the letters: each carries the signature of the party that wrote it."""

    letters = serializers.SerializerMethodField()

    @extend_schema_field(PartyLetterOutput(many=True))
    def get_letters(self, contract: Contract) -> list[dict[str, Any]]:
        return list(PartyLetterOutput(contract.letters.order_by("-pk")[:50], many=True).data)
