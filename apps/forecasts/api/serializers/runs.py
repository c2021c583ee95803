"""Runs of forecasts, and the forecasts of a target, as they come in and go out."""

from rest_framework import serializers

from apps.core.api.serializers import Input, Output
from apps.forecasts.engines import DEFAULT_ENGINE, DEFAULT_HORIZON, DEVICES, ENGINE_NAMES, HORIZONS
from apps.forecasts.models import RunState, TargetKind
from apps.forecasts.segments import SEGMENTS

MOST_NAMED = 1_000


class SelectionInput(Input):
    """Filters, all of which a target must meet; without any, all targets."""

    targets = serializers.ListField(
        child=serializers.UUIDField(), allow_empty=False, max_length=MOST_NAMED, required=False, help_text="These."
    )
    kind = serializers.ChoiceField(TargetKind.choices, required=False)
    tenant = serializers.UUIDField(required=False)
    parent = serializers.UUIDField(required=False, help_text="What is on this host, or in this cluster.")  # type: ignore[assignment]
    zone = serializers.CharField(max_length=60, required=False)


class RunInput(Input):
    selection = SelectionInput(required=False)
    engine = serializers.ChoiceField(ENGINE_NAMES, default=DEFAULT_ENGINE)
    horizon_hours = serializers.ChoiceField(HORIZONS, default=DEFAULT_HORIZON)
    device = serializers.ChoiceField(DEVICES, default="auto", help_text="cuda: on a GPU or not at all.")


class EstimateOutput(Output):
    """Seconds are of one processor."""

    targets = serializers.IntegerField()
    seconds_each = serializers.FloatField(help_text="For a target.")
    learning_seconds = serializers.FloatField(help_text="To learn a model first; 0: none is needed, or one is there.")
    seconds = serializers.FloatField(help_text="In all.")
    most_seconds = serializers.FloatField(help_text="More are not computed at once.")
    used_seconds = serializers.FloatField(help_text="What was asked for within the last 24 hours.")
    most_seconds_a_day = serializers.FloatField()
    lasts_seconds = serializers.FloatField(
        allow_null=True, help_text="By the clock, as the last run of this engine went; null: there was none."
    )
    refusal = serializers.DictField(
        allow_null=True, help_text="The problem with which it would be refused; null: it would not."
    )


class ScoreOutput(Output):
    targets = serializers.IntegerField(help_text="How many were looked at.")
    hours = serializers.IntegerField(help_text="How many hours of them have come.")
    mae = serializers.FloatField(allow_null=True, help_text="Mean error, in points of load.")
    bias = serializers.FloatField(allow_null=True, help_text="Above 0: too much was forecast.")
    coverage = serializers.FloatField(allow_null=True, help_text="Share of hours within the band, which is to be 0.8.")
    wql = serializers.FloatField(allow_null=True, help_text="Weighted quantile loss.")
    steady_mae = serializers.FloatField(allow_null=True, help_text="What the median of two days would have had.")
    steady_wql = serializers.FloatField(allow_null=True)


class RunOutput(Output):
    id = serializers.UUIDField()
    version = serializers.IntegerField()
    standing = serializers.BooleanField(help_text="It began by itself, every six hours.")
    issued_at = serializers.DateTimeField(help_text="The full hour behind which the first step begins.")
    selection = serializers.DictField(help_text="As it was asked for; empty: all targets.")
    engine = serializers.CharField()
    horizon_hours = serializers.IntegerField()
    device_asked = serializers.ChoiceField(DEVICES)
    device = serializers.CharField(help_text="What was really computed on; empty until then.")
    state = serializers.ChoiceField(RunState.choices)
    problem = serializers.DictField(allow_null=True, help_text="Why it failed, or what it waits for.")
    targets = serializers.IntegerField(help_text="How many are to be forecast.")
    forecast = serializers.IntegerField(help_text="How many have been.")
    without = serializers.IntegerField(help_text="How many have none: less than two days of them were measured.")
    seconds = serializers.FloatField(help_text="How long workers computed, all together.")
    created_at = serializers.DateTimeField()
    began_at = serializers.DateTimeField(allow_null=True)
    finished_at = serializers.DateTimeField(allow_null=True)
    expected_at = serializers.DateTimeField(
        allow_null=True, help_text="When it will have ended, if it goes on as so far; null: it has not begun, or is over."
    )
    score = ScoreOutput(allow_null=True, help_text="How good its first day turned out to be; null until it has come.")


class StandingOutput(Output):
    """How old the standing forecasts are."""

    issued_at = serializers.DateTimeField(allow_null=True, help_text="Of the newest run that ended well; null: none has.")
    late = serializers.BooleanField(help_text="It should have been renewed an hour ago.")
    every_hours = serializers.IntegerField()
    targets = serializers.IntegerField()
    synthetic = serializers.IntegerField(help_text="How many of them are made up.")


class ForecastOutput(Output):
    issued_at = serializers.DateTimeField(help_text="The first step is the hour from here on.")
    made_at = serializers.DateTimeField()
    engine = serializers.CharField()
    device = serializers.CharField()
    hours_known = serializers.IntegerField(help_text="How many of the 336 hours before it were measured.")
    mean = serializers.ListField(child=serializers.FloatField(), help_text="Points of load, an hour each.")
    low = serializers.ListField(child=serializers.FloatField(), help_text="Lower end of the 80 % band.")
    median = serializers.ListField(child=serializers.FloatField())
    high = serializers.ListField(child=serializers.FloatField(), help_text="Upper end of the 80 % band.")


class CameOutput(Output):
    """What came of a forecast so far."""

    hours = serializers.IntegerField()
    mae = serializers.FloatField(help_text="Mean error, in points of load.")
    bias = serializers.FloatField(help_text="Above 0: too much was forecast.")
    coverage = serializers.FloatField(help_text="Share of hours within the band.")


class PastForecastOutput(ForecastOutput):
    came = CameOutput(allow_null=True, help_text="null: nothing of it has been measured yet.")


class BandOutput(Output):
    """How often bands of forecasts of such targets held what came, over the last seven days."""

    hours = serializers.IntegerField(help_text="How many hours that is known of.")
    coverage = serializers.FloatField(help_text="Their share within the band, which is to be 0.8.")


class TargetForecastsOutput(Output):
    forecast = ForecastOutput(allow_null=True, help_text="The newest.")
    reason = serializers.ChoiceField(
        ["", "too-little-history", "not-yet"],
        help_text="Why there is none, or none newer.",
    )
    hours_known = serializers.IntegerField(help_text="How many of the last 336 hours were measured.")
    least_hours = serializers.IntegerField(help_text="How many a forecast needs.")
    stale = serializers.BooleanField(help_text="It should have been renewed since.")
    synthetic = serializers.BooleanField(help_text="Made up, not measured.")
    segment = serializers.ChoiceField(SEGMENTS, help_text="Which targets are alike: its kind, and how loaded it was lately.")
    band = BandOutput(allow_null=True, help_text="Of its segment; null: no day of a forecast has come yet.")
    past = PastForecastOutput(many=True, help_text="Those before it, the newest first, with what came of them.")
