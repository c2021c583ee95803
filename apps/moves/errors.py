"""What can go wrong with moves."""

from http import HTTPStatus

from apps.core.errors import Problem


class OnlyVMsMove(Problem):
    code, status = "only-vms-move", HTTPStatus.UNPROCESSABLE_ENTITY
    title = "Only virtual machines are moved"
    advice = "Hosts and clusters stay where they are. To empty a host, move the machines on it."


class SizeUnknown(Problem):
    code, status = "size-unknown", HTTPStatus.UNPROCESSABLE_ENTITY
    title = "Nobody said how much memory this machine has"
    advice = "How long a move takes follows from the memory. Import the machine again with its `memory_bytes`."


class NotForecast(Problem):
    code, status = "not-forecast", HTTPStatus.UNPROCESSABLE_ENTITY
    title = "There is no forecast to choose a window from"
    advice = (
        "Windows are chosen from the newest forecast of a machine. `GET /fleet/targets/{id}/forecast/` says why there is "
        "none: two days of the last two weeks must have been measured, and standing forecasts come every six hours."
    )


class NoWindow(Problem):
    code, status = "no-window", HTTPStatus.UNPROCESSABLE_ENTITY
    title = "No window is left under these limits"
    advice = "`binding` names the limit that leaves none: `time` (not before, deadline) or `downtime`. Loosen that one."


class TooManyMoves(Problem):
    code, status = "too-many-moves", HTTPStatus.UNPROCESSABLE_ENTITY
    title = "This plan would have too many moves"
    advice = "`moves` is how many machines it would move, `most` how many a plan may have. Name fewer hosts."


class NothingToMove(Problem):
    code, status = "nothing-to-move", HTTPStatus.UNPROCESSABLE_ENTITY
    title = "There is nothing that this plan would move"
    advice = "The hosts are empty, evenly loaded, or none can be emptied into the others; then no plan is needed."


class NotApproved(Problem):
    code, status = "not-approved", HTTPStatus.CONFLICT
    title = "This plan cannot be approved"
    advice = (
        "`reason` says why. `not-recommended`: it is under way, over, or a newer one took its place. `old`: forecasts have "
        "moved on; make it anew. `not-synthetic`: some of its machines are real, and there is only a simulator to carry "
        "plans out; export the plan and carry it out yourself."
    )


class PlanIsOver(Problem):
    code, status = "plan-is-over", HTTPStatus.CONFLICT
    title = "This plan is over"
    advice = "Only a plan that has not ended can be cancelled. Machines that have moved stay where they are."
