"""What core must know of forecasts."""

from apps.core import live
from apps.forecasts import documents


def register() -> None:
    live.register("forecast-run", documents.run_documents, permission="forecasts.view")
