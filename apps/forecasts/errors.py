"""What can go wrong with forecasts."""

from http import HTTPStatus

from apps.core.errors import Problem


class NothingToForecast(Problem):
    code, status = "nothing-to-forecast", HTTPStatus.UNPROCESSABLE_ENTITY
    title = "No target is in this selection"
    advice = "Look at the list of targets with the same filters; targets are imported by an operator."


class TooDear(Problem):
    code, status = "too-dear", HTTPStatus.UNPROCESSABLE_ENTITY
    title = "This forecast would compute for too long"
    advice = (
        "`targets` times `seconds_each` is more than `most_seconds` of one processor. Choose fewer targets, or the engine "
        "`xgboost`, which learns from all of them at once."
    )


class ForecastsUsedUp(Problem):
    code, status = "forecasts-used-up", HTTPStatus.UNPROCESSABLE_ENTITY
    title = "What may be computed for requests within a day is used up"
    advice = (
        "`used_seconds` were asked for within the last 24 hours, `seconds` would come on top, and `most_seconds_a_day` are "
        "what an operator allows (HANSE_FORECAST_SECONDS_A_DAY). Ask for less, or later; the standing forecasts go on."
    )


class CannotForecast(Problem):
    code, status = "cannot-forecast", HTTPStatus.UNPROCESSABLE_ENTITY
    title = "This cannot be forecast as it was asked for"
    advice = (
        "`reason` says why. `no-gpu`: the workers have none that the engine can use; ask for the device `auto`. "
        "`engine-not-installed`: an operator installs requirements-forecasting.txt. `too-little-history`: at least two "
        "days of samples are needed, of some engines more. `workers-died`: the processes that computed it ended each "
        "time, as for want of memory."
    )


class RunIsOver(Problem):
    code, status = "run-is-over", HTTPStatus.CONFLICT
    title = "This run of forecasts is over"
    advice = "Only what has not ended can be cancelled. What it had forecast stays."
