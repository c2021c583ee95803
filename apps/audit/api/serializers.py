"""Entries of the trail, as they go out."""

from rest_framework import serializers

from apps.core.api.serializers import Output


class AuditEntryOutput(Output):
    id = serializers.UUIDField()
    at = serializers.DateTimeField()
    sequence = serializers.IntegerField()
    actor_id = serializers.UUIDField()
    actor_label = serializers.CharField()
    token_id = serializers.UUIDField(allow_null=True)
    token_label = serializers.CharField()
    on_behalf_of_id = serializers.UUIDField(allow_null=True, help_text="As whom support looked.")
    on_behalf_of_label = serializers.CharField()
    action = serializers.CharField()
    project_id = serializers.UUIDField(allow_null=True)
    subject_kind = serializers.CharField()
    subject_id = serializers.CharField()
    subject_label = serializers.CharField()
    before = serializers.DictField(allow_null=True)
    after = serializers.DictField(allow_null=True)
    address = serializers.CharField()
    request_id = serializers.CharField()
    hash = serializers.CharField()
