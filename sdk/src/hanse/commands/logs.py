"""Printing a log: text or objects, with the rank before each line when there are several."""

import json
import re
from typing import Any

from hanse import Client
from hanse.commands.frame import Ending, Exit, print_line, say
from hanse.following import LogLine, LogReader
from hanse.types import JobDetailOutput

# Colours are all that the portal leaves in lines.
_COLOURS = re.compile(r"\x1b\[[0-9;:]*m")


def print_log(
    client: Client,
    job: JobDetailOutput,
    *,
    follow: bool = True,
    timestamps: bool = False,
    json_lines: bool = False,
    **which: Any,
) -> None:
    """Ctrl-C ends the printing, and says how to go on; nothing happens to the job."""
    several = job["replicas"]["wanted"] > 1 and which.get("rank") is None
    lines = client.jobs.logs(job, follow=follow, **which)
    if isinstance(lines, LogReader):
        lines.on_missed = lambda missed: say(
            f"Lines {missed['from']} to {missed['to']} of rank {missed['rank']} are nowhere to be found."
        )
    try:
        for line in lines:
            print_line(json.dumps(line, ensure_ascii=False) if json_lines else _text(line, several, timestamps))
    except KeyboardInterrupt:
        say(f"Not looking any more; {job['name']} goes on. To look again: hanse job logs -f {job['id']} --tail 10")
        say(f"To stop it: hanse job cancel {job['id']}")
        raise Ending(Exit.INTERRUPTED) from None


def _text(line: LogLine, several: bool, timestamps: bool) -> str:
    before = f"{line['at']} " if timestamps else ""
    rank = f"[{line['rank']}] " if several else ""
    return f"{before}{rank}{_COLOURS.sub('', line['text'])}"
