"""Notifications, how one is told, and mail, as they come in and go out."""

from typing import Any

from django.conf import settings
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from apps.core.api.serializers import Input, Output
from apps.core.models import MailPhase
from apps.core.notifications import Delivery, Severity, kind_of
from apps.monitoring.models import Notification

LANGUAGES = [language for language, _ in settings.LANGUAGES]


class WordsOutput(Output):
    title = serializers.CharField()
    text = serializers.CharField(allow_blank=True)


class SaidInAllLanguages(Output):
    """The same in every language, so that a reader may change theirs."""

    en = WordsOutput()
    zh_hans = WordsOutput()


class NotificationOutput(Output):
    id = serializers.UUIDField()
    code = serializers.CharField(help_text="Its kind; docs/reference/notifications lists them.")
    severity = serializers.ChoiceField([str(severity) for severity in Severity])
    tenant_id = serializers.UUIDField(allow_null=True)
    project_id = serializers.UUIDField(allow_null=True)
    object_kind = serializers.CharField()
    object_id = serializers.UUIDField()
    path = serializers.CharField(help_text="Where the console shows it.")
    arguments = serializers.DictField()
    count = serializers.IntegerField(help_text="How many of a kind, within a minute, this one stands for.")
    said = serializers.SerializerMethodField()
    read_at = serializers.DateTimeField(allow_null=True)
    created_at = serializers.DateTimeField()
    last_at = serializers.DateTimeField()

    @extend_schema_field(SaidInAllLanguages)
    def get_said(self, row: Notification) -> dict[str, Any]:
        kind = kind_of(row.code)
        said = {}
        for language in LANGUAGES:
            title, text = kind.said(language, row.arguments, count=row.count) if kind else (row.code, "")
            said[language.replace("-", "_")] = {"title": title, "text": text}
        return said


class UnreadOutput(Output):
    unread = serializers.IntegerField(help_text="Counted up to 99.")
    more = serializers.BooleanField(help_text="There are more than 99.")


class ReadAllInput(Input):
    until = serializers.UUIDField(
        required=False, help_text="Only this notification and older ones, so that what came meanwhile stays unread."
    )


class ReadOutput(Output):
    read = serializers.IntegerField(help_text="How many were unread.")


class MuteInput(Input):
    what = serializers.ChoiceField(["object", "project"])


class MuteOutput(Output):
    id = serializers.UUIDField()
    object_kind = serializers.CharField()
    object_id = serializers.UUIDField()
    name = serializers.CharField(source="label")
    created_at = serializers.DateTimeField()


class ChoiceInput(Input):
    code = serializers.CharField(max_length=60)
    bell = serializers.BooleanField(required=False)
    mail = serializers.ChoiceField([str(delivery) for delivery in Delivery], required=False)


class ChoicesInput(Input):
    choices = ChoiceInput(many=True, help_text="Kinds that are not named stay as they are.")


class KindOutput(Output):
    code = serializers.CharField()
    severity = serializers.ChoiceField([str(severity) for severity in Severity])
    about = serializers.CharField()
    for_roles = serializers.ListField(
        child=serializers.CharField(), help_text="Roles that get it; empty: only whom it concerns."
    )
    bell = serializers.BooleanField()
    mail = serializers.ChoiceField([str(delivery) for delivery in Delivery])
    is_default = serializers.BooleanField()


class ChoicesOutput(Output):
    kinds = KindOutput(many=True)
    mail_is_configured = serializers.BooleanField(help_text="False: this installation sends no mail.")
    address = serializers.EmailField(help_text="Where mail goes.")
    digest_hour = serializers.IntegerField(help_text="When the daily mail is written, in your time zone.")
    time_zone = serializers.CharField()
    generation = serializers.IntegerField()


class MailOutput(Output):
    """A mail of the outbox, without what it says."""

    id = serializers.UUIDField()
    purpose = serializers.CharField()
    address = serializers.EmailField()
    subject = serializers.CharField()
    phase = serializers.ChoiceField(MailPhase.choices)
    attempts = serializers.IntegerField()
    error = serializers.CharField(help_text="What the last attempt failed of.")
    created_at = serializers.DateTimeField()
    due_at = serializers.DateTimeField()
    finished_at = serializers.DateTimeField(allow_null=True)
