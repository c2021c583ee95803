"""Moving virtual machines from host to host: what is known of moves that were, and plans of those to come."""

from apps.moves.models.plans import CARRIED_OUT, OPEN, UNDER_WAY, Goal, MoveState, Plan, PlannedMove, PlanState
from apps.moves.models.records import Place, Record

__all__ = [
    "CARRIED_OUT",
    "OPEN",
    "UNDER_WAY",
    "Goal",
    "MoveState",
    "Place",
    "Plan",
    "PlanState",
    "PlannedMove",
    "Record",
]
