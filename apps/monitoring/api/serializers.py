"""How events, lines, extents and series look in the OpenAPI document. Answers are written without them: pages are large."""

from rest_framework import serializers

from apps.core.api.serializers import Output


class ExtentOutput(Output):
    attempt = serializers.IntegerField()
    rank = serializers.IntegerField()
    first_number = serializers.IntegerField()
    last_number = serializers.IntegerField()
    lines = serializers.IntegerField()


class LinesOutput(Output):
    attempt = serializers.IntegerField(allow_null=True)
    rank = serializers.IntegerField(allow_null=True)
    lines = serializers.ListField(child=serializers.ListField(), help_text="[number, time, out | err | hanse, text]")
    first_known = serializers.IntegerField(help_text="Number of the first line that is kept.")
    last_known = serializers.IntegerField(help_text="Number of the newest line.")


class MergedOutput(Output):
    attempt = serializers.IntegerField(allow_null=True)
    lines = serializers.ListField(child=serializers.ListField(), help_text="[rank, number, time, out | err | hanse, text]")
    before = serializers.CharField(help_text="Cursor of what is before these lines, as `before`.")
    after = serializers.CharField(help_text="Cursor of what comes after them, as `after`; also when nothing has come yet.")


class FoundLineOutput(Output):
    attempt = serializers.IntegerField()
    rank = serializers.IntegerField()
    number = serializers.IntegerField()
    at = serializers.DateTimeField()
    stream = serializers.CharField()
    text = serializers.CharField()


class SearchOutput(Output):
    results = FoundLineOutput(many=True)
    count = serializers.IntegerField(help_text="Lines that match among those looked at.")
    count_is_exact = serializers.BooleanField()
    complete = serializers.BooleanField(help_text="Whether every line was looked at.")
    next = serializers.CharField(allow_null=True, help_text="Cursor to look on from, as `after`.")


class SeriesOutput(Output):
    name = serializers.CharField()
    attempt = serializers.IntegerField()
    rank = serializers.IntegerField(allow_null=True)
    count = serializers.IntegerField()
    minimum = serializers.FloatField()
    maximum = serializers.FloatField()
    mean = serializers.FloatField()
    points = serializers.ListField(child=serializers.ListField(), help_text="[time, value]")


class MetricsOutput(Output):
    series = SeriesOutput(many=True)


class EventOutput(Output):
    """The same as by WebSocket (docs/reference/websocket.md)."""

    epoch = serializers.CharField()
    seq = serializers.IntegerField()
    kind = serializers.CharField()
    object_id = serializers.UUIDField()
    project_id = serializers.UUIDField(allow_null=True)
    version = serializers.IntegerField(help_text="Ignore an event whose version is not newer than what you have.")
    op = serializers.ChoiceField(["added", "changed", "removed"])
    object = serializers.DictField(allow_null=True, help_text="Null when it is gone, or too large: ask for it.")


class EventsOutput(Output):
    results = EventOutput(many=True)
    at = serializers.CharField(help_text="Go on from here, as `after`.")
    lost = serializers.BooleanField(help_text="Events are missing before `at`: read again what you keep.")
