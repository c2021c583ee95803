"""Acts on moves."""

from apps.moves.services.plans import approve_plan, cancel_plan, carry_on, planning_failed, recommend, request_plan
from apps.moves.services.records import MOST_RECORDS, Imported, ask_estimate, delete_record, import_records, keep_learned
from apps.moves.services.windows import ask_windows

__all__ = [
    "MOST_RECORDS",
    "Imported",
    "approve_plan",
    "ask_estimate",
    "ask_windows",
    "cancel_plan",
    "carry_on",
    "delete_record",
    "import_records",
    "keep_learned",
    "planning_failed",
    "recommend",
    "request_plan",
]
