"""A new row, written by a statement that is made once a table.

Django compiles an INSERT anew for each row, which costs several times what sending it does; an act that many do at once
writes five.
"""

from functools import cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models import NOT_PROVIDED, AutoField, Field, Model


def insert(row: Model) -> None:
    """Write a row that is not there yet, all of whose values are known here.

    Nothing is read back: what the database fills in (identities, defaults of columns) the row has not afterwards. No signal
    is sent.
    """
    sql, fields = _statement(type(row))
    connection = connections[DEFAULT_DB_ALIAS]  # looked up once, not once a column
    values = [field.get_db_prep_save(field.pre_save(row, add=True), connection) for field in fields]
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
    row._state.adding, row._state.db = False, connection.alias


@cache
def _statement(model: type[Model]) -> tuple[str, list["Field[Any, Any]"]]:
    filled = (field for field in model._meta.local_concrete_fields if field.db_default is NOT_PROVIDED)
    fields = [field for field in filled if not isinstance(field, AutoField)]
    name = connection.ops.quote_name
    columns = ", ".join(name(str(field.column)) for field in fields)
    values = ", ".join(["%s"] * len(fields))
    return f"INSERT INTO {name(model._meta.db_table)} ({columns}) VALUES ({values})", fields  # noqa: S608
