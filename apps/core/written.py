"""How what the world sees is written: as JSON, and rows that go into it as the database sent them."""

from collections.abc import Iterator
from typing import Any

import orjson
from django.db import models
from django.db.models.query import NamedValuesListIterable
from django.db.models.sql.constants import MULTI
from django.db.models.utils import create_namedtuple_class


def encoded(value: Any) -> bytes:
    """As answers, records of answers and events have it: moments end with Z, what is no JSON is its text."""
    return orjson.dumps(value, default=str, option=orjson.OPT_NON_STR_KEYS | orjson.OPT_UTC_Z)


class AsWritten(NamedValuesListIterable):
    """The `_iterable_class` of rows that only go into an answer: their JSON stays the text that the database sent.

    For `values_list(..., named=True)` of columns that need no other conversion.
    """

    def __iter__(self) -> Iterator[Any]:
        rows: Any = self.queryset
        names = rows._fields
        make = create_namedtuple_class(*names)._make
        fields = [column.output_field for column in rows.query.select]
        json = [at for at, field in enumerate(fields) if isinstance(field, models.JSONField)]
        for chunk in rows.query.get_compiler(rows.db).execute_sql(MULTI):
            for row in chunk:
                values = list(row)
                for at in json:
                    if values[at] is not None:
                        values[at] = orjson.Fragment(values[at])
                yield make(values)
