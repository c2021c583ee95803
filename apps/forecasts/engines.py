"""The engines that can be asked for, and what they cost; what they compute with is known to workers only."""

# Seconds of one processor for a target: measured, see benches/README.md.
SECONDS_A_TARGET = {
    "xgboost": 0.0005,
    "lstm": 0.002,
    "naive-last": 0.0002,
    "naive-seasonal": 0.0002,
    "naive-median": 0.0002,
    "theta": 0.1,
    "ets": 0.5,
    "arima": 0.5,
}
# To learn a model first, where none serves that learned within the day.
LEARNING_SECONDS = {"xgboost": 30.0, "lstm": 60.0}
ENGINE_NAMES = tuple(SECONDS_A_TARGET)
# Those that can forecast a whole fleet, of which rules or people choose one for each segment.
RELEASED_ENGINES = ("xgboost", "lstm", "naive-last", "naive-seasonal", "naive-median")
DEFAULT_ENGINE = "xgboost"
# Dearer requests are refused: an hour of one processor.
MOST_SECONDS = 3600
DEVICES = ("auto", "cpu", "cuda")
HORIZONS = (24, 48, 72)
DEFAULT_HORIZON = 48
# The least that is forecast from, and how far back that is looked for.
LEAST_HOURS, LOOKED_AT_HOURS = 48, 14 * 24
