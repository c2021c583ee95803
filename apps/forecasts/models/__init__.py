"""The fleet and what is known of it: a module each for targets, what hangs on them, and forecasts being made."""

from apps.forecasts.models.loads import KEPT, Day, Forecast
from apps.forecasts.models.releases import Evaluation, Release, ReleaseReason, Stage
from apps.forecasts.models.runs import UNDER_WAY, Model, Part, Run, RunState
from apps.forecasts.models.scores import Score
from apps.forecasts.models.targets import Target, TargetKind

__all__ = [
    "KEPT",
    "UNDER_WAY",
    "Day",
    "Evaluation",
    "Forecast",
    "Model",
    "Part",
    "Release",
    "ReleaseReason",
    "Run",
    "RunState",
    "Score",
    "Stage",
    "Target",
    "TargetKind",
]
