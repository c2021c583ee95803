"""Lookups of our own."""

from typing import Any

from django.db.models import CharField, Lookup


@CharField.register_lookup
class Begins(Lookup):
    """How a text begins, exactly: `name__begins="digits"`.

    PostgreSQL asks a policy before every condition that might tell somebody about a row. It takes LIKE (`startswith`) for
    one of those and reads all rows, but knows that `^@` is none (pg_proc.proleakproof), so that this may use an index.
    """

    lookup_name = "begins"

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        text, of_text = self.process_lhs(compiler, connection)
        start, of_start = self.process_rhs(compiler, connection)
        return f"{text} ^@ {start}", (*of_text, *of_start)
