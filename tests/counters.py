"""What a piece of work costs the database, counted and not timed: so it is the same on a busy machine."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import connection


@dataclass
class Counted:
    """Statements; of those that read the plans, and the shared buffers that each touched, as PostgreSQL counts them."""

    statements: list[str] = field(default_factory=list)
    each: list[int] = field(default_factory=list)
    plans: list[dict[str, Any]] = field(default_factory=list)

    @property
    def buffers(self) -> int:
        return sum(self.each)


@contextmanager
def counted() -> Iterator[Counted]:
    """Count what the block asks of the database. Each SELECT is carried out once more, to be explained."""
    count = Counted()

    def explain(execute: Callable[..., Any], sql: str, parameters: Any, many: bool, context: dict[str, Any]) -> Any:
        count.statements.append(sql)
        if sql.startswith("SELECT"):
            plan = explained(sql, parameters)["Plan"]
            count.plans.append(plan)
            count.each.append(plan["Shared Hit Blocks"] + plan["Shared Read Blocks"])
        return execute(sql, parameters, many, context)

    with connection.execute_wrapper(explain):
        yield count


def explained(sql: str, parameters: Any) -> dict[str, Any]:
    """How PostgreSQL carried the query out."""
    with connection.connection.cursor() as cursor:  # beside Django's, so that it is no statement of the program
        cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {sql}", parameters)
        ((answer,),) = cursor.fetchall()
    return dict(answer[0])
