"""Models, trials and releases as they come in and go out."""

from rest_framework import serializers

from apps.core.api.serializers import Input, Output
from apps.forecasts.engines import ENGINE_NAMES, RELEASED_ENGINES
from apps.forecasts.models import ReleaseReason, Stage
from apps.forecasts.segments import SEGMENTS


class ModelOutput(Output):
    """What an engine learned of the fleet. It is JSON: nothing in it is ever executed."""

    id = serializers.UUIDField()
    engine = serializers.ChoiceField(ENGINE_NAMES)
    horizon_hours = serializers.IntegerField()
    device = serializers.CharField(help_text="What it was really trained on.")
    learned_from = serializers.DateTimeField(allow_null=True)
    learned_until = serializers.DateTimeField(help_text="It has seen nothing behind.")
    targets = serializers.IntegerField(help_text="How many it learned from.")
    seconds = serializers.FloatField(help_text="How long it learned.")
    size_bytes = serializers.IntegerField()
    sha256 = serializers.CharField(help_text="Checked whenever it is read; empty: of a release that kept none.")
    created_at = serializers.DateTimeField()


class EvaluationOutput(Output):
    """A back-test of an engine in a segment."""

    id = serializers.UUIDField()
    tried_at = serializers.DateTimeField(help_text="The full hour that all histories end at.")
    segment = serializers.ChoiceField(SEGMENTS)
    engine = serializers.ChoiceField(ENGINE_NAMES)
    device = serializers.CharField()
    origins = serializers.IntegerField(help_text="At how many moments, the same for all engines.")
    gap_hours = serializers.IntegerField(help_text="Of so long before the first of them nothing was learned.")
    targets = serializers.IntegerField()
    hours = serializers.IntegerField()
    wql = serializers.FloatField(help_text="Weighted quantile loss.")
    mae = serializers.FloatField(help_text="Mean error of the median, in points of load.")
    bias = serializers.FloatField(help_text="In points; above 0: too much was forecast.")
    coverage = serializers.FloatField(help_text="Share of hours within the band, which is to be 0.8.")
    window_gain = serializers.FloatField(allow_null=True, help_text="Share of what the best start of a move could gain.")
    train_seconds = serializers.FloatField(help_text="Of a processor, for all segments together.")
    milliseconds_each = serializers.FloatField(help_text="Of a processor, for a forecast of a target.")
    beats_seasonal = serializers.FloatField(
        allow_null=True,
        help_text="How likely it loses less than the same hour of the day before (paired bootstrap over targets); null: it "
        "is that, or the targets are too few.",
    )
    beats_champion = serializers.FloatField(allow_null=True, help_text="The same against the engine in use then.")


class ReleaseOutput(Output):
    """The stage of an engine in a segment, from a moment on until the next."""

    id = serializers.UUIDField()
    segment = serializers.ChoiceField(SEGMENTS)
    engine = serializers.ChoiceField(ENGINE_NAMES)
    stage = serializers.ChoiceField(Stage.choices)
    reason = serializers.ChoiceField(ReleaseReason.choices)
    since = serializers.DateTimeField()
    until = serializers.DateTimeField(allow_null=True, help_text="null: it is its stage now.")
    held_by = serializers.CharField(help_text="Who chose it, so that no rule puts another in its place; empty: nobody.")


class ReleaseInput(Input):
    segment = serializers.ChoiceField(SEGMENTS)
    engine = serializers.ChoiceField(RELEASED_ENGINES)
    hold = serializers.BooleanField(
        default=True,
        help_text="No rule puts a better one in its place; one that is worse than the naive is taken back even so.",
    )


class LiveOutput(Output):
    """What came of forecasts that were issued within the last seven days."""

    runs = serializers.IntegerField()
    hours = serializers.IntegerField()
    wql = serializers.FloatField()
    mae = serializers.FloatField()
    bias = serializers.FloatField()
    coverage = serializers.FloatField()


class SegmentOutput(Output):
    """Who forecasts a segment, and how well that goes."""

    segment = serializers.ChoiceField(SEGMENTS)
    chain = serializers.ListField(
        child=serializers.ChoiceField(ENGINE_NAMES),
        help_text="Asked in this order until one can speak: the champion, the last good one, the last resort.",
    )
    since = serializers.DateTimeField(allow_null=True, help_text="Since when it is; null: nothing was tried yet.")
    reason = serializers.ChoiceField(["", *ReleaseReason.values])
    held_by = serializers.CharField()
    live = LiveOutput(allow_null=True, help_text="null: no day of a forecast has come yet.")
    seasonal = LiveOutput(allow_null=True, help_text="What the seasonal naive would have said at the same hours.")
    drift = serializers.FloatField(
        allow_null=True,
        help_text="Loss of the last two days over that of the days before; above 1.25 engines learn anew.",
    )
    drifts = serializers.BooleanField()
