"""Bodies that are tables of comma-separated values: the first line has the names of the fields."""

import csv
import io
from collections.abc import Mapping
from typing import IO, Any, ClassVar

from rest_framework.exceptions import ParseError
from rest_framework.parsers import BaseParser

from apps.core.api.parsers import checked, read_body

Row = dict[str, str]


class CSVParser(BaseParser):
    """Gives {`key`: [{name: text}]}; empty cells are left out, so that they have their default."""

    media_type = "text/csv"
    key: ClassVar[str]

    def parse(self, stream: IO[Any], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None) -> Any:
        return checked({self.key: self.made_of(rows_of(stream))})

    def made_of(self, rows: list[Row]) -> list[Any]:
        """What stands under `key`: the rows, or what they mean together."""
        return list(rows)


def rows_of(stream: IO[Any]) -> list[Row]:
    """The lines below the first. Raises ParseError."""
    try:
        text = read_body(stream).decode("utf-8-sig")
        table = csv.DictReader(io.StringIO(text), strict=True)
        rows = list(table)
    except (UnicodeDecodeError, csv.Error) as error:
        raise ParseError(f"This is no CSV in UTF-8: {error}.") from error
    names = table.fieldnames or []
    if len(set(names)) < len(names):
        twice = next(name for name in names if names.count(name) > 1)
        raise ParseError(f"The name {twice!r} is there twice.")
    for line, row in enumerate(rows, start=2):
        if None in row:
            raise ParseError(f"Line {line} has more cells than the first one has names.")
    return [{name: cell for name, cell in row.items() if cell} for row in rows]
