"""Searching a log: every line is looked at, within a time that a reader waits for."""

from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic
from typing import Any

import orjson
import re2

from apps.core.errors import InvalidRequest
from apps.monitoring.archive import Row
from apps.monitoring.logs import SubjectLog
from apps.monitoring.text import without_colours

SECONDS = 3.0
COUNTED_EXACTLY = 1000
_COLOURED = b"\\u001b"
# Characters that look the same in a line and in its JSON.
_PLAIN_IN_JSON = frozenset(map(chr, range(32, 127))) - {'"', "\\"}


@dataclass(frozen=True)
class Place:
    """A line of a log, by its identity."""

    attempt: int
    rank: int
    number: int


@dataclass
class Result:
    """`count` lines match, of which `found` are shown; `goes_on` is where to continue when not all was looked at."""

    found: list[tuple[Place, Row]] = field(default_factory=list)
    count: int = 0
    goes_on: Place | None = None


def search(log: SubjectLog, query: str, *, regex: bool, case: bool, after: Place | None, limit: int) -> Result:
    """Find lines by text or by an RE2 expression, replica by replica, in order; colours are not part of a line.

    Stops after the promised time, or when more match than are counted; raises InvalidRequest for a wrong expression.
    """
    pattern = _pattern(query, regex=regex, case=case)
    may_skip = not regex and set(query) <= _PLAIN_IN_JSON
    until = monotonic() + SECONDS
    result = Result()
    for extent in log.extents:
        here = (extent.attempt, extent.rank)
        if after and here < (after.attempt, after.rank):
            continue
        number = after.number if after and here == (after.attempt, after.rank) else 0
        for batch in log.batches(*here, number):
            if monotonic() > until or result.count > COUNTED_EXACTLY:
                result.goes_on = Place(*here, number)
                return result
            if may_skip and _COLOURED not in batch and not pattern(batch):
                continue
            for row in orjson.loads(batch):
                if row[0] > number:
                    number = row[0]
                    _look_at(row, pattern, Place(*here, number), result, limit)
    return result


def _look_at(row: Row, matches: Callable[[Any], Any], place: Place, result: Result, limit: int) -> None:
    if matches(without_colours(row[3])):
        result.count += 1
        if len(result.found) < limit:
            result.found.append((place, row))


def _pattern(query: str, *, regex: bool, case: bool) -> Callable[[Any], Any]:
    options = re2.Options()
    options.log_errors = False
    options.case_sensitive = case
    options.literal = not regex
    options.max_mem = 8 * 1024 * 1024
    try:
        pattern: Callable[[Any], Any] = re2.compile(query, options).search
    except re2.error as error:
        reason = error.args[0].decode(errors="replace") if isinstance(error.args[0], bytes) else str(error)
        raise InvalidRequest(errors=[{"pointer": "?q", "detail": f"Not a regular expression: {reason}."}]) from error
    return pattern
