"""The engines, each imported when it is asked for: they are heavy, and some are extras that need not be there."""

from importlib import import_module
from importlib.util import find_spec

from celery_workers.prediction.algorithms.interface import Engine, Unable

# name -> its class, and the package without which it is not there
ENGINES = {
    "naive-last": ("naive.Last", "numpy"),
    "naive-seasonal": ("naive.Seasonal", "numpy"),
    "naive-median": ("naive.Median", "numpy"),
    "xgboost": ("boosted.XGBoost", "xgboost"),
    "lstm": ("lstm.LSTM", "jax"),
    "arima": ("statistical.ARIMA", "statsforecast"),
    "ets": ("statistical.ETS", "statsforecast"),
    "theta": ("statistical.Theta", "statsforecast"),
}
NAIVE = ("naive-last", "naive-seasonal", "naive-median")
# Those that a GPU is of use to.
ON_GPU = ("xgboost", "lstm")
PER_SERIES = ("arima", "ets", "theta")
DEFAULT = "xgboost"


def available() -> tuple[str, ...]:
    """The engines whose packages are installed here."""
    return tuple(name for name, (_, package) in ENGINES.items() if find_spec(package))


def engine(name: str) -> Engine:
    """Raises Unable for a name that is none, or whose package is not installed."""
    if name not in ENGINES:
        raise Unable("unknown-engine", engine=name)
    place, package = ENGINES[name]
    if not find_spec(package):
        raise Unable("engine-not-installed", engine=name, package=package)
    module, _, attribute = place.partition(".")
    made: Engine = getattr(import_module(f"{__name__}.{module}"), attribute)()
    return made
