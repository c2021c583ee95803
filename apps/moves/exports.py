"""A plan for other programs: a table, or entries of a calendar (RFC 5545)."""

import csv
import io
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from apps.moves.models import Plan, PlannedMove

COLUMNS = (
    *(
        "number",
        "machine",
        "from_host",
        "to_host",
        "starts_at",
        "seconds",
        "low",
        "high",
        "downtime_seconds",
        "load",
        "gain",
    ),
    *("binding", "wanted_at", "state", "began_at", "actual_seconds", "actual_downtime_seconds", "failure"),
)


def as_csv(moves: Sequence[PlannedMove]) -> str:
    text = io.StringIO()
    table = csv.writer(text)
    table.writerow(COLUMNS)
    for move in moves:
        table.writerow([_cell(getattr(move, name)) for name in COLUMNS])
    return text.getvalue()


def _cell(value: object) -> object:
    """What a spreadsheet would take for a formula is made a text; names come from whoever imported them."""
    if isinstance(value, datetime):
        return value.isoformat()
    return f"'{value}" if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")) else value


def as_calendar(plan: Plan, moves: Sequence[PlannedMove]) -> str:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Hanse//Plans of moves//EN"]
    for move in moves:
        lines += [
            "BEGIN:VEVENT",
            f"UID:{move.pk}@hanse",
            f"DTSTAMP:{_moment(plan.made_at or plan.created_at)}",
            f"DTSTART:{_moment(move.starts_at)}",
            f"DTEND:{_moment(move.starts_at + timedelta(seconds=move.high))}",
            f"SUMMARY:{_text(f'{move.machine}: {move.from_host} to {move.to_host}')}",
            f"DESCRIPTION:{_text(f'Stands still for about {move.downtime_seconds:.2f} s (simulated).')}",
            "END:VEVENT",
        ]
    return "".join(f"{_folded(line)}\r\n" for line in [*lines, "END:VCALENDAR"])


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(value: str) -> str:
    for special in ("\\", ";", ","):
        value = value.replace(special, f"\\{special}")
    return value.replace("\r", "").replace("\n", "\\n")


def _folded(line: str) -> str:
    """Lines of at most 75 bytes; what goes on begins with a blank."""
    parts: list[str] = []
    part = ""
    for letter in line:
        if len((part + letter).encode()) > 74:
            parts, part = [*parts, part], ""
        part += letter
    return "\r\n ".join([*parts, part])
