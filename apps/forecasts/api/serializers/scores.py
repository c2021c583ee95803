"""How good forecasts were, as it goes out."""

from rest_framework import serializers

from apps.core.api.serializers import Output
from apps.forecasts.engines import ENGINE_NAMES
from apps.forecasts.segments import SEGMENTS


class ScoredOutput(Output):
    """What came of the first day of forecasts, in a segment of targets."""

    id = serializers.UUIDField()
    run = serializers.UUIDField(source="run_id")
    issued_at = serializers.DateTimeField(help_text="The full hour behind which the first step begins.")
    segment = serializers.ChoiceField(SEGMENTS)
    engine = serializers.ChoiceField(ENGINE_NAMES)
    issued = serializers.BooleanField(help_text="Its forecasts were issued; else it was asked what it would have said.")
    targets = serializers.IntegerField()
    hours = serializers.IntegerField(help_text="How many hours of all targets had come.")
    wql = serializers.FloatField(help_text="Weighted quantile loss.")
    mae = serializers.FloatField(help_text="Mean error of the median, in points of load.")
    bias = serializers.FloatField(help_text="In points; above 0: too much was forecast.")
    coverage = serializers.FloatField(help_text="Share of hours within the band, which is to be 0.8.")
    window_gain = serializers.FloatField(
        allow_null=True,
        help_text="Of what the best start of a move of three hours would have gained over a random one, the share that the "
        "start with the lowest forecast did; null: there was nothing to gain.",
    )
