"""The fleet and what is known of it: a module each for targets and what hangs on them."""

from apps.forecasts.models.loads import KEPT, Day, Forecast
from apps.forecasts.models.targets import Target, TargetKind

__all__ = ["KEPT", "Day", "Forecast", "Target", "TargetKind"]
