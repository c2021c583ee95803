"""The fleet and what is known of it: a module each for targets and what hangs on them."""

from apps.forecasts.models.targets import Target, TargetKind

__all__ = ["Target", "TargetKind"]
