"""Secrets as they come in and go out. Values only come in."""

from rest_framework import serializers

from apps.core.api.serializers import Input, Output
from apps.core.validators import LABEL
from apps.secrets.models import SecretKind


class ValuesInput(Input):
    """Entries of a version: `data` as text, `binary_data` in base64. Neither is ever shown again."""

    data = serializers.DictField(  # type: ignore[assignment]  # of the same name as what a serializer gives
        child=serializers.CharField(trim_whitespace=False, allow_blank=True), required=False, default=dict
    )
    binary_data = serializers.DictField(child=serializers.CharField(), required=False, default=dict)


class SecretInput(ValuesInput):
    name = serializers.CharField(max_length=63, validators=[LABEL])
    kind = serializers.ChoiceField(SecretKind.choices, default=SecretKind.OPAQUE)
    description = serializers.CharField(max_length=500, allow_blank=True, default="")


class SecretChange(Input):
    description = serializers.CharField(max_length=500, allow_blank=True)


class DestroyInput(Input):
    confirm = serializers.CharField(max_length=63, help_text="The name of the secret, typed once more.")


class PersonRefOutput(Output):
    id = serializers.UUIDField()
    name = serializers.CharField()


class SecretOutput(Output):
    id = serializers.UUIDField()
    tenant_id = serializers.UUIDField()
    project_id = serializers.UUIDField()
    name = serializers.CharField()
    kind = serializers.ChoiceField(SecretKind.choices)
    description = serializers.CharField()
    keys = serializers.ListField(child=serializers.CharField(), help_text="Names of the newest version's entries.")
    newest = serializers.IntegerField(help_text="Number of the newest version.")
    created_by = PersonRefOutput()
    created_at = serializers.DateTimeField()
    rotated_at = serializers.DateTimeField()
    last_used_at = serializers.DateTimeField(allow_null=True)
    version = serializers.IntegerField(help_text="Grows with every change; events carry it too.")
    generation = serializers.IntegerField(help_text="The ETag.")


class SecretVersionOutput(Output):
    id = serializers.UUIDField()
    number = serializers.IntegerField()
    keys = serializers.ListField(child=serializers.CharField())
    size_bytes = serializers.IntegerField()
    created_by = PersonRefOutput()
    created_at = serializers.DateTimeField()
    destroyed_at = serializers.DateTimeField(allow_null=True)


class SecretUseOutput(Output):
    kind = serializers.CharField(help_text="job, template or app.")
    id = serializers.UUIDField()
    name = serializers.CharField()
    phase = serializers.CharField(help_text="Of a job; empty for a template.")
    secret_version = serializers.IntegerField(allow_null=True, help_text="Which it was given; null: none yet.")


class SecretUsesOutput(Output):
    uses = SecretUseOutput(many=True)
    more = serializers.BooleanField(help_text="There are more than are listed.")
