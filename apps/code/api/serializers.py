"""Code as it goes out; it comes in as the body itself."""

from rest_framework import serializers

from apps.code.models import Origin
from apps.core.api.serializers import Output


class UploaderOutput(Output):
    id = serializers.UUIDField()
    name = serializers.CharField()


class CodeOutput(Output):
    id = serializers.UUIDField()
    tenant_id = serializers.UUIDField()
    project_id = serializers.UUIDField()
    origin = serializers.ChoiceField(Origin.choices)
    name = serializers.CharField()
    format = serializers.CharField(help_text="tar.gz or zip.")
    sha256 = serializers.CharField()
    size_bytes = serializers.IntegerField()
    files = serializers.IntegerField()
    unpacked_bytes = serializers.IntegerField()
    url = serializers.CharField(help_text="Of git: where it came from; else empty.")
    commit = serializers.CharField()
    path = serializers.CharField()
    created_by = UploaderOutput(allow_null=True)
    created_at = serializers.DateTimeField()
    used_at = serializers.DateTimeField(help_text="When it was last uploaded, fetched or submitted.")
    version = serializers.IntegerField()
